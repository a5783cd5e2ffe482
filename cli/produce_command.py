"""`plumline produce plan`, `explain`, `compare` and `gluts`: all surplus produce at once, of the graph or of files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from analysis.questions.produce_changes import produce_changes
from analysis.questions.produce_compare import produce_compare
from analysis.questions.produce_gluts import produce_gluts
from analysis.questions.produce_plan import produce_plan
from analysis.questions.produce_why import produce_why, produce_worth
from analysis.tables.produce_changes_tables import produce_changes_tables
from analysis.tables.produce_compare_tables import produce_compare_tables, produce_gluts_tables
from analysis.tables.produce_plan_tables import produce_plan_tables
from analysis.tables.produce_why_tables import produce_why_tables, produce_worth_tables
from analysis.tables.table import Table
from cli import produce_keeping, produce_list, trade_commands
from cli.context import Context, context_of
from cli.produce_keeping import PlanKeeping, check_may_keep, keep_plan, plan_before, planning_beside
from cli.produce_map import MapFile, boundaries_given, write_map
from cli.produce_options import PlanAskedFor, planning_of
from cli.question_commands import SHOWN_ROWS
from cli.question_options import Limit
from cli.shared_options import spread
from cli.show_produce_changes import show_produce_changes
from cli.show_produce_plan import show_produce_plan
from cli.show_produce_why import (
    show_produce_compare,
    show_produce_gluts,
    show_produce_why,
    show_produce_worth,
)
from cli.spoken_help import SpokenCommand, SpokenGroup
from cli.table_files import TableFile, write_tables
from cli.usage import UsageError

NOT_DONE = 2


def register(application: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(cls=SpokenGroup, invoke_without_command=True, add_completion=False, rich_markup_mode=None)
    group.callback()(produce)
    group.command("plan", help="help.produce_plan", cls=SpokenCommand)(spread(plan))
    group.command("explain", help="help.produce_explain", cls=SpokenCommand)(spread(explain))
    group.command("compare", help="help.produce_compare", cls=SpokenCommand)(spread(compare))
    group.command("gluts", help="help.produce_gluts", cls=SpokenCommand)(spread(gluts))
    produce_keeping.register(group)
    produce_list.register(group)
    trade_commands.register(group)
    application.add_typer(group, name="produce", help="help.produce")


def produce(context: typer.Context) -> None:
    """Show the commands of the group where none was typed."""
    if context.invoked_subcommand is None:
        if context_of(context).voice.is_json:
            raise UsageError("command_missing")
        typer.echo(context.get_help())
        raise typer.Exit(NOT_DONE)


def plan(
    context: typer.Context,
    asked: PlanAskedFor,
    keeping: PlanKeeping,
    limit: Limit = None,
    output: TableFile = None,
    map_file: MapFile = None,
) -> None:
    """Plan all lots at once, and show who sends what to whom and what stays; or what that changes."""
    here, rows = context_of(context), limit or SHOWN_ROWS
    boundaries = None if map_file is None else boundaries_given(here)
    started_at, before = here.now, plan_before(here, asked, keeping)
    planning, work = planning_beside(planning_of(here, asked), before), here.workspace
    check_may_keep(planning, keeping)
    answer = planning.noted(produce_plan(planning.source, work.schema, work.policy, day=planning.day, how=planning.how))
    kept = keep_plan(here, planning, answer, started_at) if keeping.keep else None
    if kept is not None:
        answer = answer.model_copy(update={"kept_as": kept.id})
    rules = planning.how.rules
    changes = None if before is None else produce_changes(before, answer, planning.source, work.schema, rules=rules)
    tables = produce_plan_tables(answer, work.schema) if changes is None else produce_changes_tables(changes)
    _write(here, tables, output)
    if map_file is not None:
        write_map(here, answer, planning.source.frames, map_file, boundaries)
    here.voice.json(changes or answer)
    if changes is not None and not here.voice.is_json:
        show_produce_changes(here.voice, changes, rows)
    elif not here.voice.is_json:
        show_produce_plan(here, answer, rows)
    if kept is not None:
        here.voice.say("produce.plan_kept", run=kept.id, load=kept.load_id)


def explain(
    context: typer.Context,
    *,
    lot: Annotated[str | None, typer.Argument(metavar="LOT", help="argument.explained_lot")] = None,
    demand: Annotated[str | None, typer.Option(metavar="ID", help="option.explained_demand")] = None,
    asked: PlanAskedFor,
    output: TableFile = None,
) -> None:
    """Tell why a lot stays unsold and what would sell it, or what more of a demand is worth."""
    here = context_of(context)
    if (lot is None) == (demand is None):
        raise UsageError("lot_or_demand")
    planning = planning_of(here, asked)
    schema, policy = here.workspace.schema, here.workspace.policy
    if lot is not None:
        why = planning.noted(produce_why(planning.source, schema, policy, lot, day=planning.day, how=planning.how))
        _write(here, produce_why_tables(why, schema), output)
        here.voice.json(why)
        if not here.voice.is_json:
            show_produce_why(here.voice, why)
    if demand is not None:
        worth = planning.noted(
            produce_worth(planning.source, schema, policy, demand, day=planning.day, how=planning.how)
        )
        _write(here, produce_worth_tables(worth), output)
        here.voice.json(worth)
        if not here.voice.is_json:
            show_produce_worth(here.voice, worth)


def compare(context: typer.Context, asked: PlanAskedFor, limit: Limit = None, output: TableFile = None) -> None:
    """Show the plan beside the best pair first, and beside the plan that favours nobody."""
    here = context_of(context)
    planning = planning_of(here, asked)
    answer = planning.noted(produce_compare(planning.source, here.workspace.policy, day=planning.day, how=planning.how))
    _write(here, produce_compare_tables(answer), output)
    here.voice.json(answer)
    if not here.voice.is_json:
        show_produce_compare(here.voice, answer, limit or SHOWN_ROWS)


def gluts(context: typer.Context, asked: PlanAskedFor, limit: Limit = None, output: TableFile = None) -> None:
    """Show what will be ready and not sell, and what would help most."""
    here = context_of(context)
    planning = planning_of(here, asked)
    work = here.workspace
    answer = planning.noted(
        produce_gluts(planning.source, work.schema, work.policy, day=planning.day, how=planning.how)
    )
    _write(here, produce_gluts_tables(answer), output)
    here.voice.json(answer)
    if not here.voice.is_json:
        show_produce_gluts(here.voice, answer, limit or SHOWN_ROWS)


def _write(here: Context, tables: Sequence[Table], output: Path | None) -> None:
    if output is not None:
        write_tables(here.voice, tables, output)
