"""The field of a form that takes a place: people write its name as often as its code."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import RedirectResponse, Response
from starlette.status import HTTP_303_SEE_OTHER

from analysis.errors import SubjectNotFound
from analysis.fetch.places import find_subject
from analysis.questions.search import FoundKind, SearchAsked
from analysis.questions.search import search as ask_search
from analysis.subject import Subject
from api.pages.addresses import address
from graph_schema import Schema
from loaders.workspace import ReadyGraph

AREA: FoundKind = "Area"
# More places than these with one name and the reader has to choose from a list.
LOOKED_AT = 20


def led_to_place(request: Request, graph: ReadyGraph, schema: Schema, typed: str | None) -> Response | None:
    """Return where the reader is led by a part of a name or code; None where `typed` is a code, nothing or unknown.

    What one area alone has leads to the same page with its code, what several have to the search for places.
    """
    if typed is None or _is_area(graph, schema, typed):
        return None
    same = _meant(graph, schema, typed)
    if not same:
        # The question itself says that there is no such area.
        return None
    if len(same) == 1:
        kept = [(name, same[0] if name == "area" else value) for name, value in request.query_params.items()]
        return RedirectResponse(address(request.url.path, kept), HTTP_303_SEE_OTHER)
    return RedirectResponse(address("/search", [("q", typed), ("kind", AREA)]), HTTP_303_SEE_OTHER)


def area_code(graph: ReadyGraph, schema: Schema, typed: str | None) -> str | None:
    """Return the code of the one area that is meant by a name or code; else what was typed, which is then refused."""
    if typed is None or _is_area(graph, schema, typed):
        return typed
    same = _meant(graph, schema, typed)
    return same[0] if len(same) == 1 else typed


def _meant(graph: ReadyGraph, schema: Schema, typed: str) -> list[str]:
    """Return the areas whose name is just this, else those that have it in their name or code."""
    found = ask_search(graph.store, schema, typed, day=graph.day, asked=SearchAsked((AREA,), LOOKED_AT, False))
    hits = [hit for group in found.groups for hit in group.hits]
    return [hit.id for hit in hits if typed in (hit.name_en, hit.name_zh)] or [hit.id for hit in hits]


def _is_area(graph: ReadyGraph, schema: Schema, area_id: str) -> bool:
    try:
        find_subject(graph.store, schema, Subject(AREA, area_id), (AREA,))
    except SubjectNotFound:
        return False
    return True
