"""Plans for all lots at once: ordered, followed while they are made, read, kept, and made again with rules."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from analysis.questions.produce_kept import KeptPlanTold
from api.deps import Keeper, Plans, PlansKept
from api.graph_keeper import GraphKeeper
from api.kept_plans import KeptPlans
from api.pages.addresses import address, path_of
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.plan_order import LABELS, RULE_FIELDS, ordered, ordered_with_rule, ordered_without_rule, told_rules
from api.pages.plan_parts import (
    PlanListsAsking,
    buyer_page,
    is_behind,
    of_the_same,
    plan_drawings,
    plan_lists,
    proof_helpers,
)
from api.pages.produce_helpers import produce_helpers
from api.pages.rendering import page
from api.pages.typed import FORM_HEADERS, Sent, Typed
from api.parameters import SubjectId
from api.plans.asked import PlanInPath
from api.plans.ordering import order_plan
from api.plans.produce.answers import PlanJob
from api.plans.produce.asked import PlanOrder, PlanQuestion
from api.plans.produce.kind import ProducePlans
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language

router = APIRouter(include_in_schema=False)

PLANS = "/produce/plans"
SEE_OTHER = 303


class PlansAsking(PageAsking):
    """What the form begins with: a place and a product."""

    area: SubjectId | None = None
    product: SubjectId | None = None


class PlanAsking(PlanListsAsking):
    """Where the lists of a plan go on, and as which kept plan it has just been kept."""

    kept: SubjectId | None = None


@router.get(PLANS, name="plans_page")
def plans(
    request: Request,
    asking: Annotated[PlansAsking, Query()],
    room: Plans,
    kept: PlansKept,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show the form for a plan, the plans at hand, and those that were kept."""
    begun = {name: [str(value)] for name, value in asking.model_dump(exclude={"lang"}, exclude_none=True).items()}
    return _plans_page(request, room, kept, keeper, language, Typed(begun, LABELS))


@router.post(PLANS, name="order_plan_page")
def order(
    request: Request, sent: Sent, room: Plans, kept: PlansKept, keeper: Keeper, language: PageLanguage
) -> Response:
    """Have all lots of a place and product planned, and lead to the page of the plan; else say on the form why not."""
    typed = Typed(sent, LABELS)
    try:
        job = ordered(room, keeper, typed)
    except PlumlineError as fault:
        return _plans_page(request, room, kept, keeper, language, typed, fault=fault)
    return _led_to(job)


@router.get(PLANS + "/{plan}", name="plan_page")
def plan(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[PlanAsking, Query()],
    room: Plans,
    kept: PlansKept,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show how far a plan is; once it is made, what it comes to, what stays, the map, the deliveries and the rules."""
    return _plan_page(request, room, kept, keeper, language, room.job(plan), asking)


@router.post(PLANS + "/{plan}/again", name="plan_again_page")
def again(plan: PlanInPath, room: Plans, keeper: Keeper) -> Response:
    """Have the same planned again, of what is known now."""
    return _led_to(order_plan(room, keeper, PlanOrder(based_on=plan)))


@router.post(PLANS + "/{plan}/rules", name="plan_rule_page")
def add_rule(
    request: Request,
    plan: PlanInPath,
    sent: Sent,
    room: Plans,
    kept: PlansKept,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Have the plan made again with one rule more, and lead to its page; else say above the rules why not."""
    typed, job = Typed(sent, LABELS), room.job(plan)
    try:
        made = ordered_with_rule(room, keeper, plan, typed)
    except PlumlineError as fault:
        return _plan_page(request, room, kept, keeper, language, job, PlanAsking(), typed=typed, fault=fault)
    return _led_to(made)


@router.post(PLANS + "/{plan}/rules/less", name="plan_without_rule_page")
def take_rule(plan: PlanInPath, sent: Sent, room: Plans, keeper: Keeper) -> Response:
    """Have the plan made again without one of its rules, and lead to its page."""
    typed = Typed(sent, LABELS)
    kind, _, place = typed.shown("rule").partition(" ")
    if kind not in RULE_FIELDS or not place.isdecimal():
        return RedirectResponse(path_of("produce", "plans", plan), SEE_OTHER)
    return _led_to(ordered_without_rule(room, keeper, plan, kind, int(place)))


@router.post(PLANS + "/{plan}/keep", name="keep_plan_page")
def keep(plan: PlanInPath, room: Plans) -> Response:
    """Keep the plan as a dated fact, and lead back to its page."""
    kept = KeptPlanTold.model_validate_json(room.ask(plan, PlanQuestion(what="keep")))
    return RedirectResponse(address(path_of("produce", "plans", plan), [("kept", kept.run_id)]), SEE_OTHER)


@router.post(PLANS + "/{plan}/cancel", name="cancel_plan_page")
def cancel(plan: PlanInPath, room: Plans) -> Response:
    """Give a plan up, and lead to the list of plans."""
    room.cancel(plan)
    return RedirectResponse(PLANS, SEE_OTHER)


def _led_to(job: PlanJob) -> Response:
    return RedirectResponse(path_of("produce", "plans", job.plan), SEE_OTHER)


def _plans_page(
    request: Request,
    room: ProducePlans,
    kept: KeptPlans,
    keeper: GraphKeeper,
    language: Language,
    typed: Typed,
    *,
    fault: PlumlineError | None = None,
) -> Response:
    schema = keeper.workspace.schema
    return page(
        request,
        "plans.html.j2",
        language=language,
        status=200 if fault is None else fault.status,
        headers=FORM_HEADERS,
        fault=fault,
        typed=typed,
        jobs=room.jobs(),
        kept_plans=kept.of(keeper.ledger).plans,
        products=[(code, entry.label) for code, entry in schema.products.items()],
        product_labels={code: entry.label for code, entry in schema.products.items()},
    )


def _plan_page(
    request: Request,
    room: ProducePlans,
    kept: KeptPlans,
    keeper: GraphKeeper,
    language: Language,
    job: PlanJob,
    asking: PlanAsking,
    *,
    typed: Typed | None = None,
    fault: PlumlineError | None = None,
) -> Response:
    schema = keeper.workspace.schema
    common: dict[str, Any] = {
        "status": 200 if fault is None else fault.status,
        "headers": FORM_HEADERS,
        "job": job,
        "fault": fault,
        "rules": told_rules(job.order),
        "typed": typed or Typed({}, LABELS),
        "product_labels": {code: entry.label for code, entry in schema.products.items()},
    }
    if job.summary is None:
        return page(request, "plan_job.html.j2", language=language, **common)
    return page(
        request,
        "plan.html.j2",
        language=language,
        answer=job.summary,
        **proof_helpers(job.summary, language),
        asking=asking,
        is_old=is_behind(keeper.ledger, job.loads_version),
        kept_plans=of_the_same(kept.of(keeper.ledger).plans, job),
        buyer_page=buyer_page,
        **plan_lists(room, job.plan, asking),
        **plan_drawings(room, job.plan, keeper.workspace, language),
        **common,
        **produce_helpers(schema, language, job.summary.as_of),
    )
