"""A bound on what more must be paid to bring a risk under a level, quick to compute and never too high.

Two bounds hold whatever is taken in whatever order, and the larger counts:
- one more measure of effect e lowers the risk by at most (1 - e) q, where q is the chance that a way through what it
  acts on is open when nothing is taken: ways only get rarer;
- it leaves at least the share 1 - (1 - e) min(1, q / level) of the risk, as long as the risk is above the level.
So the missing amount (or its logarithm) must be made up from amounts that each measure can give at most, and taking
measures in the order of cost per amount, the last in part, costs no more than any set that does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.risk.cut_steps import Part
from analysis.risk.findings import Numbers, Places
from analysis.risk.measures import RiskMeasures


@dataclass(frozen=True)
class CostBound:
    """What measures cost at least: `amounts` made up (rising) and the cost at each; beyond the last it is infinite."""

    amounts: Numbers
    costs: Numbers

    def of(self, missing: Numbers) -> Numbers:
        """Return the least cost of making up what is missing, in fen."""
        return np.interp(missing, self.amounts, self.costs, right=np.inf)


def cost_bound(most: Numbers, cost_fen: Places) -> CostBound:
    """Return the bound for measures that give at most so much each."""
    giving = most > 0
    most, cost = most[giving], cost_fen[giving].astype(np.float64)
    order = np.argsort(cost / most, kind="stable")
    zero = np.zeros(1)
    return CostBound(np.concatenate([zero, np.cumsum(most[order])]), np.concatenate([zero, np.cumsum(cost[order])]))


def most_through(part: Part, order: Sequence[int], measures: RiskMeasures) -> Numbers:
    """Return for each measure at most how likely a way through what it acts on is: shape (measures,); 0 elsewhere.

    Ways that share something are more often open or shut together than ways that share nothing, so
    1 - product of (1 - chance) over the ways in, or out, is at least the chance of any (Harris, 1960).
    """
    left, strength = part.left[:, 0], part.strength[:, 0]
    away: dict[int, float] = {}
    for node in order:
        away[node] = part.stays_out[node, 0]
        for place, (start, end) in part.links.items():
            if end == node:
                away[node] *= 1.0 - strength[place] * left[start] * (1.0 - away[start])
    shut = dict.fromkeys(part.nodes, 1.0)
    for node in reversed(order):
        if node == part.target:
            shut[node] = 0.0
        for place, (start, end) in part.links.items():
            if start == node:
                shut[node] *= 1.0 - strength[place] * left[end] * (1.0 - shut[end])
    result = np.zeros(len(measures))
    for node, places in part.on_node.items():
        result[list(places)] = (1.0 - away[node]) * left[node] * (1.0 - shut[node])
    for place, places in part.on_link.items():
        start, end = part.links[place]
        result[list(places)] = (1.0 - away[start]) * left[start] * strength[place] * left[end] * (1.0 - shut[end])
    return result
