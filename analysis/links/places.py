"""Households, findings and help by the places directly below an area."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.frames import Contract, frame_of
from analysis.links.census import NOWHERE, Census, Flags, Numbers
from analysis.links.selection import Selection

# One row per place: an area directly below the one asked about, or that one for those who live in no place below it.
PLACES: Contract = {
    "place_id": "text",
    "name": "text",
    "is_itself": "flag",
    "households": "whole",
    "with_finding": "whole",
    "with_help": "whole",
    "without_help": "whole",
}


def lowest_common_area(census: Census, chosen: Flags) -> str | None:
    """Return the lowest area that holds all who are chosen and live somewhere; None if there is none."""
    rows = np.unique(census.area_rows[chosen])
    above = [_upward(census, int(row)) for row in rows if row != NOWHERE]
    shared = [row for row in above[0] if all(row in each for each in above)] if above else []
    return str(census.area_index[shared[0]]) if shared else None


def places_of(census: Census, selection: Selection, area_id: str | None) -> pd.DataFrame:
    """Return the counts by place below the area (contract PLACES), sorted; below no area those without a higher one.

    Every place directly below is there, also one without a household; the area itself only where some live in it.
    """
    tops, itself = _tops(census, area_id)
    place_of_area = _place_of_area(census, tops, itself)
    place_rows = np.append(place_of_area, NOWHERE)[census.area_rows]
    counts = {
        name: _count(place_rows, flags, len(census.areas))
        for name, flags in {
            "households": selection.in_scope,
            "with_finding": selection.with_finding,
            "with_help": selection.with_help,
            "without_help": selection.without_help,
        }.items()
    }
    shown = [row for row in tops if row != itself or counts["households"][row]]
    names = census.areas["name"].tolist()
    return frame_of(
        [
            {
                "place_id": census.area_index[row],
                "name": names[row],
                "is_itself": row == itself,
                **{name: int(values[row]) for name, values in counts.items()},
            }
            for row in shown
        ],
        PLACES,
    )


def _upward(census: Census, row: int) -> list[int]:
    found: list[int] = []
    while row != NOWHERE and row not in found:
        found.append(row)
        row = int(census.parent_rows[row])
    return found


def _tops(census: Census, area_id: str | None) -> tuple[list[int], int]:
    if area_id is None:
        return np.flatnonzero(census.parent_rows == NOWHERE).tolist(), NOWHERE
    itself = int(np.flatnonzero(census.area_index == area_id)[0])
    below = np.flatnonzero(census.parent_rows == itself).tolist()
    return sorted([*below, itself]), itself


def _place_of_area(census: Census, tops: list[int], itself: int) -> Numbers:
    places = np.full(len(census.areas), NOWHERE, dtype=np.int64)
    for row in range(len(places)):
        for above in _upward(census, row):
            if above in tops and (above != itself or row == itself):
                places[row] = above
                break
    return places


def _count(place_rows: Numbers, flags: Flags, size: int) -> Numbers:
    rows = place_rows[flags]
    return np.bincount(rows[rows != NOWHERE], minlength=size)
