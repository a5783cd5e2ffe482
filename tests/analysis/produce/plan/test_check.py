from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from analysis.produce.plan.check import faults
from analysis.produce.plan.program import Program, Stage
from analysis.produce.plan.rules import Floor, Forbidden, Locked, Reserved, Rules
from tests.analysis.produce.plan.made import made_program, plan_of


@pytest.fixture
def program() -> Program:
    """Return two lots and two demands: the first demand takes 40 kg at least, the second lot parts with 20 at least."""
    return made_program(
        [100, 60],
        [80, 50],
        [(0, 0, -1, 300), (0, 1, -1, 200), (1, 0, 0, 250), (1, 1, -1, 150)],
        splits=[0, 20],
        batches=[40, 0],
        capacities=[30],
    )


def test_a_plan_that_keeps_everything_has_no_fault(program: Program) -> None:
    assert faults(program, plan_of(program, [80, 20, 0, 30])) == ()


@pytest.mark.parametrize(
    ("kg", "name", "about", "found", "allowed"),
    [
        ([70, 40, 0, 0], "lot", "l00", 110, 100),
        ([50, 0, 0, 60], "demand", "d01", 60, 50),
        ([45, 0, 40, 0], "capacity", "c00", 40, 30),
        ([30, 0, 0, 0], "batch", "l00 -> d00", 30, 40),
        ([40, 0, 20, 0], "batch", "c00 -> d00", 20, 40),
        ([0, 0, 0, 10], "split", "l01 -> d01", 10, 20),
        ([0, -5, 0, 0], "negative", "l00 -> d01", -5, 0),
    ],
)
def test_each_broken_constraint_is_named(
    program: Program, kg: list[int], name: str, about: str, found: int, allowed: int
) -> None:
    faulty = [fault for fault in faults(program, plan_of(program, kg)) if fault.name == name]
    assert [(fault.about, fault.found, fault.allowed) for fault in faulty] == [(about, found, allowed)]


@pytest.mark.parametrize(
    ("rules", "name", "found", "allowed"),
    [
        (Rules(locked=(Locked("l00", "d01", 30),)), "locked", 20, 30),
        (Rules(forbidden=(Forbidden("l00", "d00"),)), "forbidden", 80, 0),
        (Rules(reserved=(Reserved("e01", 60),)), "reserved", 50, 60),
        (Rules(reserved=(Reserved("d01", 40, ("l01",)),)), "reserved", 30, 40),
        (Rules(floors=(Floor("c00", 10),)), "floor", 0, 10),
    ],
)
def test_each_broken_rule_is_named(program: Program, rules: Rules, name: str, found: int, allowed: int) -> None:
    ruled = replace(program, rules=rules)
    (fault,) = faults(ruled, plan_of(ruled, [80, 20, 0, 30]))
    assert (fault.name, fault.found, fault.allowed) == (name, found, allowed)


def test_what_a_cooperative_sends_of_its_own_counts_for_its_floor(program: Program) -> None:
    owned = replace(
        program, lots=program.lots.assign(seller_id=["c00", "s01"]), rules=Rules(floors=(Floor("c00", 90),))
    )
    assert faults(owned, plan_of(owned, [80, 20, 0, 30])) == ()


def test_a_plan_for_other_ways_or_in_parts_of_a_kilogram_is_refused(program: Program) -> None:
    plan = plan_of(program, [80, 20, 0, 30])
    fractions: Any = plan.kg * 1.0
    assert [fault.name for fault in faults(program, replace(plan, kg=plan.kg[:3]))] == ["way_count"]
    assert [fault.name for fault in faults(program, replace(plan, kg=fractions))] == ["whole_kg"]


@pytest.mark.parametrize(
    ("stage", "change", "name"),
    [
        (0, {"value": 1}, "stage_value"),
        (0, {"bound": 1}, "stage_bound"),
        (2, {"bound": 10**9}, "stage_bound"),
        (1, {"bound": 10**9}, "stage_optimal"),
    ],
)
def test_a_stage_that_the_kilograms_belie_is_named(
    program: Program, stage: int, change: dict[str, Any], name: str
) -> None:
    plan = plan_of(program, [80, 20, 0, 30])
    stages = [replace(each, **change) if number == stage else each for number, each in enumerate(plan.stages)]
    assert name in {fault.name for fault in faults(program, replace(plan, stages=tuple(stages)))}


def test_kg_as_before_that_the_kilograms_belie_are_named(program: Program) -> None:
    beside = replace(program, ways=program.ways.assign(before_kg=np.array([100, 5, 7, 30], dtype="int64")))
    plan = plan_of(beside, [80, 20, 0, 30])
    # By the first way 80 of the 100, by the second 5, by the last 30.
    assert plan.stages[-1].value == 115
    assert faults(beside, plan) == ()
    for value, bound, name in ((116, 116, "stage_value"), (115, 114, "stage_bound")):
        stages = (*plan.stages[:-1], replace(plan.stages[-1], value=value, bound=bound))
        assert name in {fault.name for fault in faults(beside, replace(plan, stages=stages))}
    assert "stage_count" in {fault.name for fault in faults(program, plan)}


def test_stage_values_are_those_of_the_sums_by_hand(program: Program) -> None:
    plan = plan_of(program, [80, 20, 0, 30])
    # 130 kg at weight 10; 80 x 300 + 20 x 200 + 30 x 150 fen; 130 kg over 100 hundred metres.
    assert [stage.value for stage in plan.stages] == [1300, 32_500, 13_000]
    assert all(isinstance(stage, Stage) and isinstance(stage.value, int) for stage in plan.stages)
    assert plan.kg.dtype == np.int64
