"""A real Neo4j goes away under a running application and comes back."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.small_ledger import Households
from tools.neo4j.server import Neo4jNotAvailable, Neo4jServer, start_server

SOON = 30.0


@pytest.fixture
def start_neo4j(tmp_path: Path) -> Callable[[int | None], Neo4jServer]:
    """Return what starts a Neo4j of this test's own; skips, or in CI fails, where there is none."""

    def start(port: int | None) -> Neo4jServer:
        try:
            return start_server(tmp_path / "neo4j", port=port)
        except Neo4jNotAvailable as error:
            stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            stop(f"NOT RUN on Neo4j: {error}")

    return start


@pytest.mark.soak
def test_a_neo4j_that_goes_away_is_told_and_asked_again_when_it_is_back(
    client_of: Callable[..., TestClient],
    workspace: Workspace,
    households: Households,
    start_neo4j: Callable[[int | None], Neo4jServer],
) -> None:
    path = f"/v1/cause-graph/Household/{households.with_plums}"
    neo4j = start_neo4j(None)
    settings = Settings(data=workspace.settings.data, graph=neo4j.url)
    client = client_of(Workspace(settings))
    before = client.get(path)
    assert before.status_code == 200
    assert client.get("/readyz").json()["engine"] == "neo4j"

    neo4j.stop()
    for address in (path, "/readyz", path):
        begun = time.monotonic()
        answer = client.get(address)
        assert time.monotonic() - begun < 5
        assert (answer.status_code, answer.json()["code"]) == (503, "engine_away")
        assert answer.headers["retry-after"] == "5"

    neo4j = start_neo4j(neo4j.port)
    try:
        begun = time.monotonic()
        while client.get(path).status_code != 200 and time.monotonic() - begun < SOON:
            time.sleep(0.2)
        assert client.get(path).json() == before.json()
    finally:
        neo4j.stop()
