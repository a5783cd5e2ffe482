"""Reporting what was brought of a commitment, what the buyer found and what he paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loaders.kept.desk import number
from loaders.kept.own_facts import TRADE, facts_of, write_own_facts
from loaders.kept.trade.answers import DeliveryReported
from loaders.kept.trade.desk import Row, TradeDesk, recorded_after, told
from loaders.kept.trade.errors import TradeFault, TradeRefused
from loaders.kept.trade.numbers import A_GRAM, checked_fen, checked_kg, checked_price, checked_reason, shown_kg, word
from loaders.kept.trade.promises import COMMITMENT, Promise, market, promise_named
from policy.commitments import DELIVERED, commitment_step, load_commitment_steps

DELIVERY, GRADES = "Delivery", "grade"
FIRST_NUMBER = 1
# Ten times the price: yuan were taken for fen.
MOST_TIMES_PRICE = 10


@dataclass(frozen=True)
class DeliveryReport:
    """What was brought, and, where it is known already, what was accepted, in which grade, and what was paid.

    `price_fen_per_kg`: the price settled, where it is another than was agreed. `paid_fen` and `paid_on` go together.
    """

    delivered_on: date
    delivered_quantity_kg: float
    accepted_quantity_kg: float | None = None
    grade: str | None = None
    price_fen_per_kg: int | None = None
    paid_fen: int | None = None
    paid_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True)
class PaymentReport:
    """What was paid for a delivery that is reported already, all in all, and when."""

    paid_fen: int
    paid_on: date


def report_delivery(desk: TradeDesk, commitment_id: str, report: DeliveryReport) -> DeliveryReported:
    """Enter a delivery and that its commitment is delivered, as one load; what was not brought is free again.

    Raises TradeUnknown, TradeFault for what cannot be, TradeRefused for more than the lot holds or a day before it was
    agreed, NotAllowed for one that is no longer open, or LedgerLocked; then nothing is entered.
    """
    reason = _check_report(desk, report)
    with desk.ledger.writing(desk.wait_seconds) as writer:
        promise, read = promise_named(desk, commitment_id)
        commitment_step(load_commitment_steps(), promise.status, DELIVERED, desk.day)
        _check_days(desk, promise, report)
        _check_quantity(desk, promise, report)
        _check_paid(promise, report.delivered_quantity_kg, report.paid_fen, report.price_fen_per_kg)
        known = told(desk, DELIVERY, "commitment_id", [commitment_id])
        delivery: Row = {
            "id": f"{commitment_id}-{FIRST_NUMBER + len(known.rows)}",
            "delivered_quantity_kg": report.delivered_quantity_kg,
            "accepted_quantity_kg": report.accepted_quantity_kg,
            "grade": report.grade,
            "price_fen_per_kg": report.price_fen_per_kg,
            "paid_fen": report.paid_fen,
            "delivered_on": report.delivered_on,
            "paid_on": report.paid_on,
            "reason": reason,
            "commitment_id": commitment_id,
            "is_made_up": promise.is_made_up,
        }
        done = {
            **promise.row,
            "commitment_status": DELIVERED,
            "delivered_quantity_kg": report.delivered_quantity_kg,
            "accepted_quantity_kg": report.accepted_quantity_kg,
        }
        load_id = write_own_facts(
            desk.ledger,
            writer,
            {
                COMMITMENT: facts_of([done], valid_from=report.delivered_on),
                DELIVERY: facts_of([delivery], valid_from=report.delivered_on),
            },
            feed=TRADE,
            name=f"{DELIVERED}: {promise.demand_id}",
            recorded_at=recorded_after(desk, read, known),
        )
    return _reported(desk, load_id, promise, delivery)


def report_payment(desk: TradeDesk, commitment_id: str, payment: PaymentReport) -> DeliveryReported:
    """Enter what was paid for the delivery of a commitment, which replaces what was said of its payment before.

    Raises TradeUnknown, TradeFault, TradeRefused where nothing is delivered yet or it was paid before it was agreed,
    or LedgerLocked.
    """
    checked_fen(payment.paid_fen, "paid")
    _check_past(desk, payment.paid_on, "paid_on")
    with desk.ledger.writing(desk.wait_seconds) as writer:
        promise, _ = promise_named(desk, commitment_id)
        known = told(desk, DELIVERY, "commitment_id", [commitment_id])
        if not known.rows:
            raise TradeRefused("trade_not_delivered", id=commitment_id)
        last = known.rows[-1]
        _check_not_before_agreed(promise, payment.paid_on)
        price = None if last["price_fen_per_kg"] is None else int(number(last, "price_fen_per_kg"))
        _check_paid(promise, number(last, "delivered_quantity_kg"), payment.paid_fen, price)
        row = {**last, "paid_fen": payment.paid_fen, "paid_on": payment.paid_on}
        if (last["paid_fen"], last["paid_on"]) == (payment.paid_fen, payment.paid_on):
            raise TradeRefused("trade_paid_already", id=commitment_id, day=payment.paid_on)
        load_id = write_own_facts(
            desk.ledger,
            writer,
            {DELIVERY: facts_of([row], valid_from=payment.paid_on)},
            feed=TRADE,
            name=f"paid: {promise.demand_id}",
            recorded_at=recorded_after(desk, known),
        )
    return _reported(desk, load_id, promise, row, promise.status)


def _check_report(desk: TradeDesk, report: DeliveryReport) -> str | None:
    """Check what can be told from the report alone, and return the reason."""
    checked_kg(report.delivered_quantity_kg, "delivered")
    if report.accepted_quantity_kg is not None:
        checked_kg(report.accepted_quantity_kg, "accepted", may_be_zero=True)
        if report.accepted_quantity_kg > report.delivered_quantity_kg + A_GRAM:
            accepted, brought = shown_kg(report.accepted_quantity_kg), shown_kg(report.delivered_quantity_kg)
            raise TradeFault("trade_accepted_more", accepted=accepted, delivered=brought)
    if report.grade is not None and report.grade not in desk.schema.code_list(GRADES):
        known = ", ".join(code.code for code in desk.schema.code_list(GRADES).codes)
        raise TradeFault("trade_wrong_grade", value=report.grade, known=known)
    if report.price_fen_per_kg is not None:
        checked_price(report.price_fen_per_kg)
    if (report.paid_fen is None) != (report.paid_on is None):
        raise TradeFault("trade_paid_half")
    _check_past(desk, report.delivered_on, "delivered_on")
    if report.paid_fen is not None and report.paid_on is not None:
        checked_fen(report.paid_fen, "paid")
        _check_past(desk, report.paid_on, "paid_on")
    return checked_reason(report.reason, is_needed=False)


def _check_past(desk: TradeDesk, on: date, what: str) -> None:
    if on > desk.day:
        raise TradeFault("trade_in_future", what=word(what), day=on, today=desk.day)


def _check_days(desk: TradeDesk, promise: Promise, report: DeliveryReport) -> None:
    _check_not_before_agreed(promise, report.delivered_on)
    if report.paid_on is not None:
        _check_not_before_agreed(promise, report.paid_on)


def _check_not_before_agreed(promise: Promise, on: date) -> None:
    if promise.agreed_on is not None and on < promise.agreed_on:
        raise TradeRefused("trade_before_agreed", id=promise.id, day=on, agreed=promise.agreed_on)


def _check_quantity(desk: TradeDesk, promise: Promise, report: DeliveryReport) -> None:
    """Raise TradeRefused where more was brought than was agreed and the lot has left besides."""
    found = market(desk, [promise.lot_id], promise.demand_id)
    most = max(promise.agreed_kg, found.left_of_lot(promise.lot_id, without=promise))
    if report.delivered_quantity_kg > most + A_GRAM:
        brought = shown_kg(report.delivered_quantity_kg)
        raise TradeRefused("trade_delivered_more", id=promise.lot_id, delivered=brought, most=shown_kg(most))


def _check_paid(promise: Promise, delivered_kg: float, paid_fen: int | None, price: int | None) -> None:
    """Raise TradeFault for a payment that cannot be meant: most likely yuan and fen are mixed up."""
    worth = delivered_kg * (price or promise.price_fen_per_kg)
    if paid_fen is not None and paid_fen > MOST_TIMES_PRICE * worth:
        raise TradeFault("trade_paid_absurd", paid=f"{paid_fen / 100:,.2f}", worth=f"{worth / 100:,.2f}")


def _reported(
    desk: TradeDesk, load_id: str, promise: Promise, delivery: Row, status: str = DELIVERED
) -> DeliveryReported:
    accepted, paid = delivery["accepted_quantity_kg"], delivery["paid_fen"]
    delivered_kg = number(delivery, "delivered_quantity_kg")
    return DeliveryReported(
        load_id=load_id,
        day=desk.day,
        is_made_up=promise.is_made_up,
        commitment_id=promise.id,
        delivery_id=str(delivery["id"]),
        status=status,
        delivered_quantity_kg=delivered_kg,
        accepted_quantity_kg=None if accepted is None else number(delivery, "accepted_quantity_kg"),
        paid_fen=None if paid is None else int(number(delivery, "paid_fen")),
        freed_kg=max(0.0, promise.agreed_kg - delivered_kg),
    )
