"""A plan of this server kept as a fact, and set beside one that was kept."""

from __future__ import annotations

from datetime import UTC, datetime

from analysis.errors import SubjectNotFound
from analysis.fetch.kept_produce import LAST, kept_plan, kept_plan_since
from analysis.questions.produce_changes import produce_changes
from analysis.questions.produce_changes_answer import ProduceChangesAnswer
from analysis.questions.produce_kept import KeptPlanTold, kept_parameters, kept_result, told_kept
from api.plans.produce.held import HeldPlan
from loaders.kept.produce_runs import NewProduceRun, keep_produce_run

# Another process may be loading; whoever asks is then told to come back.
WAIT_SECONDS = 5.0


def keep(held: HeldPlan) -> KeptPlanTold:
    """Return the plan as it is kept: once, however often that is asked. Raises LedgerLocked while another writes."""
    ledger, now = held.workspace.open_ledger(), datetime.now(UTC)
    answer = held.answer
    run = NewProduceRun(
        started_at=held.started_at,
        finished_at=now,
        data_on=answer.as_of,
        policy_on=answer.as_of,
        vocabulary_version=str(held.workspace.schema.version),
        parameters=kept_parameters(answer, held.how),
        result=kept_result(answer, held.source),
        area_id=None if answer.asked.area is None else answer.asked.area.id,
        is_made_up=answer.is_made_up,
    )
    try:
        return told_kept(kept_plan(ledger, run.run_id))
    except SubjectNotFound:
        keep_produce_run(ledger, run, recorded_at=now, wait_seconds=WAIT_SECONDS)
    return told_kept(kept_plan(ledger, run.run_id))


def changes(held: HeldPlan, since: str | None) -> ProduceChangesAnswer:
    """Return what the plan changes against one that was kept, the last one for None.

    Raises SubjectNotFound where there is none, QuestionError where it is one of another area or product.
    """
    asked = held.answer.asked
    before = kept_plan_since(
        held.workspace.open_ledger(),
        since or LAST,
        area_id=None if asked.area is None else asked.area.id,
        product_id=None if asked.product is None else asked.product.id,
    )
    return produce_changes(before, held.answer, held.source, held.workspace.schema, rules=held.how.rules)
