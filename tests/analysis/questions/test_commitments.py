"""Promises of the lots and demands of the tiny graph (tests/tiny/README.md), as a ledger tells them; on both engines.

By hand, on 2026-05-20. h7 agreed on 300 kg for e3. c1 brought 480 of the 500 kg it had agreed on with e2, a day early;
450 were accepted, and paid two days later. Its 300 kg for e2 are on the way since yesterday: late. Its 1000 kg for e1
failed. h1 withdrew an offer of 1000 kg to e1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from analysis.errors import QuestionError, SubjectNotFound
from analysis.page import Page
from analysis.produce.trade.parts import KeptPromises
from analysis.questions.commitments import CommitmentsAsked, commitments
from analysis.questions.commitments_answer import CommitmentsAnswer
from graph_schema import Schema
from graph_store import GraphStore
from ledger import Ledger
from loaders.kept.own_facts import TRADE, OwnFacts, keep_own_facts

DAY, KNOWN = date(2026, 5, 20), datetime(2026, 5, 12, 8, tzinfo=UTC)
C1, C1_NEW = "c1-green_plum-2026-05-10-1", "c1-green_plum-2026-05-24-1"
H1, H7 = "h1-green_plum-2026-05-22-1", "h7-green_plum-2026-05-25-1"
E1, E2_OLD = "e1-green_plum-2026-05-15-1", "e2-green_plum-2026-05-01-1"
E2, E3 = "e2-green_plum-2026-05-20-1", "e3-green_plum-2026-05-18-1"
AGREED, OFFERED, BROUGHT = date(2026, 5, 12), None, date(2026, 5, 18)
# id, state, kg, fen, to arrive on, agreed on, lot, demand, reason
FIRST = [
    ("m1", "agreed", 500.0, 200, date(2026, 5, 19), AGREED, C1, E2, None),
    ("m2", "shipped", 300.0, 390, date(2026, 5, 19), AGREED, C1, E2_OLD, None),
    ("m3", "failed", 1000.0, 320, date(2026, 5, 16), AGREED, C1_NEW, E1, "hail"),
    ("m4", "cancelled", 1000.0, 310, date(2026, 5, 23), OFFERED, H1, E1, "sold at the market"),
    ("m5", "agreed", 300.0, 450, date(2026, 5, 26), AGREED, H7, E3, None),
]
NAMES = (
    *("id", "commitment_status", "agreed_quantity_kg", "price_fen_per_kg", "arrives_on", "agreed_on"),
    *("supply_lot_id", "demand_id", "reason"),
)


def facts(rows: Sequence[tuple[object, ...]], valid_from: date) -> OwnFacts:
    columns = dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=True))
    return OwnFacts(columns, is_made_up=True, valid_from=valid_from)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, schema: Schema) -> Ledger:
    made = Ledger.open(tmp_path_factory.mktemp("promises"), schema)
    keep_own_facts(made, {"Commitment": facts(FIRST, AGREED)}, feed=TRADE, name="first", recorded_at=KNOWN)
    brought = [(FIRST[0][0], "delivered", *FIRST[0][2:])]
    delivery = {
        "id": ["m1-1"],
        "commitment_id": ["m1"],
        "delivered_quantity_kg": [480.0],
        "accepted_quantity_kg": [450.0],
        "grade": ["2"],
        "delivered_on": [BROUGHT],
        "paid_fen": [90_000],
        "paid_on": [DAY],
    }
    keep_own_facts(
        made,
        {"Commitment": facts(brought, BROUGHT), "Delivery": OwnFacts(delivery, is_made_up=True, valid_from=BROUGHT)},
        feed=TRADE,
        name="then",
        recorded_at=KNOWN + timedelta(days=6),
    )
    return made


Ask = Callable[..., CommitmentsAnswer]


@pytest.fixture
def ask(tiny_store: GraphStore, ledger: Ledger, schema: Schema) -> Ask:
    def asked(day: date = DAY, **filters: object) -> CommitmentsAnswer:
        how = CommitmentsAsked(**filters)  # type: ignore[arg-type]
        return commitments(tiny_store, ledger, schema, how, day=day)

    return asked


def ids(answer: CommitmentsAnswer) -> list[str]:
    return [each.commitment_id for each in answer.commitments]


def of(sides: tuple[KeptPromises, ...], node_id: str) -> KeptPromises:
    return next(side for side in sides if side.id == node_id)


def test_promises_are_listed_by_the_day_they_arrive_with_both_sides_and_what_came(ask: Ask) -> None:
    answer = ask()
    assert ids(answer) == ["m3", "m1", "m2", "m4", "m5"]
    m3, m1, m2, m4, m5 = answer.commitments
    assert [each.status for each in answer.commitments] == ["failed", "delivered", "shipped", "cancelled", "agreed"]
    assert [each.is_late for each in answer.commitments] == [False, False, True, False, False]
    assert (m3.reason, m4.agreed_on, m5.seller_kind, m5.seller_id, m5.seller_name) == (
        "hail",
        None,
        "Household",
        "h7",
        None,
    )
    assert m1.enterprise is not None
    assert m1.product is not None
    assert (m1.enterprise.name, m1.seller_name, m1.product.id) == ("诏安蜜饯厂", "青梅合作社", "green_plum")
    (delivery,) = m1.deliveries
    assert (delivery.quantity_kg, delivery.accepted_kg, delivery.paid_fen) == (480.0, 450.0, 90_000)
    assert (m2.deliveries, answer.is_made_up, answer.notices[0].code) == ((), True, "notice_made_up")


def test_what_each_side_kept_is_told_in_several_numbers(ask: Ask) -> None:
    answer = ask()
    assert ([side.id for side in answer.buyers], [side.id for side in answer.sellers]) == (
        ["e1", "e2", "e3"],
        ["c1", "h1", "h7"],
    )
    e2 = of(answer.buyers, "e2")
    # Due are the 500 that came and the 300 that are late.
    assert (e2.promised_kg, e2.delivered_kg, e2.accepted_kg) == (800.0, 480.0, 450.0)
    assert (e2.due_count, e2.on_time_count, e2.on_time_share) == (2, 1, 0.5)
    assert (e2.agreed_fen_per_kg, e2.settled_fen_per_kg) == (200.0, 200.0)
    assert (e2.paid_fen, e2.paid_count, e2.unpaid_count, e2.days_to_pay) == (90_000, 1, 0, 2.0)
    # To e1 one failed that was agreed; an offer that was withdrawn was never due.
    e1 = of(answer.buyers, "e1")
    assert (e1.promised_kg, e1.delivered_kg, e1.due_count, e1.on_time_share) == (1000.0, 0.0, 1, 0.0)
    assert [(state.status, state.count, state.agreed_kg) for state in e1.states] == [
        ("failed", 1, 1000.0),
        ("cancelled", 1, 1000.0),
    ]
    c1, h7 = of(answer.sellers, "c1"), of(answer.sellers, "h7")
    assert (c1.promised_kg, c1.due_count, c1.on_time_count) == (1800.0, 3, 1)
    assert (h7.due_count, h7.on_time_share, h7.agreed_fen_per_kg, h7.days_to_pay) == (0, None, None, None)


def test_on_an_earlier_day_what_came_later_is_not_told(ask: Ask) -> None:
    before = ask(date(2026, 5, 17), lot_id=C1)
    assert [(each.commitment_id, each.status, each.is_late) for each in before.commitments] == [
        ("m1", "agreed", False),
        ("m2", "shipped", False),
    ]
    assert before.commitments[0].deliveries == ()
    assert ask(date(2026, 5, 11)).commitment_count == 0


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"area_id": "350624105"}, ["m5"]),
        ({"area_id": "350624101201"}, ["m3", "m1", "m2", "m4"]),
        ({"product_id": "bayberry"}, []),
        ({"enterprise_id": "e2"}, ["m1", "m2"]),
        ({"lot_id": H1}, ["m4"]),
        ({"demand_id": E3}, ["m5"]),
        ({"seller_id": "c1"}, ["m3", "m1", "m2"]),
        ({"cooperative_id": "c1"}, []),
        ({"status": "shipped"}, ["m2"]),
    ],
)
def test_filters_narrow_the_list(ask: Ask, filters: dict[str, object], found: list[str]) -> None:
    assert ids(ask(**filters)) == found


def test_a_state_narrows_the_list_and_not_what_was_kept(ask: Ask) -> None:
    answer = ask(seller_id="c1", status="shipped")
    assert (ids(answer), answer.sellers[0].due_count) == (["m2"], 3)


def test_a_page_goes_on_where_the_one_before_ended(ask: Ask) -> None:
    first = ask(page=Page(limit=2))
    assert (ids(first), first.commitment_count) == (["m3", "m1"], 5)
    assert ids(ask(page=Page(limit=3, after=first.next_after))) == ["m2", "m4", "m5"]


def test_what_is_not_there_is_told(ask: Ask) -> None:
    with pytest.raises(QuestionError, match="no state sold"):
        ask(status="sold")
    with pytest.raises(SubjectNotFound):
        ask(enterprise_id="e9")


def test_a_folder_without_promises_has_none(tiny_store: GraphStore, schema: Schema, tmp_path: Path) -> None:
    answer = commitments(tiny_store, Ledger.open(tmp_path, schema), schema, day=DAY)
    assert (answer.commitments, answer.buyers, answer.sellers, answer.is_made_up) == ((), (), (), False)
