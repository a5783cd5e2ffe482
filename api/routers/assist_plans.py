"""Plans of assistance: ordered, followed, read page by page, and made again with rules that people set."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from analysis.questions.assist_plan_answer import AssistPlanAnswer
from api.deps import AssistPlans, Keeper, WantedLanguage
from api.description import problems
from api.forms import TABLE_MEANING, formed
from api.parameters import SubjectId
from api.plans.asked import PlanInPath
from api.plans.assistance.answers import (
    AssistCauses,
    AssistHelps,
    AssistJob,
    AssistJobs,
    AssistProgrammes,
    AssistResources,
    AssistRiskPart,
    AssistUncovered,
    AssistVillages,
)
from api.plans.assistance.asked import AssistOrder, AssistQuestion, AssistRulesBody, ListName
from api.plans.ordering import order_plan, with_more_rules
from api.routers.plan_answers import AS_TABLES, PLACED, ListAsking, PartAsking, answered, filters_of, placed
from graph_schema.messages import Language

PLANS = "/v1/assistance/plans"
router = APIRouter(prefix=PLANS, tags=["assistance plans"])

WholeTable = Literal[
    "assist_helps",
    "assist_villages",
    "assist_causes",
    "assist_tiers",
    "assist_programmes",
    "assist_resources",
    "assist_uncovered",
    "assist_stages",
    "assist_risk",
    "about",
]


class HelpsAsking(ListAsking):
    """How the helps of a plan may be asked for."""

    household: SubjectId | None = Field(default=None, description="For this household only, by its pseudonym.")
    village: SubjectId | None = Field(default=None, description="For households of this village.")
    cause: SubjectId | None = Field(default=None, description="Against this cause.")
    measure: SubjectId | None = Field(default=None, description="This measure only.")
    programme: SubjectId | None = Field(default=None, description="Given by this programme.")
    enterprise: SubjectId | None = Field(default=None, description="Given through this enterprise, by its credit code.")
    cooperative: SubjectId | None = Field(default=None, description="Given through this cooperative.")
    to_check: bool | None = Field(
        default=None, description="Those of which it has yet to be seen whether the household meets what is asked."
    )


class UncoveredAsking(ListAsking):
    """How the needs with something left may be asked for."""

    household: SubjectId | None = Field(default=None, description="Of this household only, by its pseudonym.")
    village: SubjectId | None = Field(default=None, description="Of households of this village.")
    cause: SubjectId | None = Field(default=None, description="Of this cause.")
    reason: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")] | None = Field(
        default=None, description="Left for this reason, as `uncovered` of the plan names it."
    )


class VillagesAsking(ListAsking):
    """How the villages of a plan may be asked for."""

    village: SubjectId | None = Field(default=None, description="This village only.")


class CausesAsking(ListAsking):
    """How the causes of a plan may be asked for."""

    cause: SubjectId | None = Field(default=None, description="This cause only.")


class ProgrammesAsking(ListAsking):
    """How the programmes of a plan may be asked for."""

    programme: SubjectId | None = Field(default=None, description="This programme only.")


class ResourcesAsking(ListAsking):
    """How what a plan takes from may be asked for."""

    programme: SubjectId | None = Field(default=None, description="What this programme has.")
    enterprise: SubjectId | None = Field(default=None, description="What this enterprise has.")
    cooperative: SubjectId | None = Field(default=None, description="What this cooperative has.")


class WholeAsking(PartAsking):
    """How a whole plan may be asked for."""

    table: WholeTable | None = Field(default=None, description=TABLE_MEANING)


@router.post("", status_code=202, summary="Plan who should help whom", responses=PLACED)
def place_assist_plan(order: AssistOrder, response: Response, plans: AssistPlans, keeper: Keeper) -> AssistJob:
    """Order a plan for all needs of an area at once, and return its job. Plans are made one after the other.

    The last few plans are held and can be asked about; rules that contradict each other end the job, and are named.
    """
    return placed(order_plan(plans, keeper, order), response, PLANS)


@router.get("", summary="Which plans of assistance are held or being made?", responses=problems())
def assist_plans(plans: AssistPlans) -> AssistJobs:
    """Return the plans that are held, wait, are being made or failed lately, the newest first."""
    return AssistJobs(plans=plans.jobs())


@router.get("/{plan}", summary="How far is this plan, and what does it come to?", responses=problems(404, 422))
def assist_plan_job(plan: PlanInPath, plans: AssistPlans) -> AssistJob:
    """Return how far a plan is, and what it comes to once it is made: totals, stages with their proof, and notices."""
    return plans.job(plan)


@router.delete("/{plan}", status_code=204, summary="Give this plan up", responses=problems(403, 404, 422))
def give_assist_plan_up(plan: PlanInPath, plans: AssistPlans) -> None:
    """Give a plan up: one that waits or is under way is not made, one that is made is let go."""
    plans.cancel(plan)


@router.post("/{plan}/rules", status_code=202, summary="Plan again with these rules", responses=PLACED)
def assist_plan_with_rules(
    plan: PlanInPath, rules: AssistRulesBody, response: Response, plans: AssistPlans, keeper: Keeper
) -> AssistJob:
    """Order the same plan anew with rules added: pairs locked or forbidden, floors and ceilings.

    What the rules cost is told by `compare` of the new plan with this one, once it is made.
    """
    return placed(order_plan(plans, keeper, with_more_rules(plans, plan, rules)), response, PLANS)


@router.get("/{plan}/helps", summary="Who helps whom with what?", response_model=AssistHelps, responses=AS_TABLES)
def assist_plan_helps(
    plan: PlanInPath,
    asking: Annotated[HelpsAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return the helps that are planned, page by page: household, cause, measure, and the way that it comes by."""
    return _listed(plans, plan, "helps", asking, request, language)


@router.get(
    "/{plan}/uncovered", summary="Which needs are left, and why?", response_model=AssistUncovered, responses=AS_TABLES
)
def assist_plan_uncovered(
    plan: PlanInPath,
    asking: Annotated[UncoveredAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return the needs with something left, page by page, the worst first, and why it is left."""
    return _listed(plans, plan, "uncovered", asking, request, language)


@router.get(
    "/{plan}/villages",
    summary="What is covered and left in each village?",
    response_model=AssistVillages,
    responses=AS_TABLES,
)
def assist_plan_villages(
    plan: PlanInPath,
    asking: Annotated[VillagesAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return need covered and left by village, page by page."""
    return _listed(plans, plan, "villages", asking, request, language)


@router.get(
    "/{plan}/causes",
    summary="What is covered and left of each cause?",
    response_model=AssistCauses,
    responses=AS_TABLES,
)
def assist_plan_causes(
    plan: PlanInPath,
    asking: Annotated[CausesAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return need covered and left by cause; sensitive causes stand together where they are not shown."""
    return _listed(plans, plan, "causes", asking, request, language)


@router.get(
    "/{plan}/programmes",
    summary="What does each programme spend, and what would more be worth?",
    response_model=AssistProgrammes,
    responses=AS_TABLES,
)
def assist_plan_programmes(
    plan: PlanInPath,
    asking: Annotated[ProgrammesAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return budget, what is promised, spent and left of each programme, and what 10,000 yuan more gain at most."""
    return _listed(plans, plan, "programmes", asking, request, language)


@router.get(
    "/{plan}/resources",
    summary="Which places and resources are used, and what would one more be worth?",
    response_model=AssistResources,
    responses=AS_TABLES,
)
def assist_plan_resources(
    plan: PlanInPath,
    asking: Annotated[ResourcesAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return places, seats, jobs and other resources: how much there is, used and left, and what one more gains."""
    return _listed(plans, plan, "resources", asking, request, language)


@router.get(
    "/{plan}/risk",
    summary="How many returns to poverty does the plan avoid?",
    response_model=AssistRiskPart,
    responses=problems(404, 409, 422, 503),
)
def assist_plan_risk(plan: PlanInPath, plans: AssistPlans, language: WantedLanguage) -> Response:
    """Return the expected returns avoided, in all and by village, and where need covered and risk lowered disagree."""
    body = plans.ask(plan, AssistQuestion(what="risk", language=language))
    return formed(body, "json", file_name="assist-plan-risk", language=language)


@router.get("/{plan}/whole", summary="Everything the plan says", response_model=AssistPlanAnswer, responses=AS_TABLES)
def whole_assist_plan(
    plan: PlanInPath,
    asking: Annotated[WholeAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return the whole plan, as `plumline assist plan --json` tells it, or its tables; it may be large."""
    return answered(plans, plan, AssistQuestion(what="whole", table=asking.table, language=language), asking, request)


def _listed(
    plans: AssistPlans, plan: str, what: ListName, asking: ListAsking, request: Request, language: Language
) -> Response:
    question = AssistQuestion.model_validate({"what": what, "language": language, **filters_of(asking)})
    return answered(plans, plan, question, asking, request)
