"""Whether the server lives, whether it is ready, what it lacks, and the state of its data."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.graph_keeper import GraphKeeper
from ledger import LedgerError
from loaders.settings import Settings
from loaders.workspace import ReadyGraph, Workspace
from tests.api.small_ledger import DAY, HERE, PATIENT
from tests.api.test_problems import FailingKeeper


def test_a_ready_server_tells_its_engine_its_day_its_loads_and_the_age_of_its_data(workspace: Workspace) -> None:
    # The data are recorded on the 20th at 8; one second is lacking to the third day.
    now = datetime(2026, 5, 23, 7, 59, 59, tzinfo=UTC)
    app = create_app(workspace, today=lambda: DAY, now=lambda: now, patience_seconds=PATIENT)
    with TestClient(app, base_url=HERE) as client:
        ready = client.get("/readyz").json()
    loads_version = ready.pop("loads_version")
    assert loads_version == workspace.open_ledger().version
    assert ready == {
        "engine": "embedded",
        "day": "2026-05-20",
        "loads_behind": 0,
        "newest_at": "2026-05-20T08:00:00Z",
        "age_days": 2,
    }


def test_a_server_that_answers_from_an_older_graph_tells_how_far_it_is_behind(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    client = client_of(workspace)
    client.get("/readyz")
    app = client.app
    held: GraphKeeper = app.state.keeper  # type: ignore[attr-defined] # our app

    class Behind:
        workspace = held.workspace

        @contextmanager
        def asking(self) -> Iterator[ReadyGraph]:
            with held.asking() as graph:
                yield replace(graph, missing_loads=2)

    app.state.keeper = Behind()  # type: ignore[attr-defined]
    answer = client.get("/readyz")
    app.state.keeper = held  # type: ignore[attr-defined]
    assert (answer.status_code, answer.json()["loads_behind"]) == (200, 2)


def test_a_graph_that_cannot_be_reached_is_told_as_missing(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    away = Workspace(Settings(data=workspace.settings.data, graph="bolt://127.0.0.1:1"))
    answer = client_of(away).get("/readyz")
    assert (answer.status_code, answer.json()["code"], answer.json()["missing"]) == (503, "engine_away", "graph")
    assert answer.headers["retry-after"] == "5"


def test_a_ledger_that_cannot_be_read_is_told_as_missing(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    client = client_of(workspace)
    client.get("/readyz")
    app = client.app
    held = app.state.keeper  # type: ignore[attr-defined] # our app
    app.state.keeper = FailingKeeper(LedgerError("broken_ledger", table="loads", folder="x", reason="y"))  # type: ignore[attr-defined]
    answer = client.get("/readyz")
    app.state.keeper = held  # type: ignore[attr-defined]
    assert (answer.status_code, answer.json()["code"], answer.json()["missing"]) == (500, "broken_ledger", "ledger")


def test_the_state_of_the_data_names_feeds_and_counts(client: TestClient, workspace: Workspace) -> None:
    answer = client.get("/v1/status")
    body = answer.json()
    assert body["version"] == "status/1"
    assert {feed["feed"] for feed in body["feeds"]} >= {"police", "trade", "place"}
    assert body["nodes"]["Household"] == 2
    assert body["is_made_up"] is True
    assert str(workspace.settings.data) not in answer.text


def test_where_nothing_is_loaded_the_state_says_what_to_do(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    shutil.rmtree(workspace.settings.data)
    answer = client_of(workspace).get("/v1/status")
    assert (answer.status_code, answer.json()["code"]) == (404, "nothing_loaded")
    assert "plumline load" in answer.json()["detail"]


@pytest.mark.parametrize(("name", "status"), [("causes", 200), ("Household", 200), ("area_level", 200), ("nope", 404)])
def test_a_part_of_the_dictionary_is_asked_for_by_its_name(client: TestClient, name: str, status: int) -> None:
    answer = client.get(f"/v1/dictionary/{name}")
    assert answer.status_code == status
    assert answer.json()["code" if status == 404 else "version"] in ("unknown_dictionary_part", "dictionary-part/1")
    assert client.get("/v1/dictionary").json()["version"] == "dictionary/1"
