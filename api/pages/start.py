"""The start page: three ways in, and what is in the graph, how old it is and from which feeds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/", name="start_page")
def start(request: Request, asking: Annotated[PageAsking, Query()], language: PageLanguage) -> Response:
    """Show the three ways in and the state of the data."""
    return page(request, "start.html.j2", language=language, status_told=None)
