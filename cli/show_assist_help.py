"""Help that was promised in words: its states, its payments, and the list of it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.amounts import price, yuan
from analysis.questions.assist_kept_answer import AssistHelpsAnswer, HelpPaymentTold, HelpTold
from cli.answer_head import notice_texts
from cli.context import Context
from cli.naming import code_name
from cli.show_assist_accepted import STATES, cause_word, measure_word
from cli.voice import Cell
from loaders.kept.assist.answers import HelpChanged, HelpPaid

PAYMENT_STATES = ("payment_status",)
HELP_COLUMNS = (
    "column.assist_help",
    "column.household",
    "column.measure",
    "column.cause",
    "column.programme",
    "column.assist_giver",
    "column.assist_state",
    "column.assist_from",
    "column.assist_promised",
)


def show_help_state(here: Context, answer: HelpChanged) -> None:
    """Print into which state help came."""
    old, new = (code_name(here.workspace.schema, STATES, each, here.voice) for each in _states(answer))
    here.voice.say("trade.state", id=answer.help_id, old=old, new=new)
    here.voice.say("trade.entered", load=answer.load_id)


def show_help_payment(here: Context, answer: HelpPaid) -> None:
    """Print what was approved, paid and delivered of a payment."""
    voice = here.voice
    amounts = (answer.approved_fen, answer.paid_fen, answer.delivered_fen)
    approved, paid, delivered = (_amount(here, fen) for fen in amounts)
    state = code_name(here.workspace.schema, PAYMENT_STATES, answer.payment_status, voice)
    voice.say("assist.payment", id=answer.payment_id, state=state, approved=approved, paid=paid, delivered=delivered)
    voice.say("trade.entered", load=answer.load_id)


def show_helps(here: Context, answer: AssistHelpsAnswer) -> None:
    """Print the helps of the page with their payments, and what all of them come to."""
    voice, counts = here.voice, answer.counts
    voice.heading("assist.helps_heading", day=answer.as_of, count=f"{answer.help_count:,}")
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    voice.say(
        "assist.helps_states",
        planned=f"{counts.planned:,}",
        running=f"{counts.running:,}",
        done=f"{counts.done:,}",
        stopped=f"{counts.stopped:,}",
    )
    if answer.amounts is not None:
        amounts = {name: yuan(fen, voice.language) for name, fen in answer.amounts.model_dump().items()}
        voice.say("assist.helps_amounts", **{name.removesuffix("_fen"): shown for name, shown in amounts.items()})
    if not answer.helps:
        voice.say("assist.helps_none")
        return
    details = [_details(here, each) for each in answer.helps]
    voice.table(HELP_COLUMNS, [_help(here, each) for each in answer.helps], details)


def _states(answer: HelpChanged) -> tuple[str, str]:
    return answer.old_status, answer.new_status


def _help(here: Context, each: HelpTold) -> list[Cell]:
    return [
        each.help_id,
        each.household_id or each.person_id,
        measure_word(here, each.measure_id),
        ", ".join(cause_word(here, cause) for cause in each.cause_ids),
        each.programme_id,
        each.provider_id,
        code_name(here.workspace.schema, STATES, each.status, here.voice),
        each.starts_on,
        None if each.amount_fen is None else yuan(each.amount_fen, here.voice.language),
    ]


def _details(here: Context, each: HelpTold) -> Sequence[str]:
    reasons = [each.reason] if each.reason else []
    return [*reasons, *(_payment(here, payment) for payment in each.payments)]


def _payment(here: Context, each: HelpPaymentTold) -> str:
    return here.voice.text(
        "assist.payment",
        id=each.payment_id,
        state=code_name(here.workspace.schema, PAYMENT_STATES, each.payment_status, here.voice),
        approved=_amount(here, each.approved_fen),
        paid=_amount(here, each.paid_fen),
        delivered=_amount(here, each.delivered_fen),
    )


def _amount(here: Context, fen: int | None) -> str:
    """Return what was paid to the fen: it is money that somebody counts."""
    return here.voice.text("trade.not_told") if fen is None else here.voice.text("assist.yuan", number=price(fen))
