"""Which offers a need may take, and everything that is in the way of the others."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.assistance.allocation.bounds import Bounds
from analysis.assistance.allocation.frames import AllocationFrames
from analysis.assistance.allocation.joins import NONE, Flags, Places, index_of, joined, places_in
from analysis.assistance.allocation.needs import Needs
from analysis.risk.households import PREREQUISITES
from analysis.risk.measures import MET, NOT_MET, UNKNOWN

# What may be in the way, from the furthest away to the nearest.
REASONS = (
    "not_running",
    "area",
    "category",
    "prerequisite",
    "limit_spent",
    "already_runs",
    "no_partner_link",
    "no_resource",
)
Bits = NDArray[np.uint16]


@dataclass(frozen=True)
class Tries:
    """Every need with every offer of a measure of its cause, sorted by need, then offer.

    `need`, `offer`: places in the needs and the offers. `blocks`: bits of what is in the way, of REASONS by place; 0:
    nothing is. `to_check`: whether of something that is asked nothing tells that it is met.
    """

    need: Places
    offer: Places
    blocks: Bits
    to_check: Flags

    def also(self, reason: str, where: Flags) -> Tries:
        """Return the tries with one more thing in the way where it is."""
        return replace(self, blocks=np.where(where, self.blocks | bit_of(reason), self.blocks))


def bit_of(reason: str) -> np.uint16:
    """Return the bit of a reason."""
    return np.uint16(1 << REASONS.index(reason))


def tries_of(frames: AllocationFrames, needs: Needs, bounds: Bounds) -> Tries:
    """Return every try, and what the programme, the measure and the household's past put in its way."""
    offers, programmes = bounds.offers, bounds.programmes
    causes = index_of(needs.needs["cause_id"])
    need, offer = joined(places_in(causes, needs.needs["cause_id"]), places_in(causes, offers["cause_id"]))
    household = needs.needs["household"].to_numpy()[need]
    programme = offers["programme"].to_numpy()[offer]
    asked = _asked(frames, needs)
    own = asked[household, _asking(programmes["prerequisite"])[programme]]
    of_measure = asked[household, _asking(offers["prerequisite"])[offer]]
    tries = Tries(need, offer, np.zeros(len(need), dtype=np.uint16), (own == UNKNOWN) | (of_measure == UNKNOWN))
    tries = tries.also("not_running", ~programmes["is_running"].to_numpy(bool)[programme])
    tries = tries.also("area", ~_within(frames, needs, bounds)[needs.home[household], programme])
    tries = tries.also("category", ~_of_category(frames, needs, bounds, household, programme))
    tries = tries.also("prerequisite", (own == NOT_MET) | (of_measure == NOT_MET))
    tries = tries.also("limit_spent", _beyond_limit(needs, bounds, household, offer))
    return tries.also("already_runs", _runs(needs, bounds, household, offer))


def _asked(frames: AllocationFrames, needs: Needs) -> NDArray[np.int8]:
    """Return per household what is known of each of PREREQUISITES, then UNKNOWN, then MET: what asks nothing."""
    listed = frames.households.sort_values("household_id", ignore_index=True)
    asked = np.full((len(listed), len(PREREQUISITES) + 2), UNKNOWN, dtype=np.int8)
    for place, name in enumerate(PREREQUISITES):
        told = listed[name].astype("Int64").fillna(-1).to_numpy(dtype=np.int64)
        asked[:, place] = np.where(told < 0, UNKNOWN, np.where(told > 0, MET, NOT_MET))
    asked[:, -1] = MET
    return asked


def _asking(prerequisites: pd.Series) -> Places:
    """Return the column of `_asked` that each prerequisite reads; one of another name is never known."""
    known = {name: place for place, name in enumerate(PREREQUISITES)}
    return np.array(
        [known.get(name, len(known)) if isinstance(name, str) and name else len(known) + 1 for name in prerequisites],
        dtype=np.int64,
    )


def _within(frames: AllocationFrames, needs: Needs, bounds: Bounds) -> Flags:
    """Return by area (the last row: no known one) and programme whether who lives there may be helped."""
    index: pd.Index = pd.Index(needs.areas["area_id"], dtype="object")
    named = frames.eligible[frames.eligible["area_id"].notna()]
    programme = places_in(pd.Index(bounds.programmes["programme_id"], dtype="object"), named["programme_id"])
    area, is_known = places_in(index, named["area_id"]), programme != NONE
    found = np.zeros((len(index) + 1, len(bounds.programmes)), dtype=np.bool_)
    found[area[is_known], programme[is_known]] = True
    # An area that nothing lies in: it must not open the last row.
    found[-1] = False
    parent = np.append(places_in(index, needs.areas["parent_id"]), NONE)
    while True:
        below = found | found[parent]
        if (below == found).all():
            break
        found = below
    everywhere = np.ones(len(bounds.programmes), dtype=np.bool_)
    everywhere[programme[is_known]] = False
    return found | everywhere


def _of_category(frames: AllocationFrames, needs: Needs, bounds: Bounds, household: Places, programme: Places) -> Flags:
    """Return per try whether the household has an open case of a category that the programme is for."""
    codes = index_of(frames.categories["category"])
    has = np.zeros((len(needs.households), len(codes)), dtype=np.bool_)
    row = places_in(needs.households, frames.categories["household_id"])
    code = places_in(codes, frames.categories["category"])
    kept = (row != NONE) & (code != NONE)
    has[row[kept], code[kept]] = True
    named = [{*each} for each in bounds.programmes["eligible_codes"]]
    wants = np.array([[code in each for code in codes] for each in named], dtype=np.bool_).reshape(
        len(named), len(codes)
    )
    is_open = np.array([not each for each in named], dtype=np.bool_)
    fits: Flags = is_open[programme]
    for place in range(len(codes)):
        fits |= has[household, place] & wants[programme, place]
    return fits


def _beyond_limit(needs: Needs, bounds: Bounds, household: Places, offer: Places) -> Flags:
    """Return per try whether what the household has had of the programme leaves too little of its limit."""
    programme = bounds.offers["programme"].to_numpy()[offer]
    limit = bounds.programmes["household_limit_fen"].to_numpy()[programme]
    had = given_so_far(needs, bounds, household, programme)
    cost = bounds.offers["cost_fen"].to_numpy(dtype=np.int64)[offer]
    is_beyond: Flags = (limit != NONE) & (had > 0) & (had + cost > limit)
    return is_beyond


def given_so_far(needs: Needs, bounds: Bounds, household: Places, programme: Places) -> Places:
    """Return what each household (a place) has had of a programme (a place) in its period, in fen."""
    count = max(len(bounds.programmes), 1)
    rows = places_in(needs.households, bounds.given["household_id"])
    keys = np.where(rows == NONE, NONE, rows * count + bounds.given["programme"].to_numpy())
    order = np.argsort(keys, kind="stable")
    amounts = np.append(bounds.given["amount_fen"].to_numpy(dtype=np.int64)[order], 0)
    place = np.searchsorted(keys[order], household * count + programme)
    found = np.append(keys[order], NONE)[place] == household * count + programme
    return np.where(found, amounts[place], 0)


def _runs(needs: Needs, bounds: Bounds, household: Places, offer: Places) -> Flags:
    """Return per try whether the measure is planned or runs at the household already."""
    measures = index_of(bounds.offers["measure_id"])
    count = max(len(measures), 1)
    measure = places_in(measures, needs.running["measure_id"])
    runs = needs.running["household"].to_numpy()[measure != NONE] * count + measure[measure != NONE]
    own = places_in(measures, bounds.offers["measure_id"])[offer]
    return np.isin(household * count + own, runs)
