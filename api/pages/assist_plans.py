"""Assistance plans: ordered, followed while they are made, read, kept, and made again with rules."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from analysis.frames import rows_of, text_in
from analysis.questions.assist_kept_answer import KeptAssistPlanTold
from analysis.questions.assist_plan_made import MOST_PROGRAMMES as USUAL_PROGRAMMES
from api.deps import AssistPlans, Censuses, DraftsKept, Keeper
from api.errors import PlanBusy
from api.graph_keeper import GraphKeeper
from api.kept_census import KeptCensus
from api.kept_plans import KeptDrafts
from api.pages.asking import PageAsking
from api.pages.assist_helpers import assist_helpers, worst_gap, worst_tier
from api.pages.assist_order import (
    LABELS,
    MOST_PROGRAMMES,
    RULE_FIELDS,
    ordered,
    ordered_with_rule,
    ordered_without_rule,
    rule_count,
    told_rules,
)
from api.pages.assist_parts import (
    PATH,
    AssistPlanAsking,
    plan_flow_drawn,
    plan_lists,
    plan_page,
    rule_choices,
    summary_before,
    tiers_before_now,
)
from api.pages.language import PageLanguage
from api.pages.plan_parts import is_behind
from api.pages.rendering import page
from api.pages.typed import FORM_HEADERS, Sent, Typed
from api.parameters import SubjectId
from api.plans.asked import PlanInPath
from api.plans.assistance.answers import AssistJob
from api.plans.assistance.asked import AssistOrder, AssistQuestion
from api.plans.assistance.kind import AssistPlansHeld
from api.plans.ordering import order_plan
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from ledger.errors import LedgerLocked

router = APIRouter(include_in_schema=False)

SEE_OTHER = 303


class AssistPlansAsking(PageAsking):
    """What the form begins with: a place."""

    area: SubjectId | None = None


@router.get(PATH, name="assist_plans_page")
def plans(
    request: Request,
    asking: Annotated[AssistPlansAsking, Query()],
    room: AssistPlans,
    kept: DraftsKept,
    keeper: Keeper,
    censuses: Censuses,
    language: PageLanguage,
) -> Response:
    """Show the form for a plan, the plans at hand, and the drafts that were kept."""
    begun = {name: [str(value)] for name, value in asking.model_dump(exclude={"lang"}, exclude_none=True).items()}
    return _plans_page(request, room, kept, keeper, censuses, language, Typed(begun, LABELS))


@router.post(PATH, name="order_assist_plan_page")
def order(
    request: Request,
    sent: Sent,
    room: AssistPlans,
    kept: DraftsKept,
    keeper: Keeper,
    censuses: Censuses,
    language: PageLanguage,
) -> Response:
    """Have the help of an area planned, and lead to the page of the plan; else say on the form why not."""
    typed = Typed(sent, LABELS)
    try:
        job = ordered(room, keeper, typed)
    except PlumlineError as fault:
        return _plans_page(request, room, kept, keeper, censuses, language, typed, fault=fault)
    return _led_to(job)


@router.get(PATH + "/{plan}", name="assist_plan_page")
def plan(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[AssistPlanAsking, Query()],
    room: AssistPlans,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show how far a plan is; once it is made, what is covered and left where, how help flows, and the rules."""
    return _plan_page(request, room, keeper, language, room.job(plan), asking)


@router.post(PATH + "/{plan}/again", name="assist_plan_again_page")
def again(plan: PlanInPath, room: AssistPlans, keeper: Keeper) -> Response:
    """Have the same planned again, of what is known now."""
    return _led_to(order_plan(room, keeper, AssistOrder(based_on=plan)))


@router.post(PATH + "/{plan}/rules", name="assist_plan_rule_page")
def add_rule(
    request: Request, plan: PlanInPath, sent: Sent, room: AssistPlans, keeper: Keeper, language: PageLanguage
) -> Response:
    """Have the plan made again with one rule more, and lead to its page; else say above the rules why not."""
    typed, job = Typed(sent, LABELS), room.job(plan)
    try:
        made = ordered_with_rule(room, keeper, plan, typed)
    except PlumlineError as fault:
        return _plan_page(request, room, keeper, language, job, AssistPlanAsking(), typed=typed, fault=fault)
    return _led_to(made)


@router.post(PATH + "/{plan}/rules/less", name="assist_plan_without_rule_page")
def take_rule(plan: PlanInPath, sent: Sent, room: AssistPlans, keeper: Keeper) -> Response:
    """Have the plan made again without one of its rules, and lead to its page."""
    kind, _, place = Typed(sent, LABELS).shown("rule").partition(" ")
    if kind not in RULE_FIELDS or not place.isdecimal():
        return RedirectResponse(plan_page(plan), SEE_OTHER)
    return _led_to(ordered_without_rule(room, keeper, plan, kind, int(place)))


@router.post(PATH + "/{plan}/keep", name="keep_assist_plan_page")
def keep(request: Request, plan: PlanInPath, room: AssistPlans, keeper: Keeper, language: PageLanguage) -> Response:
    """Keep the plan as a draft, and lead back to its page; else say there why not."""
    job = room.job(plan)
    try:
        kept = KeptAssistPlanTold.model_validate_json(room.ask(plan, AssistQuestion(what="keep")))
    except (LedgerLocked, PlanBusy) as fault:
        return _plan_page(request, room, keeper, language, job, AssistPlanAsking(), fault=fault)
    return RedirectResponse(plan_page(plan, kept=kept.run_id), SEE_OTHER)


@router.post(PATH + "/{plan}/cancel", name="cancel_assist_plan_page")
def cancel(plan: PlanInPath, room: AssistPlans) -> Response:
    """Give a plan up, and lead to the list of plans."""
    room.cancel(plan)
    return RedirectResponse(PATH, SEE_OTHER)


def _led_to(job: AssistJob) -> Response:
    return RedirectResponse(plan_page(job.plan), SEE_OTHER)


def _plans_page(
    request: Request,
    room: AssistPlansHeld,
    kept: KeptDrafts,
    keeper: GraphKeeper,
    censuses: KeptCensus,
    language: Language,
    typed: Typed,
    *,
    fault: PlumlineError | None = None,
) -> Response:
    return page(
        request,
        "assist_plans.html.j2",
        language=language,
        status=200 if fault is None else fault.status,
        headers=FORM_HEADERS,
        fault=fault,
        typed=typed,
        jobs=room.jobs(),
        drafts=kept.of(keeper.ledger).plans,
        programmes=_programmes(keeper, censuses),
        most_programmes=MOST_PROGRAMMES,
        usual_programmes=USUAL_PROGRAMMES,
        rule_count=rule_count,
    )


def _programmes(keeper: GraphKeeper, censuses: KeptCensus) -> list[tuple[str, str]]:
    """Return every programme of the graph by its id and name, by name."""
    with keeper.asking() as graph:
        census = censuses.of(graph.store, graph.day)
    listed = rows_of(census.programmes.drop_duplicates("programme_id"))
    named = [(str(row["programme_id"]), text_in(row, "programme_name") or str(row["programme_id"])) for row in listed]
    return sorted(named, key=lambda each: (each[1], each[0]))


def _plan_page(
    request: Request,
    room: AssistPlansHeld,
    keeper: GraphKeeper,
    language: Language,
    job: AssistJob,
    asking: AssistPlanAsking,
    *,
    typed: Typed | None = None,
    fault: PlumlineError | None = None,
) -> Response:
    common: dict[str, Any] = {
        "status": 200 if fault is None else fault.status,
        "headers": FORM_HEADERS,
        "job": job,
        "fault": fault,
        "rules": told_rules(job.order),
        "typed": typed or Typed({}, LABELS),
        **assist_helpers(language),
    }
    summary = job.summary
    if summary is None:
        return page(request, "assist_job.html.j2", language=language, **common)
    before = summary_before(room, job)
    return page(
        request,
        "assist_plan.html.j2",
        language=language,
        answer=summary,
        asking=asking,
        gap=worst_gap(summary.stages),
        is_proven=all(stage.is_optimal for stage in summary.stages),
        worst=worst_tier(summary.by_tier),
        before=before,
        tiers_before_now=[] if before is None else tiers_before_now(before.by_tier, summary.by_tier),
        is_old=is_behind(keeper.ledger, job.loads_version),
        rule_choices=rule_choices(room, job.plan),
        **plan_lists(room, job.plan, asking),
        **plan_flow_drawn(room, job.plan, language),
        **common,
    )
