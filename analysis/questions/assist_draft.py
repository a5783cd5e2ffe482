"""A plan that is made, as it is kept: a draft that people may accept."""

from __future__ import annotations

from typing import NamedTuple

from analysis.assistance.files.rules_file import rules_entries
from analysis.assistance.kept_forms import KeptUnit, KeptUse
from analysis.assistance.plan.rules import Rules
from analysis.questions.assist_kept import kept_assist_parameters, kept_assist_result
from analysis.questions.assist_plan_answer import PlannedHelp
from analysis.questions.assist_plan_helps import planned_helps
from analysis.questions.assist_plan_made import MadeAssistPlan
from analysis.questions.assist_plan_told import PlannedFrames, plan_totals
from graph_schema import Schema


class AssistDraft(NamedTuple):
    """What is kept of a plan: `parameters` it was made with, `result`, both in values that JSON has, and its area."""

    parameters: dict[str, object]
    result: dict[str, object]
    area_id: str | None


def draft_of(made: MadeAssistPlan, schema: Schema) -> AssistDraft:
    """Return a plan as it is kept, with every help: those too that would tell a sensitive cause."""
    planned, how = PlannedFrames(made), made.how
    totals = plan_totals(planned).model_dump()
    area_id = None if made.source.area is None else made.source.area.id
    return AssistDraft(
        parameters=kept_assist_parameters(
            area=area_id,
            programmes=how.programme_ids or (),
            day=made.day,
            rules=rules_entries(how.rules or Rules()),
            most_programmes=how.most_programmes,
            seconds=how.seconds,
        ),
        result=kept_assist_result(
            totals={**totals, "unit_count": totals["help_count"]},
            stages=made.plan.stages,
            units=map(kept_unit, planned_helps(planned, schema)),
        ),
        area_id=area_id,
    )


def kept_unit(help_: PlannedHelp) -> KeptUnit:
    """Return a planned help as it is kept."""
    return KeptUnit(
        household_id=help_.household_id,
        cause_id=help_.cause.id,
        programme_id=help_.programme.id,
        measure_id=help_.measure.id,
        enterprise_id=None if help_.enterprise is None else help_.enterprise.id,
        cooperative_id=None if help_.cooperative is None else help_.cooperative.id,
        contract_id=help_.contract_id,
        cost_fen=help_.cost_fen,
        cover_fen=help_.cover_fen,
        uses=tuple(KeptUse(use.kind, use.id, use.value) for use in help_.uses),
    )
