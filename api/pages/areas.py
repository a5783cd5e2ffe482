"""The pages of places: where to begin, and one area with its households by cause and by help."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from analysis.drawing.cause_forms import cause_graph_svg
from analysis.page import Page
from analysis.questions.area import area as ask_area
from analysis.questions.area import areas as ask_areas
from analysis.questions.cause_graph import cause_graph as ask_cause_graph
from analysis.questions.households import HouseholdsAsked
from analysis.questions.households import households as ask_households
from analysis.subject import Subject
from api.deps import Keeper, Places, ShowsSensitive
from api.pages.addresses import address, path_of
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.rendering import page
from api.parameters import After, SubjectId

router = APIRouter(include_in_schema=False)

HOUSEHOLDS_SHOWN = 25


class AreaPageAsking(PageAsking):
    """Which households are listed below."""

    help: Literal["with", "without"] | None = None
    cause: Annotated[str, Field(max_length=20)] | None = None
    after: After | None = None


@router.get("/areas", name="areas_page")
def areas(
    request: Request,
    asking: Annotated[PageAsking, Query()],
    keeper: Keeper,
    places: Places,
    language: PageLanguage,
) -> Response:
    """Show the areas to begin with."""
    with keeper.asking() as graph:
        day, counted = asking.day or graph.day, places.of(graph.store)
        answer = ask_areas(graph.store, keeper.workspace.schema, day=day, counted=counted)
    return page(request, "areas.html.j2", language=language, answer=answer)


@router.get("/areas/{area_id:path}", name="area_page")
def area(
    request: Request,
    area_id: SubjectId,
    asking: Annotated[AreaPageAsking, Query()],
    keeper: Keeper,
    places: Places,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show an area: its households, the places below, its causes as a graph, and its households a page at a time."""
    schema = keeper.workspace.schema
    with keeper.asking() as graph:
        store, day, counted = graph.store, asking.day or graph.day, places.of(graph.store)
        answer = ask_area(store, schema, area_id, day=day, show_sensitive=show_sensitive, counted=counted)
        causes = ask_cause_graph(
            store,
            schema,
            Subject("Area", area_id),
            day=day,
            show_sensitive=show_sensitive,
            network=keeper.network,
            counted=counted,
        )
        asked = HouseholdsAsked(asking.help, asking.cause, Page(HOUSEHOLDS_SHOWN, asking.after), show_sensitive)
        listed = ask_households(store, schema, area_id, day=day, asked=asked, counted=counted)

    def households_with(code: str) -> str:
        return address(path_of("areas", area_id), [("cause", code), ("day", asking.day)]) + "#households"

    return page(
        request,
        "area.html.j2",
        language=language,
        answer=answer,
        causes=causes,
        drawing=cause_graph_svg(causes, language, address_of=households_with),
        listed=listed,
        asking=asking,
    )
