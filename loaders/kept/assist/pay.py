"""Reporting what was approved for help, what was paid, and what came to the household."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from loaders.kept.assist.answers import HelpPaid
from loaders.kept.assist.chosen import PROGRAMME
from loaders.kept.assist.errors import AssistFault, AssistRefused, AssistUnknown
from loaders.kept.assist.help import PAYMENT, RETURNED, Help, help_named, help_told, payment_sums
from loaders.kept.assist.standing import OFFERS, costs_of, in_period
from loaders.kept.desk import Desk, Row, number, recorded_after, told
from loaders.kept.own_facts import REVITALISATION, facts_of, write_own_facts
from loaders.kept.trade.numbers import MOST_FEN
from policy.assistance_states import HOLDING, held_fen

APPROVED, PAID, DELIVERED, APPROVED_FEN = "approved", "paid", "delivered", "approved_fen"
# What follows on what: nothing is paid before it is approved, and nothing comes before it is paid.
ORDER = (APPROVED, PAID, DELIVERED)


@dataclass(frozen=True)
class HelpPayment:
    """What is known of a payment, in fen, each with its day; a day that is left out is the day of the desk.

    `approved_fen`: a new payment, in whatever state. Without it, what was paid or came of the payment `number`, the
    last one if None. `is_returned`: the money came back.
    """

    approved_fen: int | None = None
    approved_on: date | None = None
    paid_fen: int | None = None
    paid_on: date | None = None
    delivered_fen: int | None = None
    delivered_on: date | None = None
    is_returned: bool = False
    number: int | None = None


def report_help_payment(desk: Desk, help_id: str, payment: HelpPayment) -> HelpPaid:
    """Enter a payment for help, or what came of one; what was said of its amounts before is replaced.

    Raises AssistUnknown, AssistFault for amounts and days that cannot be, AssistRefused where the help has no programme
    or no household, was stopped, where nothing is left of the budget for what is approved beyond the amount promised,
    or where the same was said already; LedgerLocked. Then nothing is entered.
    """
    given = _given(desk, payment)
    with desk.ledger.writing(desk.wait_seconds) as writer:
        found, _ = help_named(desk, help_id)
        known = told(desk, PAYMENT, "assistance_id", [help_id])
        row = (
            _new(desk, found, known.rows, given) if APPROVED_FEN in given else _completed(help_id, known.rows, payment)
        )
        row = {**row, **given}
        _check_amounts(row)
        row["payment_status"] = RETURNED if payment.is_returned else _status(row)
        if any(row == each for each in known.rows):
            raise AssistRefused("assist_paid_already", id=row["id"])
        _check_budget(desk, found, known.rows, row)
        load_id = write_own_facts(
            desk.ledger,
            writer,
            {PAYMENT: facts_of([row], valid_from=desk.day)},
            feed=REVITALISATION,
            # Its id would say whose help it is and against what, in the list of loads.
            name=f"help: {row['payment_status']}",
            recorded_at=recorded_after(desk, known),
        )
    return HelpPaid(
        load_id=load_id,
        day=desk.day,
        is_made_up=bool(row["is_made_up"]),
        help_id=help_id,
        payment_id=str(row["id"]),
        payment_status=str(row["payment_status"]),
        approved_fen=int(number(row, APPROVED_FEN)),
        paid_fen=_fen(row, "paid_fen"),
        delivered_fen=_fen(row, "delivered_fen"),
    )


def _given(desk: Desk, payment: HelpPayment) -> Row:
    """Return the amounts and days that are given, checked by themselves. Raises AssistFault."""
    found: Row = {}
    for name in ORDER:
        fen, on = getattr(payment, f"{name}_fen"), getattr(payment, f"{name}_on")
        if fen is None and on is not None:
            raise AssistFault("assist_day_without_amount", day=on)
        if fen is None:
            continue
        if not 0 <= fen <= MOST_FEN or (name == APPROVED and fen == 0):
            raise AssistFault("assist_wrong_amount", value=f"{fen / 100:,.2f}", most=f"{MOST_FEN // 100:,}")
        if (on or desk.day) > desk.day:
            raise AssistFault("assist_in_future", day=on, today=desk.day)
        found |= {f"{name}_fen": fen, f"{name}_on": on or desk.day}
    if not found and not payment.is_returned:
        raise AssistFault("assist_no_payment")
    return found


def _new(desk: Desk, found: Help, known: Sequence[Row], given: Row) -> Row:
    """Return a payment that is approved now, with the next number."""
    if found.status not in HOLDING:
        raise AssistRefused("assist_pay_stopped", id=found.id)
    if found.programme_id is None:
        raise AssistRefused("assist_pay_no_programme", id=found.id)
    if found.household_id is None:
        raise AssistRefused("assist_pay_no_household", id=found.id)
    for row in known:
        if row["payment_status"] != RETURNED and all(
            row[name] == given[name] for name in (APPROVED_FEN, "approved_on")
        ):
            raise AssistRefused("assist_approved_already", id=row["id"], day=row["approved_on"])
    ever = desk.ledger.stored_facts(PAYMENT, columns=["id"], where={"assistance_id": [found.id]})["id"].to_pylist()
    numbers = (n for n in range(1, len(ever) + 2))
    return {
        "id": next(name for name in (f"{found.id}-{n}" for n in numbers) if name not in ever),
        "household_id": found.household_id,
        "programme_id": found.programme_id,
        "assistance_id": found.id,
        "is_made_up": found.row["is_made_up"],
        **{f"{name}_{what}": None for name in ORDER for what in ("fen", "on")},
    }


def _completed(help_id: str, known: Sequence[Row], payment: HelpPayment) -> Row:
    """Return the payment that more becomes known of. Raises AssistUnknown where there is none."""
    wanted = None if payment.number is None else f"{help_id}-{payment.number}"
    fitting = [row for row in known if wanted in (None, row["id"])]
    if not fitting:
        raise AssistUnknown("assist_unknown_payment", id=wanted or help_id)
    # By number: the tenth comes after the ninth.
    return max(fitting, key=lambda row: (len(str(row["id"])), str(row["id"])))


def _check_amounts(row: Row) -> None:
    """Raise AssistFault where less was approved than paid, or paid than came, or the days run backwards."""
    for before, after in pairwise(ORDER):
        most, fen = row[f"{before}_fen"], row[f"{after}_fen"]
        if fen is None:
            continue
        if most is None:
            raise AssistFault("assist_not_paid_yet")
        if number(row, f"{after}_fen") > number(row, f"{before}_fen"):
            shown = (f"{number(row, f'{name}_fen') / 100:,.2f}" for name in (before, after))
            raise AssistFault("assist_more_than_before", **dict(zip(("before", "after"), shown, strict=True)))
        first, then = row[f"{before}_on"], row[f"{after}_on"]
        if isinstance(first, date) and isinstance(then, date) and then < first:
            raise AssistFault("assist_days_turned", first=first, then=then)


def _status(row: Row) -> str:
    return next(name for name in reversed(ORDER) if row[f"{name}_fen"] is not None)


def _check_budget(desk: Desk, found: Help, known: Sequence[Row], row: Row) -> None:
    """Raise AssistRefused where the programme has not so much left as is approved beyond what the help holds."""
    programme_id = str(found.programme_id)
    programmes = told(desk, PROGRAMME, "id", [programme_id]).rows
    offers = told(desk, OFFERS, "from_id", [programme_id]).rows
    costs = costs_of(desk, {(programme_id, str(offer["to_id"])): offer for offer in offers})
    helps = help_told(desk, costs, programme_ids=[programme_id]).help.values()
    held = {each.id: each.held_fen for programme in programmes for each in in_period(programme, helps)}
    if found.id not in held:
        # It counts against no budget of now.
        return
    payments = [*(each for each in known if each["id"] != row["id"]), row]
    usual = costs.get((programme_id, found.measure_id), 0)
    promised = usual if found.row["amount_fen"] is None else int(number(found.row, "amount_fen"))
    more = held_fen(found.status, promised, *payment_sums(payments)[found.id]) - held[found.id]
    left = int(number(programmes[0], "budget_fen")) - sum(held.values())
    if more > max(left, 0):
        shown = {"more": f"{more / 100:,.2f}", "left": f"{left / 100:,.2f}"}
        raise AssistRefused("assist_pay_over_budget", id=found.id, programme=programme_id, **shown)


def _fen(row: Row, name: str) -> int | None:
    return None if row[name] is None else int(number(row, name))
