"""The check of a plan finds each broken constraint, by its name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from analysis.assistance.plan.check import Fault, faults
from analysis.assistance.plan.program import AssistProgram, Stage
from analysis.assistance.plan.rules import Ceiling, Floor, Forbidden, Locked, Rules
from tests.analysis.assistance.plan.made import made_program, plan_of


def small(rules: Rules | None = None, **bounds: int) -> AssistProgram:
    """Two needs of one household, two programmes; the enterprise o00 stands in the first chain, o01 in the second."""
    return made_program(
        [(1, 5, 10), (1, 4, 10)],
        [bounds.get("budget", 99), 99],
        [(0, 0, 0, -1, 2, 1, 3, bounds.get("most", -1), bounds.get("measure", -1)), (1, 1, -1, 1, 1, 1)],
        capacities=[bounds.get("enterprise", -1), bounds.get("cooperative", -1)],
        cooperatives=1,
        limits=[bounds.get("limit", -1), -1],
        households=[0, 0],
        rules=rules,
    )


@pytest.mark.parametrize(
    ("program", "units", "fault"),
    [
        (small(), [-1, 0], Fault("negative", "p00 -> n00", -1, 0)),
        (small(most=2), [3, 0], Fault("most", "p00 -> n00", 3, 2)),
        (small(), [0, 11], Fault("need", "n01", 11, 10)),
        (small(measure=0), [3, 0], Fault("measure", "m00 -> n00", 3, 1)),
        (small(budget=5), [3, 0], Fault("budget", "p00", 6, 5)),
        (small(enterprise=8), [3, 0], Fault("capacity", "r00", 9, 8)),
        (small(cooperative=2), [0, 3], Fault("capacity", "r01", 3, 2)),
        (small(limit=5), [3, 0], Fault("household_limit", "p00 -> h00", 6, 5)),
        (small(), [1, 1], Fault("programmes", "h00", 2, 1)),
        (small(Rules(locked=(Locked("h00", "p00", 4),))), [3, 0], Fault("locked", "p00 -> h00", 3, 4)),
        (small(Rules(forbidden=(Forbidden("h00", "p00"),))), [3, 0], Fault("forbidden", "p00 -> h00", 3, 0)),
        (small(Rules(floors=(Floor("v00", 4),))), [3, 0], Fault("floor", "v00", 3, 4)),
        (small(Rules(ceilings=(Ceiling("o00", 2),))), [3, 0], Fault("ceiling", "o00", 3, 2)),
    ],
)
def test_a_broken_constraint_is_the_one_fault_that_is_found(
    program: AssistProgram, units: list[int], fault: Fault
) -> None:
    assert faults(program, plan_of(program, units), most_programmes=1) == (fault,)


def test_bounds_that_are_just_reached_are_kept() -> None:
    program = small(budget=6, enterprise=9, limit=6, most=3)
    assert faults(program, plan_of(program, [3, 0]), most_programmes=1) == ()


def test_a_stage_that_its_units_belie_is_found() -> None:
    program = small()
    plan = plan_of(program, [3, 0])
    told = (Stage("need", 4, 4, True), *plan.stages[1:])
    assert faults(program, replace(plan, stages=told), most_programmes=1) == (Fault("stage_value", "need", 4, 3),)
    low = (Stage("need", 3, 2, False), *plan.stages[1:-1], Stage("cost", 6, 6, False))
    assert faults(program, replace(plan, stages=low), most_programmes=1)[0] == Fault("stage_bound", "need", 2, 3)


def test_units_of_another_program_or_in_parts_are_not_looked_at_further() -> None:
    program = small()
    plan = plan_of(program, [3, 0])
    assert faults(program, replace(plan, units=np.zeros(3, dtype="int64")), most_programmes=1)[0].name == "chain_count"
    in_parts: Any = np.zeros(2)
    assert faults(program, replace(plan, units=in_parts), most_programmes=1)[0].name == "whole_units"
