"""What came of a promise, plans as promises, and the demands that enterprises post. All of it is made up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph_schema.errors import PlumlineError
from loaders.kept.own_facts import DERIVED, TRADE, keep_own_facts
from loaders.kept.trade.change import change_commitment
from loaders.kept.trade.confirm import confirm
from loaders.kept.trade.deliver import DeliveryReport, PaymentReport, report_delivery, report_payment
from loaders.kept.trade.demand import NewDemand, post_demand
from loaders.kept.trade.desk import TradeDesk, told
from loaders.kept.trade.from_plan import confirmation_of_delivery
from tests.loaders.kept.market import DAY, NOW, ROW, facts, left, one, refused


def status(desk: TradeDesk, commitment_id: str) -> object:
    return told(desk, "Commitment", "id", [commitment_id]).rows[0]["commitment_status"]


def test_what_fails_or_is_cancelled_is_free_again_with_its_reason(desk: TradeDesk) -> None:
    confirm(desk, one("a", "d", 500))
    confirm(desk, one("a", "big", 400))
    with pytest.raises(PlumlineError, match="No reason"):
        change_commitment(desk, "a-d-1", "failed", "  ")
    changed = change_commitment(desk, "a-d-1", "failed", "hail")
    assert (changed.old_status, changed.new_status) == ("agreed", "failed")
    change_commitment(desk, "a-big-1", "cancelled", "buyer has enough")
    assert left(desk) == (900.0, 1200.0)
    assert told(desk, "Commitment", "id", ["a-d-1"]).rows[0]["reason"] == "hail"
    # Ids are never given again: what was said of the failed one is not said of the new one.
    assert confirm(desk, one("a", "d", 500)).commitments[0].commitment_id == "a-d-2"


def test_a_state_that_is_not_allowed_is_refused(desk: TradeDesk) -> None:
    confirm(desk, one("a", "d", 500))
    change_commitment(desk, "a-d-1", "shipped")
    for new, code in (("cancelled", "commitment_step_not_allowed"), ("delivered", "trade_deliver_needs_report")):
        with pytest.raises(PlumlineError) as fault:
            change_commitment(desk, "a-d-1", new, "why")
        assert fault.value.code == code
    with pytest.raises(PlumlineError, match="no commitment with the id x"):
        change_commitment(desk, "x", "shipped")
    with pytest.raises(PlumlineError, match="before the day on which a-d-1 was agreed"):
        change_commitment(replace(desk, day=date(2026, 5, 19)), "a-d-1", "failed", "why")


def test_an_offer_is_agreed_only_while_so_much_is_left(desk: TradeDesk) -> None:
    confirm(desk, one("a", "d", 900, is_offer=True, arrives=date(2026, 5, 21)))
    later = replace(desk, day=date(2026, 5, 22))
    confirm(later, one("a", "big", 900))
    with pytest.raises(PlumlineError, match="cannot arrive"):
        change_commitment(later, "a-d-1", "agreed")
    change_commitment(later, "a-big-1", "cancelled", "why")
    assert change_commitment(desk, "a-d-1", "agreed").new_status == "agreed"


def test_a_delivery_ends_the_promise_and_frees_what_did_not_come(desk: TradeDesk) -> None:
    confirm(desk, one("a", "d", 900))
    day = replace(desk, day=date(2026, 5, 22))
    report = DeliveryReport(date(2026, 5, 21), 850.0, 800.0, grade="2", reason="bruised")
    done = report_delivery(day, "a-d-1", report)
    assert (done.delivery_id, done.status, done.freed_kg) == ("a-d-1-1", "delivered", 50.0)
    # The lot has lost 850 of its 900, the demand was filled by the 800 that were accepted.
    assert left(day) == (50.0, 400.0)
    with pytest.raises(PlumlineError, match="cannot go from delivered to delivered"):
        report_delivery(day, "a-d-1", report)
    paid = report_payment(replace(day, day=date(2026, 5, 30)), "a-d-1", PaymentReport(240_000, date(2026, 5, 29)))
    assert (paid.delivery_id, paid.paid_fen, paid.delivered_quantity_kg) == ("a-d-1-1", 240_000, 850.0)
    (row,) = told(day, "Delivery", "commitment_id", ["a-d-1"]).rows
    assert (row["grade"], row["accepted_quantity_kg"], row["paid_on"]) == ("2", 800.0, date(2026, 5, 29))


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (DeliveryReport(DAY, 0.0), "trade_wrong_quantity"),
        (DeliveryReport(DAY, 100.0, -1.0), "trade_wrong_quantity"),
        (DeliveryReport(DAY, 100.0, 101.0), "trade_accepted_more"),
        (DeliveryReport(DAY, 901.0), "trade_delivered_more"),
        (DeliveryReport(date(2026, 5, 19), 100.0), "trade_before_agreed"),
        (DeliveryReport(date(2026, 5, 21), 100.0), "trade_in_future"),
        (DeliveryReport(DAY, 100.0, grade="9"), "trade_wrong_grade"),
        (DeliveryReport(DAY, 100.0, price_fen_per_kg=0), "trade_wrong_price"),
        (DeliveryReport(DAY, 100.0, paid_fen=100), "trade_paid_half"),
        (DeliveryReport(DAY, 100.0, paid_fen=-1, paid_on=DAY), "trade_wrong_amount"),
        # 100 kg at 3 yuan are 300 yuan, not 30,000.
        (DeliveryReport(DAY, 100.0, paid_fen=3_000_000, paid_on=DAY), "trade_paid_absurd"),
    ],
)
def test_a_delivery_that_cannot_be_is_refused(quiet_desk: TradeDesk, report: DeliveryReport, code: str) -> None:
    before = quiet_desk.ledger.version
    with pytest.raises(PlumlineError) as fault:
        report_delivery(quiet_desk, "a-d-1", report)
    assert (fault.value.code, quiet_desk.ledger.version) == (code, before)


def test_nothing_is_delivered_or_paid_before_it_is_agreed(desk: TradeDesk) -> None:
    confirm(desk, one("a", "d", 500, is_offer=True))
    with pytest.raises(PlumlineError, match="from proposed to delivered"):
        report_delivery(desk, "a-d-1", DeliveryReport(DAY, 500.0))
    with pytest.raises(PlumlineError, match="No delivery of a-d-1"):
        report_payment(desk, "a-d-1", PaymentReport(100, DAY))


def test_who_had_to_wait_still_has_the_newer_word(desk: TradeDesk) -> None:
    confirm(replace(desk, recorded_at=NOW + timedelta(minutes=5)), one("a", "d", 500))
    # Typed before, entered after.
    change_commitment(desk, "a-d-1", "shipped")
    assert status(desk, "a-d-1") == "shipped"


def test_a_delivery_of_a_kept_plan_is_promised_whole(desk: TradeDesk) -> None:
    ways = [
        ["a", "d", "c1", 700, 250, "2026-05-22"],
        ["b", "d", "c1", 300, 240, "2026-05-22"],
        ["b", "big", None, 200, 260, "2026-05-21"],
    ]
    for number, kept in enumerate((ways[:1], ways)):
        started = NOW + timedelta(hours=number)
        run: ROW = {"id": f"produce-{number}", "run_kind": "produce", "parameters_json": "{}", "started_at": started}
        keep_own_facts(
            desk.ledger,
            {"Run": facts([{**run, "result_json": json.dumps({"ways": kept})}])},
            feed=DERIVED,
            name="plan",
            recorded_at=started,
        )
    asked = confirmation_of_delivery(desk.ledger, "last", "c1 > d")
    done = confirm(desk, asked)
    assert [(part.lot_id, part.quantity_kg, part.cooperative_id) for part in done.commitments] == [
        ("a", 700.0, "c1"),
        ("b", 300.0, "c1"),
    ]
    assert done.commitments[0].arrives_on == date(2026, 5, 22)
    assert told(desk, "Commitment", "id", ["a-d-1"]).rows[0]["run_id"] == "produce-1"
    assert refused(desk, asked).code == "trade_said_already"
    assert confirmation_of_delivery(desk.ledger, "produce-1", "b > big").cooperative_id is None
    for run_id, delivery in (("produce-0", "b > big"), ("produce-9", "c1 > d"), ("last", "nonsense")):
        with pytest.raises(PlumlineError) as fault:
            confirmation_of_delivery(desk.ledger, run_id, delivery)
        assert fault.value.status == 404


def wanted(**other: object) -> NewDemand:
    usual = NewDemand("e1", "green_plum", 5000.0, "2", 280, date(2026, 5, 20), date(2026, 6, 20), area_id="445200")
    return replace(usual, **other)  # type: ignore[arg-type]


def test_an_enterprise_posts_its_own_demand_with_its_place(desk: TradeDesk) -> None:
    posted = post_demand(desk, wanted(lat=23.5, lon=116.4, certificate_codes=("green_food",)))
    assert posted.demand_id == "e1-green_plum-2026-05-20-1"
    (place,) = told(desk, "PLACED_IN", "from_id", [posted.demand_id]).rows
    assert (place["to_id"], place["lat"], place["lon"]) == ("445200", 23.5, 116.4)
    assert confirm(desk, one("green", posted.demand_id)).commitments[0].price_fen_per_kg == 280
    with pytest.raises(PlumlineError, match="posted already, as e1-green_plum-2026-05-20-1"):
        post_demand(desk, wanted())
    assert post_demand(desk, wanted(is_another=True)).demand_id == "e1-green_plum-2026-05-20-2"


def test_a_demand_says_which_other_products_it_takes_each_once_and_not_its_own(desk: TradeDesk) -> None:
    also = ("green_plum_salted", "green_plum", "green_plum_salted")
    posted = post_demand(desk, wanted(also_product_codes=also))
    (row,) = told(desk, "Demand", "id", [posted.demand_id]).rows
    assert row["also_product_codes"] == "green_plum_salted"


def test_a_demand_without_a_place_is_brought_to_where_the_enterprise_is_if_that_is_known(desk: TradeDesk) -> None:
    nowhere = post_demand(desk, wanted(area_id=None))
    assert told(desk, "PLACED_IN", "from_id", [nowhere.demand_id]).rows == ()
    stands = {"from_kind": "Enterprise", "from_id": "e1", "to_id": "445200", "lat": 23.6, "lon": 116.1}
    keep_own_facts(desk.ledger, {"PLACED_IN": facts([stands])}, feed=TRADE, name="place", recorded_at=NOW)
    posted = post_demand(desk, wanted(area_id=None, is_another=True))
    (place,) = told(desk, "PLACED_IN", "from_id", [posted.demand_id]).rows
    assert (place["from_kind"], place["to_id"], place["lat"], place["lon"]) == ("Demand", "445200", 23.6, 116.1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"enterprise_id": "e9"}, "trade_unknown"),
        ({"enterprise_id": "e2"}, "trade_has_closed"),
        ({"product_id": "durian"}, "trade_unknown_product"),
        ({"also_product_codes": ("green_plum_salted", "durian")}, "trade_unknown_product"),
        ({"area_id": "999999"}, "trade_unknown"),
        ({"wanted_quantity_kg": 0.0}, "trade_wrong_quantity"),
        ({"wanted_quantity_kg": -1.0}, "trade_wrong_quantity"),
        ({"max_fen_per_kg": 0}, "trade_wrong_price"),
        ({"min_grade": "best"}, "trade_wrong_grade"),
        ({"min_batch_quantity_kg": 6000.0}, "trade_batch_above"),
        ({"max_distance_km": float("inf")}, "trade_wrong_distance"),
        ({"ends_on": date(2026, 5, 19)}, "trade_window_turned"),
        ({"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 19)}, "trade_window_past"),
        ({"ends_on": date(2036, 5, 19)}, "trade_window_long"),
        ({"lat": 23.0}, "trade_half_place"),
        ({"lat": 97.0, "lon": 116.0}, "trade_wrong_place"),
        ({"certificate_codes": ("a b",)}, "trade_wrong_certificates"),
    ],
)
def test_a_demand_that_cannot_be_is_refused(quiet_desk: TradeDesk, changed: dict[str, object], code: str) -> None:
    before = quiet_desk.ledger.version
    with pytest.raises(PlumlineError) as fault:
        post_demand(quiet_desk, wanted(**changed))
    assert (fault.value.code, quiet_desk.ledger.version) == (code, before)
