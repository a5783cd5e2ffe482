"""The second question on the tiny graph (drawn in tests/tiny/README.md), on both engines. The day is 2026-05-20.

Distances by the haversine formula times 1.3, 60 fen a tonne and km, 400 km a day:
c1 (23.77, 117.28) to e1 (23.55, 116.37): 95.8 km as the crow flies, 124.6 by road, 8 fen a kg.
h7 (23.88, 117.11) to e1: 83.8 km, 108.9 by road, 7 fen a kg; to e3 (24.51, 117.65): 88.9 km, 115.6 by road.
"""

from __future__ import annotations

from datetime import date

import pytest

from analysis.errors import QuestionError, SubjectNotFound
from analysis.page import Page
from analysis.produce.parts import LotBuyers
from analysis.questions.buyers import BuyersAnswer, buyers
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore
from policy import Policy

DAY = date(2026, 5, 20)
C1, C2 = "c1-green_plum-2026-05-24-1", "c2-green_plum-2026-05-26-1"
H1, H2, H7 = "h1-green_plum-2026-05-22-1", "h2-green_plum-2026-05-22-1", "h7-green_plum-2026-05-25-1"
LYCHEE = "h4-lychee-2026-06-20-1"
E1, E1_BEST, E2 = "e1-green_plum-2026-05-15-1", "e1-green_plum-2026-05-15-2", "e2-green_plum-2026-05-20-1"
E3, E3_JUNE = "e3-green_plum-2026-05-18-1", "e3-green_plum-2026-06-10-1"


def reasons_in(lot: LotBuyers) -> dict[str, list[str]]:
    return {each.demand.demand_id: [reason.code for reason in each.reasons] for each in lot.refusals}


def test_the_plums_of_a_cooperative_find_a_buyer_in_jieyang(
    tiny_store: GraphStore, schema: Schema, policy: Policy
) -> None:
    (lot,) = buyers(tiny_store, schema, policy, Subject("Cooperative", "c1"), day=DAY).lots
    assert (lot.lot.lot_id, lot.lot.left_quantity_kg, lot.lot.seller_name) == (C1, 1400.0, "青梅合作社")
    (buyer,) = lot.buyers
    assert (buyer.rank, buyer.demand.demand_id, buyer.demand.enterprise.name) == (1, E1, "揭阳青梅加工厂")
    assert (buyer.way.distance_km, buyer.way.transport_fen_per_kg, buyer.way.after_transport_fen_per_kg) == (
        124.6,
        8,
        372,
    )
    assert (buyer.way.leaves_on, buyer.way.arrives_on) == (date(2026, 5, 24), date(2026, 5, 24))
    # 1400 kg at 3.80 less 0.08 yuan.
    assert (buyer.quantity_kg, buyer.transport_fen, buyer.worth_fen) == (1400.0, 11200, 520800)


def test_each_demand_that_cannot_take_the_lot_says_why(tiny_store: GraphStore, schema: Schema, policy: Policy) -> None:
    (lot,) = buyers(tiny_store, schema, policy, Subject("SupplyLot", C1), day=DAY).lots
    assert reasons_in(lot) == {
        E3_JUNE: ["keeping"],
        E1_BEST: ["grade"],
        E2: ["price"],
        E3: ["grade", "certificates", "distance"],
    }
    assert (lot.refusal_count, lot.refused_by) == (
        4,
        {"certificates": 1, "distance": 1, "grade": 2, "keeping": 1, "price": 1},
    )
    price = next(reason for each in lot.refusals for reason in each.reasons if reason.code == "price")
    assert (price.wanted, price.offered, price.short_by) == (300, 199, 101)


def test_a_lot_too_small_for_a_batch_hears_what_its_cooperative_could_pool(
    tiny_store: GraphStore, schema: Schema, policy: Policy
) -> None:
    # 400 of the 600 kg of h2 are in the lot of c1; 200 are left. c1 could bring 1400 + 200 + 0 (h1 has pooled all).
    (lot,) = buyers(tiny_store, schema, policy, Subject("Household", "h2"), day=DAY).lots
    assert [(pool.lot_id, pool.quantity_kg) for pool in lot.lot.pooled_in] == [(C1, 400.0)]
    (batch,) = [reason for each in lot.refusals if each.demand.demand_id == E1 for reason in each.reasons]
    assert (batch.code, batch.wanted, batch.offered) == ("batch", 1000, 200)
    assert batch.pool is not None
    assert (batch.pool.cooperative_id, batch.pool.quantity_kg, batch.pool.is_enough) == ("c1", 1600.0, True)


def test_a_lot_that_is_wholly_pooled_has_nothing_left_to_sell(
    tiny_store: GraphStore, schema: Schema, policy: Policy
) -> None:
    (lot,) = buyers(tiny_store, schema, policy, Subject("Household", "h1"), day=DAY).lots
    assert (lot.lot.left_quantity_kg, lot.buyer_count) == (0.0, 0)
    assert lot.refused_by["lot_left"] == 5


def test_what_is_agreed_is_neither_left_of_the_lot_nor_of_the_demand(
    tiny_store: GraphStore, schema: Schema, policy: Policy
) -> None:
    (lot,) = buyers(tiny_store, schema, policy, Subject("SupplyLot", H7), day=DAY).lots
    assert (lot.lot.lot_quantity_kg, lot.lot.left_quantity_kg) == (800.0, 500.0)
    assert [(buyer.demand.demand_id, buyer.way.distance_km, buyer.quantity_kg) for buyer in lot.buyers] == [
        (E1_BEST, 108.9, 500.0)
    ]
    (near,) = [each for each in lot.refusals if each.demand.demand_id == E3]
    assert (near.demand.wanted_quantity_kg, near.demand.left_quantity_kg, near.way.distance_km) == (700.0, 400.0, 115.6)
    assert [(reason.code, reason.short_by) for reason in near.reasons] == [("distance", 15.6)]


def test_a_product_lists_every_lot_on_offer_and_whose_produce_is_in_it(
    tiny_store: GraphStore, schema: Schema, policy: Policy
) -> None:
    answer = buyers(tiny_store, schema, policy, Subject("Product", "green_plum"), day=DAY)
    assert [(lot.lot.lot_id, lot.buyer_count, lot.refusal_count) for lot in answer.lots] == [
        (C1, 1, 4),
        (C2, 1, 4),
        (H1, 0, 5),
        (H2, 0, 5),
        (H7, 1, 4),
    ]
    assert [(part.seller_id, part.quantity_kg) for part in answer.lots[0].lot.parts] == [("h1", 1000.0), ("h2", 400.0)]


def test_a_lot_past_its_day_is_offered_to_nobody(tiny_store: GraphStore, schema: Schema, policy: Policy) -> None:
    # On 1 June the plums of c1 (to 31 May) are gone, and the demand of e2 (to 31 May) has ended.
    (lot,) = buyers(tiny_store, schema, policy, Subject("SupplyLot", C1), day=date(2026, 6, 1)).lots
    assert lot.lot.is_expired
    assert lot.buyer_count == 0
    assert lot.refused_by["lot_fresh"] == 5
    assert lot.refused_by["demand_running"] == 1


def test_a_lot_that_is_sold_says_so(tiny_store: GraphStore, schema: Schema, policy: Policy) -> None:
    (lot,) = buyers(tiny_store, schema, policy, Subject("SupplyLot", "c1-green_plum-2026-05-10-1"), day=DAY).lots
    assert lot.buyer_count == 0
    assert lot.refused_by["lot_open"] == 5


def test_nobody_wants_lychees(tiny_store: GraphStore, schema: Schema, policy: Policy) -> None:
    answer = buyers(tiny_store, schema, policy, Subject("SupplyLot", LYCHEE), day=DAY)
    (lot,) = answer.lots
    assert (lot.buyer_count, lot.refusal_count) == (0, 0)
    assert "notice_no_demand" in [note.code for note in answer.notices]


def test_who_has_no_lot_hears_that(tiny_store: GraphStore, schema: Schema, policy: Policy) -> None:
    answer = buyers(tiny_store, schema, policy, Subject("Household", "h3"), day=DAY)
    assert (answer.lots, answer.lot_count) == ((), 0)
    assert "notice_no_lot" in [note.code for note in answer.notices]


def test_lots_come_in_pages_and_long_lists_of_demands_are_cut(
    tiny_store: GraphStore, schema: Schema, policy: Policy
) -> None:
    subject = Subject("Product", "green_plum")
    answer = buyers(tiny_store, schema, policy, subject, day=DAY, page=Page(limit=2, after=C1), demand_limit=1)
    assert [lot.lot.lot_id for lot in answer.lots] == [C2, H1]
    assert (answer.lot_count, answer.next_after) == (5, H1)
    assert [(lot.refusal_count, len(lot.refusals)) for lot in answer.lots] == [(4, 1), (5, 1)]
    assert [note.code for note in answer.notices][-2:] == ["notice_capped", "notice_demands_capped"]


def test_the_answer_says_what_it_is_and_that_it_is_made_up(
    tiny_store: GraphStore, schema: Schema, policy: Policy
) -> None:
    answer = buyers(tiny_store, schema, policy, Subject("Product", "green_plum"), day=DAY)
    assert (answer.version, answer.as_of, answer.is_made_up) == ("buyers/1", DAY, True)
    assert (answer.asked.name_en, answer.asked.name_zh) == ("green plum", "青梅")


def test_the_answer_reads_back_from_its_own_json(tiny_store: GraphStore, schema: Schema, policy: Policy) -> None:
    answer = buyers(tiny_store, schema, policy, Subject("Product", "green_plum"), day=DAY)
    assert BuyersAnswer.model_validate_json(answer.model_dump_json()).model_dump_json() == answer.model_dump_json()


def test_the_head_of_a_household_is_never_named(tiny_store: GraphStore, schema: Schema, policy: Policy) -> None:
    text = buyers(tiny_store, schema, policy, Subject("Product", "green_plum"), day=DAY).model_dump_json()
    assert "沈" not in text
    assert "钟" not in text


@pytest.mark.parametrize(
    "subject",
    [Subject("SupplyLot", "x"), Subject("Household", "x"), Subject("Cooperative", "x"), Subject("Product", "x")],
)
def test_what_is_not_there_is_not_found(
    tiny_store: GraphStore, schema: Schema, policy: Policy, subject: Subject
) -> None:
    with pytest.raises(SubjectNotFound):
        buyers(tiny_store, schema, policy, subject, day=DAY)


def test_another_kind_of_subject_and_an_empty_cut_are_refused(
    tiny_store: GraphStore, schema: Schema, policy: Policy
) -> None:
    with pytest.raises(QuestionError):
        buyers(tiny_store, schema, policy, Subject("Area", "350624"), day=DAY)
    with pytest.raises(QuestionError):
        buyers(tiny_store, schema, policy, Subject("SupplyLot", C1), day=DAY, demand_limit=0)
