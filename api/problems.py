"""Every fault as a problem of RFC 9457, in the language that the request accepts."""

from __future__ import annotations

from http import HTTPStatus
from logging import getLogger

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.accept import preferred_language
from api.errors import (
    SECONDS_UNTIL_NEXT_TRY,
    AddressUnknown,
    BadParameters,
    GraphBusy,
    MethodRefused,
    RequestError,
    Unexpected,
)
from api.faults import ParameterFault, parameter_faults, told_together
from api.request_id import current_request_id
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from graph_store import StoreAway, StoreHeld
from ledger import LedgerLocked

logger = getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
# What passes by itself: the answer then says when to try again.
PASSING = (StoreAway, StoreHeld, LedgerLocked, GraphBusy)


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


def language_of(request: Request) -> Language:
    """Return the language that the request prefers, English when it does not say."""
    return preferred_language(",".join(request.headers.getlist("accept-language")))


def problem_response(
    error: PlumlineError, language: Language, *, errors: tuple[ParameterFault, ...] | None = None
) -> Response:
    """Return the error as a problem; one that passes by itself says when to try again."""
    body = Problem(
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        code=error.code,
        detail=error.text(language),
        request_id=current_request_id(),
        errors=errors,
    )
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    if isinstance(error, PASSING):
        headers["Retry-After"] = str(SECONDS_UNTIL_NEXT_TRY)
    return Response(body.model_dump_json(exclude_none=True), error.status, headers, PROBLEM_JSON)


def unexpected_response(request: Request) -> Response:
    """Return what is said about a fault of the program: nothing but where to look."""
    return problem_response(Unexpected("unexpected", request_id=current_request_id()), language_of(request))


def add_problem_handlers(app: FastAPI) -> None:
    """Make every fault that a request of the application can meet answer as a problem."""
    app.add_exception_handler(PlumlineError, _told)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(HTTPException, _not_served)


# Handlers run on the loop of the server and spend no thread, so that they answer even when every thread waits.
async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, PlumlineError)  # noqa: S101 - registered for this class alone
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # The text stays out of the log: what was asked about may stand in it.
        logger.error("fault code=%s class=%s", error.code, type(error).__name__)
    return problem_response(error, language_of(request))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class alone
    language = language_of(request)
    faults = parameter_faults(error.errors())
    refusal = BadParameters("bad_parameters", faults=told_together(faults))
    return problem_response(refusal, language, errors=tuple(fault.told(language) for fault in faults))


async def _not_served(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    response = problem_response(_as_error(request, error), language_of(request))
    response.headers.update(error.headers or {})
    return response


def _as_error(request: Request, error: HTTPException) -> RequestError:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return AddressUnknown("not_found")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return MethodRefused(
            "method_not_allowed", method=request.method, allowed=(error.headers or {}).get("Allow", "")
        )
    return RequestError("not_served", status=error.status_code)
