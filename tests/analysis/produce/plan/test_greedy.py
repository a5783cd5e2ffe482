from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.produce.plan.check import faults, stage_values
from analysis.produce.plan.greedy import greedy_kg
from analysis.produce.plan.rules import Forbidden, Locked, Rules
from tests.analysis.produce.plan.made import made_program, plan_of, random_program
from tests.analysis.produce.plan.oracle import best_plan


def test_the_best_price_is_served_first_even_where_that_leaves_another_lot_unsold() -> None:
    # The first lot could go to either demand, the second to the first only: cheapest pair first sells 100 of 200 kg.
    program = made_program([100, 100], [100, 100], [(0, 0, -1, 300), (0, 1, -1, 290), (1, 0, -1, 280)])
    assert greedy_kg(program).tolist() == [100, 0, 0]


def test_of_equal_prices_the_nearer_comes_first() -> None:
    program = made_program([100], [60, 60], [(0, 0, -1, 300), (0, 1, -1, 300)], distances=[90, 80])
    assert greedy_kg(program).tolist() == [40, 60]


def test_members_lots_are_brought_together_until_a_batch_is_reached() -> None:
    program = made_program(
        [30, 30, 30], [100], [(0, 0, 0, 300), (1, 0, 0, 290), (2, 0, 0, 280)], batches=[50], capacities=[80]
    )
    assert greedy_kg(program).tolist() == [30, 30, 20]


def test_a_batch_that_members_cannot_reach_gets_nothing() -> None:
    program = made_program([30, 30], [100], [(0, 0, 0, 300), (1, 0, 0, 290)], batches=[70], capacities=[-1])
    assert greedy_kg(program).tolist() == [0, 0]


def test_what_a_rule_asks_for_comes_first_and_what_it_forbids_never() -> None:
    rules = Rules(locked=(Locked("l00", "d01", 10),), forbidden=(Forbidden("l01", "d00"),))
    program = made_program([50, 50], [50, 50], [(0, 0, -1, 300), (0, 1, -1, 100), (1, 0, -1, 300)], rules=rules)
    assert greedy_kg(program).tolist() == [0, 50, 0]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6))
def test_greedy_keeps_every_constraint_and_never_beats_the_plan(seed: int) -> None:
    program = random_program(seed)
    kg = greedy_kg(program)
    assert faults(program, plan_of(program, kg.tolist())) == ()
    best = best_plan(program)
    assert best is not None
    assert faults(program, best) == ()
    sold, income, transport = stage_values(program, kg)
    assert (sold, income, -transport) <= tuple(np.array([1, 1, -1]) * stage_values(program, best.kg))
