"""`plumline assist state`, `pay` and `helps`: what came of the help that was promised, and what was paid for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from analysis.page import Page
from analysis.questions.assist_helps import HelpsAsked, assist_helps
from analysis.questions.assist_kept_answer import AssistHelpsAnswer
from cli.context import context_of
from cli.load_options import WAIT_SECONDS, Wait
from cli.question_commands import ALL_ROWS, SHOWN_ROWS
from cli.question_options import Day, Household, Limit, Programme, ShowSensitive, parse_day
from cli.shared_options import spread
from cli.show_assist_help import show_help_payment, show_help_state, show_helps
from cli.spoken_help import SpokenCommand
from cli.trade_desk import entered
from cli.trade_options import EnteredDay, parse_yuan
from loaders.kept.assist.change import change_help
from loaders.kept.assist.pay import HelpPayment, report_help_payment

Help = Annotated[str, typer.Argument(metavar="HELP", help="argument.assist_help")]
NewState = Annotated[str, typer.Argument(metavar="STATE", help="argument.assist_state")]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="option.assist_reason")]
FromDraft = Annotated[str | None, typer.Option("--from", metavar="DRAFT", help="option.helps_from")]
Status = Annotated[str | None, typer.Option(metavar="STATE", help="option.helps_status")]
Approved = Annotated[int | None, typer.Option(metavar="YUAN", parser=parse_yuan, help="option.help_approved")]
ApprovedOn = Annotated[date | None, typer.Option(metavar="DAY", parser=parse_day, help="option.help_approved_on")]
Paid = Annotated[int | None, typer.Option(metavar="YUAN", parser=parse_yuan, help="option.help_paid")]
PaidOn = Annotated[date | None, typer.Option(metavar="DAY", parser=parse_day, help="option.help_paid_on")]
Delivered = Annotated[int | None, typer.Option(metavar="YUAN", parser=parse_yuan, help="option.help_delivered")]
DeliveredOn = Annotated[date | None, typer.Option(metavar="DAY", parser=parse_day, help="option.help_delivered_on")]
Returned = Annotated[bool, typer.Option("--returned", help="option.help_returned")]
Number = Annotated[int | None, typer.Option(metavar="N", min=1, help="option.help_payment_number")]


@dataclass(frozen=True)
class PaymentTyped:
    """What was typed of a payment. Each field is an option."""

    approved: Approved = None
    approved_on: ApprovedOn = None
    paid: Paid = None
    paid_on: PaidOn = None
    delivered: Delivered = None
    delivered_on: DeliveredOn = None
    returned: Returned = False
    number: Number = None


@dataclass(frozen=True)
class HelpsTyped:
    """What was typed of which help to show. Each field is an option."""

    draft: FromDraft = None
    household: Household = None
    programme: Programme = None
    status: Status = None


def register(group: typer.Typer) -> None:
    """Add the commands to `plumline assist`."""
    group.command("state", help="help.assist_state", cls=SpokenCommand)(state)
    group.command("pay", help="help.assist_pay", cls=SpokenCommand)(spread(pay))
    group.command("helps", help="help.assist_helps", cls=SpokenCommand)(spread(helps))


def state(
    context: typer.Context,
    help_id: Help,
    new_state: NewState,
    reason: Reason = None,
    day: EnteredDay = None,
    wait: Wait = WAIT_SECONDS,
) -> None:
    """Enter that help began, is done, or was stopped."""
    here = context_of(context)
    answer = entered(here, day, wait, lambda desk: change_help(desk, help_id, new_state, reason))
    here.voice.json(answer)
    show_help_state(here, answer)


def pay(
    context: typer.Context,
    *,
    help_id: Help,
    typed: PaymentTyped,
    day: EnteredDay = None,
    wait: Wait = WAIT_SECONDS,
) -> None:
    """Enter what was approved for help; or what was paid, delivered or returned of it."""
    here = context_of(context)
    payment = HelpPayment(
        approved_fen=typed.approved,
        approved_on=typed.approved_on,
        paid_fen=typed.paid,
        paid_on=typed.paid_on,
        delivered_fen=typed.delivered,
        delivered_on=typed.delivered_on,
        is_returned=typed.returned,
        number=typed.number,
    )
    answer = entered(here, day, wait, lambda desk: report_help_payment(desk, help_id, payment))
    here.voice.json(answer)
    show_help_payment(here, answer)


def helps(
    context: typer.Context,
    typed: HelpsTyped,
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Show help, in which state it is, and what was promised and paid."""
    here = context_of(context)
    page = Page(limit or (ALL_ROWS if here.voice.is_json else SHOWN_ROWS))

    def asked(household_id: str | None) -> AssistHelpsAnswer:
        wanted = HelpsAsked(typed.draft, household_id, typed.programme, typed.status, page)
        ledger, schema = here.workspace.open_ledger(), here.workspace.schema
        return assist_helps(ledger, schema, wanted, day=day or here.today, show_sensitive=show_sensitive)

    answer = asked(typed.household)
    if typed.household is not None and not answer.help_count + answer.hidden_count:
        # A household may be named by its register number too.
        answer = asked(here.workspace.identity.pseudonym("Household", typed.household))
    here.voice.json(answer)
    if not here.voice.is_json:
        show_helps(here, answer)
