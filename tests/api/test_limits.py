"""What a request may take, and what becomes of one that takes more."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from fastapi import FastAPI, Request
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.app import create_app
from api.limits import Bounds, Limits
from graph_store import Row, StoreAway
from graph_store.deadline import seconds_for
from loaders.workspace import ReadyGraph, Workspace
from tests.api.small_ledger import DAY, HERE

AREA = "/v1/cause-graph/Area/350624"
SMALL = Bounds(at_once=2, body_bytes=10, body_seconds=0.2, uploads=frozenset({"/upload"}), upload_bytes=100)


@dataclass
class Answer:
    """What an application sent."""

    status: int
    headers: dict[str, str]
    body: bytes


async def asked(
    app: Limits, path: str, *, method: str = "POST", headers: dict[str, str], parts: list[bytes], pause: float = 0.0
) -> Answer:
    """Return what the application answers to a body that comes in parts, with a pause before each."""
    waiting = list(parts)
    messages: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(pause)
        part = waiting.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        messages.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "app": FastAPI(),
    }
    await app(scope, receive, send)
    head = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return Answer(messages[0]["status"], head, b"".join(message.get("body", b"") for message in messages[1:]))


@pytest.fixture
def reader() -> Limits:
    """Return an application that says how long a body was; like the framework, it takes a fault for another one."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            length = len(await Request(scope, receive).body())
        except ClientDisconnect:
            raise
        except Exception:  # noqa: BLE001 - as FastAPI does
            await PlainTextResponse("cannot parse", 400)(scope, receive, send)
            return
        await PlainTextResponse(str(length))(scope, receive, send)

    return Limits(app, SMALL)


def test_a_body_within_its_bound_is_read(reader: Limits) -> None:
    answer = asyncio.run(asked(reader, "/x", headers={"content-length": "10"}, parts=[b"12345", b"67890"]))
    assert (answer.status, answer.body) == (200, b"10")


def test_a_body_that_says_it_is_too_large_is_refused_unread(reader: Limits) -> None:
    answer = asyncio.run(asked(reader, "/x", headers={"content-length": "11"}, parts=[]))
    assert answer.status == 413
    assert b'"code":"body_too_large"' in answer.body


def test_a_body_that_turns_out_too_large_is_refused(reader: Limits) -> None:
    answer = asyncio.run(asked(reader, "/x", headers={"transfer-encoding": "chunked"}, parts=[b"123456", b"78901"]))
    assert answer.status == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_address_that_takes_files_has_a_larger_bound(reader: Limits) -> None:
    answer = asyncio.run(asked(reader, "/upload", headers={"content-length": "100"}, parts=[b"x" * 100]))
    assert (answer.status, answer.body) == (200, b"100")
    assert asyncio.run(asked(reader, "/upload", headers={"content-length": "101"}, parts=[])).status == 413


def test_a_body_that_does_not_come_to_an_end_is_given_up(reader: Limits) -> None:
    chunked = {"transfer-encoding": "chunked"}
    answer = asyncio.run(asked(reader, "/x", headers=chunked, parts=[b"1"] * 9, pause=0.05))
    assert answer.status == 408
    assert b'"code":"sent_too_slowly"' in answer.body


def test_a_length_that_is_no_number_is_refused(reader: Limits) -> None:
    assert asyncio.run(asked(reader, "/x", headers={"content-length": "-1"}, parts=[])).status == 413


def test_an_address_and_headers_beyond_any_question_are_refused(client: TestClient) -> None:
    long = client.get("/v1/chains/Area/" + "3" * 9000)
    assert (long.status_code, long.json()["code"]) == (414, "address_too_long")
    wide = client.get(AREA, headers={"Cookie": "x" * 17_000})
    assert (wide.status_code, wide.json()["code"]) == (431, "headers_too_large")


def test_one_request_too_many_is_told_when_to_come_back_and_waits_in_no_queue() -> None:
    let_go = asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != "/healthz":
            await let_go.wait()
        await PlainTextResponse("done")(scope, receive, send)

    async def run() -> None:
        app = Limits(slow, SMALL)

        async def ask(path: str) -> Answer:
            return await asked(app, path, method="GET", headers={}, parts=[b""])

        under_way = [asyncio.create_task(ask("/x")) for _ in range(2)]
        await asyncio.sleep(0)
        refused = await ask("/x")
        assert (refused.status, refused.headers["retry-after"]) == (503, "5")
        assert b'"code":"server_busy"' in refused.body
        assert (await ask("/healthz")).status == 200
        let_go.set()
        assert [answer.status for answer in await asyncio.gather(*under_way)] == [200, 200]
        assert (await ask("/x")).status == 200

    asyncio.run(run())


class SlowKeeper:
    """A keeper whose graph answers each small question at once, and is asked many of them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.network = None

    @contextmanager
    def asking(self) -> Iterator[ReadyGraph]:
        yield ReadyGraph(self, DAY, missing_loads=0)  # type: ignore[arg-type] # only asked

    def ask(self, name: str, **parameters: object) -> list[Row]:
        while True:
            seconds_for(name, 60.0)
            time.sleep(0.01)

    def close(self) -> None:
        """Nothing to close."""


def test_a_question_made_of_many_quick_ones_is_cut_off_in_time(workspace: Workspace) -> None:
    app = create_app(workspace, today=lambda: DAY, bounds=Bounds(question_seconds=0.2))
    with TestClient(app, base_url=HERE) as client:
        client.get("/readyz")
        held, app.state.keeper = app.state.keeper, SlowKeeper(workspace)
        begun = time.monotonic()
        answer = client.get(AREA)
        app.state.keeper = held
    assert (answer.status_code, answer.json()["code"]) == (503, "too_slow")
    assert answer.headers["retry-after"] == "5"
    assert "0.2" in answer.json()["detail"]
    assert time.monotonic() - begun < 5


def test_outside_of_a_request_only_the_bound_of_each_question_counts() -> None:
    assert seconds_for("any", 60.0) == 60.0


def test_a_fault_of_the_store_passes_through_where_a_body_was_sent() -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        raise StoreAway("too_slow", query="q", seconds=1)

    with pytest.raises(StoreAway):
        asyncio.run(asked(Limits(failing, SMALL), "/x", headers={"content-length": "1"}, parts=[b"1"]))
