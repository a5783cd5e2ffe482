"""Areas: where they lie, their households by cause and by help, and the places below."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from analysis.questions.area import AreaAnswer, AreasAnswer
from analysis.questions.area import area as ask_area
from analysis.questions.area import areas as ask_areas
from analysis.tables.area_tables import area_tables
from api.deps import Keeper, Places, ShowsSensitive, WantedLanguage
from api.description import problems
from api.forms import (
    FORMAT_MEANING,
    TABLE_FORMS,
    TABLE_MEANING,
    TableForm,
    as_json,
    as_told,
    declared,
    formed,
    wanted_form,
)
from api.parameters import Asking, SubjectId

router = APIRouter(prefix="/v1", tags=["questions"])

AreaTable = Literal["places", "causes_by_place", "shocks", "works", "about"]


class AreaAsking(Asking):
    """How an area may be asked for."""

    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)
    table: AreaTable | None = Field(default=None, description=TABLE_MEANING)


@router.get(
    "/areas",
    summary="Which areas are there to begin with?",
    response_model=AreasAnswer,
    responses=problems(409, 422, 503),
)
def areas(asking: Annotated[Asking, Query()], keeper: Keeper, places: Places, language: WantedLanguage) -> Response:
    """Return the areas that are part of no other, those with the most households first."""
    with keeper.asking() as graph:
        day, counted = asking.day or graph.day, places.of(graph.store)
        answer = ask_areas(graph.store, keeper.workspace.schema, day=day, counted=counted)
    return formed(as_json(answer), "json", file_name="areas", language=language)


@router.get(
    "/areas/{area_id:path}",
    summary="How does this area stand?",
    response_model=AreaAnswer,
    responses={**declared(*TABLE_FORMS), **problems(404, 409, 422, 503)},
)
def area(
    area_id: Annotated[SubjectId, Path(description="The official code of the area.", examples=["350624"])],
    asking: Annotated[AreaAsking, Query()],
    request: Request,
    keeper: Keeper,
    places: Places,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return where the area lies, its households with and without help, by cause, and the same of the places below.

    It names no household; `/v1/households?area=` does.
    """
    with keeper.asking() as graph:
        answer = ask_area(
            graph.store,
            keeper.workspace.schema,
            area_id,
            day=asking.day or graph.day,
            show_sensitive=show_sensitive,
            counted=places.of(graph.store),
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: area_tables(answer), form, language, table=asking.table)
    return formed(body, form, file_name=f"area-{answer.asked.id}-{answer.as_of}", language=language)
