"""The files of an assistance plan as the frames that an allocation is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

import pandas as pd

from analysis.assistance.allocation.frames import CONTRACTS_OF, AllocationFrames, empty_frames
from analysis.assistance.files.assist_files import AssistFiles
from analysis.assistance.files.households import PLACES
from analysis.frames import Contract, Row, frame_of, rows_of, texts_in

# What answers a prerequisite, and the answer that meets it. Of a written project and a stress test no file tells.
ANSWERED_BY: Mapping[str, tuple[str, int]] = {
    "worker": ("has_worker", 1),
    "no_worker": ("has_worker", 0),
    "insured": ("is_insured", 1),
    "student": ("has_student", 1),
    "lot": ("has_open_lot", 1),
}
_LEVELS = dict(zip(PLACES, ("village", "town", "county"), strict=True))


def frames_of_files(files: AssistFiles, day: date) -> AllocationFrames:
    """Return the frames of an allocation on a day. A programme or partnership without a first day runs already."""
    households, programmes = rows_of(files.households), rows_of(files.programmes)
    rows: dict[str, Iterable[Row]] = {
        "findings": rows_of(files.needs),
        "households": (_household(row, files) for row in households),
        "categories": (row for row in households if row["category"] is not None),
        "areas": _areas(households),
        "programmes": (
            {**row, "programme_name": row["name"], "starts_on": row["starts_on"] or day} for row in programmes
        ),
        "eligible": ({**row, "area_id": area} for row in programmes for area in texts_in(row, "area_ids")),
        "offers": rows_of(files.offers),
        "partnerships": _partnerships(files, {row["programme_id"]: row for row in programmes}, day),
        "contracts": _contracts(files, households, day),
        "memberships": _memberships(households),
        "help": _running(households, day),
    }
    return empty_frames(**{name: _frame(of, CONTRACTS_OF[name], files) for name, of in rows.items()})


def met(household: Row, prerequisite: str) -> int | None:
    """Return 1 where a household (a row of HOUSEHOLDS of its file) meets it, 0 where it does not, None if unknown."""
    column, meets = ANSWERED_BY.get(prerequisite, (None, 0))
    answer = None if column is None else household[column]
    return None if answer is None else int(answer == meets)


def _frame(rows: Iterable[Row], contract: Contract, files: AssistFiles) -> pd.DataFrame:
    """Return rows as a frame; what a file does not tell is empty."""
    empty: Row = {**dict.fromkeys(contract), "is_made_up": files.is_made_up}
    return frame_of(({**empty, **row} for row in rows), contract)


def _household(row: Row, files: AssistFiles) -> Row:
    return {
        "household_id": row["household_id"],
        "area_id": row["village_id"],
        **{name: met(row, name) for name in ANSWERED_BY},
    }


def _areas(households: Iterable[Row]) -> Iterator[Row]:
    """Yield every area once, below the nearest one above it that any row names."""
    levels: dict[str, str] = {}
    above: dict[str, tuple[int, str]] = {}
    for row in households:
        named = [(rank, str(row[column])) for rank, column in enumerate(PLACES) if row[column] is not None]
        levels.update({area: _LEVELS[PLACES[rank]] for rank, area in named})
        for (_, area), parent in pairwise(named):
            above[area] = min(parent, above.get(area, parent))
    for area, level in sorted(levels.items()):
        yield {"area_id": area, "parent_id": above[area][1] if area in above else None, "area_level": level}


def _partnerships(files: AssistFiles, programmes: Mapping[object, Row], day: date) -> Iterator[Row]:
    for row in rows_of(files.partnerships):
        programme = programmes[row["programme_id"]]
        yield {
            **row,
            "programme_name": programme["name"],
            "programme_starts_on": programme["starts_on"] or day,
            "programme_ends_on": programme["ends_on"],
            "starts_on": row["starts_on"] or day,
        }


def _contracts(files: AssistFiles, households: Iterable[Row], day: date) -> Iterator[Row]:
    """Yield contracts of enterprises with cooperatives, by the file of chains, and with households, by their own."""
    pairs = [(*pair, "Cooperative") for pair in files.contracts.itertuples(index=False, name=None)]
    pairs += [
        (enterprise, row["household_id"], "Household")
        for row in households
        for enterprise in texts_in(row, "enterprise_ids")
    ]
    for enterprise, partner, kind in pairs:
        yield {
            "contract_id": f"{enterprise}/{partner}",
            "starts_on": day,
            "enterprise_id": enterprise,
            "partner_kind": kind,
            "partner_id": partner,
        }


def _memberships(households: Iterable[Row]) -> Iterator[Row]:
    for row in households:
        for cooperative in texts_in(row, "cooperative_ids"):
            yield {"household_id": row["household_id"], "cooperative_id": cooperative}


def _running(households: Iterable[Row], day: date) -> Iterator[Row]:
    """Yield help that runs: under no programme of the files, so that it takes from no budget of theirs."""
    for row in households:
        for measure in texts_in(row, "running_measure_ids"):
            yield {
                "household_id": row["household_id"],
                "assistance_id": f"{row['household_id']}/{measure}",
                "assistance_status": "running",
                "starts_on": day,
                "measure_id": measure,
            }
