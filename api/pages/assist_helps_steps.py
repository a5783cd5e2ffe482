"""The steps of help that a page offers: which there are from its state, and what was typed of one, entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Request

from analysis.questions.assist_kept_answer import HelpPaymentTold, HelpTold
from api.assist.asked import MOST_PAYMENTS
from api.errors import BadParameters
from api.graph_keeper import GraphKeeper
from api.pages.typed import Typed
from api.pages.words import wordings
from api.trade.desk import latest_day, trade_desk
from graph_schema.messages import Label
from loaders.kept.assist.change import change_help
from loaders.kept.assist.help import RETURNED, Help
from loaders.kept.assist.pay import APPROVED, DELIVERED, PAID, HelpPayment, report_help_payment
from loaders.kept.trade.numbers import LONGEST_TEXT
from policy.assistance_states import DONE, HOLDING, RUNNING, STOPPED, load_assistance_steps, next_assistance_states

STATES = (RUNNING, DONE, STOPPED)
MONEY = (APPROVED, PAID, DELIVERED, RETURNED)
LABELS: Mapping[str, str] = {
    "day": "assist_help.day",
    "reason": "assist_help.reason",
    "yuan": "assist_help.yuan",
    "on": "assist_help.on",
    "number": "assist_help.number",
}


@dataclass(frozen=True)
class PaymentChoice:
    """A payment that a step may go on with, and its number, by which it is named."""

    number: str
    payment: HelpPaymentTold


def next_states(found: Help, day: date) -> tuple[str, ...]:
    """Return the states that help may come into on a day."""
    return next_assistance_states(load_assistance_steps(), found.status, day)


def next_payments(found: Help, told: HelpTold, *, show_sensitive: bool) -> dict[str, tuple[PaymentChoice, ...]]:
    """Return what may be told of money, each with the payments that it may go on with.

    Where payments are not shown all is offered, and no payment: what is left out would tell of them.
    """
    approved: dict[str, tuple[PaymentChoice, ...]] = {}
    if found.status in HOLDING and found.programme_id is not None and found.household_id is not None:
        approved = {APPROVED: ()}
    if not show_sensitive:
        return approved | dict.fromkeys((PAID, DELIVERED, RETURNED), ())
    standing = [each for each in _choices(told) if each.payment.payment_status != RETURNED]
    open_to = {
        PAID: tuple(each for each in standing if each.payment.paid_fen is None),
        DELIVERED: tuple(each for each in standing if each.payment.paid_fen and each.payment.delivered_fen is None),
        RETURNED: tuple(each for each in standing if each.payment.paid_fen is not None),
    }
    return approved | {step: choices for step, choices in open_to.items() if choices}


def entered(request: Request, keeper: GraphKeeper, help_id: str, typed: Typed) -> str:
    """Enter the step that was typed, and return the load that holds it. Raises as what enters it, or BadParameters."""
    step = typed.shown("step")
    if step in STATES:
        return _changed(request, keeper, help_id, step, typed)
    if step in MONEY:
        return _paid(request, keeper, help_id, step, typed)
    raise BadParameters("form_not_filled", faults="step")


def _changed(request: Request, keeper: GraphKeeper, help_id: str, status: str, typed: Typed) -> str:
    day, reason = typed.day("day"), typed.text("reason", most=LONGEST_TEXT)
    typed.check()
    latest = latest_day(request, keeper)
    if day is not None and day > latest:
        words, name = wordings()["assist_help.day_ahead"], wordings()[LABELS["day"]]
        en, zh = words.en.format(name=name.en, latest=latest), words.zh.format(name=name.zh, latest=latest)
        raise BadParameters("form_not_filled", faults=Label(en=en, zh=zh))
    return change_help(trade_desk(request, keeper, day), help_id, status, reason).load_id


def _paid(request: Request, keeper: GraphKeeper, help_id: str, step: str, typed: Typed) -> str:
    is_returned = step == RETURNED
    fen, on = typed.fen("yuan", is_needed=not is_returned), typed.day("on", is_needed=not is_returned)
    number = typed.whole("number", least=1, most=MOST_PAYMENTS)
    typed.check()
    if is_returned:
        payment = HelpPayment(is_returned=True, number=number)
    elif step == APPROVED:
        payment = HelpPayment(approved_fen=fen, approved_on=on)
    elif step == PAID:
        payment = HelpPayment(paid_fen=fen, paid_on=on, number=number)
    else:
        payment = HelpPayment(delivered_fen=fen, delivered_on=on, number=number)
    return report_help_payment(trade_desk(request, keeper, latest_day(request, keeper)), help_id, payment).load_id


def _choices(told: HelpTold) -> Sequence[PaymentChoice]:
    """Return the payments that have a number; one that a feed brought under an id of its own has none."""
    found = []
    for payment in told.payments:
        of_help, _, number = payment.payment_id.rpartition("-")
        if of_help == told.help_id and number.isdecimal():
            found.append(PaymentChoice(number, payment))
    return sorted(found, key=lambda each: int(each.number))
