"""What needs can come to at most at given prices of budgets and resources: true for any prices (weak duality).

Every plan of a program covers at most what its budgets and capacities are worth at the prices, and per need what is
left of its weight after them. Household limits, rules and the number of programmes only take from that.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.assistance.plan.program import NONE, SLOTS, AssistPlan, AssistProgram, Units, whole_column

Numbers = NDArray[np.float64]

# What a sum of floating numbers may be off, as a share of it.
_ROUNDING = 1e-9


def price_slack(program: AssistProgram, plan: AssistPlan) -> int:
    """Return how many severity-weighted fen the plan is from the bound of its own prices: 0 or more.

    No plan of the program covers more than the plan and this together; nor, with a step more of something, more than
    the plan, the price of the step and this together. It is the gap of the plan, what units that are given whole fall
    short of units in parts, and what household limits and rules take. Without prices it is all need that has a chain.
    """
    prices = plan.prices
    total = 0.0
    paid = np.zeros(len(program.chains))
    if prices is not None:
        capacity = whole_column(program.resources, "capacity")
        total += float(whole_column(program.programmes, "budget_fen") @ prices.budget)
        total += float(np.where(capacity == NONE, 0, capacity) @ prices.resource)
        paid = prices.budget[whole_column(program.chains, "programme")] * whole_column(program.chains, "cost_fen")
        # One more place at the end: a chain without a resource has the position -1.
        each = np.append(prices.resource, 0.0)
        for slot in SLOTS:
            paid = paid + each[whole_column(program.chains, slot)] * whole_column(program.chains, f"{slot}_use")
    need = whole_column(program.chains, "need")
    gain = priced_gains(program.chains, whole_column(program.needs, "severity_weight")[need].astype(float), paid)
    bounds = need_bounds(
        need,
        whole_column(program.needs, "need_fen")[need].astype(float),
        whole_column(program.chains, "measure"),
        whole_column(program.chains, "cover_fen").astype(float),
        whole_column(program.chains, "most"),
        gain,
    )
    total += float(bounds.sum())
    # A plan comes to a whole number: the part of one is no room.
    return max(math.floor(total * (1 + _ROUNDING) + _ROUNDING) - plan.stages[0].value, 0)


def priced_gains(chains: pd.DataFrame, weight: Numbers, paid: Numbers) -> Numbers:
    """Return per chain what one unit is worth (severity-weighted fen) beyond what it takes at the prices; 0 or more."""
    gains: Numbers = np.maximum(chains["cover_fen"].to_numpy("float64") * weight - paid, 0.0)
    return gains


def need_bounds(need: Units, need_fen: Numbers, measure: Units, cover: Numbers, most: Units, gain: Numbers) -> Numbers:
    """Return per need, by its number from 0 up, what its chains come to at most.

    All by chain: the number of its need, what the need comes to, its measure (-1: no bound), what a unit covers, the
    most units (-1: no bound) and the gain of a unit. Of one measure there is at most one unit; what is worth most per
    fen comes first, the last of it in part.
    """
    bounds = np.zeros(int(need.max(initial=-1)) + 1)
    order = np.lexsort((measure, need))
    need, measure, most = need[order], measure[order], most[order]
    need_fen, cover, gain = need_fen[order], cover[order], gain[order]
    if not len(need):
        return bounds
    # Chains of one measure to one need count as one item: the largest gain, at the best rate of any.
    units = np.where(most == NONE, need_fen / cover, np.minimum(most, need_fen / cover))
    units = np.where(measure == NONE, units, np.minimum(units, 1.0))
    starts_item = np.ones(len(need), dtype=np.bool_)
    starts_item[1:] = (need[1:] != need[:-1]) | (measure[1:] != measure[:-1]) | (measure[1:] == NONE)
    first = np.flatnonzero(starts_item)
    amount = np.maximum.reduceat(gain * units, first)
    rate = np.maximum.reduceat(np.where(units > 0, gain / cover, 0.0), first)
    owner, open_fen = need[first], need_fen[first]
    width = np.divide(amount, rate, out=np.zeros_like(amount), where=rate > 0)
    order = np.lexsort((-rate, owner))
    owner, open_fen, rate, width = owner[order], open_fen[order], rate[order], width[order]
    before = np.cumsum(width) - width
    starts = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))
    before = before - before[starts][np.cumsum(np.append(False, owner[1:] != owner[:-1]))]
    taken = np.clip(open_fen - before, 0.0, width)
    np.add.at(bounds, owner, taken * rate)
    return bounds
