"""What a plan of assistance is set beside: another one that is held, a draft that is kept, or another way to plan."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from analysis.fetch.kept_assist import kept_assist_plan_since
from analysis.questions.assist_compare import Other, first_come, kept_draft, kept_plan, without_rules
from analysis.questions.assist_plan_told import PlannedFrames
from api.plans.assistance.asked import AssistQuestion
from api.plans.assistance.held import HeldAssistPlan

_COLUMNS = ["household_id", "cause_id", "covered_fen", "paid_fen"]
_UNITS = TypeAdapter(tuple[tuple[str, str, int, int], ...])


@dataclass(frozen=True)
class _Help:
    """One help of another plan, as far as it is compared."""

    household_id: str
    cause_id: str
    cover_fen: int
    cost_fen: int


def units_of(held: HeldAssistPlan) -> bytes:
    """Return what a plan gives as JSON, for another one to be set beside it: household, cause, fen covered and paid.

    Sensitive causes are among them: no route hands it on, and what is told of the comparison hides them.
    """
    columns = [PlannedFrames(held.made).used[name].tolist() for name in _COLUMNS]
    return _UNITS.dump_json(tuple(zip(*columns, strict=True)))


def other_of(held: HeldAssistPlan, question: AssistQuestion) -> Other:
    """Return what a plan is asked to be set beside; first come, first served where nothing else is named.

    Raises SubjectNotFound for a draft that is not kept.
    """
    made = held.made
    if question.beside is not None:
        helps = [_Help(*unit) for unit in _UNITS.validate_json(question.beside_units or "[]")]
        return kept_plan(made, helps, question.beside)
    if question.since is not None:
        area = made.source.area
        ledger = held.setting.workspace.open_ledger()
        kept = kept_assist_plan_since(ledger, question.since, area_id=None if area is None else area.id)
        return kept_draft(made, ledger, kept)
    return without_rules(made) if question.subject == "without_rules" else first_come(made)
