"""What is looked at in one plan: a lot, a demand, the lists to load by, what it changes, what will not sell, others."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from analysis.questions.delivery_list import ProduceListAnswer
from analysis.questions.produce_changes_answer import ProduceChangesAnswer
from analysis.questions.produce_compare import ProduceCompareAnswer
from analysis.questions.produce_gluts import ProduceGlutsAnswer
from analysis.questions.produce_why import ProduceWhyAnswer, ProduceWorthAnswer
from api.deps import Keeper, Plans
from api.pages.asking import PageAsking
from api.pages.fragments import is_fragment
from api.pages.language import PageLanguage
from api.pages.plan_order import LABELS
from api.pages.plan_parts import SHOWN, Row, buyer_page, plan_part
from api.pages.produce_helpers import produce_helpers
from api.pages.rendering import page
from api.pages.typed import FORM_HEADERS, Typed
from api.parameters import SubjectId
from api.plans.asked import PlanInPath
from api.plans.produce.answers import PlanDeliveries, PlanDemands, PlanLots
from api.plans.produce.asked import PlanQuestion

router = APIRouter(include_in_schema=False)

PLAN = "/produce/plans/{plan}"
# Where a lot can go to no more demands than these, a list offers them by name; else the id is typed.
DEMANDS_OFFERED = 200
LISTS_SHOWN = 20


class ListsAsking(PageAsking):
    """Whose list, or from which on; or all lists on one page, to print."""

    sender: SubjectId | None = None
    after: Row | None = None
    all: Literal["yes"] | None = None


class ChangesAsking(PageAsking):
    """Beside which kept plan; the one kept last where none is named."""

    since: SubjectId | None = None


@router.get(PLAN + "/lots/{lot_id:path}", name="plan_lot_page")
def plan_lot(
    request: Request,
    plan: PlanInPath,
    lot_id: Annotated[SubjectId, Path()],
    asking: Annotated[PageAsking, Query()],
    room: Plans,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show why a lot stays, the smallest changes that would sell it, where it goes, and what can be decided of it."""
    answer = plan_part(room, plan, ProduceWhyAnswer, PlanQuestion(what="why", subject=lot_id))
    lots = plan_part(room, plan, PlanLots, PlanQuestion(what="lots", lot=lot_id)).lots
    return page(
        request,
        "plan_lot.html.j2",
        language=language,
        headers=FORM_HEADERS,
        answer=answer,
        plan=plan,
        lot=lots[0] if lots else None,
        offered=answer.open_to if len(answer.open_to) <= DEMANDS_OFFERED else (),
        typed=Typed({}, LABELS),
        buyer_page=buyer_page,
        **produce_helpers(keeper.workspace.schema, language, answer.as_of),
    )


@router.get(PLAN + "/demands/{demand_id:path}", name="plan_demand_page")
def plan_demand(
    request: Request,
    plan: PlanInPath,
    demand_id: Annotated[SubjectId, Path()],
    asking: Annotated[PageAsking, Query()],
    room: Plans,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show what a tonne more of a demand would be worth, and what fills it; alone to the script of another page."""
    answer = plan_part(room, plan, ProduceWorthAnswer, PlanQuestion(what="worth", subject=demand_id))
    if is_fragment(request):
        return page(request, "plan_worth_inside.html.j2", language=language, answer=answer)
    demands = plan_part(room, plan, PlanDemands, PlanQuestion(what="demands", demand=demand_id)).demands
    deliveries = plan_part(room, plan, PlanDeliveries, PlanQuestion(what="deliveries", demand=demand_id, limit=SHOWN))
    return page(
        request,
        "plan_demand.html.j2",
        language=language,
        answer=answer,
        plan=plan,
        demand=demands[0] if demands else None,
        deliveries=deliveries,
        buyer_page=buyer_page,
        **produce_helpers(keeper.workspace.schema, language, answer.as_of),
    )


@router.get(PLAN + "/deliveries", name="plan_deliveries_page")
def delivery_lists(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[ListsAsking, Query()],
    room: Plans,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show for each sender, cooperatives first, what to bring whom by when; printed, each on a page of its own."""
    answer = plan_part(room, plan, ProduceListAnswer, PlanQuestion(what="list", subject=asking.sender))
    first = asking.after or 0
    last = len(answer.lists) if asking.all else min(first + LISTS_SHOWN, len(answer.lists))
    return page(
        request,
        "delivery_list.html.j2",
        language=language,
        answer=answer,
        plan=plan,
        asking=asking,
        lists=answer.lists[first:last],
        next_after=last if last < len(answer.lists) else None,
        job=room.job(plan),
        buyer_page=buyer_page,
        product_labels=_labels(keeper),
        **produce_helpers(keeper.workspace.schema, language, answer.as_of),
    )


@router.get(PLAN + "/changes", name="plan_changes_page")
def changes(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[ChangesAsking, Query()],
    room: Plans,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show what a plan changes against one that was kept, why, and for whom it is more or less."""
    answer = plan_part(room, plan, ProduceChangesAnswer, PlanQuestion(what="changes", since=asking.since))
    return page(
        request,
        "plan_changes.html.j2",
        language=language,
        answer=answer,
        plan=plan,
        since=asking.since,
        shown=SHOWN,
        buyer_page=buyer_page,
        **produce_helpers(keeper.workspace.schema, language, answer.as_of),
    )


@router.get(PLAN + "/gluts", name="plan_gluts_page")
def gluts(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[PageAsking, Query()],
    room: Plans,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show what will be ready and not sell, from which day, and what would help most."""
    answer = plan_part(room, plan, ProduceGlutsAnswer, PlanQuestion(what="gluts"))
    return page(
        request,
        "plan_gluts.html.j2",
        language=language,
        answer=answer,
        plan=plan,
        gluts=sorted((each for each in answer.gluts if each.unsold_kg), key=lambda glut: -glut.unsold_kg),
        shown=LISTS_SHOWN * 5,
        **produce_helpers(keeper.workspace.schema, language, answer.as_of),
    )


@router.get(PLAN + "/compare", name="plan_compare_page")
def compare(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[PageAsking, Query()],
    room: Plans,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show a plan beside selling the best pair first, and beside the plan that favours nobody."""
    answer = plan_part(room, plan, ProduceCompareAnswer, PlanQuestion(what="compare"))
    return page(
        request,
        "plan_compare.html.j2",
        language=language,
        answer=answer,
        plan=plan,
        shown=SHOWN,
        **produce_helpers(keeper.workspace.schema, language, answer.as_of),
    )


def _labels(keeper: Keeper) -> dict[str, object]:
    return {code: entry.label for code, entry in keeper.workspace.schema.products.items()}
