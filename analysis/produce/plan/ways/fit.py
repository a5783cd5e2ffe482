"""Which pairs of a sender and a taker fit, with the same numbers as `produce.pairs` and `produce.constraints`."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from analysis.produce.distance import great_circle_km
from analysis.produce.plan.ways.sides import SECONDS_PER_DAY, Numbers, Sides, Whole

Small = NDArray[np.int32]

KG_PER_TONNE = 1000
HM_PER_KM = 10


@dataclass(frozen=True)
class Found:
    """Ways that fit: positions among senders and takers, and what each way means; times in seconds since 1970."""

    sender: Small
    taker: Small
    income_fen_per_kg: Small
    distance_hm: Small
    arrives: Whole

    def only(self, rows: Whole | NDArray[np.bool_]) -> Found:
        """Return some of the ways."""
        return Found(
            self.sender[rows],
            self.taker[rows],
            self.income_fen_per_kg[rows],
            self.distance_hm[rows],
            self.arrives[rows],
        )


def joined(parts: list[Found]) -> Found:
    """Return the ways of all parts, at least one, one after the other."""
    return Found(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Found)))


def could_fit(sides: Sides, sender: Whole, taker: Whole) -> NDArray[np.bool_]:
    """Return whether each pair of one product fits but for grade and distance: as if they stood side by side."""
    senders, takers = sides.senders, sides.takers
    could: NDArray[np.bool_] = senders.floor_fen[sender] <= takers.max_fen[taker]
    last = np.minimum(senders.keeps_until[sender], takers.ends[taker])
    could &= np.maximum(senders.leaves[sender], takers.starts[taker]) <= last
    for word in range(takers.certificates.shape[1]):
        could &= (takers.certificates[taker, word] & ~senders.certificates[sender, word]) == 0
    return could


def estimated_km(sides: Sides, sender: Whole, taker: Whole) -> Numbers:
    """Return the road of each pair by the straight line, to 0.1 km; NaN where a place is unknown."""
    senders, takers = sides.senders, sides.takers
    straight = great_circle_km(senders.lat[sender], senders.lon[sender], takers.lat[taker], takers.lon[taker])
    km: Numbers = np.round(straight * senders.road_factor[sender], 1)
    return km


def fitting(sides: Sides, sender: Whole, taker: Whole, km: Numbers) -> Found:
    """Return those of the pairs (which `could_fit`) that fit at their distance `km`, from where the load sets out.

    The farthest distance of a demand is that from where the load sets out; price and days count the whole road, that
    to a cooperative included.
    """
    senders, takers = sides.senders, sides.takers
    near = km <= takers.max_km[taker]
    sender, taker, km = sender[near], taker[near], km[near]
    whole_km = np.round(senders.before_km[sender] + km, 1)
    transport = transport_fen(whole_km, senders.transport_fen_per_t_km[sender])
    income = takers.max_fen[taker] - transport - senders.fee_fen[sender]
    driven = np.floor(whole_km / senders.km_per_day[sender]).astype(np.int64) * SECONDS_PER_DAY
    arrives = np.maximum(senders.leaves[sender] + driven, takers.starts[taker])
    fits = takers.max_fen[taker] - transport >= senders.floor_fen[sender]
    fits &= arrives <= np.minimum(takers.ends[taker], senders.keeps_until[sender])
    hectometres = np.rint(whole_km[fits] * HM_PER_KM).astype(np.int32)
    return Found(
        sender[fits].astype(np.int32),
        taker[fits].astype(np.int32),
        income[fits].astype(np.int32),
        hectometres,
        arrives[fits],
    )


def transport_fen(km: Numbers, fen_per_t_km: Numbers) -> Whole:
    """Return the cost of transport in whole fen a kg; a part of a fen counts as one.

    Rounding first keeps a cost of exactly 6 fen from becoming 7 by the last digit of a float.
    """
    fen: Whole = np.ceil(np.round(km * fen_per_t_km / KG_PER_TONNE, 6)).astype(np.int64)
    return fen
