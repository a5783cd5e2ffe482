"""Who should help whom: the plan that covers most need, on the graph or on files alone."""

from __future__ import annotations

from datetime import date

from analysis.assistance.allocation.joins import NONE
from analysis.questions.answer import Notice, notice
from analysis.questions.assist_plan_answer import AssistPlanAnswer, AssistPlanAsked
from analysis.questions.assist_plan_helps import is_hidden, plan_risk, planned_helps
from analysis.questions.assist_plan_made import AssistSource, HowToAssist, MadeAssistPlan, make_assist_plan
from analysis.questions.assist_plan_told import (
    PlannedFrames,
    cause_parts,
    plan_stages,
    plan_totals,
    programme_parts,
    resource_parts,
    tier_parts,
    uncovered_parts,
    village_parts,
)
from graph_schema import Schema


def assist_plan(
    source: AssistSource,
    schema: Schema,
    *,
    day: date,
    how: HowToAssist | None = None,
    show_sensitive: bool = False,
) -> AssistPlanAnswer:
    """Return the plan for a day. Raises as `make_assist_plan`."""
    return told_assist_plan(make_assist_plan(source, schema, day, how), schema, show_sensitive=show_sensitive)


def told_assist_plan(made: MadeAssistPlan, schema: Schema, *, show_sensitive: bool = False) -> AssistPlanAnswer:
    """Return a plan that is made already as the answer tells it.

    Helps that would tell a sensitive cause are counted and not listed, unless they may be shown; every sum counts them.
    """
    planned = PlannedFrames(made)
    helps = planned_helps(planned, schema)
    shown = tuple(each for each in helps if show_sensitive or not is_hidden(schema, each))
    hidden_count = len(helps) - len(shown)
    return AssistPlanAnswer(
        asked=assist_plan_asked(made),
        as_of=made.day,
        is_made_up=made.source.is_made_up,
        notices=assist_plan_notices(made, hidden_count),
        show_sensitive=show_sensitive,
        hidden_count=hidden_count,
        totals=plan_totals(planned),
        stages=plan_stages(made),
        by_tier=tier_parts(planned),
        by_village=village_parts(planned),
        by_cause=cause_parts(planned, schema, show_sensitive=show_sensitive),
        by_programme=programme_parts(planned),
        by_resource=resource_parts(planned),
        helps=shown,
        uncovered=uncovered_parts(planned),
        risk=plan_risk(made),
    )


def assist_plan_asked(made: MadeAssistPlan) -> AssistPlanAsked:
    """Return what a plan was asked for."""
    source, how = made.source, made.how
    return AssistPlanAsked(
        source=source.source,
        files=source.files,
        area=source.area,
        programme_ids=how.programme_ids,
        most_programmes=how.most_programmes,
        rule_count=0 if how.rules is None else len(how.rules.all),
    )


def assist_plan_notices(made: MadeAssistPlan, hidden_count: int = 0) -> tuple[Notice, ...]:
    """Return what to keep in mind about a plan and what it was made from."""
    allocation = made.allocation
    program, needs = allocation.program, allocation.needs
    found = [notice("notice_made_up")] if made.source.is_made_up else []
    if program.needs.empty:
        found.append(notice("notice_assist_no_needs"))
    else:
        found.append(notice("notice_assist_prices"))
    if program.programmes.empty:
        found.append(notice("notice_assist_no_programmes", day=made.day))
    if not all(stage.is_optimal for stage in made.plan.stages):
        found.append(notice("notice_assist_gap", gap=f"{100 * made.plan.gap_share:.3g}"))
    if len(allocation.unpriced):
        found.append(notice("notice_assist_unpriced", count=len(allocation.unpriced)))
    homeless = int((needs.home[needs.needs["household"].unique()] == NONE).sum())
    if homeless:
        found.append(notice("notice_assist_no_home", count=homeless))
    given = made.plan.units > 0
    if program.chains[given].duplicated("need").any():
        found.append(notice("notice_assist_added"))
    found += [notice(said.code, **said.fields) for said in allocation.said]
    if hidden_count:
        found.append(notice("notice_assist_hidden", count=hidden_count))
    return (*found, *made.source.notices)
