"""What `/openapi.json` says is what the server does."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

QUESTIONS = {"chains", "buyers", "cause_graph"}


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def operations(description: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return path and description of every operation by its id."""
    return {path["get"]["operationId"]: (name, path["get"]) for name, path in description["paths"].items()}


def test_every_operation_has_an_id_and_says_what_it_does(operations: dict[str, tuple[str, dict[str, Any]]]) -> None:
    assert set(operations) == {*QUESTIONS, "contradictions", "health", "history", "readiness"}
    assert all(operation["summary"] and operation["description"] for _, operation in operations.values())


def test_every_parameter_says_what_it_is_and_has_bounds(operations: dict[str, tuple[str, dict[str, Any]]]) -> None:
    bounds = {"pattern", "maximum", "enum"}
    for _, operation in operations.values():
        for parameter in operation.get("parameters", []):
            schema = parameter["schema"]
            forms = [form for form in schema.get("anyOf", [schema]) if form != {"type": "null"}]
            assert parameter["description"], parameter["name"]
            assert all(bounds & form.keys() for form in forms), parameter["name"]


def test_every_problem_is_declared_with_its_media_type(operations: dict[str, tuple[str, dict[str, Any]]]) -> None:
    for _, operation in operations.values():
        problems = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert {"421", "500"} <= problems.keys()
        for answer in problems.values():
            form = {"schema": {"$ref": "#/components/schemas/Problem"}}
            assert answer["content"] == {"application/problem+json": form}


def test_a_problem_that_passes_is_declared_with_the_time_to_come_back(
    operations: dict[str, tuple[str, dict[str, Any]]],
) -> None:
    for question in QUESTIONS:
        _, operation = operations[question]
        assert [status for status, answer in operation["responses"].items() if "headers" in answer] == ["409", "503"]


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_the_examples_of_the_parameters_can_be_asked(
    client: TestClient, operations: dict[str, tuple[str, dict[str, Any]]], question: str
) -> None:
    path, operation = operations[question]
    query = {}
    for parameter in operation["parameters"]:
        examples = parameter["schema"].get("examples", [])
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", examples[0])
        elif examples:
            query[parameter["name"]] = examples[0]
    answer = client.get(path, params=query)
    assert answer.status_code == 200
    assert answer.json()["as_of"] == "2026-05-20"


def test_the_forms_of_a_cause_graph_are_declared(operations: dict[str, tuple[str, dict[str, Any]]]) -> None:
    _, operation = operations["cause_graph"]
    assert set(operation["responses"]["200"]["content"]) == {
        "application/json",
        "application/vnd.plumline.node-link+json",
        "application/graphml+xml",
        "image/svg+xml",
        "text/html",
    }
