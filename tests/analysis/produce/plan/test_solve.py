from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import QuestionError
from analysis.produce.plan import solve as solving
from analysis.produce.plan.batches.solve import solve_batches
from analysis.produce.plan.check import faults
from analysis.produce.plan.components import components, joined, part_of, split_by, together
from analysis.produce.plan.program import Program
from analysis.produce.plan.rules import Forbidden, Locked, Rules
from analysis.produce.plan.solve import solve
from tests.analysis.produce.plan.made import beside_before, made_program, random_program
from tests.analysis.produce.plan.oracle import best_plan

SECONDS = 20.0


@pytest.mark.parametrize("seed", range(60))
def test_every_stage_of_any_small_program_is_that_of_the_oracle(seed: int) -> None:
    program = random_program(seed, size=5)
    plan, best = solve(program, seconds=SECONDS), best_plan(program)
    assert best is not None
    assert [stage.value for stage in plan.stages] == [stage.value for stage in best.stages]
    assert all(stage.is_optimal for stage in plan.stages)
    assert faults(program, plan) == ()


@pytest.mark.parametrize("seed", range(60))
def test_of_plans_of_equal_value_that_with_most_kg_as_before_is_the_oracle_s(seed: int) -> None:
    program = beside_before(random_program(seed, size=5, is_flow=seed % 2 == 0), seed)
    plan, best = solve(program, seconds=SECONDS), best_plan(program)
    assert best is not None
    assert [(stage.name, stage.value) for stage in plan.stages] == [(stage.name, stage.value) for stage in best.stages]
    assert all(stage.is_optimal for stage in plan.stages)
    assert faults(program, plan) == ()


def test_a_plan_resembles_the_one_before_only_where_that_costs_nothing() -> None:
    # Both demands pay alike; before, 3 of the 10 kg went to the second. A fen more at the first outdoes that.
    alike = made_program([10], [10, 10], [(0, 0, -1, 100), (0, 1, -1, 100)])
    dearer = made_program([10], [10, 10], [(0, 0, -1, 101), (0, 1, -1, 100)])
    plans = []
    for program in (alike, dearer):
        beside = replace(program, ways=program.ways.assign(before_kg=np.array([2, 3], dtype="int64")))
        plans.append(solve(beside, seconds=SECONDS))
    assert min(plans[0].kg.tolist()) >= 2
    assert plans[0].stages[-1].value == 5
    assert (plans[1].kg.tolist(), plans[1].stages[-1].value) == ([10, 0], 2)


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_a_plan_beside_itself_does_not_change(seed: int) -> None:
    program = random_program(seed, size=6, is_flow=seed % 2 == 0)
    kg = solve(program, seconds=SECONDS).kg
    again = solve(replace(program, ways=program.ways.assign(before_kg=kg)), seconds=SECONDS)
    assert again.kg.tolist() == kg.tolist()


def test_a_plan_without_ways_is_empty_and_best() -> None:
    plan = solve(made_program([5], [5], []), seconds=SECONDS)
    assert plan.kg.tolist() == []
    assert [(stage.name, stage.value, stage.is_optimal) for stage in plan.stages] == [
        ("sold", 0, True),
        ("income", 0, True),
        ("transport", 0, True),
    ]


def test_a_part_whose_flow_keeps_its_batch_is_not_planned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    # 50 kg go to a demand that wants 40 at least, and the lot parts with no less than 20.
    monkeypatch.setattr(solving, "solve_batches", None)
    program = made_program([50], [60], [(0, 0, -1, 100)], batches=[40], splits=[20])
    assert solve(program, seconds=SECONDS).kg.tolist() == [50]


def test_only_the_part_that_breaks_something_is_planned_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Program] = []

    def noted(program: Program, *, seconds: float) -> object:
        seen.append(program)
        return solve_batches(program, seconds=seconds)

    monkeypatch.setattr(solving, "solve_batches", noted)
    # Two parts of one lot and two demands each. In the second the best price would leave 2 kg, less than the lot's
    # smallest part of 5: so 5 kg go to the second demand and 7 to the first.
    program = made_program(
        [12, 12],
        [10, 10, 10, 10],
        [(0, 0, -1, 90), (0, 1, -1, 50), (1, 2, -1, 90), (1, 3, -1, 50)],
        splits=[0, 5],
    )
    assert solve(program, seconds=SECONDS).kg.tolist() == [10, 2, 7, 5]
    assert [part.lots["lot_id"].tolist() for part in seen] == [["l01"]]
    assert [part.demands["demand_id"].tolist() for part in seen] == [["d02", "d03"]]


def test_parts_that_share_a_cooperative_with_a_bound_are_planned_together() -> None:
    # The cooperative can carry 10 of the 20 kg; the part that pays more gets it, the other sells nothing.
    program = made_program([10, 10], [10, 10], [(0, 0, 0, 100), (1, 1, 0, 300)], capacities=[10])
    assert solve(program, seconds=SECONDS).kg.tolist() == [0, 10]


def test_rules_move_kg_to_where_people_want_them() -> None:
    program = made_program([10], [10, 10], [(0, 0, -1, 300), (0, 1, -1, 100)])
    rules = Rules(locked=(Locked("l00", "d01", 4),))
    assert solve(replace(program, rules=rules), seconds=SECONDS).kg.tolist() == [6, 4]
    rules = Rules(forbidden=(Forbidden("l00", "d00"),))
    assert solve(replace(program, rules=rules), seconds=SECONDS).kg.tolist() == [0, 10]


def test_a_pair_that_is_locked_and_has_no_way_is_named() -> None:
    program = made_program([10, 5], [10, 5], [(0, 0, -1, 300)], rules=Rules(locked=(Locked("l01", "d01", 4),)))
    with pytest.raises(QuestionError, match="l01"):
        solve(program, seconds=SECONDS)


def test_a_lot_or_demand_of_nothing_gets_nothing() -> None:
    program = made_program([0, 7], [5, 0], [(0, 0, -1, 10), (1, 0, -1, 10), (1, 1, -1, 90)])
    assert solve(program, seconds=SECONDS).kg.tolist() == [0, 5, 0]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000))
def test_the_order_of_lots_and_demands_changes_no_stage(seed: int) -> None:
    program = random_program(seed, size=8, is_flow=True)
    values = [
        [stage.value for stage in solve(each, seconds=SECONDS).stages] for each in (program, shuffled(program, seed))
    ]
    assert values[0] == values[1]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(0, 7), st.integers(1, 20))
def test_more_demand_never_sells_less(seed: int, which: int, more_kg: int) -> None:
    program = random_program(seed, size=8, is_flow=True)
    quantity = program.demands["quantity_kg"].to_numpy().copy()
    quantity[which % len(quantity)] += more_kg
    larger = replace(program, demands=program.demands.assign(quantity_kg=quantity))
    before, after = (solve(each, seconds=SECONDS).stages[0].value for each in (program, larger))
    assert before <= after


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 10_000))
def test_the_same_program_gives_the_same_plan(seed: int) -> None:
    first, second = (solve(random_program(seed, size=8), seconds=SECONDS) for _ in range(2))
    assert first.kg.tolist() == second.kg.tolist()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 6), max_size=40))
def test_splitting_keeps_every_place_once_and_those_of_a_label_together(labels: list[int]) -> None:
    places = split_by(np.array(labels, dtype=np.int64))
    assert sorted(np.concatenate([*places, np.zeros(0)]).tolist()) == list(range(len(labels)))
    assert [sorted({labels[place] for place in each}) for each in places] == [[label] for label in sorted(set(labels))]


def test_small_components_are_solved_together_and_a_large_one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.produce.plan.components._WAYS_TOGETHER", 3)
    groups = together(np.array([0, 1, 2, 2, 2, 2, 3, 4, 5]))
    assert [group.tolist() for group in groups] == [[0, 1], [6, 7, 8], [2, 3, 4, 5]]


def test_ways_are_one_component_when_lots_and_demands_link_them() -> None:
    # l00-d00-l01-d01 hang together; l02-d02 stands alone; l03 has no way.
    program = made_program([1] * 4, [1] * 3, [(0, 0, -1, 1), (1, 0, -1, 1), (1, 1, -1, 1), (2, 2, -1, 1)])
    labels = components(program, np.arange(4))
    assert len(set(labels[:3].tolist())) == 1
    assert labels[3] != labels[0]
    assert len(set(joined(labels, [np.array([2, 3])]).tolist())) == 1


def test_a_part_names_its_own_rows() -> None:
    program = made_program(
        [1, 2, 3], [4, 5], [(0, 0, 1, 1), (1, 0, 0, 1), (2, 1, -1, 1), (2, 1, 1, 1)], capacities=[5, 6]
    )
    part = part_of(program, np.array([2, 3]), Rules())
    assert part.lots["quantity_kg"].tolist() == [3]
    assert part.demands["quantity_kg"].tolist() == [5]
    assert part.cooperatives["capacity_kg"].tolist() == [6]
    assert part.ways[["lot", "demand", "cooperative"]].to_numpy().tolist() == [[0, 0, -1], [0, 0, 0]]


def shuffled(program: Program, seed: int) -> Program:
    draw = np.random.default_rng(seed)
    lots, demands = draw.permutation(len(program.lots)), draw.permutation(len(program.demands))
    ways = program.ways.assign(
        lot=np.argsort(lots)[program.ways["lot"].to_numpy()].astype("int32"),
        demand=np.argsort(demands)[program.ways["demand"].to_numpy()].astype("int32"),
    )
    return replace(
        program,
        lots=moved(program.lots, lots),
        demands=moved(program.demands, demands),
        ways=ways.sort_values(["lot", "demand", "cooperative"], ignore_index=True),
    )


def moved(frame: pd.DataFrame, order: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pd.DataFrame:
    return frame.iloc[order].reset_index(drop=True)
