"""The coordinator's board on the tiny graph (drawn in tests/tiny/README.md), on both engines. The day is 2026-05-20.

Plums on offer: h2 600 kg, 400 of them pooled in c1's 1400; c2 3000; h7 800, 300 of them agreed; all of h1 is pooled.
Wanted: e1 20000 and 5000, e2 4000, e3 700, 300 of them agreed, and 3000 from June on. Nobody wants the lychees.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.errors import QuestionError, SubjectNotFound
from analysis.page import Page
from analysis.produce.board_parts import Place, ProductBalance
from analysis.produce.parts import Product
from analysis.questions.board import MOST_WEEKS, BoardAsked, board
from analysis.questions.board_answer import BoardAnswer
from analysis.questions.buyers import buyers
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore
from policy import Policy

DAY = date(2026, 5, 20)
H2, C1, H7 = "h2-green_plum-2026-05-22-1", "c1-green_plum-2026-05-24-1", "h7-green_plum-2026-05-25-1"
C2, LYCHEE = "c2-green_plum-2026-05-26-1", "h4-lychee-2026-06-20-1"
E1, E1_BEST, E2 = "e1-green_plum-2026-05-15-1", "e1-green_plum-2026-05-15-2", "e2-green_plum-2026-05-20-1"
E3, E3_JUNE = "e3-green_plum-2026-05-18-1", "e3-green_plum-2026-06-10-1"
Ask = Callable[..., BoardAnswer]


@pytest.fixture
def ask(tiny_store: GraphStore, schema: Schema, policy: Policy) -> Ask:
    def asked(how: BoardAsked | None = None, *, day: date = DAY) -> BoardAnswer:
        return board(tiny_store, schema, policy, day=day, asked=how)

    return asked


def offered(balance: ProductBalance) -> tuple[str, int, float, float]:
    return balance.product.id, balance.lot_count, balance.offered_kg, balance.left_kg


def wanted(balance: ProductBalance) -> tuple[str, int, float, float]:
    return balance.product.id, balance.demand_count, balance.wanted_kg, balance.unfilled_kg


def lot_ids(answer: BoardAnswer) -> list[str]:
    return [each.lot.lot_id for each in answer.lots]


def demand_ids(answer: BoardAnswer) -> list[str]:
    return [each.demand.demand_id for each in answer.demands]


def test_each_product_says_what_is_offered_wanted_and_left(ask: Ask) -> None:
    plums, lychees = ask().products
    # 200 + 1400 + 3000 + 800, of which 300 are agreed; what is pooled counts in the lot of c1 alone.
    assert offered(plums) == ("green_plum", 4, 5400.0, 5100.0)
    # 20000 + 5000 + 4000 + 700 + 3000, of which 300 are agreed.
    assert wanted(plums) == ("green_plum", 5, 32700.0, 32400.0)
    assert plums.balance_kg == 5100.0 - 32400.0
    assert (offered(lychees), lychees.demand_count, lychees.balance_kg) == (("lychee", 1, 500.0, 500.0), 0, 500.0)


def test_each_week_says_what_can_be_had_on_some_day_of_it(ask: Ask) -> None:
    weeks = ask().weeks
    assert [week.week for week in weeks] == [f"2026-W{number}" for number in range(21, 28)]
    assert (weeks[0].starts_on, weeks[0].ends_on) == (date(2026, 5, 18), date(2026, 5, 24))
    plums = [week.products[0] for week in weeks]
    # h2 and c1; all; h7 until Monday and c2; then nothing.
    assert [week.offered_kg for week in plums] == [1600.0, 5400.0, 3800.0, 0.0, 0.0, 0.0, 0.0]
    assert [week.left_kg for week in plums] == [1600.0, 5100.0, 3500.0, 0.0, 0.0, 0.0, 0.0]
    # e2 until 31 May, e3 until 10 June, e1 until 15 June, the other of e3 from 10 June to 1 July.
    assert [week.wanted_kg for week in plums] == [29700.0, 29700.0, 25700.0, 28700.0, 28000.0, 3000.0, 3000.0]
    assert [week.unfilled_kg for week in plums] == [29400.0, 29400.0, 25400.0, 28400.0, 28000.0, 3000.0, 3000.0]
    lychees = [[offered(each) for each in week.products[1:]] for week in weeks]
    assert lychees == [[], [], [], [], [("lychee", 1, 500.0, 500.0)], [("lychee", 1, 500.0, 500.0)], []]


def test_lots_come_by_their_last_day_with_how_many_could_take_them(ask: Ask) -> None:
    answer = ask()
    assert lot_ids(answer) == [H2, C1, H7, C2, LYCHEE]
    first, second = answer.lots[:2]
    assert (first.lot.seller_kind, first.lot.seller_id, first.lot.seller_name) == ("Household", "h2", None)
    assert (first.lot.lot_quantity_kg, first.lot.left_quantity_kg, first.lot.area_name) == (600.0, 200.0, "青梅村")
    assert second.buyer_count == 1
    assert second.best is not None
    # 3.80 yuan less 0.08 for 124.6 km.
    assert (second.best.demand_id, second.best.after_transport_fen_per_kg) == (E1, 372)
    assert (answer.lots[4].buyer_count, answer.lots[4].best) == (0, None)


def test_demands_come_by_their_last_day(ask: Ask) -> None:
    answer = ask()
    assert demand_ids(answer) == [E2, E3, E1, E1_BEST, E3_JUNE]
    assert [each.demand.left_quantity_kg for each in answer.demands] == [4000.0, 400.0, 20000.0, 5000.0, 3000.0]
    assert {each.product.id for each in answer.demands} == {"green_plum"}


def test_the_board_and_the_buyers_of_a_lot_say_the_same(
    ask: Ask, tiny_store: GraphStore, schema: Schema, policy: Policy
) -> None:
    for each in ask().lots:
        (told,) = buyers(tiny_store, schema, policy, Subject("SupplyLot", each.lot.lot_id), day=DAY).lots
        assert each.lot.left_quantity_kg == told.lot.left_quantity_kg
        assert each.buyer_count == told.buyer_count
        best = told.buyers[0].demand.demand_id if told.buyers else None
        assert (each.best.demand_id if each.best else None) == best


def test_an_area_narrows_the_lots_and_not_who_wants_them(ask: Ask) -> None:
    answer = ask(BoardAsked(area_id="350624105"))
    assert answer.asked.area == Place(id="350624105", name="太平镇")
    assert lot_ids(answer) == [H7]
    assert [offered(each) for each in answer.products] == [("green_plum", 1, 800.0, 500.0)]
    assert answer.demand_count == 5


def test_a_product_narrows_both(ask: Ask) -> None:
    plums, tea = ask(BoardAsked(product_id="green_plum")), ask(BoardAsked(product_id="tea"))
    assert (plums.lot_count, plums.demand_count) == (4, 5)
    assert plums.asked.product == Product(id="green_plum", name_en="green plum", name_zh="青梅")
    assert (tea.lot_count, tea.demand_count, tea.products, tea.weeks) == (0, 0, (), ())


def test_a_week_narrows_the_lists_and_the_products_and_not_the_weeks(ask: Ask) -> None:
    answer = ask(BoardAsked(week="2026-W23"))
    assert lot_ids(answer) == [H7, C2]
    assert demand_ids(answer) == [E3, E1, E1_BEST]
    assert [offered(each) for each in answer.products] == [("green_plum", 2, 3800.0, 3500.0)]
    assert len(answer.weeks) == 7
    assert (ask(BoardAsked(week="2027-W01")).lot_count, ask(BoardAsked(week="2027-W01")).demand_count) == (0, 0)


def test_pages_together_are_the_whole_list(ask: Ask) -> None:
    lots: list[str] = []
    demands: list[str] = []
    after_lot = after_demand = None
    for _ in range(3):
        page = ask(BoardAsked(lot_page=Page(2, after_lot), demand_page=Page(2, after_demand)))
        assert (page.lot_count, page.demand_count) == (5, 5)
        lots, demands = lots + lot_ids(page), demands + demand_ids(page)
        after_lot, after_demand = page.next_after_lot, page.next_after_demand
    assert (after_lot, after_demand) == (None, None)
    assert (lots, demands) == (lot_ids(ask()), demand_ids(ask()))


def test_what_is_past_is_counted_apart(ask: Ask) -> None:
    answer = ask(day=date(2026, 6, 2))
    # h2, c1 and h7 keep no longer; e2 ended on 31 May.
    assert (answer.past_lot_count, answer.past_lots_until) == (3, date(2026, 6, 1))
    assert answer.past_demand_count == 1
    assert lot_ids(answer) == [C2, LYCHEE]
    assert answer.weeks[0].week == "2026-W23"
    assert {"notice_past_lots", "notice_past_demands"} <= {each.code for each in answer.notices}


def test_made_up_data_says_so(ask: Ask) -> None:
    answer = ask()
    assert answer.is_made_up
    assert [each.code for each in answer.notices] == ["notice_made_up"]


@pytest.mark.parametrize("week", ["2026-W54", "2025-W53", "2026-21", "next", "0000-W01", ""])
def test_a_week_that_does_not_exist_is_refused(ask: Ask, week: str) -> None:
    with pytest.raises(QuestionError) as caught:
        ask(BoardAsked(week=week))
    assert caught.value.code == "not_a_week"


@pytest.mark.parametrize("how", [BoardAsked(area_id="999999"), BoardAsked(product_id="gold")])
def test_an_unknown_area_or_product_is_refused(ask: Ask, how: BoardAsked) -> None:
    with pytest.raises(SubjectNotFound):
        ask(how)


def test_at_most_a_quarter_of_weeks_is_shown() -> None:
    assert MOST_WEEKS * 4 == 52
