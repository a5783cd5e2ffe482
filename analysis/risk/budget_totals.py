"""What a plan does in sum: its different sets, and what each measure costs and prevents."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np

from analysis.risk.budget_options import Options
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, Flags, Numbers, Places
from analysis.risk.measures import RiskMeasures


@dataclass(frozen=True)
class MeasureTotal:
    """What the plan does with one measure.

    `unknown_count`: those of its `households` of whom it is not known that they meet the prerequisite. `prevented`: its
    part of the returns prevented: in a set of several, what it adds on average over the orders of giving them, so that
    the measures sum to the whole.
    """

    code: str
    households: int
    unknown_count: int
    cost_fen: int
    prevented: float


def different_sets(measures: Places) -> tuple[tuple[tuple[int, ...], ...], Places]:
    """Return the different sets of `measures` (rows, most; -1 for none), the empty one first, and which each row is."""
    width = measures.shape[1]
    empty = np.full((1, width), -1, dtype=np.int64)
    different, number = np.unique(np.concatenate([empty, measures]), axis=0, return_inverse=True)
    sets = tuple(tuple(place for place in row if place >= 0) for row in different.tolist())
    return sets, number.reshape(-1)[1:].astype(np.int64)


def shares_of(
    engine: RiskEngine,
    findings: Findings,
    measures: RiskMeasures,
    running: Flags,
    options: Options,
    households: Places,
    target: str,
) -> Numbers:
    """Return what each measure of each option adds, averaged over the orders of giving them: as `options.measures`.

    Of options that no household has (`households` 0), nothing. `running`: per pattern, what runs already.
    Source: Shapley (1953).
    """
    shares = np.zeros(options.measures.shape)
    had = np.flatnonzero((households > 0) & (options.measures >= 0).any(axis=1))
    columns = range(options.measures.shape[1])
    risks: dict[frozenset[int], Numbers] = {}
    for size in range(len(columns) + 1):
        for kept in combinations(columns, size):
            plans = running[options.pattern[had]]
            for column in kept:
                rows = np.flatnonzero(options.measures[had, column] >= 0)
                plans[rows, options.measures[had[rows], column]] = True
            risks[frozenset(kept)] = engine.plan_risks(findings, measures, options.pattern[had], plans, target)
    orders = list(permutations(columns))
    for order in orders:
        for place, column in enumerate(order):
            earlier = frozenset(order[:place])
            shares[had, column] += (risks[earlier] - risks[earlier | {column}]) / len(orders)
    return shares


def totals_of(
    measures: RiskMeasures, *, chosen: Places, shares: Numbers, is_unknown: Flags
) -> tuple[MeasureTotal, ...]:
    """Return the totals of the measures that are given to anyone, in their order.

    `chosen` and `shares`: per household its measures (-1 for none) and what they add; `is_unknown`: (households,
    measures), the prerequisite is not known.
    """
    household, column = np.nonzero(chosen >= 0)
    place = chosen[household, column]
    count = np.bincount(place, minlength=len(measures))
    unknown = np.bincount(place, weights=is_unknown[household, place], minlength=len(measures))
    prevented = np.bincount(place, weights=shares[household, column], minlength=len(measures))
    return tuple(
        MeasureTotal(
            code=measures.code_of[each],
            households=int(count[each]),
            unknown_count=int(unknown[each]),
            cost_fen=int(count[each]) * int(measures.cost_fen[each]),
            prevented=float(prevented[each]),
        )
        for each in np.flatnonzero(count).tolist()
    )
