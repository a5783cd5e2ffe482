"""Every fault as a problem of RFC 9457, in the language that the request accepts."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from graph_schema.errors import PlumlineError
from graph_schema.messages import Language

SECONDS_UNTIL_NEXT_TRY = 5
UNAVAILABLE = 503


class Problem(BaseModel):
    """What went wrong, as RFC 9457 says it; `code` is stable, `detail` is for people."""

    type: str = Field(description="Always about:blank; `code` tells the problems apart.")
    status: int = Field(description="The HTTP status.")
    code: str = Field(description="Stable name of the problem.")
    detail: str = Field(description="What is wrong and what to do, in the language asked for.")


def language_of(request: Request) -> Language:
    """Return Chinese when the request prefers it, else English."""
    return "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"


def problem(status: int, code: str, detail: str) -> JSONResponse:
    """Return a problem as a response; one that may pass says when to try again."""
    headers = {"Retry-After": str(SECONDS_UNTIL_NEXT_TRY)} if status == UNAVAILABLE else None
    body = Problem(type="about:blank", status=status, code=code, detail=detail)
    return JSONResponse(body.model_dump(), status, headers, media_type="application/problem+json")


def add_error_handlers(app: FastAPI) -> None:
    """Make every fault of the application answer as a problem."""

    def told(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, PlumlineError)  # noqa: S101 - the handler is registered for this class alone
        return problem(error.status, error.code, error.text(language_of(request)))

    def refused(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - the handler is registered for this class alone
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return problem(422, "bad_request", f"{where}: {first['msg']}")

    def not_served(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101 - the handler is registered for this class alone
        return problem(error.status_code, "not_served", str(error.detail))

    app.add_exception_handler(PlumlineError, told)
    app.add_exception_handler(RequestValidationError, refused)
    app.add_exception_handler(HTTPException, not_served)
