"""Both sides of a way in arrays: what sets out (a lot, or a lot by way of a cooperative), and who takes it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

SECONDS_PER_DAY = 86_400

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class _Side:
    def only(self, rows: Whole | Flags) -> Self:
        """Return the side with some of its rows."""
        return type(self)(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})


@dataclass(frozen=True)
class Senders(_Side):
    """What sets out, one row each; times are seconds since 1970.

    `lot`, `cooperative`: positions in the program (-1: the seller sends it himself). `place`, `area`: codes of its
    place and area among the ends of known roads, -1 where none leads there. `grade`: row of the table of grades.
    `certificates`: one bit each, in words of 64. `before_km`: road to the cooperative. `leaves`: earliest departure.
    `keeps_until`: last arrival. `floor_fen`: the ask and the fee, in fen a kg.
    """

    lot: Whole
    cooperative: Whole
    product: Whole
    grade: Whole
    certificates: NDArray[np.uint64]
    lat: Numbers
    lon: Numbers
    place: Whole
    area: Whole
    before_km: Numbers
    leaves: Whole
    keeps_until: Whole
    floor_fen: Whole
    fee_fen: Whole
    road_factor: Numbers
    transport_fen_per_t_km: Numbers
    km_per_day: Numbers


@dataclass(frozen=True)
class Takers(_Side):
    """Demands, one row per demand and product that it takes; times are seconds since 1970.

    `demand`: position in the program. `grade`: column of the table of grades. `max_km`: infinite without limit.
    The others as for senders.
    """

    demand: Whole
    product: Whole
    grade: Whole
    certificates: NDArray[np.uint64]
    lat: Numbers
    lon: Numbers
    place: Whole
    area: Whole
    starts: Whole
    ends: Whole
    max_fen: Whole
    max_km: Numbers


@dataclass(frozen=True)
class Sides:
    """Senders and takers that speak the same codes; `good_enough`: by grade of a sender and grade wanted."""

    senders: Senders
    takers: Takers
    good_enough: Flags

    def sent_by(self, senders: Senders) -> Sides:
        """Return the same takers with other senders."""
        return Sides(senders, self.takers, self.good_enough)
