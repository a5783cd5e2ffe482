from __future__ import annotations

import pytest

from analysis.produce.plan.compare import against_greedy, fairness, totals, with_equal_weights
from analysis.produce.plan.program import Program
from tests.analysis.produce.plan.made import made_program, plan_of


@pytest.fixture
def program() -> Program:
    """Return two lots of which the second is of a seller at risk; the first alone can go to the second demand."""
    return made_program(
        [1000, 1000],
        [1000, 1000],
        [(0, 0, -1, 300), (0, 1, -1, 290), (1, 0, -1, 280)],
        weights=[10, 12],
        distances=[100, 200, 300],
    )


def test_the_plan_is_told_against_cheapest_pair_first_in_tonnes_and_yuan(program: Program) -> None:
    told = against_greedy(program, plan_of(program, [0, 1000, 1000]))
    assert (told.plan.sold_kg, told.other.sold_kg, told.gained_kg) == (2000, 1000, 1000)
    # 1,000 kg at 290 and at 280 fen against 1,000 kg at 300 fen.
    assert (told.plan.income_fen, told.other.income_fen, told.gained_fen) == (570_000, 300_000, 270_000)
    assert told.text_en == (
        "The plan sells 2 t; cheapest pair first sells 1 t. Difference: +1 t (100 %) and +2,700 yuan for the sellers."
    )


def test_totals_count_lots_and_tonne_kilometres(program: Program) -> None:
    # One tonne over 20 km and one over 30 km.
    assert totals(program, plan_of(program, [0, 1000, 1000]).kg).model_dump() == {
        "sold_kg": 2000,
        "income_fen": 570_000,
        "tonne_km": 50.0,
        "lot_count": 2,
    }


def test_fairness_says_who_gained_and_what_it_cost() -> None:
    # One demand for 1,000 kg: weighed alike, the first lot pays more; the second is of a seller at risk.
    program = made_program([1000, 1000], [1000], [(0, 0, -1, 300), (1, 0, -1, 280)], weights=[10, 12])
    told = fairness(program, plan_of(program, [0, 1000]), plan_of(program, [1000, 0]))
    at_risk, others = told.groups
    assert (at_risk.is_at_risk, at_risk.sold_kg, at_risk.equal_sold_kg, at_risk.income_fen) == (True, 1000, 0, 280_000)
    assert (others.is_at_risk, others.sold_kg, others.equal_sold_kg, others.equal_income_fen) == (
        False,
        0,
        1000,
        300_000,
    )
    assert [(each.lot_id, each.sold_kg, each.equal_sold_kg) for each in told.gained] == [("l01", 1000, 0)]
    assert [(each.lot_id, each.sold_kg, each.equal_sold_kg) for each in told.lost] == [("l00", 0, 1000)]
    assert (told.cost.gained_kg, told.cost.gained_fen) == (0, -20_000)
    assert "+1 t" in told.text_en
    assert "+2,800 yuan" in told.text_en


def test_with_equal_weights_every_kilogram_counts_once(program: Program) -> None:
    assert with_equal_weights(program).lots["weight"].tolist() == [1, 1]
