"""The linear optimum on classes equals that of another solver chain by chain, and its spread keeps every bound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.assistance.plan import optimiser
from analysis.assistance.plan.classes import classes_of
from analysis.assistance.plan.optimiser import Impossible
from analysis.assistance.plan.program import AssistProgram, whole_column
from analysis.assistance.plan.spread import spread_units
from analysis.assistance.plan.staged import staged
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


@pytest.mark.parametrize("with_measures", [False, True])
@pytest.mark.parametrize("with_rules", [False, True])
def test_every_stage_is_that_of_another_solver_chain_by_chain(with_rules: bool, with_measures: bool) -> None:
    for seed in range(30):
        program = random_program(seed, with_rules=with_rules, with_measures=with_measures)
        expected, found = linear_values(program), stage_sums(program)
        assert (found is None) == (expected is None), seed
        if expected is not None:
            # The oracle gives a stage before up by ten millionths, so it may reach a trifle more.
            assert found == pytest.approx(expected, rel=1e-5, abs=1e-4), seed


def test_a_large_program_is_looked_at_in_part_first_and_ends_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = [random_program(seed, size=40, with_rules=seed > 4, with_measures=bool(seed % 2)) for seed in range(12)]
    expected = [stage_sums(program) for program in programs]
    # Few columns at first and few steps from the last vertex: columns have to join, and stages begin anew.
    for name, value in {"_LARGE_COLUMNS": 1, "_INTERIOR_COLUMNS": 1, "_LOOKED_AT": 0.1, "_WARM_STEPS": 3}.items():
        monkeypatch.setattr(optimiser, name, value)
    for program, values in zip(programs, expected, strict=True):
        found = stage_sums(program)
        assert (found is None) == (values is None)
        assert found == pytest.approx(values, rel=1e-6, abs=1e-5)


@pytest.mark.parametrize("with_measures", [False, True])
def test_what_is_spread_over_the_needs_keeps_every_bound_and_adds_up(with_measures: bool) -> None:
    for seed in range(20):
        program = random_program(seed, size=12, with_measures=with_measures)
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


def test_a_price_says_what_one_more_fen_of_a_budget_covers_and_what_one_less_gives_up() -> None:
    told = 0
    for seed in range(20):
        program = random_program(seed)
        found = staged(program, classes_of(program), seconds=SECONDS)
        assert found is not None
        budget = whole_column(program.programmes, "budget_fen")
        for place, price in enumerate(found.prices.budget.tolist()):
            values = []
            for change in (-1, 1):
                changed = np.maximum(budget + change * (np.arange(len(budget)) == place), 0)
                sums = stage_sums(replace(program, programmes=program.programmes.assign(budget_fen=changed)))
                assert sums is not None
                values.append(sums[0])
            # The most that can be covered is concave in a budget, and the price lies between its two slopes.
            assert values[1] - found.stages[0].value <= price + 1e-6
            assert budget[place] == 0 or found.stages[0].value - values[0] >= price - 1e-6
            told += price > 0
    assert told > 0
