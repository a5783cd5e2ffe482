"""Search: a page, a list under the field at the top of every page, and the way from a register number to a household.

A register number stands in no address and in no log: it comes in the body of a form, and the answer leads to the
pseudonym.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response
from starlette.status import HTTP_303_SEE_OTHER, HTTP_404_NOT_FOUND

from analysis.errors import SubjectNotFound
from analysis.fetch.places import find_subject
from analysis.questions.search import KINDS, FoundKind, SearchAnswer, SearchAsked
from analysis.questions.search import search as ask_search
from analysis.subject import Subject, kind_label
from api.deps import Keeper, ShowsSensitive
from api.graph_keeper import GraphKeeper
from api.pages.addresses import path_of
from api.pages.asking import PageAsking
from api.pages.fragments import is_fragment
from api.pages.language import PageLanguage
from api.pages.rendering import page
from api.parameters import LONGEST_ID, PRINTABLE
from graph_schema.messages import Language

router = APIRouter(include_in_schema=False)

LONGEST_TEXT = 100
# Under the field at the top there is little room.
SHOWN_BELOW, SHOWN = 3, 20


class SearchPageAsking(PageAsking):
    """What is looked for, and of which kind alone."""

    q: Annotated[str, Field(max_length=LONGEST_TEXT, pattern=PRINTABLE)] = ""
    kind: FoundKind | None = None


@router.get("/search", name="search_page")
def search(
    request: Request,
    asking: Annotated[SearchPageAsking, Query()],
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show what fits; to the script of a page only as a short list."""
    inside = is_fragment(request)
    kinds = KINDS if asking.kind is None else (asking.kind,)
    asked = SearchAsked(kinds, SHOWN_BELOW if inside else SHOWN, show_sensitive)
    with keeper.asking() as graph:
        day = asking.day or graph.day
        answer = ask_search(graph.store, keeper.workspace.schema, asking.q, day=day, asked=asked)
    if inside:
        return page(request, "search_found.html.j2", language=language, answer=answer)
    return _page(request, keeper, language, answer, kind=asking.kind)


@router.post("/search", name="search_by_number")
def by_number(
    request: Request,
    keeper: Keeper,
    language: PageLanguage,
    number: Annotated[str, Form(max_length=LONGEST_ID, pattern=PRINTABLE)] = "",
) -> Response:
    """Lead to the household with a register number, or say that there is none; the number is told to nobody."""
    work = keeper.workspace
    with keeper.asking() as graph:
        household_id = work.identity.pseudonym("Household", number.strip())
        try:
            find_subject(graph.store, work.schema, Subject("Household", household_id), ("Household",))
        except SubjectNotFound:
            answer = ask_search(graph.store, work.schema, "", day=graph.day)
            return _page(request, keeper, language, answer, is_unknown=True)
    return RedirectResponse(path_of("households", household_id), HTTP_303_SEE_OTHER)


def _page(
    request: Request,
    keeper: GraphKeeper,
    language: Language,
    answer: SearchAnswer,
    *,
    kind: FoundKind | None = None,
    is_unknown: bool = False,
) -> Response:
    schema = keeper.workspace.schema
    return page(
        request,
        "search.html.j2",
        language=language,
        status=HTTP_404_NOT_FOUND if is_unknown else 200,
        answer=answer,
        kind=kind,
        kinds=[(each, kind_label(schema, each).text(language)) for each in KINDS],
        is_unknown=is_unknown,
    )
