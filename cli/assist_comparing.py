"""`plumline assist lock` and `compare`: what added rules cost, and a plan for help beside another."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.fetch.kept_assist import kept_assist_plan_since
from analysis.questions.assist_compare import Other, first_come, kept_draft, told_assist_compare, without_rules
from analysis.questions.assist_locked import made_with_rules, told_assist_locked
from analysis.questions.assist_plan_made import MadeAssistPlan
from analysis.tables.assist_compare_tables import assist_compare_tables
from cli.assist_keeping import Keep, check_may_keep, keep_draft, ordered_anew
from cli.assist_options import AssistAskedFor, AssistPlanning, planning_of
from cli.assist_rules import RulesTyped
from cli.context import Context, context_of
from cli.question_commands import SHOWN_ROWS
from cli.question_options import Limit
from cli.shared_options import spread
from cli.show_assist_moves import show_assist_compare, show_assist_locked
from cli.spoken_help import SpokenCommand
from cli.table_files import TableFile, write_tables
from cli.usage import UsageError

Draft = Annotated[str | None, typer.Argument(metavar="DRAFT", help="argument.ordered_draft")]
WithoutRules = Annotated[bool, typer.Option("--without-rules", help="option.without_rules")]
FirstCome = Annotated[bool, typer.Option("--first-come", help="option.first_come")]


def register(group: typer.Typer) -> None:
    """Add the commands to `plumline assist`."""
    group.command("lock", help="help.assist_lock", cls=SpokenCommand)(spread(lock))
    group.command("compare", help="help.assist_compare", cls=SpokenCommand)(spread(compare))


def lock(
    context: typer.Context,
    *,
    draft: Draft = None,
    rules: RulesTyped,
    asked: AssistAskedFor,
    keep: Keep = False,
    limit: Limit = None,
    output: TableFile = None,
) -> None:
    """Add rules to the order of a draft, or to one that is typed, plan again, and show what the rules cost."""
    here = context_of(context)
    started_at = here.now
    planning = _order(here, draft, asked)
    added = rules.read(planning.known_household(here))
    check_may_keep(asked, planning, keep=keep)
    schema, show = here.workspace.schema, asked.show_sensitive
    before = planning.made(here)
    after = made_with_rules(before, schema, added)
    answer = told_assist_locked(before, after, schema, added, draft_id=draft, show_sensitive=show)
    answer = answer.model_copy(update={"cost": planning.noted(answer.cost)})
    kept = keep_draft(here, after, started_at) if keep else None
    if kept is not None:
        answer = answer.model_copy(update={"kept_as": kept.id})
    if output is not None:
        write_tables(here.voice, assist_compare_tables(answer.cost), output)
    here.voice.json(answer)
    if not here.voice.is_json:
        show_assist_locked(here.voice, answer, limit or SHOWN_ROWS)
    if kept is not None:
        here.voice.say("assist.plan_kept", run=kept.id, load=kept.load_id)


def compare(
    context: typer.Context,
    *,
    draft: Draft = None,
    is_without_rules: WithoutRules = False,
    is_first_come: FirstCome = False,
    asked: AssistAskedFor,
    limit: Limit = None,
    output: TableFile = None,
) -> None:
    """Show a plan beside another: a kept draft, the plan without rules, or first come, first served."""
    here = context_of(context)
    if is_without_rules and is_first_come:
        raise UsageError("assist_beside_one")
    planning = _order(here, draft, asked)
    made = planning.made(here)
    if is_without_rules:
        other = without_rules(made)
    elif draft is None or is_first_come:
        other = first_come(made)
    else:
        other = _kept(here, made, draft)
    told = told_assist_compare(made, here.workspace.schema, other, show_sensitive=asked.show_sensitive)
    answer = planning.noted(told)
    if output is not None:
        write_tables(here.voice, assist_compare_tables(answer), output)
    here.voice.json(answer)
    if not here.voice.is_json:
        show_assist_compare(here.voice, answer, limit or SHOWN_ROWS)


def _order(here: Context, draft: str | None, asked: AssistAskedFor) -> AssistPlanning:
    """Return the order of a kept draft, or the one that is typed. Raises UsageError where both are given."""
    if draft is None:
        return planning_of(here, asked)
    if not asked.names_nothing:
        raise UsageError("assist_draft_and_order")
    return ordered_anew(here, kept_assist_plan_since(here.workspace.open_ledger(), draft), asked.seconds)


def _kept(here: Context, made: MadeAssistPlan, draft: str) -> Other:
    ledger = here.workspace.open_ledger()
    return kept_draft(made, ledger, kept_assist_plan_since(ledger, draft))
