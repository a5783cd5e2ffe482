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
from analysis.produce.plan.program import BEFORE, STAGES, Kilograms, Plan, Program, Stage

TRANSPORT = STAGES[-1]
# What is left of the time for resembling the plan before.
_AS_BEFORE_SHARE = 0.1


def solve_batches(program: Program, *, seconds: float) -> Plan:
    """Return the best plan of the program in whole kg, each stage keeping the ones before.

    A stage is optimal, or carries the bound that was proved within the seconds: no plan that keeps the values of the
    stages before does better. The same program gives the same plan where the time suffices; where it does not, how far
    the search came depends on the machine. Where rules ask for kg, settling whether they can hold may take ten seconds
    whatever is given. Raises QuestionError naming rules that contradict each other.
    """
    started = time.monotonic()
    model = model_of(program)
    is_beside = BEFORE in program.ways
    search = _search(program, model, Clock(started, seconds * (1 - _AS_BEFORE_SHARE) if is_beside else seconds))
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
    tasks = [Task(model, worth) for worth in worths]
    if is_beside:
        tasks.append(Task(model_of(program, is_beside=True), None, tuple(kept)))
        reached = _search(program, tasks[-1].model, Clock(started, seconds)).best(tasks[-1], kg, 1.0)
        kg = reached.kg
        limits.append(reached.bound)
    stages = tuple(
        _stage(name, task.value(kg), bound) for name, task, bound in zip(program.stages, tasks, limits, strict=True)
    )
    placed = np.zeros(len(program.ways), dtype=np.int64)
    placed[model.bounds.way] = kg
    return Plan(placed, stages)


def _search(program: Program, model: Model, clock: Clock) -> Search:
    return Search(Checked(program, model), Fractions(model), clock)


def _stage(name: str, value: int, bound: int) -> Stage:
    """Return a stage as it is told: of transport, whose worth is below 0, as kg times hundred metres."""
    sign = -1 if name == TRANSPORT else 1
    return Stage(name, sign * value, sign * max(bound, value), value >= bound)


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
