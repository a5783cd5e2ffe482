"""`plumline assist`: who should help whom this period, on the graph or on files alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from analysis.questions.assist_plan import told_assist_plan
from analysis.tables.assist_plan_tables import assist_plan_tables
from analysis.tables.table import Table
from cli import assist_accepting, assist_comparing, assist_explaining, assist_help_commands, assist_keeping
from cli.assist_keeping import Keep, check_may_keep, keep_draft
from cli.assist_options import AssistAskedFor, planning_of
from cli.context import Context, context_of
from cli.question_commands import SHOWN_ROWS
from cli.question_options import Limit
from cli.shared_options import spread
from cli.show_assist_plan import show_assist_plan
from cli.spoken_help import SpokenCommand, SpokenGroup
from cli.table_files import TableFile, write_tables
from cli.usage import UsageError

NOT_DONE = 2


def register(application: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(cls=SpokenGroup, invoke_without_command=True, add_completion=False, rich_markup_mode=None)
    group.callback()(assist)
    group.command("plan", help="help.assist_plan", cls=SpokenCommand)(spread(plan))
    assist_explaining.register(group)
    assist_comparing.register(group)
    assist_accepting.register(group)
    assist_keeping.register(group)
    assist_help_commands.register(group)
    assist_help_commands.register(group)
    application.add_typer(group, name="assist", help="help.assist")


def assist(context: typer.Context) -> None:
    """Show the commands of the group where none was typed."""
    if context.invoked_subcommand is None:
        if context_of(context).voice.is_json:
            raise UsageError("command_missing")
        typer.echo(context.get_help())
        raise typer.Exit(NOT_DONE)


def plan(
    context: typer.Context, asked: AssistAskedFor, keep: Keep = False, limit: Limit = None, output: TableFile = None
) -> None:
    """Plan all help of a period at once, and show who gets what through whom and what stays uncovered."""
    here = context_of(context)
    started_at, planning = here.now, planning_of(here, asked)
    check_may_keep(asked, planning, keep=keep)
    made = planning.made(here)
    answer = planning.noted(told_assist_plan(made, here.workspace.schema, show_sensitive=asked.show_sensitive))
    kept = keep_draft(here, made, started_at) if keep else None
    if kept is not None:
        answer = answer.model_copy(update={"kept_as": kept.id})
    _write(here, assist_plan_tables(answer), output)
    here.voice.json(answer)
    if not here.voice.is_json:
        show_assist_plan(here.voice, answer, limit or SHOWN_ROWS)
    if kept is not None:
        here.voice.say("assist.plan_kept", run=kept.id, load=kept.load_id)


def _write(here: Context, tables: Sequence[Table], output: Path | None) -> None:
    if output is not None:
        write_tables(here.voice, tables, output)
