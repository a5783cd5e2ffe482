"""What can be asked about a plan of assistance that is made: why, what more is worth, what hangs on whom."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from analysis.questions.assist_compare_answer import AssistCompareAnswer
from analysis.questions.assist_dependence_answer import AssistDependenceAnswer
from analysis.questions.assist_flow_answer import AssistFlow
from analysis.questions.assist_kept_answer import KeptAssistPlanTold
from analysis.questions.assist_links_answer import AssistLinksAnswer
from analysis.questions.assist_why_answer import AssistSecondAnswer, AssistWhyAnswer
from analysis.questions.assist_worth_answer import AssistWorthAnswer
from api.assist.asked import AcceptBody
from api.assist.showing import AcceptedShown, shown
from api.deps import AssistPlans, Keeper, ShowsSensitive, WantedLanguage
from api.description import example_of, problems
from api.forms import FORMAT_MEANING, TABLE_MEANING, declared, formed, wanted_form
from api.parameters import SubjectId
from api.plans.asked import PLAN_EXAMPLE, PlanId, PlanInPath
from api.plans.assistance.asked import AssistQuestion, GrantKind
from api.routers.plan_answers import AS_TABLES, PartAsking, answered
from api.trade.desk import trade_desk
from loaders.kept.assist.accept import accept

router = APIRouter(prefix="/v1/assistance/plans", tags=["assistance plans"])

FlowForm = Literal["json", "svg"]
CompareTable = Literal[
    "assist_moved", "assist_moved_villages", "assist_moved_tiers", "assist_moved_causes", "assist_sides", "about"
]
FLOW_FORMS: tuple[FlowForm, ...] = get_args(FlowForm)
# A hundred thousand million yuan: above any budget, and far inside of what numbers can hold.
MOST_AMOUNT = 10**13
WITH_HIDDEN = {**AS_TABLES, **problems(403, 404, 409, 422, 503)}


class WhyAsking(PartAsking):
    """How the reasons of a household may be asked for."""

    cause: SubjectId | None = Field(default=None, description="The need of this cause only.")
    table: Literal["assist_needs", "assist_openings", "assist_refused", "assist_second", "about"] | None = Field(
        default=None, description=TABLE_MEANING
    )


class PartyAsking(PartAsking):
    """Who is asked about."""

    programme: SubjectId | None = Field(default=None, description="This programme.")
    enterprise: SubjectId | None = Field(default=None, description="This enterprise, by its credit code.")
    cooperative: SubjectId | None = Field(default=None, description="This cooperative.")


class WorthAsking(PartyAsking):
    """How the worth of more may be asked for."""

    kind: GrantKind | None = Field(
        default=None, description="Of what more is wanted; with `subject`. Then it is planned anew with it."
    )
    subject: SubjectId | None = Field(
        default=None, description="The programme whose budget, or the resource of the plan, of which more is wanted."
    )
    amount: Annotated[int, Field(ge=1, le=MOST_AMOUNT)] | None = Field(
        default=None, description="How much more: fen of money, else its unit; 10,000 yuan or one when it is left out."
    )
    table: Literal["assist_worth", "assist_solved", "about"] | None = Field(default=None, description=TABLE_MEANING)


class DependenceAsking(PartyAsking):
    """On whom it is asked what hangs: on exactly one."""

    table: Literal["assist_falls", "assist_falls_villages", "about"] | None = Field(
        default=None, description=TABLE_MEANING
    )


class CompareAsking(PartAsking):
    """With what the plan is compared; with first come, first served when nothing is named."""

    beside: PlanId | None = Field(
        default=None, description="Another plan that is held, such as the one before rules.", examples=[PLAN_EXAMPLE]
    )
    since: SubjectId | None = Field(
        default=None, description="A draft that was kept, by its run; `last` for the one of this area kept last."
    )
    other: Literal["first_come", "without_rules"] | None = Field(
        default=None, description="Helping in the order of ids, or the best plan without the rules that people set."
    )
    table: CompareTable | None = Field(default=None, description=TABLE_MEANING)


class FlowAsking(BaseModel):
    """How the flow of help may be asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: FlowForm | None = Field(default=None, description=FORMAT_MEANING)


@router.get(
    "/{plan}/households/{household_id:path}",
    summary="Why does this household get what it gets, and what would cover more?",
    response_model=AssistWhyAnswer,
    responses=WITH_HIDDEN,
)
def assist_plan_household(
    plan: PlanInPath,
    household_id: Annotated[
        SubjectId, Path(description="The pseudonym of the household.", json_schema_extra=example_of("household"))
    ],
    asking: Annotated[WhyAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return what the plan does for each need of a household, why something is left, and what would cover more."""
    question = AssistQuestion(
        what="why", subject=household_id, cause=asking.cause, table=asking.table, language=language
    )
    return answered(plans, plan, question, asking, request)


@router.get(
    "/{plan}/worth",
    summary="What would one more yuan, place or seat be worth?",
    response_model=AssistWorthAnswer,
    responses=WITH_HIDDEN,
)
def assist_plan_worth(
    plan: PlanInPath,
    asking: Annotated[WorthAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return what a step more of each bound brings at most; of one that is named exactly, by planning anew with it."""
    given = asking.model_dump(exclude={"format"})
    is_named = asking.kind is not None and asking.subject is not None
    question = AssistQuestion.model_validate({"what": "worth" if is_named else "worths", "language": language, **given})
    return answered(plans, plan, question, asking, request)


@router.get(
    "/{plan}/dependence",
    summary="What falls if this programme, enterprise or cooperative goes?",
    response_model=AssistDependenceAnswer,
    responses=WITH_HIDDEN,
)
def assist_plan_dependence(
    plan: PlanInPath,
    asking: Annotated[DependenceAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return what falls by household and village if one of these goes, before and after the best plan without it."""
    given = asking.model_dump(exclude={"format"})
    question = AssistQuestion.model_validate({"what": "dependence", "language": language, **given})
    return answered(plans, plan, question, asking, request)


@router.get(
    "/{plan}/links",
    summary="Which missing link would unlock most?",
    response_model=AssistLinksAnswer,
    responses=AS_TABLES,
)
def assist_plan_links(
    plan: PlanInPath,
    asking: Annotated[PartAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return links that are not there and what they would bring: at most, and exactly for the best few."""
    return answered(plans, plan, AssistQuestion(what="links", language=language), asking, request)


@router.get(
    "/{plan}/second-helps",
    summary="Who gets a second help while another gets none?",
    response_model=AssistSecondAnswer,
    responses=AS_TABLES,
)
def assist_plan_second_helps(
    plan: PlanInPath,
    asking: Annotated[PartAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return who gets a second help that somebody without any could have had, and why the plan has it so."""
    return answered(plans, plan, AssistQuestion(what="second_helps", language=language), asking, request)


@router.get(
    "/{plan}/compare",
    summary="What does the plan gain or lose beside another?",
    response_model=AssistCompareAnswer,
    responses=AS_TABLES,
)
def assist_plan_compare(
    plan: PlanInPath,
    asking: Annotated[CompareAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return the plan beside another that is held, a draft, the plan without rules, or first come, first served."""
    question = AssistQuestion(
        what="compare",
        subject=asking.other,
        beside=asking.beside,
        since=asking.since,
        table=asking.table,
        language=language,
    )
    return answered(plans, plan, question, asking, request)


@router.get(
    "/{plan}/flow",
    summary="From which agency does help flow to which villages?",
    response_model=AssistFlow,
    responses={**declared(*FLOW_FORMS), **problems(404, 409, 422, 503)},
)
def assist_plan_flow(
    plan: PlanInPath,
    asking: Annotated[FlowAsking, Query()],
    request: Request,
    plans: AssistPlans,
    language: WantedLanguage,
) -> Response:
    """Return what flows from agencies through programmes, enterprises and cooperatives to villages, or its drawing."""
    form = wanted_form(request, asking.format, FLOW_FORMS)
    body = plans.ask(plan, AssistQuestion(what="flow", form=form, language=language))
    return formed(body, form, file_name="assist-plan-flow", language=language)


@router.post(
    "/{plan}/keep",
    summary="Keep this plan as a draft",
    response_model=KeptAssistPlanTold,
    responses=problems(403, 404, 409, 422, 423, 503),
)
def keep_assist_plan(plan: PlanInPath, plans: AssistPlans, language: WantedLanguage) -> Response:
    """Keep the plan as a dated fact, once however often it is asked; it promises nothing until it is accepted."""
    body = plans.ask(plan, AssistQuestion(what="keep", language=language))
    return formed(body, "json", file_name="assist-plan-kept", language=language)


@router.post(
    "/{plan}/accept",
    status_code=201,
    summary="Accept this plan, or a part of it",
    responses=problems(400, 403, 404, 408, 409, 415, 422, 423),
)
def accept_assist_plan(
    plan: PlanInPath,
    body: AcceptBody,
    request: Request,
    plans: AssistPlans,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
) -> AcceptedShown:
    """Keep the plan, and enter its help, or a part of it, as planned: as one load, all or none of it.

    What stands already is told and not entered again. Withdrawing the load takes it back.
    """
    kept = KeptAssistPlanTold.model_validate_json(plans.ask(plan, AssistQuestion(what="keep")))
    accepted = accept(trade_desk(request, keeper, body.day), body.read(kept.run_id))
    return shown(
        accepted, keeper.workspace.schema, show_sensitive=show_sensitive, names_households=bool(body.households)
    )
