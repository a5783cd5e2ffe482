"""`plumline loads` and `plumline withdraw`: what was loaded, and taking a load back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from cli.context import Context, context_of
from cli.load_options import WAIT_SECONDS, Wait
from cli.loading import GraphWait, project_news
from cli.progress import steps
from cli.question_options import Day, Limit
from cli.show_contradictions import show_contradictions
from cli.show_load import show_update
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from graph_schema.errors import PlumlineError
from loaders.graph_update import UpdateReport
from loaders.loads_answers import LoadEntry, LoadsBody, erasure_entries, load_entries, withdraw_body

COLUMNS = (
    "column.load",
    "column.recorded",
    "column.feed",
    "column.file",
    "column.accepted",
    "column.rejected",
    "column.result",
)
SHOWN_LOADS = 50


def register(application: typer.Typer) -> None:
    """Add the commands to the program."""
    application.command("loads", help="help.loads", cls=SpokenCommand)(loads)
    application.command("withdraw", help="help.withdraw", cls=SpokenCommand)(withdraw)


def loads(
    context: typer.Context,
    feed: Annotated[str | None, typer.Option(metavar="FEED", help="option.feed_of_loads")] = None,
    limit: Limit = None,
) -> None:
    """List the loads, the newest last, those that were taken back among them."""
    here = context_of(context)
    ledger = here.workspace.open_ledger()
    erasures = erasure_entries(ledger)
    chosen = load_entries(ledger, here.workspace.schema, feed=feed)
    entries = chosen[-(limit or SHOWN_LOADS) :]
    here.voice.json(LoadsBody(count=len(chosen), loads=entries, erasures=erasures))
    if not chosen:
        here.voice.say("loads.none")
    here.voice.table(
        COLUMNS,
        [
            [
                entry.load_id,
                entry.recorded_at.astimezone().date(),
                entry.feed,
                entry.file_name,
                entry.accepted_count,
                entry.rejected_count,
                here.voice.text(_state(entry)),
            ]
            for entry in entries
        ],
        details=[_details(here, entry) for entry in entries],
    )
    if len(chosen) > len(entries):
        here.voice.say("loads.more", count=len(chosen) - len(entries))
    for erased in erasures:
        on = erased.recorded_at.astimezone().date()
        here.voice.say("loads.erased", day=on, count=f"{erased.erased_count:,}", why=erased.why)


def withdraw(
    context: typer.Context,
    load_id: Annotated[str, typer.Argument(metavar="LOAD", help="argument.load")],
    why: Annotated[str, typer.Option(metavar="TEXT", help="option.why")],
    wait: Wait = WAIT_SECONDS,
    day: Day = None,
) -> None:
    """Take a load back: its facts count no more, and the graph follows. Nothing is deleted."""
    here = context_of(context)
    if not why.strip():
        raise UsageError("why_is_empty")
    ledger = here.workspace.open_ledger()
    at = here.now
    with steps(here.voice) as told:
        with ledger.writing(wait, on_wait=told.waiting) as writer:
            writer.withdraw(load_id, at, why.strip())
        told.graph()
        update = _projected(here, load_id, at, day or here.today, GraphWait(wait, told.waiting))
    here.voice.json(withdraw_body(load_id, at, update))
    here.voice.say("withdraw.done", load_id=load_id)
    show_update(here.voice, update)
    show_contradictions(here.voice, here.workspace.schema, update)


def _projected(here: Context, load_id: str, at: datetime, day: date, waiting: GraphWait) -> UpdateReport | None:
    try:
        return project_news(here, day=day, waiting=waiting)
    except PlumlineError:
        # The load is taken back all the same.
        here.voice.json(withdraw_body(load_id, at, None))
        here.voice.say("withdraw.done", load_id=load_id)
        here.voice.say("graph_later")
        raise


def _state(entry: LoadEntry) -> str:
    return "loads.withdrawn" if entry.withdrawn_at else "loads.counts"


def _details(here: Context, entry: LoadEntry) -> list[str]:
    text = here.voice.text
    told = []
    if entry.withdrawn_at:
        told.append(text("loads.withdrawn_on", day=entry.withdrawn_at.astimezone().date(), why=entry.why or ""))
    if entry.is_backfill:
        told.append(text("loads.backfill", day=entry.finished_at.astimezone().date()))
    if entry.absent_count:
        told.append(text("loads.absent", count=f"{entry.absent_count:,}"))
    if entry.warning_count:
        told.append(text("loads.warnings", count=f"{entry.warning_count:,}"))
    if entry.is_made_up:
        told.append(text("loads.made_up"))
    return told
