"""`plumline produce list`: who has to deliver what, where and when, with a list for each sender."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.amounts import price, quantity, yuan
from analysis.questions.delivery_list import DeliveryList, ListedDelivery, ProduceListAnswer, produce_list
from analysis.questions.produce_plan import produce_plan
from analysis.tables.delivery_list_tables import delivery_list_tables
from cli.answer_head import notice_texts
from cli.context import context_of
from cli.naming import party_name, word_name
from cli.produce_options import PlanAskedFor, planning_of
from cli.question_commands import SHOWN_ROWS
from cli.question_options import Limit
from cli.shared_options import spread
from cli.show_produce_plan import asked_words, part_words
from cli.spoken_help import SpokenCommand
from cli.table_files import TableFile, write_tables
from cli.voice import Cell, Voice

COLUMNS = (
    "column.arrives",
    "column.buyer",
    "column.demand",
    "column.product",
    "column.plan_quantity",
    "column.plan_max_price",
)


def register(group: typer.Typer) -> None:
    """Add the command to `plumline produce`."""
    group.command("list", help="help.produce_list", cls=SpokenCommand)(spread(delivery_list))


def delivery_list(
    context: typer.Context,
    *,
    sender: Annotated[str | None, typer.Argument(metavar="SENDER", help="argument.sender")] = None,
    asked: PlanAskedFor,
    limit: Limit = None,
    output: TableFile = None,
) -> None:
    """Show what each sender of the plan has to deliver, or one of them."""
    here = context_of(context)
    planning, work = planning_of(here, asked), here.workspace
    plan = produce_plan(planning.source, work.schema, work.policy, day=planning.day, how=planning.how)
    answer = produce_list(planning.noted(plan), sender)
    if output is not None:
        write_tables(here.voice, delivery_list_tables(answer), output)
    here.voice.json(answer)
    if not here.voice.is_json:
        show_produce_list(here.voice, answer, limit or SHOWN_ROWS)


def show_produce_list(voice: Voice, answer: ProduceListAnswer, most_rows: int) -> None:
    """Print the lists, at most `most_rows` senders and as many deliveries of each."""
    voice.heading("produce.list_heading", what=asked_words(answer.asked, voice), day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    if not answer.lists:
        voice.say("produce.list_nothing")
    for each in answer.lists[:most_rows]:
        _show_list(voice, each, most_rows)
    voice.more(len(answer.lists) - most_rows)


def _show_list(voice: Voice, each: DeliveryList, most_rows: int) -> None:
    voice.heading(
        "produce.list_sender",
        sender=each.sender_name or each.sender_id or "-",
        quantity=quantity(each.quantity_kg, voice.language),
        count=f"{len(each.deliveries):,}",
        income=yuan(each.income_fen, voice.language),
    )
    shown = each.deliveries[:most_rows]
    voice.table(
        COLUMNS,
        [_delivery(delivery, voice) for delivery in shown],
        [[part_words(part, delivery.product, voice) for part in delivery.parts] for delivery in shown],
    )
    voice.more(len(each.deliveries) - most_rows)


def _delivery(delivery: ListedDelivery, voice: Voice) -> list[Cell]:
    return [
        delivery.arrives_on,
        party_name(delivery.enterprise),
        delivery.demand_id,
        word_name(delivery.product, voice),
        quantity(delivery.quantity_kg, voice.language),
        price(delivery.max_fen_per_kg),
    ]
