"""Drafts that are kept: `plumline assist plan --keep`, `plumline assist kept`, and a kept draft ordered anew."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from analysis.assistance.files.rules_file import rules_of
from analysis.assistance.kept_forms import KeptAssistPlan
from analysis.questions.assist_draft import draft_of
from analysis.questions.assist_kept import assist_kept, assist_kept_plan
from analysis.questions.assist_plan_made import HowToAssist, MadeAssistPlan
from cli.assist_options import AssistAskedFor, AssistPlanning, only, planning_on_graph
from cli.context import Context, context_of
from cli.question_commands import SHOWN_ROWS
from cli.question_options import Day, Limit, ShowSensitive
from cli.show_assist_kept import show_assist_kept, show_assist_kept_plan
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from loaders.kept.assist.runs import NewAssistRun, keep_assist_run
from loaders.kept.risk_runs import Kept

# Another process may be loading; it is waited for as long as a load waits.
WAIT_SECONDS = 60.0

Keep = Annotated[bool, typer.Option("--keep", help="option.keep_draft")]


def register(group: typer.Typer) -> None:
    """Add the command to `plumline assist`."""
    group.command("kept", help="help.assist_kept", cls=SpokenCommand)(kept)


def kept(
    context: typer.Context,
    draft: Annotated[str | None, typer.Argument(metavar="DRAFT", help="argument.kept_draft")] = None,
    day: Day = None,
    show_sensitive: ShowSensitive = False,
    limit: Limit = None,
) -> None:
    """Show the drafts that were kept, or one of them and what came of it."""
    here = context_of(context)
    ledger = here.workspace.open_ledger()
    if draft is None:
        found = assist_kept(ledger, here.workspace.schema)
        here.voice.json(found)
        if not here.voice.is_json:
            show_assist_kept(here.voice, found)
        return
    on = day or here.today
    one = assist_kept_plan(ledger, here.workspace.schema, draft, day=on, show_sensitive=show_sensitive)
    here.voice.json(one)
    if not here.voice.is_json:
        show_assist_kept_plan(here, one, limit or SHOWN_ROWS)


def check_may_keep(asked: AssistAskedFor, planning: AssistPlanning, *, keep: bool) -> None:
    """Raise UsageError where a plan of files, or of a graph of the past, would be kept."""
    if keep and not asked.is_of_graph:
        raise UsageError("keep_of_assist_files")
    if keep and planning.known_at is not None:
        raise UsageError("keep_plan_of_the_past")


def keep_draft(here: Context, made: MadeAssistPlan, started_at: datetime) -> Kept:
    """Keep a plan as a dated fact. Raises LedgerLocked while another process writes."""
    work, now = here.workspace, here.now
    draft = draft_of(made, work.schema)
    run = NewAssistRun(
        started_at=started_at,
        finished_at=now,
        data_on=made.day,
        policy_on=made.day,
        vocabulary_version=str(work.schema.version),
        parameters=draft.parameters,
        result=draft.result,
        area_id=draft.area_id,
        is_made_up=made.source.is_made_up,
    )
    return keep_assist_run(work.open_ledger(), run, recorded_at=now, wait_seconds=WAIT_SECONDS)


def ordered_anew(here: Context, draft: KeptAssistPlan, seconds: float | None) -> AssistPlanning:
    """Return the order of a kept draft on the graph as it is now, for the day that the draft was for."""
    order = draft.parameters
    how = HowToAssist(
        rules=rules_of(order.rules, draft.run_id),
        most_programmes=order.most_programmes,
        seconds=seconds or order.seconds,
        programme_ids=only(order.programmes),
    )
    return planning_on_graph(here, how, area=order.area, day=order.day)
