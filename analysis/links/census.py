"""The households of a graph with what a planner filters and counts them by, in arrays that a county fits into.

A question about a county touches 100,000 households. Asked anew each time, the engine alone takes longer than a page
may; so all of it is read once for each state of the graph and day, and every filter is a mask over the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.frames import Contract

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

# One row per programme and area that it may help in; one without an area where it names none.
PROGRAMME_LIST: Contract = {"programme_id": "text", "programme_name": "text", "area_id": "text"}

# One row per household and help planned or running (and measure and programme, where there are several).
RUNNING_HELP: Contract = {
    "household_id": "text",
    "assistance_id": "text",
    "measure_id": "text",
    "programme_id": "text",
}

# One row per help planned or running and cause that it is aimed at.
HELP_AIMS: Contract = {"assistance_id": "text", "cause_id": "text"}

NOWHERE = -1


@dataclass(frozen=True)
class Census:
    """Every active household on a day, a row each in the order of its id, and what belongs to it.

    `area_rows`: its row in `areas` (contract AREAS, sorted), NOWHERE for none. `has_finding`: whether a finding is
    open. `help` (RUNNING_HELP) and `contracts` (CONTRACTS, those with households) have their household's row in
    `help_rows` and `contract_rows`, `memberships` (MEMBERSHIPS with states, those that hold) in its column `row`.
    `aims`: HELP_AIMS. `programmes`: PROGRAMME_LIST.

    `with_cause` keeps what has been read of single causes: as much a part of the graph on that day as the rest, but
    only few causes are ever asked about.
    """

    day: date
    household_ids: pd.Index
    area_rows: Numbers
    is_made_up: Flags
    has_finding: Flags
    areas: pd.DataFrame
    help: pd.DataFrame
    help_rows: Numbers
    aims: pd.DataFrame
    memberships: pd.DataFrame
    contracts: pd.DataFrame
    contract_rows: Numbers
    programmes: pd.DataFrame
    with_cause: dict[str, Flags] = field(default_factory=dict)

    @cached_property
    def area_index(self) -> pd.Index:
        """Return the ids of the areas, in their order."""
        index: pd.Index = pd.Index(self.areas["area_id"], dtype="object")
        return index

    @cached_property
    def parent_rows(self) -> Numbers:
        """Return the row of the area that each area is part of, NOWHERE for none."""
        return rows_in(self.area_index, self.areas["parent_id"])

    def flags(self, household_ids: Iterable[object]) -> Flags:
        """Return for every household whether it is one of these."""
        found = np.zeros(len(self.household_ids), dtype=bool)
        rows = rows_in(self.household_ids, household_ids)
        found[rows[rows != NOWHERE]] = True
        return found

    def areas_under(self, area_id: str) -> Flags:
        """Return for every area whether it is the named one or lies below it."""
        found = np.asarray(self.area_index == area_id, dtype=bool)
        while True:
            # The row NOWHERE picks the last one, which is added for it.
            below = found | np.append(found, False)[self.parent_rows]
            if (below == found).all():
                return found
            found = below

    def living_in(self, areas: Flags) -> Flags:
        """Return for every household whether it lives in one of the areas."""
        return np.append(areas, False)[self.area_rows]

    def help_aimed_at(self, cause_id: str) -> Flags:
        """Return for every row of the help whether it is aimed at the cause."""
        ids = self.aims[self.aims["cause_id"] == cause_id]["assistance_id"]
        return np.asarray(self.help["assistance_id"].isin(ids), dtype=bool)

    def aims_of_help(self, chosen: Flags) -> list[tuple[str | None, tuple[str, ...]]]:
        """Return the measure, and the causes aimed at, of each of the chosen rows of the help."""
        rows = self.help[chosen]
        aims: dict[str, list[str]] = {}
        of_these = self.aims[self.aims["assistance_id"].isin(rows["assistance_id"])]
        for assistance_id, cause_id in zip(of_these["assistance_id"], of_these["cause_id"], strict=True):
            aims.setdefault(assistance_id, []).append(cause_id)
        return [
            (measure_id, tuple(aims.get(assistance_id, ())))
            for assistance_id, measure_id in zip(rows["assistance_id"], rows["measure_id"], strict=True)
        ]


def rows_in(index: pd.Index, ids: Iterable[object]) -> Numbers:
    """Return the row of each id in the index, NOWHERE for one that is not there."""
    return np.asarray(index.get_indexer(pd.Index(list(ids), dtype="object")), dtype=np.int64)
