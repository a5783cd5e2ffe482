"""The census of a graph (`links.census`), and what is read of single causes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from analysis.assistance import frames as contract
from analysis.assistance.links import MEMBERSHIP_ENDS, current, with_state
from analysis.frames import frame_of
from analysis.links.census import (
    HELP_AIMS,
    NOWHERE,
    PROGRAMME_LIST,
    RUNNING_HELP,
    Census,
    Flags,
    Numbers,
    rows_in,
)
from graph_store import GraphStore


def take_census(store: GraphStore, day: date) -> Census:
    """Return the census of the graph on a day: some half a second for 100,000 households."""
    listed = store.ask("assistance/active_households")
    # One household lives in one area; should the graph say two, the first one counts.
    rows = list({str(row["household_id"]): row for row in reversed(listed)}.values())[::-1]
    household_ids = pd.Index([row["household_id"] for row in rows], dtype="object")
    areas = frame_of(store.ask("assistance/areas"), contract.AREAS).drop_duplicates("area_id", ignore_index=True)
    found = [row["household_id"] for row in store.ask("assistance/open_finding_counts")]
    help_, help_rows = _of_households(
        household_ids, frame_of(store.ask("assistance/running_help", day=day), RUNNING_HELP), "household_id"
    )
    memberships, membership_rows = _of_households(
        household_ids, frame_of(store.ask("assistance/all_memberships"), contract.MEMBERSHIPS), "household_id"
    )
    memberships = current(
        with_state(memberships, day, starts=(), ends=MEMBERSHIP_ENDS).assign(row=membership_rows)
    ).reset_index(drop=True)
    contracts, contract_rows = _of_households(
        household_ids, frame_of(store.ask("assistance/contracts_with_households"), contract.CONTRACTS), "partner_id"
    )
    area_index = pd.Index(areas["area_id"], dtype="object")
    found_rows = rows_in(household_ids, found)
    has_finding = np.zeros(len(household_ids), dtype=bool)
    has_finding[found_rows[found_rows != NOWHERE]] = True
    return Census(
        day=day,
        household_ids=household_ids,
        area_rows=rows_in(area_index, [row["area_id"] for row in rows]),
        is_made_up=np.array([row["is_made_up"] for row in rows], dtype=bool),
        has_finding=has_finding,
        areas=areas,
        help=help_,
        help_rows=help_rows,
        aims=frame_of(store.ask("assistance/running_help_aims", day=day), HELP_AIMS),
        memberships=memberships,
        contracts=contracts,
        contract_rows=contract_rows,
        programmes=frame_of(store.ask("assistance/programme_list"), PROGRAMME_LIST),
    )


def with_cause(store: GraphStore, census: Census, cause_ids: Sequence[str]) -> Flags:
    """Return for every household whether one of the causes is held at it."""
    found = np.zeros(len(census.household_ids), dtype=bool)
    for cause_id in cause_ids:
        if cause_id not in census.with_cause:
            rows = store.ask("assistance/household_ids_of_cause", cause_id=cause_id)
            census.with_cause[cause_id] = census.flags(row["household_id"] for row in rows)
        found |= census.with_cause[cause_id]
    return found


def _of_households(household_ids: pd.Index, frame: pd.DataFrame, column: str) -> tuple[pd.DataFrame, Numbers]:
    """Return the rows of the frame that belong to one of the households, and which one's row each belongs to."""
    rows = rows_in(household_ids, frame[column])
    is_known = rows != NOWHERE
    return frame[is_known].reset_index(drop=True), rows[is_known]
