"""A plan of assistance of this server kept as a fact: a draft that people may accept."""

from __future__ import annotations

from datetime import UTC, datetime

from analysis.errors import SubjectNotFound
from analysis.fetch.kept_assist import kept_assist_plan
from analysis.questions.assist_draft import draft_of
from analysis.questions.assist_kept import assist_kept_plan
from analysis.questions.assist_kept_answer import KeptAssistPlanTold
from api.plans.assistance.held import HeldAssistPlan
from loaders.kept.assist.runs import NewAssistRun, keep_assist_run

# Another process may be loading; whoever asks is then told to come back.
WAIT_SECONDS = 5.0


def keep(held: HeldAssistPlan) -> KeptAssistPlanTold:
    """Return the plan as it is kept: once, however often that is asked. Raises LedgerLocked while another writes."""
    setting, made, now = held.setting, held.made, datetime.now(UTC)
    work = setting.workspace
    ledger, draft = work.open_ledger(), draft_of(made, work.schema)
    run = NewAssistRun(
        started_at=setting.started_at,
        finished_at=now,
        data_on=made.day,
        policy_on=made.day,
        vocabulary_version=str(work.schema.version),
        parameters=draft.parameters,
        result=draft.result,
        area_id=draft.area_id,
        is_made_up=made.source.is_made_up,
    )
    try:
        kept_assist_plan(ledger, run.run_id)
    except SubjectNotFound:
        keep_assist_run(ledger, run, recorded_at=now, wait_seconds=WAIT_SECONDS)
    return assist_kept_plan(ledger, work.schema, run.run_id, day=made.day).plan
