"""All ways that fit, found among near pairs and known roads."""

from __future__ import annotations

import numpy as np

from analysis.produce.plan.ways.fit import Found, could_fit, estimated_km, fitting, joined
from analysis.produce.plan.ways.near import near_pairs
from analysis.produce.plan.ways.roads import Roads
from analysis.produce.plan.ways.sides import Sides


def ways_that_fit(sides: Sides, roads: Roads) -> Found:
    """Return every pair of a sender and a taker that fits, each once, in no order."""
    found = []
    for near_sender, near_taker in near_pairs(sides):
        could = could_fit(sides, near_sender, near_taker)
        sender, taker = near_sender[could], near_taker[could]
        if not roads.is_empty:
            unknown = np.isnan(roads.known_km(sides, sender, taker))
            sender, taker = sender[unknown], taker[unknown]
        found.append(fitting(sides, sender, taker, estimated_km(sides, sender, taker)))
    sender, taker = roads.candidates(sides)
    could = could_fit(sides, sender, taker)
    could &= sides.good_enough[sides.senders.grade[sender], sides.takers.grade[taker]]
    sender, taker = sender[could], taker[could]
    found.append(fitting(sides, sender, taker, roads.known_km(sides, sender, taker)))
    return joined(found)
