"""The description of the API in OpenAPI: what FastAPI derives, with problems as they really come."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from api.problems import PROBLEM_JSON, Problem

DESCRIPTION = """\
Causes, chains of help and buyers of surplus produce, as a graph. Every answer names the day it holds for and says
whether it rests on made-up data. Faults are problems of RFC 9457, in English or Chinese as `Accept-Language` says.
The server answers on 127.0.0.1 only, and under no other host name than 127.0.0.1 and localhost."""

# Any request may meet these.
EVERYWHERE = (421, 500)
_FIRST_FAULT = 400
_WHEN = {
    403: "The question is about a sensitive cause, and sensitive causes are not shown.",
    404: "Nothing with that id is in the graph.",
    409: "Another process has the graph open for writing; `Retry-After` says when to try again.",
    421: "The request names another host than this machine.",
    422: "A parameter is unknown or cannot be used.",
    500: "Something went wrong inside the server.",
    503: "The graph cannot be reached or is taking in new loads; `Retry-After` says when to try again.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    """Return the declaration of the problems that a route can answer with."""
    return {status: {"model": Problem, "description": _WHEN[status]} for status in sorted({*statuses, *EVERYWHERE})}


def describe(app: FastAPI) -> None:
    """Give the application its description, in which problems carry their own media type."""
    app.description = DESCRIPTION
    derive = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_problem_type(derive())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign] # the way that FastAPI documents


def _with_problem_type(schema: dict[str, Any]) -> dict[str, Any]:
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= _FIRST_FAULT:
                    response["content"] = {PROBLEM_JSON: response["content"]["application/json"]}
                    if "Retry-After" in response["description"]:
                        response["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return schema
