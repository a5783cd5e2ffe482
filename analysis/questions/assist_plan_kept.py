"""A plan for help that was made, in the form in which it is kept as a draft."""

from __future__ import annotations

from analysis.assistance.files.rules_file import rules_entries
from analysis.assistance.kept_forms import KeptUnit, KeptUse
from analysis.assistance.plan.rules import Rules
from analysis.questions.assist_kept import kept_assist_parameters, kept_assist_result
from analysis.questions.assist_plan import told_assist_plan
from analysis.questions.assist_plan_answer import PlannedHelp
from analysis.questions.assist_plan_made import MadeAssistPlan
from graph_schema import Schema


def draft_parameters(made: MadeAssistPlan) -> dict[str, object]:
    """Return what a plan was made with beside the facts, as a draft keeps it."""
    how, area = made.how, made.source.area
    return kept_assist_parameters(
        area=None if area is None else area.id,
        programmes=how.programme_ids or (),
        day=made.day,
        rules=rules_entries(how.rules or Rules()),
        most_programmes=how.most_programmes,
        seconds=how.seconds,
    )


def draft_result(made: MadeAssistPlan, schema: Schema) -> dict[str, object]:
    """Return what came of a plan, as a draft keeps it: every help, those too that would tell a sensitive cause."""
    whole = told_assist_plan(made, schema, show_sensitive=True)
    return kept_assist_result(
        totals={**whole.totals.model_dump(), "unit_count": whole.totals.help_count},
        stages=made.plan.stages,
        units=[kept_unit(each) for each in whole.helps],
    )


def kept_unit(planned: PlannedHelp) -> KeptUnit:
    """Return a planned help as a draft keeps it."""
    return KeptUnit(
        household_id=planned.household_id,
        cause_id=planned.cause.id,
        programme_id=planned.programme.id,
        measure_id=planned.measure.id,
        enterprise_id=None if planned.enterprise is None else planned.enterprise.id,
        cooperative_id=None if planned.cooperative is None else planned.cooperative.id,
        contract_id=planned.contract_id,
        cost_fen=planned.cost_fen,
        cover_fen=planned.cover_fen,
        uses=tuple(KeptUse(each.kind, each.id, each.value) for each in planned.uses),
    )
