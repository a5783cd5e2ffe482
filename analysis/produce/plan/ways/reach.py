"""How far each demand can reach at most: bounds that leave out no way that fits."""

from __future__ import annotations

import numpy as np

from analysis.produce.distance import EARTH_RADIUS_KM
from analysis.produce.plan.ways.fit import KG_PER_TONNE
from analysis.produce.plan.ways.sides import SECONDS_PER_DAY, Numbers, Sides, Whole

# A distance is rounded to 0.1 km; what rounding and the last digits of a float can hide is less than this.
SLACK_KM = 0.1
SLACK_FEN = 1e-6
SLACK_CHORD = 1e-9
# Beyond this the chord hardly grows with the distance: everything counts as near.
FAR_KM = 19_000.0
# Longer than any chord of the unit sphere.
ALL = 2.1
NEVER_KM = -1.0


def farthest_road_km(sides: Sides, sender: Whole | None = None, taker: Whole | None = None) -> Numbers:
    """Return for each of the takers a road that no sender which fits is beyond, -1 where none of them can fit.

    The least of its farthest distance, of what the best price pays in transport, and of the days from the earliest
    departure to the last arrival; each with the most favourable number among the senders. All where none are named.
    """
    senders, takers = sides.senders, sides.takers
    these, those = (slice(None) if rows is None else rows for rows in (sender, taker))
    budget = takers.max_fen[those] - int(senders.floor_fen[these].min()) + SLACK_FEN
    cost = float(senders.transport_fen_per_t_km[these].min())
    with np.errstate(over="ignore"):
        paid = budget * KG_PER_TONNE / cost if cost > 0 else np.full(len(budget), np.inf)
    last = np.minimum(takers.ends[those], int(senders.keeps_until[these].max()))
    days = (last - int(senders.leaves[these].min())) // SECONDS_PER_DAY
    driven = (days + 1) * float(senders.km_per_day[these].max())
    possible = (budget >= 0) & (days >= 0) & (takers.starts[those] <= last)
    return np.where(possible, np.minimum(np.minimum(takers.max_km[those], paid), driven), NEVER_KM)


def chords(road_km: Numbers, road_factor: float) -> Numbers:
    """Return chords of the unit sphere within which everything lies that is so near by road or nearer.

    The chord of an arc of a km on a sphere of radius r is 2 sin(a / 2r).
    """
    straight = (road_km + SLACK_KM) / road_factor if road_factor > 0 else np.full(len(road_km), np.inf)
    near = np.minimum(straight, FAR_KM)
    chord = 2 * np.sin(near / (2 * EARTH_RADIUS_KM)) + SLACK_CHORD
    return np.where(straight >= FAR_KM, ALL, chord)
