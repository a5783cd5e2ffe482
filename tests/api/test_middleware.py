"""What surrounds every request: host, headers, log."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.middleware import RequestRecord
from api.request_id import RequestIdFilter, current_request_id, new_request_id
from api.server import create
from tests.api.small_ledger import HERE, Households


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "LOCALHOST", "[::1]", "[::1]:8000"])
def test_a_request_to_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "plumline.example",
        "127.0.0.1.plumline.example",
        "localhost.plumline.example:8000",
        "localhost@plumline.example",
        "192.168.0.7:8000",
        "[::2]",
        "::1",
        "127.0.0.1:8000:1",
        "",
        "localhost ",
    ],
)
def test_a_request_under_another_name_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/healthz", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "wrong_host"


def test_no_other_site_may_read_an_answer(client: TestClient) -> None:
    answer = client.get("/healthz", headers={"Origin": "https://plumline.example"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/healthz", "/v1/nothing", "/v1/cause-graph/Area/350624?format=svg"])
def test_every_answer_is_kept_by_no_shared_cache_and_runs_nothing(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["cache-control"] in ("no-store", "private, no-cache")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://plumline.example"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_a_page_of_another_site_sends_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/v1/loads", headers=headers, files={"file": ("police.Household.csv", b"id\n1\n")})
    assert (answer.status_code, answer.json()["code"]) == (403, "other_site")


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": HERE}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]
)
def test_what_our_own_pages_and_programs_send_is_taken(client: TestClient, headers: dict[str, str]) -> None:
    # It is no form, which only whoever takes it can find out.
    assert client.post("/v1/loads", headers=headers, content=b"").json()["code"] == "not_a_form"


def test_an_id_that_a_request_brings_is_not_taken_over(client: TestClient) -> None:
    brought = "0123456789abcdef"
    assert client.get("/healthz", headers={"X-Request-ID": brought}).headers["x-request-id"] != brought


def test_each_request_has_an_id_of_its_own(client: TestClient) -> None:
    first, second = (client.get("/healthz").headers["x-request-id"] for _ in range(2))
    assert first != second


def test_a_request_is_one_line_in_the_log_without_the_household(
    client: TestClient, households: Households, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.get(f"/v1/chains/Household/{households.with_plums}?after_household={households.other}")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert len([line for line in ours if line.startswith("GET /v1/chains/{kind}/{subject_id} 200 ")]) == 1
    assert not [line for line in ours for household in households if household in line]


def test_a_request_for_nothing_is_logged_without_its_path(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "api")
    client.get("/v1/h2345")
    assert [record.getMessage()[:19] for record in caplog.records if record.name == "api.middleware"] == [
        "GET (no route) 404 "
    ]


def test_lines_of_the_log_carry_the_id_of_their_request() -> None:
    record = logging.makeLogRecord({})
    with new_request_id() as request_id:
        assert RequestIdFilter().filter(record)
    assert vars(record)["request_id"] == request_id
    assert current_request_id() == "-"


def test_an_answer_that_fails_half_way_is_broken_off_and_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ZeroDivisionError("habcdefghijklmnop")

    async def receive() -> Message:
        return {"type": "http.request"}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    with pytest.raises(ConnectionAbortedError) as broken_off:
        asyncio.run(RequestRecord(failing)(scope, receive, send))
    assert [message["type"] for message in sent] == ["http.response.start"]
    assert "habcdefghijklmnop" not in f"{broken_off.value} {caplog.text}"


def test_the_server_is_made_from_the_environment_and_keeps_paths_out_of_its_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("api", "loaders", "uvicorn.access"):
        # Put back when the test ends.
        monkeypatch.setattr(logging.getLogger(name), "level", logging.getLogger(name).level)
        monkeypatch.setattr(logging.getLogger(name), "disabled", False)
    monkeypatch.setenv("PLUMLINE_DATA", str(tmp_path))
    monkeypatch.setenv("PLUMLINE_SHOW_SENSITIVE", "true")
    assert create().state.shows_sensitive is True
    assert logging.getLogger("api.middleware").isEnabledFor(logging.INFO)
    assert not logging.getLogger("uvicorn.access").isEnabledFor(logging.INFO)
