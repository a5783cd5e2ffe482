"""The plan of a program in which smallest batches, smallest parts, capacities or rules may bind."""

from __future__ import annotations

import time

import numpy as np

from analysis.produce.plan.batches.bounds import whole_column
from analysis.produce.plan.batches.feasible import kept_rules
from analysis.produce.plan.batches.linear import Fractions, Task
from analysis.produce.plan.batches.model import Model, model_of
from analysis.produce.plan.batches.search import Clock, Search
from analysis.produce.plan.batches.whole import Checked
from analysis.produce.plan.greedy import greedy_kg
from analysis.produce.plan.program import STAGES, Kilograms, Plan, Program, Stage


def solve_batches(program: Program, *, seconds: float) -> Plan:
    """Return the best plan of the program in whole kg, each stage keeping the ones before.

    A stage is optimal, or carries the bound that was proved within the seconds: no plan that keeps the values of the
    stages before does better. The same program gives the same plan where the time suffices; where it does not, how far
    the search came depends on the machine. Where rules ask for kg, settling whether they can hold may take ten seconds
    whatever is given. Raises QuestionError naming rules that contradict each other.
    """
    started = time.monotonic()
    model = model_of(program)
    checked = Checked(program, model)
    search = Search(checked, Fractions(model), Clock(started, seconds))
    worths = _worths(program, model)
    first_share, *shares = search.shares
    kg = _first_plan(search, worths, first_share)
    kept: list[tuple[Kilograms, int]] = []
    limits: list[int] = []
    for worth, share in zip(worths, shares, strict=True):
        task = Task(model, worth, tuple(kept))
        reached = search.best(task, kg, share)
        kg = reached.kg
        kept.append((worth, task.value(kg)))
        limits.append(reached.bound)
    values = [int(worth @ kg) for worth in worths]
    stages = tuple(
        Stage(name, sign * value, sign * max(bound, value), value >= bound)
        for name, sign, value, bound in zip(STAGES, (1, 1, -1), values, limits, strict=True)
    )
    placed = np.zeros(len(program.ways), dtype=np.int64)
    placed[model.bounds.way] = kg
    return Plan(placed, stages)


def _worths(program: Program, model: Model) -> tuple[Kilograms, Kilograms, Kilograms]:
    """Return per way of the model what a kg is worth in each stage; less transport is more."""
    way, lot = model.bounds.way, model.bounds.lot
    return (
        whole_column(program.lots, "weight")[lot],
        whole_column(program.ways, "income_fen_per_kg")[way],
        -whole_column(program.ways, "distance_hm")[way],
    )


def _first_plan(search: Search, worths: tuple[Kilograms, Kilograms, Kilograms], share: float) -> Kilograms:
    """Return a plan to start from: the best price first, and in a large program a search among the best ways."""
    weight, income, _ = worths
    kg = _least_plan(search)
    if not search.is_large:
        return kg
    # A kg more of any weight outdoes what it brings, so the start is good for the first two stages at once.
    both = Task(search.checked.model, weight * (int(income.max(initial=0)) + 1) + income)
    return search.started(both, kg, share)


def _least_plan(search: Search) -> Kilograms:
    checked = search.checked
    kg = greedy_kg(checked.program)[checked.model.bounds.way]
    if checked.keeps_all(kg):
        return kg
    nothing = np.zeros_like(kg)
    return nothing if checked.keeps_all(nothing) else kept_rules(checked, search.clock.left())
