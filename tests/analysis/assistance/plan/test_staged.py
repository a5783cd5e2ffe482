"""The linear optimum on classes equals that of another solver chain by chain, and its spread keeps every bound."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.assistance.plan.classes import classes_of
from analysis.assistance.plan.program import AssistProgram
from analysis.assistance.plan.spread import spread_units
from analysis.assistance.plan.staged import Impossible, staged
from tests.analysis.assistance.plan.made import random_program
from tests.analysis.assistance.plan.oracle import linear_values, rows_of

SECONDS = 30.0


def stage_sums(program: AssistProgram) -> list[float] | None:
    try:
        found = staged(program, classes_of(program), seconds=SECONDS)
    except Impossible:
        return None
    assert found is not None
    assert all(stage.bound == pytest.approx(stage.value, abs=1e-5) for stage in found.stages)
    return [stage.value for stage in found.stages]


@pytest.mark.parametrize("with_rules", [False, True])
def test_every_stage_is_that_of_another_solver_chain_by_chain(with_rules: bool) -> None:
    for seed in range(30):
        program = random_program(seed, with_rules=with_rules)
        expected, found = linear_values(program), stage_sums(program)
        assert (found is None) == (expected is None), seed
        if expected is not None:
            # The oracle gives a stage before up by ten millionths, so it may reach a trifle more.
            assert found == pytest.approx(expected, rel=1e-5, abs=1e-4), seed


def test_what_is_spread_over_the_needs_keeps_every_bound_and_adds_up() -> None:
    for seed in range(20):
        program = random_program(seed, size=12)
        classes = classes_of(program)
        found = staged(program, classes, seconds=SECONDS)
        assert found is not None
        units = spread_units(program, classes, found.fen)
        most = program.chains["most"].to_numpy()
        assert (units >= 0).all()
        assert (units <= np.where(most >= 0, most, np.inf) + 1e-6).all()
        for _, factors, high in rows_of(program):
            assert high is None or sum(units[at] * factor for at, factor in factors.items()) <= high + 1e-5
        weight = program.needs["severity_weight"].to_numpy()[program.chains["need"].to_numpy()]
        assert units @ (weight * program.chains["cover_fen"].to_numpy()) == pytest.approx(found.stages[0].value)
