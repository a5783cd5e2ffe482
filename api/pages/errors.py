"""A fault as a page: what is wrong, what to do next, and the number under which the log has it."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response
from starlette.status import HTTP_503_SERVICE_UNAVAILABLE

from api.pages.language import page_language
from api.pages.rendering import page
from api.request_id import current_request_id
from graph_schema.errors import PlumlineError


async def error_page(request: Request, error: PlumlineError, headers: dict[str, str] | None = None) -> Response:
    """Return the page that tells the error, with its status and in the language of the reader."""
    language = await page_language(request)
    return page(
        request,
        "error.html.j2",
        language=language,
        status=error.status,
        headers=headers,
        what=error.what(language),
        remedy=error.remedy(language),
        status_code=error.status,
        request_id=current_request_id(),
        helps_to_ask_again=error.status == HTTP_503_SERVICE_UNAVAILABLE and request.method == "GET",
    )
