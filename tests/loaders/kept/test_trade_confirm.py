"""A lot is promised once, never beyond what is left, at a price that both can take. All of it is made up."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema import Schema
from graph_schema.errors import PlumlineError
from ledger import Ledger
from loaders.kept.own_facts import TRADE, keep_own_facts
from loaders.kept.trade.change import change_commitment
from loaders.kept.trade.confirm import Confirmation, PromisedLot, confirm
from loaders.kept.trade.desk import TradeDesk
from policy import Policy
from tests.loaders.kept.market import DAY, NOW, demand, facts, left, lot, one, refused


def test_what_is_left_of_both_is_promised_at_the_highest_price_on_the_first_day(desk: TradeDesk) -> None:
    done = confirm(desk, one("a", "d"))
    (part,) = done.commitments
    # 1000 less 100 pooled; 1200 less these 900.
    assert (part.commitment_id, part.status, part.quantity_kg) == ("a-d-1", "agreed", 900.0)
    assert (part.price_fen_per_kg, part.arrives_on) == (300, date(2026, 5, 21))
    assert (part.left_of_lot_kg, done.left_of_demand_kg, done.is_made_up) == (0.0, 300.0, True)
    assert confirm(desk, one("b", "d")).commitments[0].quantity_kg == 300.0
    assert left(desk, "b") == (300.0, 0.0)


def test_several_lots_are_promised_as_one_load_or_not_at_all(desk: TradeDesk) -> None:
    both = Confirmation("d", (PromisedLot("a", 800), PromisedLot("b", 500)), cooperative_id="c1")
    fault = refused(desk, both)
    # 800 of 1200 leave 400.
    assert (fault.code, fault.fields["left"]) == ("trade_demand_full", "400")
    done = confirm(desk, replace(both, lots=(PromisedLot("a", 800), PromisedLot("b", 400))))
    assert [part.cooperative_id for part in done.commitments] == ["c1", "c1"]
    with desk.ledger.writing() as writer:
        writer.withdraw(done.load_id, NOW, "wrong")
    assert (left(desk), left(desk, "b")) == ((900.0, 1200.0), (600.0, 1200.0))


@pytest.mark.parametrize(
    ("asked", "code", "http"),
    [
        (one("nobody", "d", 1), "trade_unknown_lot", 404),
        (one("a", "nobody", 1), "trade_unknown_demand", 404),
        (one("a", "d", 1, cooperative_id="c9"), "trade_unknown", 404),
        (one("a", "d", 1, run_id="produce-9"), "trade_unknown", 404),
        (one("a", "d", 0), "trade_wrong_quantity", 422),
        (one("a", "d", -5), "trade_wrong_quantity", 422),
        (one("a", "d", float("nan")), "trade_wrong_quantity", 422),
        (one("a", "d", 1e12), "trade_wrong_quantity", 422),
        (one("a", "d", 400.5), "trade_lot_short", 409),
        (one("a", "d", 10, price=0), "trade_wrong_price", 422),
        (one("a", "d", 10, price=301), "trade_price_above", 409),
        (one("a", "d", 10, price=199), "trade_price_below", 409),
        (one("a", "d", 10, arrives=date(2026, 5, 20)), "trade_wrong_arrival", 409),
        (one("a", "d", 10, arrives=date(2026, 5, 29)), "trade_wrong_arrival", 409),
        (one("a", "later", 1), "trade_no_day", 409),
        (one("sold", "d", 1), "trade_lot_closed", 409),
        (one("old", "d", 1), "trade_lot_past", 409),
        (one("berry", "d", 1), "trade_other_product", 409),
        (one("berry", "salted", 1), "trade_other_product", 409),
        (one("low", "d", 1), "trade_low_grade", 409),
        (one("a", "papers", 1), "trade_no_certificate", 409),
        (one("a", "over", 1), "trade_demand_past", 409),
        (one("a", "of-closed", 1), "trade_has_closed", 409),
        (Confirmation("d", ()), "trade_no_lot", 422),
        (Confirmation("d", (PromisedLot("a", 1), PromisedLot("a", 2))), "trade_lot_twice", 422),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_entered(
    quiet_desk: TradeDesk, asked: Confirmation, code: str, http: int
) -> None:
    fault = refused(quiet_desk, asked)
    assert (fault.code, fault.status) == (code, http)


def test_the_ask_is_what_must_be_left_after_transport_unless_the_seller_takes_less(desk: TradeDesk) -> None:
    # 250 fen less 600 fen on 10 kg: 190, below the ask of 200.
    part = PromisedLot("a", 10, 250, transport_fen=600)
    assert refused(desk, Confirmation("d", (part,))).fields["price"] == "190"
    assert confirm(desk, Confirmation("d", (part,), may_be_below_ask=True)).commitments[0].price_fen_per_kg == 250


def test_what_the_demand_asks_and_the_lot_has_not_is_told_unless_the_buyer_takes_it_as_it_is(desk: TradeDesk) -> None:
    fault = refused(desk, one("green", "papers", 10))
    # The lot has green_food, not the certificate of origin.
    assert "asks for certificates that the lot green does not have: origin." in fault.text("en")
    assert "要求的认证，供应批 green 没有：origin" in fault.text("zh")
    fault = refused(desk, one("low", "d", 10))
    assert "of the grade for processing; the demand d asks for grade 2 or better" in fault.text("en")
    assert confirm(desk, one("low", "d", 10, is_taken_as_is=True)).left_of_demand_kg == 1190.0
    assert "takes salted green plum, green plum." in refused(desk, one("berry", "salted", 10)).text("en")
    assert confirm(desk, one("berry", "salted", 10, is_taken_as_is=True)).left_of_demand_kg == 90.0


def test_a_lot_may_go_to_a_demand_for_another_product_that_takes_it_as_well(desk: TradeDesk) -> None:
    assert confirm(desk, one("a", "salted")).commitments[0].quantity_kg == 100.0


def test_an_offer_that_is_taken_as_it_is_can_be_agreed_later(desk: TradeDesk) -> None:
    offer = confirm(desk, one("low", "d", 10, is_offer=True, is_taken_as_is=True)).commitments[0]
    assert change_commitment(desk, offer.commitment_id, "agreed").new_status == "agreed"


def test_the_same_promise_twice_is_refused_unless_it_is_said_to_be_another(desk: TradeDesk) -> None:
    confirm(desk, one("a", "d", 100))
    assert refused(desk, one("a", "d", 100)).fields["id"] == "a-d-1"
    again = confirm(desk, one("a", "d", 100, is_another=True))
    assert (again.commitments[0].commitment_id, left(desk)) == ("a-d-2", (700.0, 1000.0))


def test_an_offer_holds_until_its_day_and_becomes_agreed_under_its_id(desk: TradeDesk) -> None:
    offered = confirm(desk, one("a", "d", 900, is_offer=True)).commitments[0]
    assert (offered.status, left(desk)) == ("proposed", (0.0, 300.0))
    fault = refused(desk, one("a", "big", 1))
    assert (fault.code, fault.fields["offered"]) == ("trade_lot_short", "900")
    # It was to arrive on the 21st; from the 22nd on it holds nothing.
    assert left(replace(desk, day=date(2026, 5, 22))) == (900.0, 1200.0)
    taken = confirm(replace(desk, recorded_at=NOW + timedelta(hours=1)), one("a", "d")).commitments[0]
    assert (taken.commitment_id, taken.status, taken.quantity_kg) == (offered.commitment_id, "agreed", 900.0)
    assert left(replace(desk, day=date(2026, 5, 22))) == (0.0, 300.0)


def test_two_people_who_confirm_the_same_rest_do_not_both_succeed(desk: TradeDesk) -> None:
    ready, outcomes = threading.Barrier(2), []

    def person(demand_id: str) -> None:
        own = replace(desk, ledger=Ledger.open(desk.ledger.folder, desk.schema), wait_seconds=30.0)
        ready.wait()
        try:
            outcomes.append(confirm(own, one("a", demand_id, 900)).commitments[0].commitment_id)
        except PlumlineError as fault:
            outcomes.append(fault.code)

    people = [threading.Thread(target=person, args=(demand_id,)) for demand_id in ("d", "big")]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert sorted(outcomes)[1] == "trade_lot_short"
    assert left(desk)[0] == 0.0


STEPS = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["d", "big"]), st.integers(1, 700), st.booleans()),
    min_size=1,
    max_size=6,
)


@pytest.mark.soak
@settings(max_examples=25, deadline=None)
@given(asked=STEPS)
def test_never_more_is_promised_than_there_is(
    asked: list[tuple[str, str, int, bool]], schema: Schema, policy: Policy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ledger = Ledger.open(tmp_path_factory.mktemp("law"), schema)
    market_facts = {
        "Enterprise": facts([{"id": "e1", "name": "plant", "sector": "processing"}]),
        "SupplyLot": facts([lot("a", 1000.0), lot("b", 600.0)]),
        "Demand": facts([demand("d", 900.0), demand("big", 5000.0)]),
    }
    keep_own_facts(ledger, market_facts, feed=TRADE, name="market", recorded_at=NOW - timedelta(days=1))
    desk = TradeDesk(ledger, schema, policy, NOW, DAY)
    of_lot, of_demand = {"a": 1000, "b": 600}, {"d": 900, "big": 5000}
    for lot_id, demand_id, kilograms, is_offer in asked:
        promise = one(lot_id, demand_id, kilograms, is_offer=is_offer, is_another=True)
        if kilograms <= min(of_lot[lot_id], of_demand[demand_id]):
            confirm(desk, promise)
            of_lot[lot_id] -= kilograms
            of_demand[demand_id] -= kilograms
        else:
            assert refused(desk, promise).code in ("trade_lot_short", "trade_demand_full")
    for lot_id, demand_id in (("a", "d"), ("b", "big")):
        assert left(desk, lot_id, demand_id) == (of_lot[lot_id], of_demand[demand_id])
