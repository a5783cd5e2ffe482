"""Plans that are kept: `plumline produce plan --keep` and `--since`, and `plumline produce kept`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

import typer

from analysis.fetch.kept_produce import kept_plan_since
from analysis.produce.plan.changes.kept import KeptProducePlan
from analysis.questions.produce_before import ways_before
from analysis.questions.produce_kept import kept_parameters, kept_result, produce_kept
from analysis.questions.produce_plan_answer import ProducePlanAnswer
from cli.context import Context, context_of
from cli.produce_options import PlanAskedFor, Planning
from cli.show_produce_changes import show_produce_kept
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from loaders.kept.produce_runs import NewProduceRun, keep_produce_run
from loaders.kept.risk_runs import Kept

# Another process may be loading; it is waited for as long as a load waits.
WAIT_SECONDS = 60.0


@dataclass(frozen=True)
class PlanKeeping:
    """What is kept and what the plan is set beside. Each field is an option."""

    keep: Annotated[bool, typer.Option("--keep", help="option.keep_plan")] = False
    since: Annotated[str | None, typer.Option(metavar="RUN", help="option.plan_since")] = None


def register(group: typer.Typer) -> None:
    """Add the command to `plumline produce`."""
    group.command("kept", help="help.produce_kept", cls=SpokenCommand)(kept)


def kept(context: typer.Context) -> None:
    """Show the plans that were kept."""
    here = context_of(context)
    found = produce_kept(here.workspace.open_ledger())
    here.voice.json(found)
    if not here.voice.is_json:
        show_produce_kept(here.voice, found)


def plan_before(here: Context, asked: PlanAskedFor, keeping: PlanKeeping) -> KeptProducePlan | None:
    """Return the kept plan to set the new one beside, None where none is asked for.

    Raises UsageError where files are planned, of which nothing is kept, and SubjectNotFound where no such plan is kept.
    """
    if not asked.is_of_graph and (keeping.keep or keeping.since is not None):
        raise UsageError("keep_of_produce_files")
    if keeping.since is None:
        return None
    ledger = here.workspace.open_ledger()
    return kept_plan_since(ledger, keeping.since, area_id=asked.area, product_id=asked.product)


def planning_beside(planning: Planning, before: KeptProducePlan | None) -> Planning:
    """Return what to plan from, so that the new plan resembles the kept one where that costs nothing."""
    if before is None:
        return planning
    how = replace(planning.how, before=ways_before(before, planning.source.promises, planning.day))
    return replace(planning, how=how)


def check_may_keep(planning: Planning, keeping: PlanKeeping) -> None:
    """Raise UsageError where a plan of a graph of the past would be kept."""
    if keeping.keep and planning.known_at is not None:
        raise UsageError("keep_plan_of_the_past")


def keep_plan(here: Context, planning: Planning, answer: ProducePlanAnswer, started_at: datetime) -> Kept:
    """Keep a plan as a dated fact. Raises LedgerLocked while another process writes."""
    work, now = here.workspace, here.now
    run = NewProduceRun(
        started_at=started_at,
        finished_at=now,
        data_on=answer.as_of,
        policy_on=answer.as_of,
        vocabulary_version=str(work.schema.version),
        parameters=kept_parameters(answer, planning.how),
        result=kept_result(answer, planning.source),
        area_id=None if answer.asked.area is None else answer.asked.area.id,
        is_made_up=answer.is_made_up,
    )
    return keep_produce_run(work.open_ledger(), run, recorded_at=now, wait_seconds=WAIT_SECONDS)
