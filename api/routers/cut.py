"""The cheapest help that brings a household's risk down, and what a budget could cut in an area."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from analysis.questions.cut import AreaLimits, Budget, check_area_size
from analysis.questions.cut import area_cut as ask_area_cut
from analysis.questions.cut import household_cut as ask_household_cut
from analysis.questions.cut_answer import AreaCutAnswer, HouseholdCutAnswer
from analysis.risk.budget import MOST_MEASURES
from analysis.tables.cut_tables import area_cut_tables, household_cut_tables
from api.deps import Keeper, Places, ShowsSensitive, WantedLanguage
from api.description import example_of, problems
from api.forms import FORMAT_MEANING, TABLE_FORMS, TABLE_MEANING, TableForm, as_told, declared, formed, wanted_form
from api.parameters import Asking, SubjectId

router = APIRouter(prefix="/v1", tags=["questions"])

HouseholdCutTable = Literal["cut_measures", "cut_totals", "cut_not_offered", "about"]
AreaCutTable = Literal["cut_area_measures", "cut_area_totals", "cut_programmes", "cut_programme_totals", "about"]
# A hundred thousand million yuan: above any budget of an area, and far inside of what numbers can hold.
MOST_FEN = 10**13
LIMITS = AreaLimits()


class HouseholdCutAsking(Asking):
    """How the cut of a household may be asked for."""

    level: float | None = Field(
        default=None,
        gt=0,
        le=1,
        description="The risk to come under; that of the policy when it is left out.",
        examples=[0.3],
    )
    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)
    table: HouseholdCutTable | None = Field(default=None, description=TABLE_MEANING)


class AreaCutAsking(Asking):
    """How the cut of an area may be asked for."""

    budget_fen: int = Field(ge=0, le=MOST_FEN, description="What may be spent, in fen.", examples=[5_000_000])
    most: int = Field(default=2, ge=1, le=MOST_MEASURES, description="New measures for one household at most.")
    programmes: bool = Field(
        default=False, description="Whether measures are weighed as programmes for all or none too."
    )
    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)
    table: AreaCutTable | None = Field(default=None, description=TABLE_MEANING)


@router.get(
    "/cut/household/{household_id:path}",
    summary="What is the cheapest help that brings this household's risk under a level?",
    response_model=HouseholdCutAnswer,
    responses={**declared(*TABLE_FORMS), **problems(404, 409, 422, 503)},
)
def household_cut(
    household_id: Annotated[
        SubjectId,
        Path(
            description="The pseudonym of the household; a register number does not belong in an address.",
            json_schema_extra=example_of("household"),
        ),
    ],
    asking: Annotated[HouseholdCutAsking, Query()],
    request: Request,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return the cheapest set of measures that does it and the next best, with what each requires and may never do.

    Measures that would tell of a sensitive cause are summed and not named unless the server shows them. It can take
    seconds where dozens of measures could help.
    """
    work = keeper.workspace
    with keeper.asking() as graph:
        answer = ask_household_cut(
            graph.store,
            work.open_ledger(create=True),
            work.schema,
            work.policy,
            keeper.risk_model,
            household_id,
            day=asking.day or graph.day,
            level=asking.level,
            show_sensitive=show_sensitive,
            known_at=graph.as_of,
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: household_cut_tables(answer), form, language, table=asking.table)
    return formed(body, form, file_name=f"cut-{answer.as_of}", language=language)


@router.get(
    "/cut/area/{area_id:path}",
    summary="What could a budget cut of the expected returns to poverty in this area?",
    response_model=AreaCutAnswer,
    responses={**declared(*TABLE_FORMS), **problems(404, 409, 422, 503)},
)
def area_cut(
    area_id: Annotated[SubjectId, Path(description="The official code of the area.", examples=["350624"])],
    asking: Annotated[AreaCutAsking, Query()],
    request: Request,
    keeper: Keeper,
    places: Places,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return the measures that prevent most for the money, at most a few a household, and how good any plan could be.

    It tells nothing of any single household. Of an area with too many households the terminal gives the answer.
    """
    work = keeper.workspace
    budget = Budget(asking.budget_fen, asking.most, asking.programmes)
    with keeper.asking() as graph:
        check_area_size(places.of(graph.store), area_id, budget, LIMITS)
        answer = ask_area_cut(
            graph.store,
            work.open_ledger(create=True),
            work.schema,
            work.policy,
            keeper.risk_model,
            area_id,
            budget,
            day=asking.day or graph.day,
            show_sensitive=show_sensitive,
            known_at=graph.as_of,
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: area_cut_tables(answer), form, language, table=asking.table)
    return formed(body, form, file_name=f"cut-area-{answer.asked.id}-{answer.as_of}", language=language)
