"""Money spread over households where it lowers most: a multiple-choice knapsack, its bound, and a plan in whole sets.

Each pattern of households brings the concave hull of its options. Money goes along the hulls, the steepest step of all
first: that is the optimum of the linear program in which a household may be given part of a step, hence no plan
reaches more than `bound`. Whole steps leave a rest of money; `analysis.risk.budget_rest` spends it.
Source: Sinha and Zoltners (1979), "The multiple-choice knapsack problem".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.risk.budget_options import concave
from analysis.risk.budget_rest import Choice, spend_rest
from analysis.risk.findings import Numbers, Places


@dataclass(frozen=True)
class Fill:
    """What a budget buys.

    `households`: per option, how many of the pattern's households get it. `bound`: what no plan can lower more than.
    `slope`: what one more fen lowers at the margin, 0 where all that lowers is paid for. `is_best`: whether it is shown
    that no plan in whole sets reaches more.
    """

    households: Places
    bound: float
    slope: float
    is_best: bool


def fill(pattern: Places, cost: Places, lowered: Numbers, *, count: Places, budget: int) -> Fill:
    """Return what to choose from the options (by pattern, then cost; both numbers rise, the first costs nothing).

    `count`: households of each pattern. `budget`: at least 0, in the unit of `cost`. Of steps equally steep the cheaper
    comes first, then the one of the pattern with the lower number.
    """
    if not len(pattern):
        return Fill(np.zeros(0, dtype=np.int64), 0.0, 0.0, is_best=True)
    corners = np.flatnonzero(concave(pattern, cost, lowered))
    is_step = np.diff(pattern[corners], prepend=-1) == 0
    end = corners[is_step]
    start = corners[np.flatnonzero(is_step) - 1]
    step_cost, step_lowered = cost[end] - cost[start], lowered[end] - lowered[start]
    slope = step_lowered / step_cost
    order = np.lexsort((pattern[end], step_cost, -slope))
    start, end, step_cost, slope = start[order], end[order], step_cost[order], slope[order]
    spent = np.cumsum(step_cost * count[pattern[end]])
    whole = int(np.searchsorted(spent, budget, side="right"))
    left = budget - int(spent[whole - 1]) if whole else budget

    reached = np.flatnonzero(np.diff(pattern, prepend=-1))
    np.maximum.at(reached, pattern[end[:whole]], end[:whole])
    households = np.zeros(len(pattern), dtype=np.int64)
    households[reached] = count
    bound = float(lowered[reached] @ count)
    if whole == len(end):
        return Fill(households, bound, 0.0, is_best=True)
    steepest = float(slope[whole])
    bound += left * steepest
    more = left // int(step_cost[whole])
    households[start[whole]] -= more
    households[end[whole]] += more
    left -= more * int(step_cost[whole])
    choice = Choice(pattern, cost, lowered, households, left, steepest)
    changed, is_best = spend_rest(choice)
    return Fill(changed, bound, steepest, is_best)
