"""Which programmes for all or none to run: every choice weighed, or greedy and swap; and a bound on any choice."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from analysis.risk.budget_area import ProgrammeArea
from analysis.risk.budget_fill import fill
from analysis.risk.budget_options import unbeaten
from analysis.risk.findings import Flags, Numbers, Places

_MOST_SWAPS = 20
# What counts as better: below this lies what is lost in adding up.
_BETTER = 1e-9
# Pairs of programmes are weighed for the bound while they are no more than this; else only single ones.
_MOST_PAIRS = 2_000_000
# Every choice is weighed while that takes no more sets at the patterns of households than this.
_MOST_SETS = 2_000_000


def can_weigh_all(area: ProgrammeArea, payable: Places, most: int) -> bool:
    """Return whether all choices of the payable programmes can be weighed: at most `most`, and not too many sets."""
    return len(payable) <= most and float((2.0 ** area.reached[:, payable].sum(axis=1)).sum()) <= _MOST_SETS


def best_of_all(area: ProgrammeArea, payable: Places, cost: Places, budget: int) -> Flags:
    """Return the choice among all of the payable programmes that prevents most; of equal ones the cheapest."""
    choices = np.arange(1 << len(payable))
    bits = (choices[:, None] >> np.arange(len(payable)) & 1).astype(np.bool_)
    prevented = np.zeros(len(choices))
    masks = area.reached[:, payable] @ (1 << np.arange(len(payable)))
    for mask in np.unique(masks).tolist():
        patterns = np.flatnonzero(masks == mask)
        inside = np.flatnonzero((choices & ~mask) == 0)
        chosen = np.zeros((len(inside), area.reached.shape[1]), dtype=np.bool_)
        chosen[:, payable] = bits[inside]
        risks = area.risks(np.repeat(patterns, len(inside)), np.tile(chosen, (len(patterns), 1)))
        value = np.zeros(len(choices))
        value[inside] = area.count[patterns] @ risks.reshape(len(patterns), len(inside))
        prevented += value[0] - value[choices & mask]
    costs = bits @ cost[payable]
    feasible = np.flatnonzero(costs <= budget)
    near = feasible[prevented[feasible] >= prevented[feasible].max() - _BETTER]
    best = int(near[np.lexsort((near, costs[near]))[0]])
    flags = np.zeros(area.reached.shape[1], dtype=np.bool_)
    flags[payable[bits[best]]] = True
    return flags


def greedy_and_swap(area: ProgrammeArea, payable: Places, cost: Places, budget: int) -> Flags:
    """Return a good choice: the best value for money first, then swaps of one programme while they better it.

    Of programmes equally good the one that stands first is taken. A single programme is looked at too: the choice
    prevents at least what the best one alone does.
    """
    nobody = np.zeros(area.reached.shape[1], dtype=np.bool_)
    alone = area.gains(nobody).sum(axis=0)
    single = nobody.copy()
    single[payable[np.argmax(alone[payable])]] = True
    starts = [_added(area, start, payable, cost, budget) for start in (nobody, single)]
    chosen = min(starts, key=area.returns)
    for _ in range(_MOST_SWAPS):
        better = _swapped(area, chosen, payable, cost, budget)
        if better is None:
            break
        chosen = _added(area, better, payable, cost, budget)
    return chosen


def _added(area: ProgrammeArea, start: Flags, payable: Places, cost: Places, budget: int) -> Flags:
    chosen = start.copy()
    gains = area.gains(chosen)
    while True:
        fits = payable[~chosen[payable] & (cost[payable] <= budget - int(cost[chosen].sum()))]
        total = gains.sum(axis=0)
        fits = fits[total[fits] > _BETTER]
        if not len(fits):
            return chosen
        # What costs nothing comes first.
        added = int(fits[np.argmax(total[fits] / np.maximum(cost[fits], 1e-9))])
        chosen[added] = True
        # Only whom the new programme reaches has anything new.
        changed = np.flatnonzero(area.reached[:, added])
        gains[changed] = area.gains(chosen, changed)
        gains[:, added] = 0.0


def _swapped(area: ProgrammeArea, chosen: Flags, payable: Places, cost: Places, budget: int) -> Flags | None:
    """Return the best choice with one programme out and at most one in, or None where none is better."""
    gains = area.gains(chosen)
    best, better = _BETTER, None
    for out in np.flatnonzero(chosen).tolist():
        without = chosen.copy()
        without[out] = False
        changed = np.flatnonzero(area.reached[:, out])
        total = gains.sum(axis=0) - gains[changed].sum(axis=0) + area.gains(without, changed).sum(axis=0)
        fits = payable[~chosen[payable] & (cost[payable] <= budget - int(cost[without].sum()))]
        if not len(fits):
            continue
        entering = int(fits[np.argmax(total[fits])])
        change = float(total[entering]) - area.loss(chosen, without, changed)
        if change > best:
            best, better = change, without.copy()
            better[entering] = True
    return better


def relaxed_bound(area: ProgrammeArea, payable: Places, part: Places, budget: int) -> float:
    """Return returns that no choice prevents more than.

    Each household may take its own programmes, at `part`: the cost per household and its part of the fixed cost, which
    over all whom a programme reaches add up to no more than its cost. Sets of one or two are weighed exactly. A larger
    set whose two dearest programmes are a and b, b the dearer, has nothing dearer than a besides b: it is granted all
    that is as cheap as a, and b, for the price of a, b and the household's cheapest. Where that makes too many pairs:
    sets of one exactly; a larger set with the dearest b is granted all as cheap as b, for the price of b and the
    cheapest.
    """
    able: Flags = np.zeros(area.reached.shape, dtype=np.bool_)
    able[:, payable] = area.reached[:, payable]
    count = able.sum(axis=1)
    most = 2 if int((count * (count - 1)).sum()) <= _MOST_PAIRS else 1
    by_price = payable[np.argsort(part[payable], kind="stable")]
    cheapest = np.where(able, part, np.iinfo(np.int64).max).min(axis=1, initial=np.iinfo(np.int64).max)
    patterns: list[Places] = [np.arange(len(able))]
    chosen: list[Flags] = [np.zeros(able.shape, dtype=np.bool_)]
    prices: list[Places] = [np.zeros(len(able), dtype=np.int64)]
    for size in range(1, most + 1):
        for ranks in combinations(range(len(by_price)), size):
            named, cheaper = by_price[list(ranks)], by_price[: ranks[0]]
            rows = np.flatnonzero(able[:, named].all(axis=1))
            flags = np.zeros((len(rows), able.shape[1]), dtype=np.bool_)
            flags[:, named] = True
            # Only a set of so many may be larger than weighed, and only where something cheaper is left.
            larger = np.flatnonzero(able[rows][:, cheaper].any(axis=1) & (size == most))
            granted = flags[larger]
            granted[:, cheaper] = able[rows[larger]][:, cheaper]
            price = int(part[named].sum())
            patterns += [rows, rows[larger]]
            chosen += [flags, granted]
            prices += [np.full(len(rows), price, dtype=np.int64), price + cheapest[rows[larger]]]
    pattern, price_of = np.concatenate(patterns), np.concatenate(prices)
    risks: Numbers = area.risks(pattern, np.concatenate(chosen))
    lowered = risks[: len(able)][pattern] - risks
    kept = unbeaten(pattern, price_of, lowered)
    return fill(pattern[kept], price_of[kept], lowered[kept].clip(0.0), count=area.count, budget=budget).bound
