"""Ways that a lot has not, because of one thing alone: how much of that thing is missing for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from analysis.produce.plan.ways.fit import HM_PER_KM, estimated_km, transport_fen
from analysis.produce.plan.ways.roads import Roads
from analysis.produce.plan.ways.sides import SECONDS_PER_DAY, Flags, Numbers, Senders, Sides, Whole

# Each by itself is what may change; the numbers are km, days and fen a kg. Grades and certificates have no number.
DIMENSIONS = ("distance", "grade", "keeping", "window", "price", "certificates")


@dataclass(frozen=True)
class Candidates:
    """Ways of one lot: `taker` rows of the sides, `demand` and `cooperative` positions, and what each would mean.

    `need`: how much has to change for it, in the unit of the dimension (0 for grades and certificates). `limit`: where
    what forbids it stands now (km, fen a kg, seconds since 1970).
    """

    taker: Whole
    demand: Whole
    cooperative: Whole
    income_fen_per_kg: Whole
    distance_hm: Whole
    arrives: Whole
    need: Numbers
    limit: Numbers

    def __len__(self) -> int:
        """Return the number of ways."""
        return len(self.taker)

    def only(self, rows: Whole | Flags) -> Candidates:
        """Return some of the ways."""
        return Candidates(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})


@dataclass(frozen=True)
class Loads:
    """The day (seconds since 1970) of each load that a cooperative brings to a demand with a smallest batch.

    `keys`: cooperative x number of demands + demand, rising.
    """

    demand_count: int
    has_batch: Flags
    keys: Whole
    arrives: Whole

    def day(self, cooperative: Whole, demand: Whole, own: Whole) -> Whole:
        """Return the day of each load; `own` where there is none yet, or none is needed."""
        if not len(self.keys):
            return own
        key = cooperative * self.demand_count + demand
        place = np.searchsorted(self.keys, key).clip(max=len(self.keys) - 1)
        is_load = (cooperative >= 0) & self.has_batch[demand] & (self.keys[place] == key)
        return np.where(is_load, self.arrives[place], own)


@dataclass(frozen=True)
class _Pairs:
    """All pairs of a lot's senders with the takers of its product, and what stands against each."""

    sender: Whole
    taker: Whole
    distance: Numbers
    income: Whole
    arrives: Whole
    needs: Mapping[str, Numbers]
    limits: Mapping[str, Numbers]
    forbidden: Mapping[str, Flags]
    is_reachable: Flags


def candidates_of(sides: Sides, roads: Roads, loads: Loads, lot: int, is_known: Flags) -> dict[str, Candidates]:
    """Return by dimension the ways of the lot (a position) that only this dimension forbids, the smallest need first.

    `is_known`: the demands that may be looked at, by position. A pooled way to a demand with a smallest batch goes with
    the load that is planned; what is not at the cooperative by then is no candidate.
    """
    pairs = _pairs(sides, roads, loads, lot, is_known)
    against = np.sum([pairs.forbidden[name] for name in DIMENSIONS], axis=0)
    found = {}
    for name in DIMENSIONS:
        rows = np.flatnonzero(pairs.is_reachable & pairs.forbidden[name] & (against == 1))
        rows = rows[np.lexsort((pairs.taker[rows], -pairs.income[rows], pairs.needs[name][rows]))]
        found[name] = _candidates(sides, pairs, rows, name)
    return found


def _candidates(sides: Sides, pairs: _Pairs, rows: Whole, name: str) -> Candidates:
    return Candidates(
        taker=pairs.taker[rows],
        demand=sides.takers.demand[pairs.taker[rows]],
        cooperative=sides.senders.cooperative[pairs.sender[rows]],
        income_fen_per_kg=pairs.income[rows],
        distance_hm=np.rint(pairs.distance[rows] * HM_PER_KM).astype(np.int64),
        arrives=pairs.arrives[rows],
        need=pairs.needs[name][rows],
        limit=pairs.limits[name][rows],
    )


def _pairs(sides: Sides, roads: Roads, loads: Loads, lot: int, is_known: Flags) -> _Pairs:
    senders, takers = sides.senders, sides.takers
    own = np.flatnonzero(senders.lot == lot)
    product = senders.product[own[0]] if len(own) else -1
    theirs = np.flatnonzero((takers.product == product) & is_known[takers.demand])
    sender, taker = np.repeat(own, len(theirs)), np.tile(theirs, len(own))
    known = roads.known_km(sides, sender, taker)
    last_km = np.where(np.isnan(known), estimated_km(sides, sender, taker), known)
    is_reachable = ~np.isnan(last_km)
    last_km = np.nan_to_num(last_km)
    whole_km = np.round(senders.before_km[sender] + last_km, 1)
    transport = transport_fen(whole_km, senders.transport_fen_per_t_km[sender])
    net = takers.max_fen[taker] - transport
    arrives = _own_arrival(senders, takers.starts[taker], sender, whole_km)
    day = loads.day(senders.cooperative[sender], takers.demand[taker], arrives)
    floor, keeps, ends = senders.floor_fen[sender], senders.keeps_until[sender], takers.ends[taker]
    needs = {
        "distance": np.round(last_km - takers.max_km[taker], 1),
        "price": (floor - net).astype(np.float64),
        "window": (day - ends) / SECONDS_PER_DAY,
        "keeping": (day - keeps) / SECONDS_PER_DAY,
        "grade": np.zeros(len(sender)),
        "certificates": np.zeros(len(sender)),
    }
    forbidden = {name: needs[name] > 0 for name in ("distance", "price", "window", "keeping")}
    forbidden["grade"] = ~sides.good_enough[senders.grade[sender], takers.grade[taker]]
    forbidden["certificates"] = _lacks(sides, sender, taker)
    limits = {
        "distance": takers.max_km[taker],
        "price": (floor - senders.fee_fen[sender]).astype(np.float64),
        "window": ends.astype(np.float64),
        "keeping": keeps.astype(np.float64),
        "grade": np.zeros(len(sender)),
        "certificates": np.zeros(len(sender)),
    }
    # Nobody gives produce away: an ask can become no less than one fen a kg.
    is_reachable &= (arrives <= day) & (limits["price"] - np.maximum(needs["price"], 0) >= 1)
    income = net - senders.fee_fen[sender]
    return _Pairs(sender, taker, whole_km, income, day, needs, limits, forbidden, is_reachable)


def _own_arrival(senders: Senders, starts: Whole, sender: Whole, whole_km: Numbers) -> Whole:
    driven = np.floor(whole_km / senders.km_per_day[sender]).astype(np.int64) * SECONDS_PER_DAY
    earliest: Whole = np.maximum(senders.leaves[sender] + driven, starts)
    return earliest


def _lacks(sides: Sides, sender: Whole, taker: Whole) -> Flags:
    asked, held = sides.takers.certificates[taker], sides.senders.certificates[sender]
    lacks: NDArray[np.bool_] = ((asked & ~held) != 0).any(axis=1)
    return lacks
