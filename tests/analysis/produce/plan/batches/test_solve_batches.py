"""Plans with batches, parts, pools, capacities and rules: against every plan there is, in whole kg, and out of time."""

from __future__ import annotations

import pytest

from analysis.errors import QuestionError
from analysis.produce.plan.batches import search
from analysis.produce.plan.batches.solve import solve_batches
from analysis.produce.plan.check import faults
from analysis.produce.plan.program import Program
from tests.analysis.produce.plan.batches.enumerated import best_values, drawn_program
from tests.analysis.produce.plan.made import beside_before, made_program, random_program

# Time is no object for small programs; it is there so that a fault does not hang.
AMPLE = 30.0


def values(program: Program, seconds: float = AMPLE) -> tuple[int, ...]:
    plan = solve_batches(program, seconds=seconds)
    assert faults(program, plan) == ()
    assert all(stage.is_optimal and stage.value == stage.bound for stage in plan.stages)
    return tuple(stage.value for stage in plan.stages)


@pytest.mark.parametrize("block", range(4))
def test_each_stage_is_the_best_of_every_plan_there_is(block: int) -> None:
    for seed in range(30 * block, 30 * block + 30):
        program = drawn_program(seed, with_rules=False)
        assert values(program) == best_values(program), seed


@pytest.mark.parametrize("block", range(4))
def test_with_rules_each_stage_is_the_best_of_the_plans_that_keep_them(block: int) -> None:
    solved = 0
    for seed in range(1000 + 30 * block, 1030 + 30 * block):
        program = drawn_program(seed, with_rules=True)
        expected = best_values(program)
        if expected is None:
            with pytest.raises(QuestionError, match="rule"):
                solve_batches(program, seconds=AMPLE)
        else:
            solved += 1
            assert values(program) == expected, seed
    assert solved > 0


@pytest.mark.parametrize("block", range(2))
def test_beside_a_plan_before_the_last_stage_is_the_most_like_it_of_all_best_plans(block: int) -> None:
    for seed in range(2000 + 20 * block, 2020 + 20 * block):
        program = beside_before(drawn_program(seed, with_rules=seed % 2 == 0), seed)
        expected = best_values(program)
        if expected is not None:
            assert values(program) == expected, seed


def test_a_pool_reaches_the_smallest_batch_that_no_lot_reaches() -> None:
    # Three lots of 400 kg; the plant takes 1,000 kg or nothing, so all three must go through the cooperative.
    program = made_program(
        [400, 400, 400], [1200], [(lot, 0, 0, 50) for lot in range(3)], batches=[1000], capacities=[-1]
    )
    assert solve_batches(program, seconds=AMPLE).kg.tolist() == [400, 400, 400]


def test_a_capacity_below_the_batch_sells_nothing_through_the_pool() -> None:
    program = made_program([400, 700], [1200], [(0, 0, 0, 50), (1, 0, 0, 50)], batches=[1000], capacities=[999])
    assert solve_batches(program, seconds=AMPLE).kg.tolist() == [0, 0]


def test_a_part_is_never_smaller_than_the_seller_allows() -> None:
    # 10 kg, parts of 6 or more: 6 + 4 is not allowed, so one buyer of 8 is all.
    program = made_program([10], [8, 5], [(0, 0, -1, 50), (0, 1, -1, 60)], splits=[6])
    assert solve_batches(program, seconds=AMPLE).kg.tolist() == [8, 0]


def test_two_deliveries_share_a_demand_only_in_batches() -> None:
    # 10 kg wanted in batches of 4: 7 + 3 is not allowed, 6 + 4 is.
    program = made_program([7, 7], [10], [(0, 0, -1, 60), (1, 0, -1, 50)], batches=[4])
    assert solve_batches(program, seconds=AMPLE).kg.tolist() == [6, 4]


def test_the_kilograms_are_exact_where_quantities_are_huge() -> None:
    # A batch of one kg less than the lot: an opening left a millionth open would leak a hundred kg here.
    lots, batch = [99_999_999, 100_000_001], 100_000_000
    program = made_program(lots, [150_000_001], [(0, 0, -1, 900), (1, 0, -1, 300)], batches=[batch])
    plan = solve_batches(program, seconds=AMPLE)
    assert plan.kg.tolist() == [0, 100_000_001]
    assert faults(program, plan) == ()


def test_the_same_program_gives_the_same_plan() -> None:
    programs = [random_program(seed, size=8) for seed in range(4)]
    once, again = ([solve_batches(each, seconds=AMPLE).kg.tolist() for each in programs] for _ in range(2))
    assert once == again


@pytest.mark.parametrize("seconds", [0.0, 0.01])
def test_out_of_time_the_plan_still_holds_and_its_bound_too(seconds: float) -> None:
    for seed in range(10):
        program = random_program(seed, size=6)
        hasty, best = solve_batches(program, seconds=seconds), values(program)
        assert faults(program, hasty) == ()
        assert hasty.stages[0].bound >= best[0] >= hasty.stages[0].value, seed


def test_nothing_to_sell_makes_an_empty_plan() -> None:
    assert values(made_program([], [], [])) == (0, 0, 0)
    assert values(made_program([5], [3], [])) == (0, 0, 0)


@pytest.mark.parametrize("proving_ways", [1000, 0])
def test_a_large_program_is_searched_in_parts_and_its_bounds_still_hold(
    monkeypatch: pytest.MonkeyPatch, proving_ways: int
) -> None:
    # Every program with more than two ways now counts as large; with no ways to prove, only bounds in fractions stand.
    monkeypatch.setattr(search, "NEAR_WAYS", 2)
    monkeypatch.setattr(search, "PROVING_WAYS", proving_ways)
    for seed in range(3000, 3040):
        program = drawn_program(seed, with_rules=seed % 2 == 0)
        best = best_values(program)
        if best is None:
            continue
        plan = solve_batches(program, seconds=AMPLE)
        assert faults(program, plan) == ()
        assert plan.stages[0].bound >= best[0] >= plan.stages[0].value
        assert not proving_ways or tuple(stage.value for stage in plan.stages) == best


def test_what_is_proved_for_the_later_stages_is_what_the_earlier_ones_leave() -> None:
    # Both buyers take the lot; the dearer one is chosen, and the shorter road to the cheaper one counts for nothing.
    program = made_program([10], [10, 10], [(0, 0, -1, 60), (0, 1, -1, 50)], batches=[5, 5], distances=[90, 10])
    assert [(stage.name, stage.value) for stage in solve_batches(program, seconds=AMPLE).stages] == [
        ("sold", 100),
        ("income", 600),
        ("transport", 900),
    ]
