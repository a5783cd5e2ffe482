"""What `/openapi.json` says is what the server does, and its examples can be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from loaders.graph_update import bring_up_to_date
from loaders.load_options import FilesGiven
from loaders.run import load_files
from loaders.settings import Settings
from loaders.synthetic.plum_week import DAY, write_plum_week
from loaders.workspace import Workspace
from tests.api.loads.office import InThisProcess
from tests.api.plans.planning_here import InThisProcess as PlansHere
from tests.api.small_ledger import HERE, PATIENT

QUESTIONS = {"chains", "buyers", "cause_graph", "assistance", "board"}
# There is a job once something was sent, and rejects where something was wrong with it.
MAY_BE_NONE = {"load_job", "cancel_load", "job_rejects", "load_rejects"}
# A draft is there once it was kept, help once it was accepted.
MAY_BE_NONE |= {"kept_draft", "accept_draft", "help_state", "help_payment"}
# What is asked about a plan by its number, which it has only once it was ordered.
OF_A_PLAN = ("/v1/produce/plans/{plan}", "/v1/assistance/plans/{plan}")
HTTP_METHODS = {"get", "post", "put", "patch", "delete"}


@dataclass(frozen=True)
class Operation:
    """One route as the description tells it."""

    path: str
    method: str
    told: dict[str, Any]

    @property
    def parameters(self) -> list[dict[str, Any]]:
        return list(self.told.get("parameters", ()))


@dataclass(frozen=True)
class Example:
    """An address, with what is sent to it."""

    operation: str
    method: str
    address: str
    query: dict[str, str] = field(default_factory=dict)
    body: object = None


@pytest.fixture(scope="module")
def plums(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield an application on the made-up county of the demonstration."""
    folder = tmp_path_factory.mktemp("plums")
    workspace = Workspace(Settings(data=folder / "data"))
    files = FilesGiven(tuple(write_plum_week(folder / "feeds")))
    load_files(files, workspace.load_place(), recorded_at=datetime(2026, 4, 20, 8, tzinfo=UTC))
    store = workspace.open_graph()
    bring_up_to_date(store, workspace.open_ledger(), workspace.schema, workspace.policy, day=DAY)
    store.close()
    app = create_app(
        workspace, today=lambda: DAY, patience_seconds=PATIENT, start_load=InThisProcess, start_plan=PlansHere
    )
    with TestClient(app, base_url=HERE) as client:
        assert client.get("/readyz").status_code == 200
        yield client


def test_whoever_asks_while_the_description_is_being_made_gets_the_whole_of_it(tmp_path: Path) -> None:
    # The page of the API asks for it, and its reader may follow the link to it in the same moment.
    app = create_app(Workspace(Settings(data=tmp_path / "data")), today=lambda: DAY, patience_seconds=PATIENT)
    with TestClient(app, base_url=HERE) as client, ThreadPoolExecutor(max_workers=6) as readers:
        answers = list(readers.map(client.get, ["/openapi.json"] * 6))
    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.content for answer in answers}) == 1


@pytest.fixture(scope="module")
def description(plums: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = plums.get("/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def operations(description: dict[str, Any]) -> dict[str, Operation]:
    """Return every operation by its id."""
    return {
        told["operationId"]: Operation(path, method, told)
        for path, methods in description["paths"].items()
        for method, told in methods.items()
        if method in HTTP_METHODS
    }


def test_every_operation_has_an_id_of_its_own_a_tag_and_says_what_it_does(
    description: dict[str, Any], operations: dict[str, Operation]
) -> None:
    assert len(operations) == sum(len(methods) for methods in description["paths"].values())
    tags = {tag["name"]: tag["description"] for tag in description["tags"]}
    assert all(tags.values())
    for operation in operations.values():
        assert operation.told["summary"], operation.path
        assert operation.told["description"], operation.path
        assert len(operation.told["tags"]) == 1
        assert set(operation.told["tags"]) <= tags.keys(), operation.path


def test_every_parameter_says_what_it_is_and_has_bounds(
    description: dict[str, Any], operations: dict[str, Operation]
) -> None:
    for operation in operations.values():
        for parameter in operation.parameters:
            name = f"{operation.path} {parameter['name']}"
            assert parameter["description"], name
            assert is_bounded(parameter["schema"], description), name


def test_every_field_that_is_sent_says_what_it_is_and_has_bounds(
    description: dict[str, Any], operations: dict[str, Operation]
) -> None:
    fields = 0
    for operation in operations.values():
        for content in operation.told.get("requestBody", {}).get("content", {}).values():
            form = content["schema"]
            if "$ref" in form:
                form = description["components"]["schemas"][form["$ref"].rpartition("/")[2]]
            assert form["additionalProperties"] is False, operation.path
            for name, told in form["properties"].items():
                fields += 1
                assert told["description"], f"{operation.path} {name}"
                assert is_bounded(told, description), f"{operation.path} {name}"
    assert fields > 5


def is_bounded(form: dict[str, Any], description: dict[str, Any]) -> bool:
    """Return whether every way to fill a field has bounds: a flag, a choice, a number or a text of some length.

    A form within the form has them if each of its fields has, and no other field is taken.
    """
    if "$ref" in form:
        within = description["components"]["schemas"][form["$ref"].rpartition("/")[2]]
        fields = within["properties"].values()
        return within["additionalProperties"] is False and all(is_bounded(field, description) for field in fields)
    ways = [way for way in form.get("anyOf", [form]) if way != {"type": "null"}]
    return all(
        way.get("type") == "boolean"
        or "enum" in way
        or way.get("format") in ("binary", "date")
        or {"minimum", "maximum"} <= way.keys()
        or {"exclusiveMinimum", "maximum"} <= way.keys()
        or ("maxItems" in way and is_bounded(way["items"], description))
        or ("pattern" in way and ("maxLength" in way or way["pattern"].endswith("$")))
        for way in ways
    )


def test_every_problem_is_declared_with_its_media_type(operations: dict[str, Operation]) -> None:
    form = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for operation in operations.values():
        problems = {status: answer for status, answer in operation.told["responses"].items() if status >= "400"}
        assert {"413", "414", "421", "431", "500", "503"} <= problems.keys(), operation.path
        for answer in problems.values():
            assert answer["content"] == {"application/problem+json": form}, operation.path


def test_a_problem_that_passes_is_declared_with_the_time_to_come_back(operations: dict[str, Operation]) -> None:
    for question in QUESTIONS:
        responses = operations[question].told["responses"]
        assert [status for status in ("409", "503") if "Retry-After" in responses[status]["headers"]] == ["409", "503"]


def test_an_answer_that_may_be_kept_is_declared_with_its_tag(operations: dict[str, Operation]) -> None:
    for operation in operations.values():
        is_kept = operation.method == "get" and operation.path.startswith("/v1/")
        assert ("304" in operation.told["responses"]) == is_kept, operation.path
        if is_kept:
            assert "ETag" in operation.told["responses"]["200"]["headers"]


def test_no_mark_of_ours_is_left_in_the_description(plums: TestClient) -> None:
    assert "x-example-of" not in plums.get("/openapi.json").text


def examples_of(operation: Operation, description: dict[str, Any]) -> list[Example]:
    """Return the question with only what it must have, and one more for each example that may be left out."""
    path, may = operation.path, []
    must: dict[str, str] = dict(operation.told.get("x-example-query", {}))
    for parameter in operation.parameters:
        examples = parameter["schema"].get("examples", [])
        if parameter["required"]:
            assert examples, f"{operation.path} has no example of {parameter['name']}"
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", str(examples[0]))
        elif parameter["required"]:
            must[parameter["name"]] = str(examples[0])
        else:
            may += [(parameter["name"], str(example)) for example in examples]
    body = None
    for content in operation.told.get("requestBody", {}).get("content", {}).values():
        body = description["components"]["schemas"].get(content["schema"].get("$ref", "").rpartition("/")[2], {})
    sent = None if body is None else body.get("example")
    first = Example(operation.told["operationId"], operation.method, path, must, sent)
    return [first, *(Example(first.operation, first.method, path, {**must, name: value}, sent) for name, value in may)]


def test_every_example_of_every_operation_can_be_asked(
    plums: TestClient, description: dict[str, Any], operations: dict[str, Operation]
) -> None:
    asked = 0
    # What changes something comes last: it takes back the load that others are asked about.
    for operation in sorted(operations.values(), key=lambda each: each.method != "get"):
        if operation.told["operationId"] == "place_load":
            # A file is no example that could stand in a description.
            continue
        for example in examples_of(operation, description):
            answer = plums.request(example.method, example.address, params=example.query, json=example.body)
            taken = {200, 201, 202} | ({404} if example.operation in MAY_BE_NONE else set())
            if operation.path.startswith(OF_A_PLAN):
                taken = {404}
            assert answer.status_code in taken, f"{example} {answer.status_code} {answer.text[:300]}"
            asked += 1
    assert asked > 20


@pytest.mark.parametrize("form", ["node-link", "graphml", "svg", "csv", "xlsx", "html"])
def test_the_forms_of_a_cause_graph_are_declared_and_come_as_declared(
    plums: TestClient, operations: dict[str, Operation], form: str
) -> None:
    declared = operations["cause_graph"].told["responses"]["200"]["content"]
    answer = plums.get(f"/v1/cause-graph/Area/350624?format={form}")
    assert answer.headers["content-type"].partition(";")[0] in declared
    assert answer.headers["content-disposition"].endswith(f'.{form.replace("node-link", "json")}"')


def test_every_table_that_may_be_named_is_one_that_some_answer_has(
    plums: TestClient, operations: dict[str, Operation], description: dict[str, Any]
) -> None:
    """Ask for every table by name; one that this answer lacks is told with those that it has."""
    household = next(
        parameter["schema"]["examples"][0]
        for parameter in operations["history"].parameters
        if parameter["name"] == "subject_id"
    )
    addresses = {
        "chains": ["/v1/chains/Area/350624"],
        "buyers": ["/v1/buyers/Product/green_plum"],
        "cause_graph": ["/v1/cause-graph/Area/350624", f"/v1/cause-graph/Household/{household}"],
        "contradictions": ["/v1/contradictions/Area/350624"],
        "history": [f"/v1/history/Household/{household}"],
    }
    for question, paths in addresses.items():
        (schema,) = [each["schema"] for each in operations[question].parameters if each["name"] == "table"]
        (choice,) = [way["enum"] for way in schema["anyOf"] if "enum" in way]
        had: set[str] = set()
        for path in paths:
            for table in choice:
                answer = plums.get(f"{path}?format=csv&table={table}")
                if answer.status_code == 200:
                    assert answer.content.startswith(b"\xef\xbb\xbf")
                    had.add(table)
                else:
                    assert answer.json()["code"] == "no_such_table"
                    assert not re.search(rf"\b{table}\b", answer.json()["detail"])
        assert had == set(choice), question


def test_the_first_table_comes_when_none_is_named(plums: TestClient) -> None:
    named = plums.get("/v1/chains/Area/350624?format=csv&table=chains")
    assert plums.get("/v1/chains/Area/350624", headers={"Accept": "text/csv"}).content == named.content


def test_the_description_is_there_while_no_graph_is(tmp_path: Path) -> None:
    away = Workspace(Settings(data=tmp_path / "data", graph="bolt://127.0.0.1:1"))
    with TestClient(create_app(away, today=lambda: DAY), base_url=HERE) as client:
        answer = client.get("/openapi.json")
    assert answer.status_code == 200
    assert "/v1/history/Household/{subject_id}" in answer.json()["paths"]
