from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from analysis.produce.plan.greedy import greedy_kg
from analysis.produce.plan.program import Plan, Program
from analysis.produce.plan.rules import Locked, Reserved, Rules
from analysis.produce.plan.why import search
from analysis.produce.plan.why.candidates import Candidates
from analysis.produce.plan.why.groups import groups_of
from analysis.produce.plan.why.part import Planned
from analysis.produce.plan.why.residual import Push, residual_of
from analysis.produce.plan.why.search import Searcher
from tests.analysis.produce.plan.made import made_program, plan_of, random_program
from tests.analysis.produce.plan.oracle import best_plan


def planned(program: Program, plan: Plan | None = None) -> Planned:
    plan = best_plan(program) if plan is None else plan
    assert plan is not None
    ways = program.ways
    return Planned(
        program,
        plan,
        residual_of(program, plan),
        ways["demand"].to_numpy("int64"),
        ways["cooperative"].to_numpy("int64"),
    )


def candidates(*ways: tuple[int, float]) -> Candidates:
    """Return direct candidates: demand and need."""
    demands, needs = zip(*sorted(ways, key=lambda each: each[1]), strict=True)
    zeros = np.zeros(len(ways), dtype="int64")
    return Candidates(
        zeros, np.array(demands, "int64"), zeros - 1, zeros + 100, zeros, zeros, np.array(needs, "float64"), zeros * 1.0
    )


def test_a_push_goes_on_from_full_demands_to_those_with_room() -> None:
    # d0 is full of l1, which could go to d1; d1 has 40 kg of room. l0 has no way.
    program = made_program([70, 100], [100, 40], [(1, 0, -1, 300), (1, 1, -1, 200)])
    residual = planned(program).residual
    assert residual.reaches.tolist() == [True, True]
    push = Push(residual, 70)
    assert not push.into([0])
    assert (push.pushed, push.taken) == (40, {0: 40})


def test_the_need_at_which_enough_buyers_are_open_is_the_smallest() -> None:
    program = made_program([100], [60, 30, 50], [])
    answer = Searcher(planned(program), groups_of(program)).smallest(0, candidates((0, 5.0), (1, 2.0), (2, 9.0)))
    # 30 kg at need 2, 60 at need 5: only with the third, at 9, there is room for all.
    assert (answer.need, answer.is_proven) == (9.0, True)
    assert answer.taken == {1: 30, 0: 60, 2: 10}


def test_where_not_even_all_of_them_have_room_nothing_does() -> None:
    program = made_program([100], [60, 30], [])
    answer = Searcher(planned(program), groups_of(program)).smallest(0, candidates((0, 5.0), (1, 2.0)))
    assert (answer.need, answer.is_proven) == (None, True)


def test_a_rule_ties_what_it_names_together() -> None:
    # Three lots with a demand each, nothing shared; the second and third demand are of one buyer with a reserved share.
    ways = [(0, 0, -1, 100), (1, 1, -1, 100), (2, 2, -1, 100)]
    free = groups_of(made_program([10, 10, 10], [10, 10, 10], ways))
    assert len({*free.lots.tolist()}) == 3
    assert not free.is_bound.any()
    program = made_program([10, 10, 10], [10, 10, 10], ways, rules=Rules(reserved=(Reserved("e01", 5),)))
    shared = replace(program, demands=program.demands.assign(enterprise_id=["e00", "e01", "e01"]))
    tied = groups_of(shared)
    assert tied.lots[1] == tied.lots[2] != tied.lots[0]
    assert tied.is_bound[tied.lots].tolist() == [False, True, True]


def test_a_rule_that_keeps_a_buyer_for_others_is_kept() -> None:
    # l1 sells 30 kg to d0 and could sell it to d1 instead, which would let l0 into d0 at need 2, but it is locked.
    ways = [(1, 0, -1, 200), (1, 1, -1, 100)]
    free = made_program([40, 30], [40, 30], ways)
    locked = replace(free, rules=Rules(locked=(Locked("l01", "d00", 30),)))
    found = [Searcher(planned(each), groups_of(each)).smallest(0, candidates((0, 2.0))) for each in (free, locked)]
    assert [(answer.need, answer.is_proven) for answer in found] == [(2.0, True), (None, True)]


@pytest.fixture(params=[3_000, 0], ids=["whole", "nearby"])
def whole_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many ways are solved at once: all, or only those around the lot."""
    monkeypatch.setattr(search, "WHOLE_WAYS", request.param)
    return int(request.param)


def test_a_batch_that_two_lots_reach_together_through_their_cooperative(whole_ways: int) -> None:
    # l0 would be let in at need 3, l1 is a member without buyers: together they reach the batch of 70.
    program = made_program([40, 40], [100], [(1, 0, 0, 200)], batches=[70], capacities=[-1])
    way = candidates((0, 3.0))
    through = Candidates(**{**vars(way), "cooperative": np.array([0])})
    searcher = Searcher(planned(program), groups_of(program))
    direct, pooled = searcher.smallest(0, way), searcher.smallest(0, through)
    assert direct.need is None
    assert (pooled.need, pooled.taken) == (3.0, {0: 40})


def test_the_capacity_of_a_cooperative_that_the_lot_has_not_used_yet_counts() -> None:
    # The cooperative carries 30 kg of l1 to d1 and may collect 50 in all; l0 with 40 kg would go by it to d0.
    program = made_program([40, 30], [100, 30], [(1, 1, 0, 200)], capacities=[50])
    way = candidates((0, 3.0))
    through = Candidates(**{**vars(way), "cooperative": np.array([0])})
    searcher = Searcher(planned(program), groups_of(program))
    answer = searcher.smallest(0, through)
    assert (answer.need, answer.is_proven) == (None, True)
    assert searcher.smallest(0, way).need == 3.0


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6))
def test_only_demands_with_room_for_another_kilogram_reach_room(seed: int) -> None:
    program = random_program(seed, is_flow=True)
    base = planned(program, plan_of(program, greedy_kg(program).tolist()))
    sold = np.bincount(program.ways["lot"], base.plan.kg, len(program.lots)).astype(int)
    for demand in range(len(program.demands)):
        assert bool(base.residual.reaches[demand]) == (flow_with_one_more(program, sold, demand) == sold.sum() + 1)


def flow_with_one_more(program: Program, sold: NDArray[np.int64], demand: int) -> int:
    """Return the largest flow when each lot has what it sells, and a new lot of one kilogram may go to one demand."""
    lots, demands = len(program.lots), len(program.demands)
    source, new, sink = lots + demands, lots + demands + 1, lots + demands + 2
    much = int(sold.sum()) + 1
    capacity = np.zeros((sink + 1, sink + 1), dtype="int32")
    capacity[source, :lots], capacity[source, new], capacity[new, lots + demand] = sold, 1, 1
    capacity[program.ways["lot"].to_numpy(), lots + program.ways["demand"].to_numpy()] = much
    capacity[lots : lots + demands, sink] = program.demands["quantity_kg"]
    return int(maximum_flow(csr_array(capacity), source, sink).flow_value)
