"""Why an assistance plan is as it is: a household in it, worth of one more, links, second helps, dependence, others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from analysis.amounts import plain, yuan
from analysis.questions.assist_chain_parts import ChangePart
from analysis.questions.assist_compare_answer import AssistCompareAnswer, CauseMove, TierMove, VillageMove
from analysis.questions.assist_dependence_answer import AssistDependenceAnswer
from analysis.questions.assist_links_answer import AssistLinksAnswer
from analysis.questions.assist_why_answer import AssistSecondAnswer, AssistWhyAnswer
from analysis.questions.assist_worth_answer import AssistWorthAnswer, StepWorth
from api.deps import AssistPlans, DraftsKept, Keeper
from api.errors import BadParameters, PlanBusy
from api.pages.asking import PageAsking
from api.pages.assist_helpers import assist_helpers
from api.pages.assist_parts import LARGEST_WHOLE, PATH, SHOWN, assist_part, dependence_choices, rule_choices
from api.pages.language import PageLanguage
from api.pages.rendering import instant_text, named, page
from api.pages.typed import FORM_HEADERS
from api.pages.words import worded
from api.parameters import SubjectId
from api.plans.asked import PlanInPath
from api.plans.assistance.asked import AssistQuestion, GrantKind
from api.plans.assistance.kind import AssistPlansHeld
from graph_schema.messages import Language

router = APIRouter(include_in_schema=False)

PLAN = PATH + "/{plan}"
PARTIES = ("programme", "enterprise", "cooperative")
FIRST_COME, WITHOUT_RULES, PLAN_OTHER, DRAFT_OTHER = "first_come", "without_rules", "plan/", "draft/"
Option = tuple[str, str]


class WorthAsking(PageAsking):
    """Of what one more is asked exactly: a kind of change, its id and the amount."""

    kind: GrantKind | None = None
    subject: SubjectId | None = None
    amount: Annotated[int, Field(ge=1, le=LARGEST_WHOLE)] | None = None


class DependenceAsking(PageAsking):
    """Who goes."""

    programme: SubjectId | None = None
    enterprise: SubjectId | None = None
    cooperative: SubjectId | None = None


class CompareAsking(PageAsking):
    """Beside what: first_come, without_rules, plan/ and its number, or draft/ and its id."""

    other: SubjectId | None = None


@router.get(PLAN + "/households/{household_id:path}", name="assist_plan_household_page")
def household(
    request: Request,
    plan: PlanInPath,
    household_id: Annotated[SubjectId, Path()],
    asking: Annotated[PageAsking, Query()],
    room: AssistPlans,
    language: PageLanguage,
) -> Response:
    """Show what a household gets through which chain, why the rest is left, and what can be decided of it."""
    answer = assist_part(room, plan, AssistWhyAnswer, AssistQuestion(what="why", subject=household_id))
    return page(
        request,
        "assist_household.html.j2",
        language=language,
        headers=FORM_HEADERS,
        answer=answer,
        plan=plan,
        programmes=rule_choices(room, plan).get("programme", []),
        gets_help=any(need.helps for need in answer.needs),
        **assist_helpers(language),
    )


@router.get(PLAN + "/worth", name="assist_plan_worth_page")
def worth(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[WorthAsking, Query()],
    room: AssistPlans,
    language: PageLanguage,
) -> Response:
    """Show what one more of anything would cover at most; of one of them, what it brings when planned anew with it."""
    question = AssistQuestion(what="worths")
    if asking.kind is not None and asking.subject is not None and asking.amount is not None:
        question = AssistQuestion(what="worth", kind=asking.kind, subject=asking.subject, amount=asking.amount)

    def shown() -> Response:
        answer = assist_part(room, plan, AssistWorthAnswer, question)
        steps = [each for each in answer.steps if _can_be_asked(each)]
        context = {"answer": answer, "plan": plan, "asking": asking, "steps": steps}
        return _told(
            request,
            "assist_worth.html.j2",
            language,
            step_words=lambda change: _step_words(change, language),
            **context,
        )

    return _or_wait(request, plan, language, shown)


@router.get(PLAN + "/links", name="assist_plan_links_page")
def links(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[PageAsking, Query()],
    room: AssistPlans,
    language: PageLanguage,
) -> Response:
    """Show which links that are not there would unlock most need."""

    def shown() -> Response:
        answer = assist_part(room, plan, AssistLinksAnswer, AssistQuestion(what="links"))
        return _told(request, "assist_links.html.j2", language, answer=answer, plan=plan)

    return _or_wait(request, plan, language, shown)


@router.get(PLAN + "/second-helps", name="assist_plan_second_page")
def second_helps(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[PageAsking, Query()],
    room: AssistPlans,
    language: PageLanguage,
) -> Response:
    """Show who gets a second help while another gets none, and why."""

    def shown() -> Response:
        answer = assist_part(room, plan, AssistSecondAnswer, AssistQuestion(what="second_helps"))
        return _told(request, "assist_second.html.j2", language, answer=answer, plan=plan)

    return _or_wait(request, plan, language, shown)


@router.get(PLAN + "/dependence", name="assist_plan_dependence_page")
def dependence(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[DependenceAsking, Query()],
    room: AssistPlans,
    language: PageLanguage,
) -> Response:
    """Show what falls if a programme, an enterprise or a cooperative goes, before and after the best re-plan."""
    given = {name: getattr(asking, name) for name in PARTIES if getattr(asking, name)}
    if len(given) > 1:
        raise BadParameters("form_not_filled", faults=", ".join(given))

    def shown() -> Response:
        answer = None
        if given:
            answer = assist_part(room, plan, AssistDependenceAnswer, AssistQuestion(what="dependence", **given))
        parties = dependence_choices(room, plan)
        context = {"answer": answer, "plan": plan, "asking": asking, "parties": parties}
        return _told(request, "assist_dependence.html.j2", language, **context)

    return _or_wait(request, plan, language, shown)


@router.get(PLAN + "/compare", name="assist_plan_compare_page")
def compare(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[CompareAsking, Query()],
    room: AssistPlans,
    kept: DraftsKept,
    keeper: Keeper,
    language: PageLanguage,
) -> Response:
    """Show a plan beside another: one at hand, a draft, the plan without rules, or first come first served."""
    question = None if asking.other is None else _compared(asking.other)
    api_query = (
        {} if question is None else {"beside": question.beside, "since": question.since, "other": question.subject}
    )
    choices = _others(room, plan, language)
    drafts = [
        (DRAFT_OTHER + each.run_id, _words("compare_draft", language, at=instant_text(each.kept_at, language=language)))
        for each in kept.of(keeper.ledger).plans
    ]

    def shown() -> Response:
        answer = None if question is None else assist_part(room, plan, AssistCompareAnswer, question)
        context = {
            "answer": answer,
            "plan": plan,
            "choices": [*choices, *drafts],
            "chosen": asking.other or "",
            "api_query": api_query,
        }
        return _told(request, "assist_compare.html.j2", language, **context, **_heads(language))

    return _or_wait(request, plan, language, shown)


def _or_wait(request: Request, plan: str, language: Language, show: Callable[[], Response]) -> Response:
    """Return the page, or one that looks again by itself where its answer takes longer than a page may."""
    try:
        return show()
    except PlanBusy:
        return page(request, "assist_wait.html.j2", language=language, plan=plan)


def _told(request: Request, template: str, language: Language, **context: Any) -> Response:  # noqa: ANN401 - what it is given
    return page(request, template, language=language, shown=SHOWN, **assist_helpers(language), **context)


def _words(code: str, language: Language, **fields: object) -> str:
    return str(worded(f"assist_why.{code}", language, **fields))


def _can_be_asked(step: StepWorth) -> bool:
    return step.most_gain_yuan > 0 and step.change.kind in get_args(GrantKind)


def _step_words(change: ChangePart, language: Language) -> str:
    """Return how much more of what, such as 10,000 yuan or one seat."""
    if change.unit == "fen":
        return str(yuan(change.amount, language))
    return _words("step_" + change.unit, language, count=plain(change.amount))


def _compared(other: str) -> AssistQuestion:
    """Return the question for the other plan that is named. Raises BadParameters."""
    if other in (FIRST_COME, WITHOUT_RULES):
        return AssistQuestion(what="compare", subject=other)
    if other.startswith(PLAN_OTHER):
        return AssistQuestion(what="compare", beside=other.removeprefix(PLAN_OTHER))
    if other.startswith(DRAFT_OTHER):
        return AssistQuestion(what="compare", since=other.removeprefix(DRAFT_OTHER))
    raise BadParameters("form_not_filled", faults="other")


def _others(room: AssistPlansHeld, plan: str, language: Language) -> list[Option]:
    order = room.order_of(plan)
    found = [(FIRST_COME, _words("compare_first_come", language))]
    if any(getattr(order.rules, kind) for kind in type(order.rules).model_fields):
        found.append((WITHOUT_RULES, _words("compare_without_rules", language)))
    for job in room.jobs():
        if job.plan != plan and job.summary is not None:
            area = job.summary.asked.area
            what = worded("assist_plan.everywhere", language) if area is None else area.name or area.id
            at = instant_text(job.placed_at, language=language)
            found.append((PLAN_OTHER + job.plan, _words("compare_plan", language, at=at, what=what)))
    return found


def _heads(language: Language) -> dict[str, Callable[[Any], str]]:
    """Return how the rows of the tables of a comparison are called."""

    def tier_name(each: TierMove) -> str:
        return str(worded("assist_plan.tier_n", language, tier=each.tier))

    def village_of(each: VillageMove) -> str:
        return each.village.name or each.village.id or str(worded("assist_plan.village_unknown", language))

    def cause_of(each: CauseMove) -> str:
        if each.cause is None:
            return str(worded("assist_plan.sensitive_causes", language))
        return named(each.cause, language=language)

    return {"tier_name": tier_name, "village_of": village_of, "cause_of": cause_of}
