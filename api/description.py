"""The description of the API in OpenAPI: what FastAPI derives, with problems as they really come."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from threading import Lock
from typing import Any

from fastapi import FastAPI
from pydantic import JsonValue

from api.etag import TAG_HEADER
from api.problems import FOR_PROGRAMS, PROBLEM_JSON, Problem

DESCRIPTION = """\
Causes, chains of help and buyers of surplus produce, as a graph. Every answer names the day it holds for and says
whether it rests on made-up data. Faults are problems of RFC 9457, in English or Chinese as `Accept-Language` says.
The server answers on 127.0.0.1 only, and under no other host name than 127.0.0.1 and localhost."""

TAGS = {
    "questions": "Causes, help and produce: what the graph says, in the forms that people and programs read.",
    "search": "Finding what a question can be asked about.",
    "words": "What each word, code and number means.",
    "plans": "All surplus produce planned at once: ordered, followed, read and explained.",
    "assistance plans": "Who should help whom: planned, explained, kept as a draft, accepted, and what comes of it.",
    "trade": "Lots promised to demands, what becomes of the promises, and what enterprises want.",
    "loads": "Files of the departments: sent, followed, and taken back.",
    "state of the server": "Whether it can answer, how old its data are, and what it counts of itself.",
}
# A parameter with this mark has an example that is looked up when the description is asked for.
EXAMPLE_OF = "x-example-of"
# Where no single parameter must be given, but some together: a query with which the operation can be tried out.
EXAMPLE_QUERY = "x-example-query"
_UNCHANGED = "The answer is the one that `If-None-Match` names."
_TAG = {"description": "What names this answer in `If-None-Match`.", "schema": {"type": "string"}}

# Any request may meet these.
EVERYWHERE = (413, 414, 421, 431, 500, 503)
_FIRST_FAULT = 400
_WHEN = {
    400: "What was sent cannot be read.",
    403: "It is about a sensitive cause, and those are not shown; or a page of another site sent it.",
    404: "Nothing with that id is there.",
    408: "What was sent did not arrive in time.",
    409: "Another process has the graph open for writing; `Retry-After` says when to try again.",
    413: "More was sent than the address takes.",
    414: "The address is too long.",
    415: "What was sent is of a kind that the address does not take.",
    421: "The request names another host than this machine.",
    422: "A parameter is unknown or cannot be used.",
    423: "Another process is writing to the data folder; `Retry-After` says when to try again.",
    431: "The headers are too large.",
    500: "Something went wrong inside the server.",
    507: "The disk does not take the file.",
    503: "The graph cannot be reached or is taking in loads, an answer took too long, or there are too many requests; "
    "`Retry-After` says when to try again.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    """Return the declaration of the problems that a route can answer with."""
    return {status: {"model": Problem, "description": _WHEN[status]} for status in sorted({*statuses, *EVERYWHERE})}


def example_of(example: str) -> dict[str, JsonValue]:
    """Return what marks a parameter whose example hangs on the data folder: a `household`, or a `load`."""
    return {EXAMPLE_OF: example}


def describe(app: FastAPI) -> None:
    """Give the application its description, in which problems carry their own media type."""
    app.description = DESCRIPTION
    app.openapi_tags = [{"name": name, "description": meaning} for name, meaning in TAGS.items()]
    derive = app.openapi
    making = Lock()
    made: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        # It takes seconds, and what two threads derive at once from the same routes comes out broken.
        with making:
            if not made:
                made.update(_completed(derive()))
        return made

    app.openapi = openapi  # type: ignore[method-assign] # the way that FastAPI documents


def with_examples(description: dict[str, Any], examples: Mapping[str, str]) -> dict[str, Any]:
    """Return the description with these examples in the parameters that are marked for them."""
    filled = copy.deepcopy(description)
    for operations in filled["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                example = examples.get(parameter["schema"].pop(EXAMPLE_OF, None))
                if example is not None:
                    parameter["schema"]["examples"] = [example]
                if parameter["required"] and parameter["schema"].get("examples"):
                    # What is tried out begins with this; what may be left out begins empty.
                    parameter["example"] = parameter["schema"]["examples"][0]
    return filled


def _completed(schema: dict[str, Any]) -> dict[str, Any]:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            responses = operation["responses"]
            for status, response in responses.items():
                if int(status) >= _FIRST_FAULT:
                    response["content"] = {PROBLEM_JSON: response["content"]["application/json"]}
                    if "Retry-After" in response["description"]:
                        response["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
            if method == "get" and path.startswith(FOR_PROGRAMS):
                responses["200"].setdefault("headers", {})[TAG_HEADER] = _TAG
                responses["304"] = {"description": _UNCHANGED, "headers": {TAG_HEADER: _TAG}}
    return schema
