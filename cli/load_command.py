"""`plumline load`: files into the ledger, and what they say into the graph."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.context import Context, context_of
from cli.load_options import (
    WAIT_SECONDS,
    Backfill,
    DryRun,
    EndsAll,
    MostRejects,
    Part,
    RecordedAt,
    Shows,
    Wait,
    recorded_when,
)
from cli.loading import GraphWait, load_into_ledger, project_news
from cli.progress import Steps, steps
from cli.question_options import Day
from cli.show_contradictions import show_contradictions
from cli.show_load import show_load, show_update
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from graph_schema.errors import PlumlineError
from loaders.load_answers import load_body
from loaders.load_options import FilesGiven, LoadOptions
from loaders.report import LoadOutcome, LoadReport

TO_BE_LOOKED_AT = 1


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("load", help="help.load", cls=SpokenCommand)(load)


def load(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="argument.paths")],
    feed: Annotated[str | None, typer.Option(metavar="FEED", help="option.feed")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="option.kind")] = None,
    mapping: Annotated[Path | None, typer.Option(metavar="FILE", help="option.mapping")] = None,
    dry_run: DryRun = False,
    max_rejects: MostRejects = None,
    backfill: Backfill = False,
    recorded_at: RecordedAt = None,
    shows: Shows = None,
    part: Part = False,
    ends_all: EndsAll = False,
    wait: Wait = WAIT_SECONDS,
    day: Day = None,
) -> int:
    """Take files into the ledger, then the graph. Exit code 1 when rows were rejected or a file was not loaded."""
    here = context_of(context)
    if part and ends_all:
        raise UsageError("part_or_all")
    when = recorded_when(recorded_at, is_backfill=backfill, now=here.now)
    given = FilesGiven(tuple(paths), feed, kind, mapping)
    done: list[LoadReport] = []
    with steps(here.voice) as told:
        options = LoadOptions(
            wait_seconds=wait,
            on_wait=told.waiting,
            is_dry_run=dry_run,
            is_backfill=when.is_backfill,
            most_rejects=max_rejects,
            shows=shows,
            is_part=part,
            ends_all=ends_all,
            on_step=told.file,
            on_report=done.append,
            standard_input=sys.stdin.buffer,
        )
        if dry_run:
            return _tried(here, given, options)
        try:
            outcome = load_into_ledger(here, given, options, recorded_at=when.instant)
        except PlumlineError:
            if done:
                _told_for_now(here, LoadOutcome(tuple(done)))
            raise
        return _projected(here, outcome, day or here.today, told, GraphWait(wait, told.waiting))


def _tried(here: Context, given: FilesGiven, options: LoadOptions) -> int:
    """Check the files and write nothing, not even an empty data folder."""
    with tempfile.TemporaryDirectory() as nowhere:
        if not here.settings.data.exists():
            here.settings = here.settings.model_copy(update={"data": Path(nowhere)})
        outcome = load_into_ledger(here, given, options, recorded_at=here.now)
    here.voice.json(load_body(outcome, None))
    show_load(here.voice, outcome)
    here.voice.say("load.dry_run")
    return _exit_code(outcome)


def _projected(here: Context, outcome: LoadOutcome, day: date, told: Steps, waiting: GraphWait) -> int:
    told.graph()
    try:
        update = project_news(here, day=day, waiting=waiting)
    except PlumlineError:
        _told_for_now(here, outcome)
        raise
    here.voice.json(load_body(outcome, update))
    show_load(here.voice, outcome)
    show_update(here.voice, update)
    show_contradictions(here.voice, here.workspace.schema, update)
    return _exit_code(outcome)


def _told_for_now(here: Context, outcome: LoadOutcome) -> None:
    """Tell what was loaded and stays loaded, before the fault that kept the rest or the graph from it."""
    here.voice.json(load_body(outcome, None))
    show_load(here.voice, outcome)
    here.voice.say("graph_later")


def _exit_code(outcome: LoadOutcome) -> int:
    is_done = bool(outcome.reports) and outcome.is_complete and not outcome.unknown_files
    return 0 if is_done else TO_BE_LOOKED_AT
