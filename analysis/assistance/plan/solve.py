"""The assistance plan of a program: the linear optimum, whole units out of it, and the gap between them."""

from __future__ import annotations

import math
import time

import numpy as np

from analysis.assistance.plan.check import stage_values
from analysis.assistance.plan.classes import classes_of
from analysis.assistance.plan.contradictions import contradiction, keeps_rules, rule_units, smallest_contradiction
from analysis.assistance.plan.mixed import Mixed, MixedProgram
from analysis.assistance.plan.optimiser import Impossible
from analysis.assistance.plan.program import (
    COST,
    NEED,
    STAGES,
    AssistPlan,
    AssistProgram,
    Stage,
    Units,
    whole_column,
)
from analysis.assistance.plan.staged import Linear, staged
from analysis.assistance.plan.whole import whole_units
from analysis.errors import QuestionError

# So many chains are few enough to look for the best whole units among all there are: thousands mostly take seconds.
_SMALL_CHAINS = 5_000
# What the linear program may take of the time; whole units take a few seconds of a large program.
_LINEAR_SHARE = 0.9
# What a sum of floating numbers may be off, as a share of it.
_ROUNDING = 1e-9
_TRIFLE = 1e-6


def solve(program: AssistProgram, *, seconds: float, most_programmes: int = 3) -> AssistPlan:
    """Return the plan: most severity-weighted need, then the same by tier, the worst first, then least cost.

    The linear program, in which units may be divided and any number of programmes may help one household, is solved
    exactly; it bounds every plan. Whole units with at most so many programmes per household are made out of it and
    measured against it; a small program is searched for the best whole units as well. Where the seconds do not
    suffice for the linear program, needs are filled by weight and the bound is all need that has a chain. The same
    program gives the same plan where the time suffices. Raises QuestionError where rules contradict each other.
    """
    ends = time.monotonic() + seconds
    classes = classes_of(program)
    try:
        linear = staged(program, classes, seconds=_LINEAR_SHARE * seconds)
    except Impossible:
        rules = smallest_contradiction(program, most_programmes=most_programmes)
        if rules.is_empty:
            raise QuestionError("assist_rules_unsettled", seconds=round(seconds)) from None
        raise contradiction(rules) from None
    base = np.zeros(len(program.chains), dtype=np.int64)
    units = whole_units(program, classes, linear, most_programmes=most_programmes, base=base)
    if not keeps_rules(program, units):
        base = rule_units(program, most_programmes=most_programmes)
        units = whole_units(program, classes, linear, most_programmes=most_programmes, base=base)
    if len(program.chains) <= _SMALL_CHAINS:
        rows = np.arange(len(program.chains))
        mixed = MixedProgram(program, rows, most_programmes=most_programmes).best(seconds=ends - time.monotonic())
        return _searched(program, units, mixed, linear)
    return _planned(program, units, linear)


def _searched(program: AssistProgram, units: Units, mixed: Mixed, linear: Linear | None) -> AssistPlan:
    """Return the better of two plans; proved best where the search was to its end."""
    if mixed.units is None or (not mixed.is_proved and _rank(program, mixed.units) <= _rank(program, units)):
        return _planned(program, units, linear)
    if not mixed.is_proved:
        return _planned(program, mixed.units, linear)
    values = stage_values(program, mixed.units)
    stages = tuple(Stage(name, value, value, True) for name, value in zip(STAGES, values, strict=True))
    return AssistPlan(mixed.units, stages, 0.0, linear.prices if linear else None)


def _rank(program: AssistProgram, units: Units) -> tuple[int, ...]:
    values = stage_values(program, units)
    return (*values[:-1], -values[-1])


def _planned(program: AssistProgram, units: Units, linear: Linear | None) -> AssistPlan:
    """Return the plan of these units with its stages beside what the linear program reaches."""
    values = dict(zip(STAGES, stage_values(program, units), strict=True))
    # Where time ran out, what has a chain bounds a stage that was not reached.
    limits = {**_reachable(program), **({stage.name: stage.bound for stage in linear.stages} if linear else {})}
    stages: list[Stage] = []
    is_exact = True
    for name, value in values.items():
        limit = limits[name]
        slack = _TRIFLE + _ROUNDING * abs(limit)
        bound = math.ceil(limit - slack) if name == COST else math.floor(limit + slack)
        bound = max(bound, value) if name == NEED else bound
        stages.append(Stage(name, value, bound, is_exact and value == bound))
        # A later bound holds for plans that reach what the linear program reaches; not for those that fall short.
        is_exact = is_exact and abs(limit - value) <= slack
    gap = (stages[0].bound - stages[0].value) / stages[0].bound if stages[0].bound else 0.0
    return AssistPlan(units, tuple(stages), gap, linear.prices if linear else None)


def _reachable(program: AssistProgram) -> dict[str, float]:
    """Return per stage what nothing exceeds: all need that has a chain, at no cost."""
    reached = np.unique(whole_column(program.chains, "need"))
    needs = program.needs.iloc[reached]
    worth = whole_column(needs, "need_fen") * whole_column(needs, "severity_weight")
    tier = whole_column(needs, "tier")
    by_tier = {name: float(worth[tier == int(name[-1])].sum()) for name in STAGES if name not in (NEED, COST)}
    return {NEED: float(worth.sum()), **by_tier, COST: 0.0}
