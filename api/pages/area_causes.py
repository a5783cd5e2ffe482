"""The page of what carries the expected returns of an area, and of what a budget could cut of them."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from analysis.amounts import FEN_IN_A_YUAN
from analysis.drawing.risk_bars import risk_bars
from analysis.page import Page
from analysis.questions.cut import AreaLimits, Budget, area_cut, check_area_size
from analysis.questions.risk import RiskAsked
from analysis.questions.risk import risk as ask_risk
from analysis.risk.budget import MOST_MEASURES
from analysis.risk.by_home import households_at
from api.deps import Keeper, Places, Risks, ShowsSensitive
from api.pages.addresses import address, path_of
from api.pages.asking import PageAsking
from api.pages.fragments import is_fragment
from api.pages.language import PageLanguage
from api.pages.rendering import page
from api.parameters import SubjectId
from api.routers.cut import LIMITS, MOST_FEN
from graph_schema.errors import PlumlineError

router = APIRouter(include_in_schema=False)

HOUSEHOLDS_SHOWN = 10
TOP_CAUSES = 3
MOST_YUAN = MOST_FEN // FEN_IN_A_YUAN


class CausesPageAsking(PageAsking):
    """Whether it is told why the returns changed, which reads what was kept."""

    changes: Literal["yes"] | None = None


class BudgetPageAsking(PageAsking):
    """What may be spent, in yuan, and for how many new measures a household."""

    budget: Annotated[int, Field(ge=0, le=MOST_YUAN)]
    most: Annotated[int, Field(ge=1, le=MOST_MEASURES)] = 2


@router.get("/areas/{area_id:path}/causes/budget", name="area_budget_page")
def budget(
    request: Request,
    area_id: SubjectId,
    asking: Annotated[BudgetPageAsking, Query()],
    keeper: Keeper,
    places: Places,
    risks: Risks,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show what the budget could cut; it may take seconds, so an area with too many households is refused."""
    work, model = keeper.workspace, keeper.risk_model
    wanted = Budget(asking.budget * FEN_IN_A_YUAN, asking.most)
    answer, fault = None, None
    with keeper.asking() as graph:
        store, ledger, day = graph.store, work.open_ledger(create=True), asking.day or graph.day
        counted = places.of(store)
        try:
            check_area_size(counted, area_id, wanted, LIMITS)
            known = risks.of(store, ledger, model, day)
            below = {row["area_id"] for row in counted.tree(area_id)}
            lives_there = np.array([home in below for home in known.homes], dtype=np.bool_)
            answer = area_cut(
                store,
                ledger,
                work.schema,
                work.policy,
                model,
                area_id,
                wanted,
                day=day,
                show_sensitive=show_sensitive,
                households=households_at(known.households, np.flatnonzero(lives_there[known.home])),
            )
        except PlumlineError as told:
            if told.code != "cut_area_too_large":
                raise
            fault = told
    return page(
        request,
        "causes_budget_inside.html.j2" if is_fragment(request) else "causes_budget.html.j2",
        language=language,
        status=200 if fault is None else fault.status,
        answer=answer,
        fault=fault,
        area_id=area_id,
        asking=asking,
        limits=AreaLimits(),
    )


@router.get("/areas/{area_id:path}/causes", name="area_causes_page")
def causes(
    request: Request,
    area_id: SubjectId,
    asking: Annotated[CausesPageAsking, Query()],
    keeper: Keeper,
    places: Places,
    risks: Risks,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show what carries the expected returns of an area: by place, by cause, by chain; and why they changed."""
    work, model = keeper.workspace, keeper.risk_model
    with keeper.asking() as graph:
        day, ledger = asking.day or graph.day, work.open_ledger(create=True)
        answer = ask_risk(
            graph.store,
            ledger,
            work.schema,
            work.policy,
            model,
            area_id,
            day=day,
            asked=RiskAsked(
                page=Page(HOUSEHOLDS_SHOWN), with_change=asking.changes is not None, show_sensitive=show_sensitive
            ),
            known=risks.of(graph.store, ledger, model, day),
            counted=places.of(graph.store),
        )

    def households_with(code: str) -> str:
        return address(path_of("areas", area_id), [("cause", code), ("day", asking.day)]) + "#households"

    return page(
        request,
        "causes.html.j2",
        language=language,
        answer=answer,
        drawing=risk_bars(answer, language, link=households_with),
        households_with=households_with,
        area_id=area_id,
        asking=asking,
        limits=AreaLimits(),
        top_causes=TOP_CAUSES,
    )
