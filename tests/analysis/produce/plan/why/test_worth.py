from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.errors import SubjectNotFound
from analysis.produce.frames import LEFT
from analysis.produce.plan.program import Plan, Program
from analysis.produce.plan.why.index import WhyIndex
from analysis.produce.plan.why.worth import worth_of
from tests.analysis.produce.plan.oracle import best_plan

MakeIndex = Callable[..., WhyIndex]


def solver(program: Program) -> Plan:
    plan = best_plan(program)
    assert plan is not None
    return plan


def test_a_tonne_more_is_worth_what_could_not_be_sold(make_index: MakeIndex) -> None:
    # 1,500 kg for a demand of 900: a tonne more takes the 600 kg that are left, at 377 fen.
    worth = worth_of(make_index([{LEFT: 1500.0}], [{LEFT: 900.0}]), "d0", solver)
    assert (worth.more_kg, worth.sold_kg, worth.income_fen, worth.is_exact) == (1000, 600, 600 * 377, True)
    assert worth.text_en == (
        "If E0 wanted 1 t more, up to 600 kg more would be sold, and sellers would get up to 2,262 yuan more."
    )


def test_room_at_a_better_price_brings_income_without_selling_more(make_index: MakeIndex) -> None:
    # Everything sells: 300 kg at 477 fen, 700 at 377. 200 kg more at the better price bring 100 fen each.
    index = make_index([{}], [{LEFT: 300.0, "max_fen_per_kg": 500}, {LEFT: 5000.0}])
    worth = worth_of(index, "d0", solver, more_kg=200)
    assert (worth.sold_kg, worth.income_fen) == (0, 200 * 100)
    assert "no more would be sold" in worth.text_en


def test_a_lot_that_moves_over_makes_room_for_another(make_index: MakeIndex) -> None:
    # l1 may go to d0 only, which is full of l0; with room at d1, l0 moves there.
    index = make_index(
        [{"grade": "1", LEFT: 500.0}, {"grade": "2", LEFT: 400.0}],
        [{LEFT: 500.0, "min_grade": "2"}, {LEFT: 100.0, "min_grade": "1"}],
    )
    assert worth_of(index, "d1", solver).sold_kg == 300


def test_more_where_nothing_can_go_is_worth_nothing(make_index: MakeIndex) -> None:
    index = make_index([{}], [{}, {"product_id": "fresh_peach"}])
    worth = worth_of(index, "d1", solver)
    assert (worth.sold_kg, worth.income_fen, worth.is_exact) == (0, 0, True)
    assert worth.text_zh == "若E1多要 1 吨，不会带来增益：没有合适的供应批。"


def test_a_demand_that_the_plan_does_not_know_is_not_found(make_index: MakeIndex) -> None:
    with pytest.raises(SubjectNotFound, match="nowhere"):
        worth_of(make_index([{}], [{}]), "nowhere", solver)
