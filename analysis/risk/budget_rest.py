"""The rest of a budget, too small for the next step, spent as well as can be by changing the sets of a few households.

At the slope of the margin every option has a loss: what it is worth less, its cost counted at that slope, than the
option its household has. A plan falls short of the bound by (slope x money not spent) + (the sum of losses), so only
options that lose less than the plan at hand falls short can be in a better one. These few are gone through pattern
after pattern, keeping the sums of cost and loss that no other beats. Source: Pisinger (1995), "A minimal algorithm for
the multiple-choice knapsack problem".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.risk.findings import Numbers, Places

# What bounds the time: sums kept at once, households looked into, households alike looked into.
_MOST_SUMS, _MOST_HOUSEHOLDS, _MOST_ALIKE = 2000, 400, 4
# A loss below this is none: differences of risks that are equal end up there.
_NO_LOSS = 1e-12


@dataclass(frozen=True)
class Choice:
    """A plan: options by pattern, then cost; `households` that have each; `left`, the money not spent; the slope."""

    pattern: Places
    cost: Places
    lowered: Numbers
    households: Places
    left: int
    slope: float


@dataclass(frozen=True)
class _Change:
    """What one household may change to: `start`, its option; `ends`, others, with what they cost more and lose."""

    start: int
    ends: Places
    cost: Places
    loss: Numbers


@dataclass(frozen=True)
class _Sums:
    """Sums of changes, by cost: each with the sum it came from and the option that was taken (-1 = none)."""

    cost: Places
    loss: Numbers
    origin: Places
    taken: Places


def spend_rest(choice: Choice) -> tuple[Places, bool]:
    """Return how many households get each option, and whether it is shown that no plan lowers more."""
    shortfall = choice.left * choice.slope
    changes, is_whole = _changes(choice, shortfall)
    saving = np.concatenate([np.cumsum([min(0, int(change.cost.min())) for change in changes][::-1])[::-1], [0]])
    sums = _Sums(np.zeros(1, dtype=np.int64), np.zeros(1), np.zeros(1, dtype=np.int64), np.full(1, -1))
    stages: list[_Sums] = []
    best: tuple[int, int] | None = None
    for turn, change in enumerate(changes):
        sums = _grown(
            sums, change, most_cost=choice.left - int(saving[turn + 1]), most_loss=shortfall, slope=choice.slope
        )
        if len(sums.cost) > _MOST_SUMS:
            is_whole = False
            kept = np.sort(np.argsort(sums.loss, kind="stable")[:_MOST_SUMS])
            sums = _Sums(sums.cost[kept], sums.loss[kept], sums.origin[kept], sums.taken[kept])
        stages.append(sums)
        falls_short = np.where(sums.cost <= choice.left, (choice.left - sums.cost) * choice.slope + sums.loss, np.inf)
        nearest = int(np.argmin(falls_short))
        if falls_short[nearest] < shortfall - _NO_LOSS:
            shortfall, best = float(falls_short[nearest]), (turn, nearest)
    households = choice.households.copy()
    if best is not None:
        turn, place = best
        for stage, change in zip(stages[turn::-1], changes[turn::-1], strict=True):
            if stage.taken[place] >= 0:
                households[change.start] -= 1
                households[stage.taken[place]] += 1
            place = int(stage.origin[place])
    return households, is_whole


def _changes(choice: Choice, shortfall: float) -> tuple[list[_Change], bool]:
    """Return the changes that lose less than the plan falls short, the least loss first, and whether these are all."""
    had = np.flatnonzero(choice.households > 0)
    worth = choice.lowered - choice.slope * choice.cost
    # At the slope of the margin all options that a pattern has are worth the same.
    most = np.full(int(choice.pattern[-1]) + 1, -np.inf)
    most[choice.pattern[had]] = worth[had]
    loss = (most[choice.pattern] - worth).clip(0.0)
    loss[loss < _NO_LOSS] = 0.0
    worthwhile = np.flatnonzero(loss < shortfall)
    patterns = choice.pattern[worthwhile]
    first = np.searchsorted(patterns, choice.pattern[had], side="left")
    last = np.searchsorted(patterns, choice.pattern[had], side="right")
    found: list[_Change] = []
    is_whole = True
    for place in np.flatnonzero(last - first > 1).tolist():
        start, ends = int(had[place]), worthwhile[first[place] : last[place]]
        ends = ends[ends != start]
        change = _Change(start, ends, choice.cost[ends] - choice.cost[start], loss[ends])
        alike = min(int(choice.households[start]), _MOST_ALIKE)
        is_whole &= alike == choice.households[start] or float(change.loss.min()) * (alike + 1) >= shortfall
        found += [change] * alike
    found.sort(key=lambda change: float(change.loss.min()))
    return found[:_MOST_HOUSEHOLDS], is_whole and len(found) <= _MOST_HOUSEHOLDS


def _grown(sums: _Sums, change: _Change, *, most_cost: int, most_loss: float, slope: float) -> _Sums:
    """Return the sums with and without the change of one more household, but for those that another beats."""
    cost = (sums.cost[:, None] + np.concatenate([[0], change.cost])).ravel()
    loss = (sums.loss[:, None] + np.concatenate([[0.0], change.loss])).ravel()
    origin = np.repeat(np.arange(len(sums.cost)), len(change.ends) + 1)
    taken = np.tile(np.concatenate([[-1], change.ends]), len(sums.cost))
    kept = np.flatnonzero((cost <= most_cost) & (loss < max(most_loss, _NO_LOSS)))
    gain = slope * cost[kept] - loss[kept]
    order = kept[np.lexsort((kept, -gain, cost[kept]))]
    gain = slope * cost[order] - loss[order]
    highest = np.concatenate([[-np.inf], np.maximum.accumulate(gain)[:-1]])
    order = order[gain > highest]
    return _Sums(cost[order], loss[order], origin[order], taken[order])
