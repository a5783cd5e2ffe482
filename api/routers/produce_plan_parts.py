"""What can be asked about a plan that is made: why, what if a buyer wanted more, what it changes, and what to load."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from analysis.produce.map_parts import PlanMap
from analysis.questions.delivery_list import ProduceListAnswer
from analysis.questions.produce_changes_answer import ProduceChangesAnswer
from analysis.questions.produce_compare import ProduceCompareAnswer
from analysis.questions.produce_gluts import ProduceGlutsAnswer
from analysis.questions.produce_kept import KeptPlanTold
from analysis.questions.produce_why import ProduceWhyAnswer, ProduceWorthAnswer
from api.deps import Plans, WantedLanguage
from api.description import problems
from api.forms import FORMAT_MEANING, TABLE_MEANING, declared, formed, wanted_form
from api.parameters import SubjectId
from api.plans.asked import PlanInPath
from api.plans.produce.asked import PlanQuestion
from api.routers.plan_answers import AS_TABLES, PartAsking, answered

router = APIRouter(prefix="/v1/produce/plans", tags=["plans"])

MapForm = Literal["json", "svg"]
MAP_FORMS: tuple[MapForm, ...] = get_args(MapForm)


class WhyAsking(PartAsking):
    """How the reasons of a lot may be asked for."""

    table: Literal["lot_plan", "lot_changes", "lot_nearest", "lot_deliveries", "about"] | None = Field(
        default=None, description=TABLE_MEANING
    )


class CompareAsking(PartAsking):
    """How the plan may be asked for beside others."""

    table: Literal["compared_plans", "compared_lots", "compared_sellers", "about"] | None = Field(
        default=None, description=TABLE_MEANING
    )


class GlutsAsking(PartAsking):
    """How the gluts ahead may be asked for."""

    table: Literal["gluts", "glut_helps", "about"] | None = Field(default=None, description=TABLE_MEANING)


class LoadingAsking(PartAsking):
    """How the delivery lists may be asked for."""

    sender: SubjectId | None = Field(default=None, description="This cooperative or seller only; all when left out.")
    table: Literal["delivery_list", "delivery_senders", "about"] | None = Field(default=None, description=TABLE_MEANING)


class ChangesAsking(PartAsking):
    """Which kept plan is compared with, and how that may be asked for."""

    since: SubjectId | None = Field(
        default=None, description="The id of a kept plan; the one kept last of this area and product when left out."
    )
    table: Literal["plan_changes", "plan_other_days", "plan_sellers_changed", "plan_buyers_changed", "about"] | None = (
        Field(default=None, description=TABLE_MEANING)
    )


class MapAsking(BaseModel):
    """How the map may be asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: MapForm | None = Field(default=None, description=FORMAT_MEANING)


@router.get(
    "/{plan}/lots/{lot_id:path}",
    summary="Why does this lot stay unsold, and what would sell it?",
    response_model=ProduceWhyAnswer,
    responses=AS_TABLES,
)
def plan_lot(
    plan: PlanInPath,
    lot_id: Annotated[SubjectId, Path(description="Id of the lot.", examples=["LT-TAIPING-1"])],
    asking: Annotated[WhyAsking, Query()],
    request: Request,
    room: Plans,
    language: WantedLanguage,
) -> Response:
    """Return what keeps a lot from being sold, and of each thing the smallest change that would sell it."""
    question = PlanQuestion(what="why", subject=lot_id, table=asking.table, language=language)
    return answered(room, plan, question, asking, request)


@router.get(
    "/{plan}/demands/{demand_id:path}",
    summary="What would one more tonne of this buyer be worth?",
    response_model=ProduceWorthAnswer,
    responses=AS_TABLES,
)
def plan_demand(
    plan: PlanInPath,
    demand_id: Annotated[SubjectId, Path(description="Id of the demand.", examples=["DM-PUNING-2"])],
    asking: Annotated[PartAsking, Query()],
    request: Request,
    room: Plans,
    language: WantedLanguage,
) -> Response:
    """Return how much more would be sold, and what sellers would get, if the demand were a tonne larger."""
    question = PlanQuestion(what="worth", subject=demand_id, language=language)
    return answered(room, plan, question, asking, request)


@router.get(
    "/{plan}/compare",
    summary="What does the plan gain, and what does fairness cost?",
    response_model=ProduceCompareAnswer,
    responses=AS_TABLES,
)
def plan_compare(
    plan: PlanInPath, asking: Annotated[CompareAsking, Query()], request: Request, room: Plans, language: WantedLanguage
) -> Response:
    """Return the plan beside selling the best pair first, and beside the plan that favours nobody."""
    question = PlanQuestion(what="compare", table=asking.table, language=language)
    return answered(room, plan, question, asking, request)


@router.get(
    "/{plan}/gluts",
    summary="What will be ready and not sell, and what would help most?",
    response_model=ProduceGlutsAnswer,
    responses=AS_TABLES,
)
def plan_gluts(
    plan: PlanInPath, asking: Annotated[GlutsAsking, Query()], request: Request, room: Plans, language: WantedLanguage
) -> Response:
    """Return what will be ready against what is wanted, by product, week and area, and what would help most."""
    question = PlanQuestion(what="gluts", table=asking.table, language=language)
    return answered(room, plan, question, asking, request)


@router.get(
    "/{plan}/list",
    summary="Who has to load what for whom?",
    response_model=ProduceListAnswer,
    responses=AS_TABLES,
)
def plan_list(
    plan: PlanInPath, asking: Annotated[LoadingAsking, Query()], request: Request, room: Plans, language: WantedLanguage
) -> Response:
    """Return for each sender, cooperatives first, what to bring whom by when, and whose produce it is."""
    question = PlanQuestion(what="list", subject=asking.sender, table=asking.table, language=language)
    return answered(room, plan, question, asking, request)


@router.get(
    "/{plan}/changes",
    summary="What does this plan change against one that was kept?",
    response_model=ProduceChangesAnswer,
    responses=AS_TABLES,
)
def plan_changes(
    plan: PlanInPath, asking: Annotated[ChangesAsking, Query()], request: Request, room: Plans, language: WantedLanguage
) -> Response:
    """Return what changes for each lot and demand against a kept plan, why, and for whom it is more or less."""
    question = PlanQuestion(what="changes", since=asking.since, table=asking.table, language=language)
    return answered(room, plan, question, asking, request)


@router.get(
    "/{plan}/map",
    summary="Where is sold, collected and bought?",
    response_model=PlanMap,
    responses={**declared(*MAP_FORMS), **problems(404, 409, 422, 503)},
)
def plan_drawn(
    plan: PlanInPath, asking: Annotated[MapAsking, Query()], request: Request, room: Plans, language: WantedLanguage
) -> Response:
    """Return the places of the plan and what flows between them, as JSON or as a drawing."""
    form = wanted_form(request, asking.format, MAP_FORMS)
    body = room.ask(plan, PlanQuestion(what="map", form=form, language=language))
    return formed(body, form, file_name="plan-map", language=language)


@router.post(
    "/{plan}/keep",
    summary="Keep this plan",
    response_model=KeptPlanTold,
    responses=problems(403, 404, 409, 422, 423, 503),
)
def keep_plan(plan: PlanInPath, room: Plans, language: WantedLanguage) -> Response:
    """Keep the plan as a dated fact, once however often it is asked; withdrawing its load takes it back."""
    body = room.ask(plan, PlanQuestion(what="keep", language=language))
    return formed(body, "json", file_name="plan-kept", language=language)
