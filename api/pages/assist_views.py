"""What is looked at in one assistance plan: its helps, what is left and why, its effect on risk, and lists to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from analysis.assistance.parts import Party, Word
from analysis.produce.board_parts import Place
from analysis.questions.assist_plan_answer import PlannedHelp, VillagePart
from api.deps import AssistPlans
from api.pages.asking import PageAsking
from api.pages.assist_helpers import assist_helpers, per_cent
from api.pages.assist_parts import CHOICES, PATH, SHOWN, Row, assist_part, plan_page
from api.pages.language import PageLanguage
from api.pages.rendering import named, page
from api.parameters import SubjectId
from api.plans.asked import PlanInPath
from api.plans.assistance.answers import (
    AssistCauses,
    AssistHelps,
    AssistProgrammes,
    AssistRiskPart,
    AssistUncovered,
    AssistVillages,
)
from api.plans.assistance.asked import AssistQuestion
from api.plans.assistance.kind import AssistPlansHeld
from graph_schema.messages import Language

router = APIRouter(include_in_schema=False)

PLAN = PATH + "/{plan}"
SHEETS_SHOWN = 20
# More villages than any county, and more helps than any village.
ALL = 10**7
SEE_OTHER = 303
Option = tuple[str, str]


class HelpsAsking(PageAsking):
    """Which helps."""

    village: SubjectId | None = None
    programme: SubjectId | None = None
    cause: SubjectId | None = None
    measure: SubjectId | None = None
    enterprise: SubjectId | None = None
    cooperative: SubjectId | None = None
    after: Row | None = None

    def filters(self) -> dict[str, str]:
        """Return what narrows the list."""
        return {name: value for name, value in self.model_dump(exclude={"day", "lang", "after"}).items() if value}


class UncoveredAsking(PageAsking):
    """Which needs with something left."""

    reason: SubjectId | None = None
    village: SubjectId | None = None
    cause: SubjectId | None = None
    after: Row | None = None


class SheetsAsking(PageAsking):
    """Which village, or from which on; or all on one page, to print."""

    village: SubjectId | None = None
    after: Row | None = None
    all: Literal["yes"] | None = None


class FoundAsking(PageAsking):
    """Which household."""

    household: SubjectId


@router.get(PLAN + "/household", name="assist_plan_find_page")
def find(plan: PlanInPath, asking: Annotated[FoundAsking, Query()]) -> Response:
    """Lead to the page of a household in a plan."""
    return RedirectResponse(plan_page(plan, "households", asking.household.strip()), SEE_OTHER)


@router.get(PLAN + "/helps", name="assist_plan_helps_page")
def helps(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[HelpsAsking, Query()],
    room: AssistPlans,
    language: PageLanguage,
) -> Response:
    """Show the helps of a plan, all or those of a village, a cause or a party."""
    question = AssistQuestion(what="helps", after=asking.after, limit=SHOWN, **asking.filters())
    answer = assist_part(room, plan, AssistHelps, question)
    choices = _choices(room, plan, language)
    offered = {name for name, _ in choices}
    return page(
        request,
        "assist_helps.html.j2",
        language=language,
        answer=answer,
        plan=plan,
        asking=asking,
        choices=choices,
        # What no list of the form names.
        filters=[(value, value, name) for name, value in asking.filters().items() if name not in offered],
        api_query=asking.filters(),
        **assist_helpers(language),
    )


@router.get(PLAN + "/uncovered", name="assist_plan_uncovered_page")
def uncovered(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[UncoveredAsking, Query()],
    room: AssistPlans,
    language: PageLanguage,
) -> Response:
    """Show why need is left: the reasons with how much, and the needs of one reason, village or cause."""
    filters = asking.model_dump(include={"reason", "village", "cause"}, exclude_none=True)
    question = AssistQuestion(what="uncovered", after=asking.after, limit=SHOWN, **filters)
    answer = assist_part(room, plan, AssistUncovered, question)
    first = answer.uncovered[0] if answer.uncovered else None
    return page(
        request,
        "assist_uncovered.html.j2",
        language=language,
        answer=answer,
        plan=plan,
        asking=asking,
        job=room.job(plan),
        village=named(first.village, language=language) if first and asking.village else None,
        cause=named(first.cause, language=language) if first and asking.cause else None,
        **assist_helpers(language),
    )


@router.get(PLAN + "/risk", name="assist_plan_risk_page")
def risk(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[PageAsking, Query()],
    room: AssistPlans,
    language: PageLanguage,
) -> Response:
    """Show what a plan does to risk, beside the need that it covers, and where the two disagree."""
    answer = assist_part(room, plan, AssistRiskPart, AssistQuestion(what="risk"))
    villages = assist_part(room, plan, AssistVillages, AssistQuestion(what="villages", limit=ALL)).villages
    return page(
        request,
        "assist_risk.html.j2",
        language=language,
        answer=answer,
        plan=plan,
        job=room.job(plan),
        covered_of={each.village.id: each for each in villages},
        per_cent=per_cent,
        **assist_helpers(language),
    )


@router.get(PLAN + "/print", name="assist_plan_print_page")
def sheets(
    request: Request,
    plan: PlanInPath,
    asking: Annotated[SheetsAsking, Query()],
    room: AssistPlans,
    language: PageLanguage,
) -> Response:
    """Show for each village who gets what from whom; printed, each on a page of its own."""
    question = AssistQuestion(what="villages", village=asking.village, limit=ALL)
    answer = assist_part(room, plan, AssistVillages, question)
    helped = sorted((each for each in answer.villages if each.help_count), key=_by_name)
    first = asking.after or 0
    last = len(helped) if asking.all else min(first + SHEETS_SHOWN, len(helped))
    return page(
        request,
        "assist_print.html.j2",
        language=language,
        answer=answer,
        plan=plan,
        asking=asking,
        job=room.job(plan),
        sheets=[(each, _helps_of(room, plan, each)) for each in helped[first:last]],
        next_after=last if last < len(helped) else None,
        **assist_helpers(language),
    )


def _by_name(each: VillagePart) -> tuple[str, str]:
    return each.village.name or each.village.id, each.village.id


def _helps_of(room: AssistPlansHeld, plan: str, village: VillagePart) -> Sequence[PlannedHelp]:
    question = AssistQuestion(what="helps", village=village.village.id, limit=ALL)
    return assist_part(room, plan, AssistHelps, question).helps


def _choices(room: AssistPlansHeld, plan: str, language: Language) -> list[tuple[str, list[Option]]]:
    """Return what the list of helps can be narrowed to, of what there is not too much of for a list."""
    villages = assist_part(room, plan, AssistVillages, AssistQuestion(what="villages", limit=CHOICES))
    causes = assist_part(room, plan, AssistCauses, AssistQuestion(what="causes", limit=CHOICES))
    programmes = assist_part(room, plan, AssistProgrammes, AssistQuestion(what="programmes", limit=CHOICES))
    listed: list[tuple[str, list[Place] | list[Word] | list[Party], bool]] = [
        ("village", [each.village for each in villages.villages if each.village.id], villages.next_after is None),
        ("cause", [each.cause for each in causes.causes if each.cause], causes.next_after is None),
        ("programme", [each.programme for each in programmes.programmes], programmes.next_after is None),
    ]
    return [
        (name, sorted(((part.id, named(part, language=language)) for part in parts), key=_second))
        for name, parts, is_whole in listed
        if is_whole
    ]


def _second(option: Option) -> tuple[str, str]:
    return option[1], option[0]
