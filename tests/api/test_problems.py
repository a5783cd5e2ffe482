"""Every fault comes as a problem of RFC 9457."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from starlette.testclient import TestClient

from graph_store import StoreError
from loaders.workspace import ReadyGraph, Workspace

SOMEBODY = "habcdefghijklmnop"
QUESTION = f"/v1/cause-graph/Household/{SOMEBODY}"


class FailingKeeper:
    """A keeper whose graph cannot be asked."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    @contextmanager
    def asking(self) -> Iterator[ReadyGraph]:
        raise self.error
        yield  # what makes it a generator

    def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def failing(
    client_of: Callable[..., TestClient], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Exception], TestClient]:
    """Return what makes an application whose questions end in an error."""

    def make(error: Exception) -> TestClient:
        client = client_of(workspace)
        monkeypatch.setattr(client.app.state, "keeper", FailingKeeper(error))  # type: ignore[attr-defined] # our app
        return client

    return make


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nothing", 404, "not_found"),
        ("GET", "/redoc", 404, "not_found"),
        ("GET", "/healthz/", 404, "not_found"),
        ("POST", "/healthz", 405, "method_not_allowed"),
        ("DELETE", "/v1/chains/Area/350624", 405, "method_not_allowed"),
        ("GET", "/v1/chains/Area/999999", 404, "unknown_subject"),
        ("GET", "/v1/chains/Cause/H02", 403, "sensitive_cause_asked"),
        ("GET", "/v1/chains/Person/1", 422, "bad_parameters"),
        ("GET", "/v1/buyers/SupplyLot/", 422, "bad_parameters"),
    ],
)
def test_a_fault_is_a_problem_with_a_stable_code(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["type"], body["status"], body["code"]) == ("about:blank", status, code)
    assert body["request_id"] == answer.headers["x-request-id"]
    assert body["title"]
    assert body["detail"]


def test_a_refused_method_is_told_which_are_taken(client: TestClient) -> None:
    answer = client.post("/healthz")
    assert answer.headers["allow"] == "GET"
    assert "GET" in answer.json()["detail"]


def test_a_problem_is_told_in_chinese_to_who_prefers_it(client: TestClient) -> None:
    answer = client.get("/v1/nothing", headers={"Accept-Language": "de, zh-CN;q=0.9, en;q=0.5"})
    assert answer.headers["content-language"] == "zh"
    assert answer.headers["vary"] == "Accept-Language"
    assert answer.json()["detail"].startswith("这个地址没有")


def test_every_parameter_at_fault_is_named_without_its_value(client: TestClient) -> None:
    answer = client.get("/v1/chains/Area/350624?limit=0&day=2026-02-30&dya=secret&after_chain=%00")
    assert answer.status_code == 422
    assert {(fault["place"], fault["name"], fault["code"]) for fault in answer.json()["errors"]} == {
        ("query", "limit", "parameter_too_small"),
        ("query", "day", "parameter_not_a_day"),
        ("query", "dya", "parameter_unknown"),
        ("query", "after_chain", "parameter_unprintable"),
    }
    assert "secret" not in answer.text


def test_parameters_at_fault_are_told_in_chinese(client: TestClient) -> None:
    answer = client.get("/v1/chains/Person/1?limit=x", headers={"Accept-Language": "zh"})
    assert [fault["what"] for fault in answer.json()["errors"]] == [
        "kind 只能是以下之一：Household, Area, Programme, Enterprise, Cooperative, Cause",
        "limit 不是整数",
    ]


def test_what_nobody_expected_is_a_problem_that_tells_nothing_of_it(
    failing: Callable[[Exception], TestClient],
) -> None:
    answer = failing(ZeroDivisionError(SOMEBODY)).get(QUESTION)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unexpected"
    assert answer.json()["request_id"] in answer.json()["detail"]
    assert "ZeroDivision" not in answer.text
    assert SOMEBODY not in answer.text


def test_what_nobody_expected_is_logged_with_its_place_and_without_its_text(
    failing: Callable[[Exception], TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    failing(ZeroDivisionError(SOMEBODY)).get(QUESTION)
    (told,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert "ZeroDivisionError" in told
    assert "api.routers.cause_graph:" in told
    assert SOMEBODY not in told


def test_a_fault_of_the_store_is_told_and_its_code_is_logged(
    failing: Callable[[Exception], TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    answer = failing(StoreError("no_snapshot", path=SOMEBODY)).get(QUESTION)
    assert (answer.status_code, answer.json()["code"]) == (500, "no_snapshot")
    (told,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert "no_snapshot" in told
    assert SOMEBODY not in told
