"""Plans of surplus produce: ordered, followed, read page by page, explained, and made again with rules people set."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from analysis.questions.produce_kept import ProduceKeptAnswer
from analysis.questions.produce_plan_answer import ProducePlanAnswer
from api.deps import Keeper, Plans, PlansKept, WantedLanguage
from api.description import problems
from api.forms import TABLE_MEANING
from api.parameters import SubjectId
from api.plans.asked import PlanInPath
from api.plans.ordering import order_plan, with_more_rules
from api.plans.produce.answers import PlanDeliveries, PlanDemands, PlanJob, PlanJobs, PlanLots, PlanPromises, PlanWeeks
from api.plans.produce.asked import ListName, PlanOrder, PlanQuestion, RulesBody, Sold
from api.routers.plan_answers import AS_TABLES, PLACED, ListAsking, PartAsking, answered, filters_of, placed
from graph_schema.messages import Language

router = APIRouter(prefix="/v1/produce", tags=["plans"])

PLANS = "/v1/produce/plans"
WholeTable = Literal["plan_deliveries", "plan_lots", "plan_demands", "plan_weeks", "plan_promised", "about"]


class ProductAsking(ListAsking):
    """How a list of a plan may be asked for, of one product or of all."""

    product: SubjectId | None = Field(default=None, description="This product only, by its code.")


class DeliveriesAsking(ProductAsking):
    """How the deliveries of a plan, and what is promised beside it, may be asked for."""

    enterprise: SubjectId | None = Field(default=None, description="What this buyer gets, by its credit code.")
    demand: SubjectId | None = Field(default=None, description="What fills this demand.")
    sender: SubjectId | None = Field(default=None, description="What this cooperative or seller brings.")
    seller: SubjectId | None = Field(default=None, description="Those in which something of this seller is.")
    lot: SubjectId | None = Field(default=None, description="Those in which something of this lot is.")


class LotsAsking(ProductAsking):
    """How the lots of a plan may be asked for."""

    lot: SubjectId | None = Field(default=None, description="This lot only.")
    seller: SubjectId | None = Field(default=None, description="Lots of this seller.")
    sold: Sold | None = Field(
        default=None, description="Lots of which all, a part or nothing is sold, or something is left."
    )


class DemandsAsking(ProductAsking):
    """How the demands of a plan may be asked for."""

    demand: SubjectId | None = Field(default=None, description="This demand only.")
    enterprise: SubjectId | None = Field(default=None, description="Demands of this buyer, by its credit code.")
    sold: Sold | None = Field(
        default=None, description="Demands of which all, a part or nothing is filled, or something is left."
    )


class WholeAsking(PartAsking):
    """How a whole plan may be asked for."""

    table: WholeTable | None = Field(default=None, description=TABLE_MEANING)


@router.post(
    "/plans",
    status_code=202,
    summary="Plan all surplus produce",
    responses=PLACED,
)
def place_plan(order: PlanOrder, response: Response, room: Plans, keeper: Keeper) -> PlanJob:
    """Order a plan for all lots at once, and return its job. Plans are made one after the other, beside the questions.

    The last few plans are held and can be asked about; rules that contradict each other end the job, and are named.
    """
    return placed(order_plan(room, keeper, order), response, PLANS)


@router.get("/plans", summary="Which plans are held or being made?", responses=problems())
def plans(room: Plans) -> PlanJobs:
    """Return the plans that are held, wait, are being made or failed lately, the newest first."""
    return PlanJobs(plans=room.jobs())


@router.get("/kept", summary="Which plans were kept?", responses=problems())
def kept(kept_plans: PlansKept, keeper: Keeper) -> ProduceKeptAnswer:
    """Return the plans that were kept and not taken back, the one kept last first."""
    return kept_plans.of(keeper.ledger)


@router.get("/plans/{plan}", summary="How far is this plan, and what does it come to?", responses=problems(404, 422))
def plan_job(plan: PlanInPath, room: Plans) -> PlanJob:
    """Return how far a plan is, and what it comes to once it is made: totals, stages with their proof, and notices."""
    return room.job(plan)


@router.delete("/plans/{plan}", status_code=204, summary="Give this plan up", responses=problems(403, 404, 422))
def give_plan_up(plan: PlanInPath, room: Plans) -> None:
    """Give a plan up: one that waits or is under way is not made, one that is made is let go."""
    room.cancel(plan)


@router.post(
    "/plans/{plan}/rules",
    status_code=202,
    summary="Plan again with these rules",
    responses=PLACED,
)
def plan_with_rules(plan: PlanInPath, rules: RulesBody, response: Response, room: Plans, keeper: Keeper) -> PlanJob:
    """Order the same plan anew with rules added: pairs locked or forbidden, kg reserved for a buyer, floors."""
    return placed(order_plan(room, keeper, with_more_rules(room, plan, rules)), response, PLANS)


@router.get(
    "/plans/{plan}/deliveries",
    summary="Who sends what to whom?",
    response_model=PlanDeliveries,
    responses=AS_TABLES,
)
def plan_deliveries(
    plan: PlanInPath,
    asking: Annotated[DeliveriesAsking, Query()],
    request: Request,
    room: Plans,
    language: WantedLanguage,
) -> Response:
    """Return the deliveries of a plan, page by page; of each pooled one, whose produce it is."""
    return _listed(room, plan, "deliveries", asking, request, language)


@router.get(
    "/plans/{plan}/lots",
    summary="What becomes of each lot?",
    response_model=PlanLots,
    responses=AS_TABLES,
)
def plan_lots(
    plan: PlanInPath, asking: Annotated[LotsAsking, Query()], request: Request, room: Plans, language: WantedLanguage
) -> Response:
    """Return what the plan sells of each lot, page by page, and why something stays."""
    return _listed(room, plan, "lots", asking, request, language)


@router.get(
    "/plans/{plan}/demands",
    summary="What becomes of each demand?",
    response_model=PlanDemands,
    responses=AS_TABLES,
)
def plan_demands(
    plan: PlanInPath, asking: Annotated[DemandsAsking, Query()], request: Request, room: Plans, language: WantedLanguage
) -> Response:
    """Return what the plan fills of each demand, page by page."""
    return _listed(room, plan, "demands", asking, request, language)


@router.get(
    "/plans/{plan}/promised",
    summary="What is promised already?",
    response_model=PlanPromises,
    responses=AS_TABLES,
)
def plan_promised(
    plan: PlanInPath,
    asking: Annotated[DeliveriesAsking, Query()],
    request: Request,
    room: Plans,
    language: WantedLanguage,
) -> Response:
    """Return what people have promised of the lots and is still to come, page by page; the plan leaves it alone."""
    return _listed(room, plan, "promised", asking, request, language)


@router.get(
    "/plans/{plan}/weeks",
    summary="What is on offer, wanted and left, by week and product?",
    response_model=PlanWeeks,
    responses=AS_TABLES,
)
def plan_weeks(
    plan: PlanInPath, asking: Annotated[ProductAsking, Query()], request: Request, room: Plans, language: WantedLanguage
) -> Response:
    """Return supply and demand by week and product, page by page: each lot and each demand in the week it ends."""
    return _listed(room, plan, "weeks", asking, request, language)


@router.get(
    "/plans/{plan}/whole",
    summary="Everything the plan says",
    response_model=ProducePlanAnswer,
    responses=AS_TABLES,
)
def whole_plan(
    plan: PlanInPath, asking: Annotated[WholeAsking, Query()], request: Request, room: Plans, language: WantedLanguage
) -> Response:
    """Return the whole plan, as `plumline produce plan --json` tells it, or its tables; it may be large."""
    question = PlanQuestion(what="whole", table=asking.table, language=language)
    return answered(room, plan, question, asking, request, file_name="produce-plan")


def _listed(
    room: Plans, plan: str, what: ListName, asking: ListAsking, request: Request, language: Language
) -> Response:
    question = PlanQuestion.model_validate({"what": what, "language": language, **filters_of(asking)})
    return answered(room, plan, question, asking, request)
