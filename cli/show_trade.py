"""What people agreed in words: what was entered, and the promises with what was kept of them."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.amounts import Amount, plain, price, quantity, yuan
from analysis.produce.trade.parts import CommitmentTold, DeliveryTold, KeptPromises
from analysis.questions.commitments_answer import CommitmentsAnswer
from cli.answer_head import notice_texts
from cli.context import Context
from cli.naming import code_name, party_name
from cli.voice import Cell, Voice
from loaders.kept.trade.answers import Confirmed, DeliveryReported, DemandPosted, Entered, StatusChanged

STATES = ("commitment_status",)
COMMITMENT_COLUMNS = (
    "column.trade_commitment",
    "column.plan_seller",
    "column.buyer",
    "column.plan_quantity",
    "column.promised_price",
    "column.arrives",
    "column.promise_state",
)
KEPT_COLUMNS = (
    "column.party",
    "column.trade_due",
    "column.trade_brought",
    "column.trade_accepted",
    "column.trade_on_time",
    "column.trade_agreed_price",
    "column.trade_settled_price",
    "column.trade_paid",
    "column.trade_unpaid",
    "column.trade_days",
)


def kilograms(voice: Voice, value: float) -> Amount:
    """Return a quantity to the gram: what is agreed and brought is not rounded to tonnes."""
    return Amount(voice.text("trade.kg", number=plain(value, 3)))


def show_confirmed(here: Context, answer: Confirmed) -> None:
    """Print what was promised and what is left."""
    voice = here.voice
    for each in answer.commitments:
        voice.say(
            "trade.proposed" if each.status == "proposed" else "trade.agreed",
            quantity=kilograms(voice, each.quantity_kg),
            lot=each.lot_id,
            demand=each.demand_id,
            price=price(each.price_fen_per_kg),
            day=each.arrives_on,
            id=each.commitment_id,
        )
        voice.say("trade.left", lot=each.lot_id, left=kilograms(voice, each.left_of_lot_kg))
    voice.say("trade.left_of_demand", left=kilograms(voice, answer.left_of_demand_kg))
    _show_load(voice, answer)


def show_state(here: Context, answer: StatusChanged) -> None:
    """Print into which state a commitment came."""
    old, new = (_state(here, status) for status in (answer.old_status, answer.new_status))
    here.voice.say("trade.state", id=answer.commitment_id, old=old, new=new)
    _show_load(here.voice, answer)


def show_delivery(here: Context, answer: DeliveryReported) -> None:
    """Print what was brought, accepted and paid."""
    voice = here.voice
    voice.say(
        "trade.delivered",
        id=answer.commitment_id,
        quantity=kilograms(voice, answer.delivered_quantity_kg),
        freed=kilograms(voice, answer.freed_kg),
        delivery=answer.delivery_id,
    )
    if answer.accepted_quantity_kg is not None:
        voice.say("trade.accepted", quantity=kilograms(voice, answer.accepted_quantity_kg))
    if answer.paid_fen is not None:
        voice.say("trade.paid", amount=yuan(answer.paid_fen, voice.language))
    _show_load(voice, answer)


def show_demand(here: Context, answer: DemandPosted) -> None:
    """Print the id of a demand that was posted."""
    here.voice.say("trade.posted", id=answer.demand_id)
    _show_load(here.voice, answer)


def show_commitments(here: Context, answer: CommitmentsAnswer, most_rows: int) -> None:
    """Print the commitments, and at most `most_rows` buyers and sellers with what they kept."""
    voice = here.voice
    voice.heading("trade.heading", day=answer.as_of, count=f"{answer.commitment_count:,}")
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    if not answer.commitments:
        voice.say("trade.none")
    voice.table(
        COMMITMENT_COLUMNS,
        [_commitment(here, each) for each in answer.commitments],
        [_details(voice, each) for each in answer.commitments],
    )
    for heading, sides in (("trade.buyers_heading", answer.buyers), ("trade.sellers_heading", answer.sellers)):
        if sides:
            voice.heading(heading)
            voice.table(KEPT_COLUMNS, [_kept(voice, each) for each in sides[:most_rows]])
            voice.more(len(sides) - most_rows)
    if answer.buyers or answer.sellers:
        voice.say("trade.kept_close")


def _show_load(voice: Voice, answer: Entered) -> None:
    voice.say("trade.entered", load=answer.load_id)


def _state(here: Context, status: str) -> str:
    return code_name(here.workspace.schema, STATES, status, here.voice)


def _commitment(here: Context, each: CommitmentTold) -> list[Cell]:
    voice, state = here.voice, _state(here, each.status)
    return [
        each.commitment_id,
        each.seller_name or each.seller_id,
        party_name(each.enterprise),
        kilograms(voice, each.agreed_kg),
        price(each.price_fen_per_kg),
        each.arrives_on,
        voice.text("trade.late", state=state) if each.is_late else state,
    ]


def _details(voice: Voice, each: CommitmentTold) -> Sequence[str]:
    reasons = [each.reason] if each.reason else []
    return [*reasons, *(_delivery(voice, delivery) for delivery in each.deliveries)]


def _delivery(voice: Voice, each: DeliveryTold) -> str:
    language, not_told = voice.language, voice.text("trade.not_told")
    told = voice.text(
        "trade.delivery",
        day=each.delivered_on,
        quantity=kilograms(voice, each.quantity_kg),
        accepted=not_told if each.accepted_kg is None else kilograms(voice, each.accepted_kg),
        paid=not_told if each.paid_fen is None else yuan(each.paid_fen, language),
    )
    return f"{told}: {each.reason}" if each.reason else told


def _kept(voice: Voice, each: KeptPromises) -> list[Cell]:
    language = voice.language
    return [
        each.name or each.id,
        quantity(each.promised_kg, language),
        quantity(each.delivered_kg, language),
        quantity(each.accepted_kg, language),
        voice.text("trade.of", part=each.on_time_count, whole=each.due_count),
        None if each.agreed_fen_per_kg is None else price(each.agreed_fen_per_kg),
        None if each.settled_fen_per_kg is None else price(each.settled_fen_per_kg),
        yuan(each.paid_fen, language),
        each.unpaid_count,
        None if each.days_to_pay is None else plain(each.days_to_pay),
    ]
