"""How at risk the households of an area are, and what carries it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from analysis.page import Page
from analysis.questions.risk import RiskAsked
from analysis.questions.risk import risk as ask_risk
from analysis.questions.risk_answer import RiskAnswer
from analysis.tables.risk_tables import risk_tables
from api.deps import Keeper, Places, Risks, ShowsSensitive, WantedLanguage
from api.description import problems
from api.forms import (
    FORMAT_MEANING,
    TABLE_FORMS,
    TABLE_MEANING,
    TableForm,
    as_told,
    declared,
    formed,
    wanted_form,
)
from api.parameters import SHOWN, Asking, Count, SubjectId

router = APIRouter(prefix="/v1", tags=["questions"])

RiskTable = Literal[
    "risk_places",
    "risk_causes",
    "risk_causes_by_place",
    "risk_chains",
    "risk_links",
    "risk_bands",
    "risk_households",
    "risk_changes",
    "about",
]


class RiskAsking(Asking):
    """How the risk of an area may be asked for."""

    above: float | None = Field(
        default=None,
        gt=0,
        le=1,
        description="Households at or above this risk are counted as high; the level of the policy when left out.",
        examples=[0.3],
    )
    households: bool = Field(
        default=False, description="Whether households are listed too, those with the highest risk first."
    )
    limit: Count = Field(default=SHOWN, description="At most so many households are listed.")
    after: SubjectId | None = Field(default=None, description="`next_after` of the page before.")
    changes: bool = Field(
        default=False, description="Whether it is told why the returns changed since they were last kept."
    )
    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)
    table: RiskTable | None = Field(default=None, description=TABLE_MEANING)

    def wanted(self, *, show_sensitive: bool) -> RiskAsked:
        """Return what is asked of the question."""
        return RiskAsked(
            above=self.above,
            page=Page(self.limit, self.after) if self.households else None,
            with_change=self.changes,
            show_sensitive=show_sensitive,
        )


@router.get(
    "/risk/{area_id:path}",
    summary="How at risk are the households of this area, and what carries it?",
    response_model=RiskAnswer,
    responses={**declared(*TABLE_FORMS), **problems(404, 409, 422, 503)},
)
def risk(
    area_id: Annotated[SubjectId, Path(description="The official code of the area.", examples=["350624"])],
    asking: Annotated[RiskAsking, Query()],
    request: Request,
    keeper: Keeper,
    places: Places,
    risks: Risks,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return expected returns to poverty by place, and the causes, chains and links that carry them.

    The risk is a score until strengths were learned in the area, and nothing is decided about a household by it alone.
    It names no household unless they are asked for. Sensitive causes are in every number and not named unless the
    server shows them.
    """
    work = keeper.workspace
    with keeper.asking() as graph:
        day, ledger = asking.day or graph.day, work.open_ledger(create=True)
        answer = ask_risk(
            graph.store,
            ledger,
            work.schema,
            work.policy,
            keeper.risk_model,
            area_id,
            day=day,
            asked=asking.wanted(show_sensitive=show_sensitive),
            known=risks.of(graph.store, ledger, keeper.risk_model, day),
            counted=places.of(graph.store),
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: risk_tables(answer), form, language, table=asking.table)
    return formed(body, form, file_name=f"risk-{answer.asked.id}-{answer.as_of}", language=language)
