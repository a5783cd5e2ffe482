"""The description of the API for programmers, shown by Swagger UI out of our own files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.rendering import page

router = APIRouter(include_in_schema=False)

# Swagger UI writes styles into its elements and draws its arrows out of data; it reaches this server alone.
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@router.get("/docs", name="docs_page")
def docs(request: Request, asking: Annotated[PageAsking, Query()], language: PageLanguage) -> Response:
    """Show every route, what it takes and what it answers, and let each be tried out."""
    response = page(request, "docs.html.j2", language=language)
    response.headers["Content-Security-Policy"] = DOCS_POLICY
    return response
