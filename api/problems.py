"""Every fault as a problem of RFC 9457, in the language that the request accepts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from logging import getLogger
from typing import Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.accept import preferred_language, preferred_media_type
from api.errors import (
    SECONDS_UNTIL_NEXT_TRY,
    AddressUnknown,
    BadParameters,
    BodyUnreadable,
    GraphBusy,
    MethodRefused,
    PlanBusy,
    QueueFull,
    RequestError,
    ServerBusy,
    Unexpected,
)
from api.faults import ParameterFault, parameter_faults, told_together
from api.request_id import current_request_id
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from graph_store import StoreAway, StoreHeld
from ledger import ErasureUnderWay, LedgerLocked

logger = getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
# What passes by itself: the answer then says when to try again.
PASSING = (StoreAway, StoreHeld, LedgerLocked, ErasureUnderWay, GraphBusy, ServerBusy, QueueFull, PlanBusy)
# Below it programs ask; everything else that a browser opens is for people.
FOR_PROGRAMS = "/v1/"
PAGES = "api.pages."

Missing = Literal["graph", "loads", "ledger"]
ErrorPage = Callable[[Request, PlumlineError, dict[str, str] | None], Awaitable[Response]]


class Problem(BaseModel):
    """What went wrong, in the form of RFC 9457. `code` is for programs and does not change, `detail` is for people."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "example": {
                "type": "about:blank",
                "title": "Not Found",
                "status": 404,
                "code": "unknown_subject",
                "detail": "The graph holds no Area with the id 999999. Check the id; `plumline status` says what has "
                "been loaded.",
                "request_id": "5f0c6a2e9b7d4c11",
            }
        },
    )

    type: str = Field(default="about:blank", description="Always about:blank; `code` tells the problems apart.")
    title: str = Field(description="What the status means.")
    status: int = Field(ge=400, le=599, description="The HTTP status.")
    code: str = Field(description="Stable name of the problem.")
    detail: str = Field(description="What is wrong and what to do, in English or Chinese as `Accept-Language` says.")
    request_id: str = Field(description="The id that the log of the server has for this request.")
    errors: tuple[ParameterFault, ...] | None = Field(
        default=None, description="Each parameter that cannot be used; only with the code bad_parameters."
    )
    missing: Missing | None = Field(
        default=None, description="What the server lacks to answer questions; only from /readyz."
    )


def language_of(request: Request) -> Language:
    """Return the language that the request prefers, English when it does not say."""
    return preferred_language(",".join(request.headers.getlist("accept-language")))


def problem_response(
    error: PlumlineError,
    language: Language,
    *,
    errors: tuple[ParameterFault, ...] | None = None,
    missing: Missing | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the error as a problem; one that passes by itself says when to try again."""
    body = Problem(
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        code=error.code,
        detail=error.text(language),
        request_id=current_request_id(),
        errors=errors,
        missing=missing,
    )
    head = {"Content-Language": language, "Vary": "Accept-Language", **_when_again(error), **(headers or {})}
    return Response(body.model_dump_json(exclude_none=True), error.status, head, PROBLEM_JSON)


async def fault_response(
    request: Request,
    error: PlumlineError,
    *,
    errors: tuple[ParameterFault, ...] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the error as whoever asked can read it: a page where a page was asked for, else a problem."""
    page: ErrorPage | None = getattr(request.app.state, "error_page", None)
    if page is not None and asks_for_page(request):
        return await page(request, error, {**_when_again(error), **(headers or {})})
    return problem_response(error, language_of(request), errors=errors, headers=headers)


async def unexpected_response(request: Request) -> Response:
    """Return what is said about a fault of the program: nothing but where to look."""
    return await fault_response(request, unexpected())


def unexpected() -> Unexpected:
    """Return the error that stands for a fault of the program."""
    return Unexpected("unexpected", request_id=current_request_id())


def asks_for_page(request: Request) -> bool:
    """Return whether the address is that of a page, or unknown and asked for by somebody who would like to see one."""
    endpoint = request.scope.get("endpoint")
    if endpoint is not None:
        return str(getattr(endpoint, "__module__", "")).startswith(PAGES)
    if request.url.path.startswith(FOR_PROGRAMS):
        return False
    accepted = ",".join(request.headers.getlist("accept"))
    return preferred_media_type(accepted, [PROBLEM_JSON, "application/json", "text/html"]) == "text/html"


def add_problem_handlers(app: FastAPI, error_page: ErrorPage | None = None) -> None:
    """Make every fault that a request of the application can meet answer as a problem, or by `error_page` as a page."""
    app.state.error_page = error_page
    app.add_exception_handler(PlumlineError, _told)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(HTTPException, _not_served)


def _when_again(error: PlumlineError) -> dict[str, str]:
    return {"Retry-After": str(SECONDS_UNTIL_NEXT_TRY)} if isinstance(error, PASSING) else {}


# Handlers run on the loop of the server and spend no thread, so that they answer even when every thread waits.
async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, PlumlineError)  # noqa: S101 - registered for this class alone
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # The text stays out of the log: what was asked about may stand in it.
        logger.error("fault code=%s class=%s", error.code, type(error).__name__)
    return await fault_response(request, error)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class alone
    language = language_of(request)
    faults = parameter_faults(error.errors())
    refusal = BadParameters("bad_parameters", faults=told_together(faults))
    return await fault_response(request, refusal, errors=tuple(fault.told(language) for fault in faults))


async def _not_served(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    return await fault_response(request, _as_error(request, error), headers=error.headers)


def _as_error(request: Request, error: HTTPException) -> RequestError:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return AddressUnknown("not_found")
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return BodyUnreadable("body_unreadable")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return MethodRefused(
            "method_not_allowed", method=request.method, allowed=(error.headers or {}).get("Allow", "")
        )
    return RequestError("not_served", status=error.status_code)
