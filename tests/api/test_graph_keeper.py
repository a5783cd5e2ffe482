"""The graph of a running server: opened late, away and back, held by another process, or not there yet."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from graph_store import GraphStore, StoreAway
from loaders.settings import Settings
from loaders.workspace import Workspace

SOON = 30.0


class AwayWorkspace(Workspace):
    """A data folder whose graph cannot be reached until it is back."""

    is_back = False
    tries = 0

    def open_graph(self, *, read_only: bool = False) -> GraphStore:
        """Return the graph, or say that it is away."""
        self.tries += 1
        if not self.is_back:
            raise StoreAway("engine_away", url="bolt://127.0.0.1:7687")
        return super().open_graph(read_only=read_only)


@pytest.fixture
def asked_until() -> Callable[[TestClient, str, int], float]:
    """Return what asks again and again until the answer has the status, and how long that took."""

    def ask(client: TestClient, path: str, status: int) -> float:
        begun = time.monotonic()
        while client.get(path).status_code != status and time.monotonic() - begun < SOON:
            time.sleep(0.1)
        return time.monotonic() - begun

    return ask


def test_a_graph_that_was_away_is_asked_again_by_itself(
    client_of: Callable[..., TestClient], workspace: Workspace, asked_until: Callable[[TestClient, str, int], float]
) -> None:
    away = AwayWorkspace(workspace.settings)
    client = client_of(away)
    answer = client.get("/v1/cause-graph/Area/350624")
    assert (answer.status_code, answer.json()["code"]) == (503, "engine_away")
    assert answer.headers["retry-after"] == "5"
    assert client.get("/readyz").status_code == 503
    away.is_back = True
    assert asked_until(client, "/readyz", 200) < SOON


def test_a_graph_that_is_away_is_not_tried_by_every_request(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    away = AwayWorkspace(workspace.settings)
    client = client_of(away)
    begun = time.monotonic()
    statuses = {client.get("/readyz").status_code for _ in range(20)}
    assert statuses == {503}
    # Once at the start, and once in each second after that.
    assert away.tries <= 2 + (time.monotonic() - begun)


def test_a_neo4j_that_is_away_is_told_within_five_seconds(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    with closing(socket.socket()) as taken:
        # Nobody listens on a port that is only bound.
        taken.bind(("127.0.0.1", 0))
        url = f"bolt://127.0.0.1:{taken.getsockname()[1]}"
        settings = Settings(data=workspace.settings.data, graph=url, neo4j_password="not-asked-for")  # noqa: S106
        begun = time.monotonic()
        answer = client_of(Workspace(settings), patience_seconds=4.0).get("/v1/cause-graph/Area/350624")
    assert time.monotonic() - begun < 5
    assert (answer.status_code, answer.json()["code"]) == (503, "engine_away")
    assert answer.headers["retry-after"] == "5"


def test_a_graph_held_by_another_process_is_told_and_taken_when_it_is_free(
    client_of: Callable[..., TestClient], workspace: Workspace, asked_until: Callable[[TestClient, str, int], float]
) -> None:
    with closing(workspace.open_graph()):
        client = client_of(workspace)
        answer = client.get("/v1/cause-graph/Area/350624")
        assert (answer.status_code, answer.json()["code"]) == (409, "held_by_another_process")
        assert answer.headers["retry-after"] == "5"
    assert asked_until(client, "/v1/cause-graph/Area/350624", 200) < SOON


def test_a_server_on_an_empty_folder_is_ready_and_knows_nobody(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    empty = Workspace(Settings(data=workspace.settings.data.with_name("empty")))
    client = client_of(empty)
    assert client.get("/readyz").json() == {
        "engine": "embedded",
        "day": "2026-05-20",
        "loads_version": -1,
        "loads_behind": 0,
        "newest_at": None,
        "age_days": None,
    }
    assert client.get("/v1/chains/Area/350624").status_code == 404


def test_a_folder_of_a_newer_version_is_told_and_the_server_lives(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    (workspace.settings.data / "FORMAT").write_text("99", encoding="utf-8")
    client = client_of(workspace)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (500, "newer_format")
    assert client.get("/healthz").json() == {"status": "ok"}
