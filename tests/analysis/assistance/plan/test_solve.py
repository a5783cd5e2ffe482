"""Plans of whole units: against every plan tried, under every bound, and with rules that cannot hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.assistance.plan import solve as solving
from analysis.assistance.plan.check import faults
from analysis.assistance.plan.classes import classes_of
from analysis.assistance.plan.contradictions import smallest_contradiction
from analysis.assistance.plan.greedy import greedy_units
from analysis.assistance.plan.program import AssistProgram
from analysis.assistance.plan.rules import Ceiling, Floor, Forbidden, Locked, Rules
from analysis.assistance.plan.solve import solve
from analysis.assistance.plan.staged import staged
from analysis.errors import QuestionError
from tests.analysis.assistance.plan.made import made_program, plan_of, random_program
from tests.analysis.assistance.plan.oracle import best_values, trial_count

SECONDS = 20.0
MOST_TRIALS = 5_000


@pytest.mark.parametrize("with_measures", [False, True])
@pytest.mark.parametrize("most_programmes", [1, 2])
def test_a_small_plan_is_the_best_of_all_plans_there_are(most_programmes: int, with_measures: bool) -> None:
    tried = 0
    for seed in range(16):
        program = random_program(seed, size=3, with_rules=bool(seed % 2), with_measures=with_measures)
        if trial_count(program) > MOST_TRIALS:
            continue
        best = best_values(program, most_programmes=most_programmes)
        if best is None:
            with pytest.raises(QuestionError):
                solve(program, seconds=SECONDS, most_programmes=most_programmes)
            continue
        plan = solve(program, seconds=SECONDS, most_programmes=most_programmes)
        assert tuple(stage.value for stage in plan.stages) == best, seed
        assert all(stage.is_optimal for stage in plan.stages)
        assert faults(program, plan, most_programmes=most_programmes) == ()
        tried += 1
    assert tried > 0


def test_a_plan_filled_up_from_the_linear_one_keeps_every_bound_and_is_bounded_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solving, "_SMALL_CHAINS", 0)
    for seed in range(16):
        program = random_program(seed, size=12, with_measures=bool(seed % 2))
        plan = solve(program, seconds=SECONDS, most_programmes=2)
        assert faults(program, plan, most_programmes=2) == (), seed
        if trial_count(program) <= MOST_TRIALS:
            best = best_values(program, most_programmes=2)
            assert best is not None
            assert plan.stages[0].value <= best[0] <= plan.stages[0].bound
            assert all(
                not stage.is_optimal or stage.value == value for stage, value in zip(plan.stages, best, strict=True)
            )


def test_the_worse_off_come_first_where_money_covers_one_of_two_with_the_same_weight() -> None:
    program = made_program([(2, 3, 10), (2, 5, 10)], [10], [(0, 0, -1, -1, 1, 1), (1, 0, -1, -1, 1, 1)])
    plan = solve(program, seconds=SECONDS)
    assert plan.units.tolist() == [0, 10]
    assert [stage.value for stage in plan.stages] == [20, 20, 0, 0, 0, 0, 10]
    assert plan.gap_share == 0.0


def test_of_two_programmes_that_cover_the_same_the_cheaper_one_pays() -> None:
    program = made_program([(1, 5, 4)], [20, 20], [(0, 0, -1, -1, 3, 1), (0, 1, -1, -1, 2, 1)])
    assert solve(program, seconds=SECONDS).units.tolist() == [0, 4]


def test_of_one_measure_a_need_takes_one_unit_whoever_gives_it_and_another_measure_covers_the_rest() -> None:
    # The first programme could cover six tenths twice over, or the second once more; only the other measure is left.
    chains = [(0, 0, -1, -1, 1, 6, 1, -1, 0), (0, 1, -1, -1, 2, 5, 1, -1, 0), (0, 1, -1, -1, 3, 4, 1, -1, 1)]
    program = made_program([(1, 5, 10)], [20, 20], chains)
    plan = solve(program, seconds=SECONDS)
    assert plan.units.tolist() == [1, 0, 1]
    assert [stage.value for stage in plan.stages] == [10, 10, 0, 0, 0, 0, 4]


def test_the_bound_knows_that_two_measures_which_cover_too_much_together_do_not_go_together() -> None:
    # Six and five of ten, and money for both: in parts they would cover ten; a whole plan covers six, and no more.
    chains = [(0, 0, -1, -1, 1, 6, 1, -1, 0), (0, 0, -1, -1, 1, 5, 1, -1, 1)]
    found = staged(program := made_program([(1, 5, 10)], [2], chains), classes_of(program), seconds=SECONDS)
    assert found is not None
    assert found.stages[0].bound == pytest.approx(6)


def test_the_order_of_needs_that_are_alike_does_not_matter_to_a_second_run() -> None:
    program = random_program(7, size=30)
    first, second = (solve(program, seconds=SECONDS) for _ in range(2))
    assert first.units.tolist() == second.units.tolist()


def test_without_time_needs_are_filled_by_weight_and_all_that_has_a_chain_is_the_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solving, "_SMALL_CHAINS", 0)
    # The third need has no chain; 12 fen go first to the second, which weighs more.
    program = made_program([(1, 3, 10), (2, 5, 10), (9, 5, 10)], [12], [(0, 0, -1, -1, 1, 1), (1, 0, -1, -1, 1, 1)])
    plan = solve(program, seconds=0.0)
    assert plan.units.tolist() == [2, 10]
    assert (plan.stages[0].value, plan.stages[0].bound, plan.stages[0].is_optimal) == (22, 30, False)
    assert faults(program, plan, most_programmes=3) == ()


def test_who_comes_first_takes_what_the_worse_off_would_have_needed() -> None:
    program = made_program([(1, 3, 10), (4, 5, 10)], [10], [(0, 0, -1, -1, 1, 1), (1, 0, -1, -1, 1, 1)])
    assert greedy_units(program, most_programmes=3).tolist() == [10, 0]
    assert solve(program, seconds=SECONDS).units.tolist() == [0, 10]


def two_villages(rules: Rules) -> AssistProgram:
    """Two households in two villages, 10 fen of one programme; enterprise o00 stands in the first chain."""
    return made_program(
        [(4, 5, 10), (1, 3, 10)],
        [10],
        [(0, 0, 0, -1, 1, 1), (1, 0, -1, -1, 1, 1)],
        capacities=[-1],
        villages=[0, 1],
        rules=rules,
    )


@pytest.mark.parametrize(
    ("rules", "units"),
    [
        (Rules(), [10, 0]),
        (Rules(locked=(Locked("h01", "p00", 3),)), [7, 3]),
        (Rules(floors=(Floor("v01", 4),)), [6, 4]),
        (Rules(forbidden=(Forbidden("h00", "p00"),)), [0, 10]),
        (Rules(ceilings=(Ceiling("o00", 8),)), [8, 2]),
    ],
)
def test_a_rule_moves_help_to_where_people_want_it(rules: Rules, units: list[int]) -> None:
    assert solve(two_villages(rules), seconds=SECONDS).units.tolist() == units


def test_a_large_plan_keeps_its_rules_where_rounding_down_alone_would_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "_SMALL_CHAINS", 0)
    # Units of 4 and a floor of 2: the linear plan gives half a unit, which rounds down to nothing.
    program = made_program(
        [(4, 5, 10), (1, 3, 10)],
        [10],
        [(0, 0, -1, -1, 1, 1), (1, 0, -1, -1, 4, 4)],
        villages=[0, 1],
        rules=Rules(floors=(Floor("v01", 2),)),
    )
    plan = solve(program, seconds=SECONDS)
    assert plan.units.tolist() == [6, 1]
    assert faults(program, plan, most_programmes=3) == ()


def test_rules_that_contradict_each_other_are_named_alone_and_in_both_languages() -> None:
    lock, floor = Locked("h00", "p00", 7), Floor("v01", 4)
    rules = Rules(locked=(lock,), forbidden=(Forbidden("h09", "p00"),), floors=(floor,), ceilings=(Ceiling("o00", 9),))
    with pytest.raises(QuestionError) as raised:
        solve(two_villages(rules), seconds=SECONDS)
    assert raised.value.what("en") == (
        "These rules of the assistance plan cannot hold together: locked: programme p00 covers at least 0.07 yuan of "
        "the needs of household h00; floor: at least 0.04 yuan of the needs of village v01 covered."
    )
    assert "锁定" in raised.value.what("zh")


def test_the_named_rules_cannot_hold_together_and_any_one_of_them_could_be_left_out() -> None:
    named = 0
    for seed in range(200, 220):
        program = random_program(seed, size=3, with_rules=True)
        if trial_count(program) > MOST_TRIALS:
            continue
        found = smallest_contradiction(program, most_programmes=1)
        assert found.is_empty == (best_values(program, most_programmes=1) is not None), seed
        if found.is_empty:
            continue
        named += 1
        assert best_values(replace(program, rules=found), most_programmes=1) is None
        for left_out in range(len(found.all)):
            rest = Rules.of(rule for place, rule in enumerate(found.all) if place != left_out)
            assert best_values(replace(program, rules=rest), most_programmes=1) is not None
    assert named > 0


def test_who_comes_first_keeps_every_bound_too() -> None:
    for seed in range(20):
        program = random_program(seed, size=12, with_measures=bool(seed % 2))
        units = greedy_units(program, most_programmes=1, seed=seed)
        assert np.issubdtype(units.dtype, np.integer)
        assert faults(program, plan_of(program, units.tolist()), most_programmes=1) == ()


def test_a_household_that_is_not_there_cannot_be_locked_but_may_be_forbidden() -> None:
    lock = Locked("gone", "p00", 1)
    with pytest.raises(QuestionError, match="gone"):
        solve(two_villages(Rules(locked=(lock,), floors=(Floor("v01", 1),))), seconds=SECONDS)
    assert solve(two_villages(Rules(forbidden=(Forbidden("gone", "p00"),))), seconds=SECONDS).units.tolist() == [10, 0]
