"""The graph of a running server follows the ledger beside the questions, each of which sees a whole version."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from api.errors import GraphBusy
from api.graph_keeper import GraphKeeper
from ledger import Erasure
from loaders.errors import LoadError
from loaders.update_lock import one_updater
from loaders.workspace import ReadyGraph, Workspace
from tests.api.gated_planner import SOON, GatedPlanner, ServerWorkspace
from tests.api.small_ledger import DAY, PATIENT, Households, load

KeeperOf = Callable[..., tuple[GraphKeeper, GatedPlanner]]


@pytest.fixture
def keeper_of() -> Iterator[KeeperOf]:
    """Return what makes a keeper with a gated planner and begins; it is closed when the test ends."""
    made: list[GraphKeeper] = []

    def make(workspace: Workspace, *, patience_seconds: float = PATIENT) -> tuple[GraphKeeper, GatedPlanner]:
        planner = GatedPlanner(workspace)
        made.append(GraphKeeper(workspace, lambda: DAY, patience_seconds=patience_seconds, planner=planner))
        opened(made[-1])
        return made[-1], planner

    yield make
    for keeper in made:
        keeper.close()


def opened(keeper: GraphKeeper) -> None:
    """Wait until the keeper has a graph, however short its patience is."""
    begun = time.monotonic()
    while time.monotonic() - begun < SOON:
        with suppress(GraphBusy), keeper.asking():
            return
    raise AssertionError("no graph was opened")


def settled(keeper: GraphKeeper) -> bool:
    """Wait until the graph has taken in every load, asking nothing; return whether it came to that."""
    begun = time.monotonic()
    while keeper.at_hand().loads_behind != 0 and time.monotonic() - begun < SOON:
        time.sleep(0.02)
    return keeper.at_hand().loads_behind == 0


def withdraw_newest(workspace: Workspace) -> None:
    """Take back the newest load, as `plumline withdraw` does."""
    ledger = workspace.open_ledger()
    with ledger.writing() as writer:
        newest = str(ledger.loads()["load_id"].to_pylist()[-1])
        writer.withdraw(newest, datetime(2026, 5, 21, tzinfo=UTC), "a mistake")


def causes_of(graph: ReadyGraph, household: str) -> list[object]:
    rows = graph.store.ask("causes/household_findings", household_id=household)
    return [row["cause_id"] for row in rows if row["cause_id"] is not None]


def test_a_load_made_elsewhere_is_taken_in_before_anybody_asks(
    keeper_of: KeeperOf, workspace: Workspace, households: Households
) -> None:
    keeper, _ = keeper_of(workspace)
    load(Workspace(workspace.settings), "later")
    assert settled(keeper)
    with keeper.asking() as graph:
        assert (causes_of(graph, households.other), graph.missing_loads) == (["M02"], 0)


def test_without_a_new_load_nothing_is_worked_out_again(keeper_of: KeeperOf, workspace: Workspace) -> None:
    keeper, planner = keeper_of(workspace)
    for _ in range(3):
        keeper.look()
        time.sleep(0.05)
        with keeper.asking() as graph:
            assert graph.day == DAY
    assert planner.plans == []


def test_while_a_change_is_worked_out_questions_get_the_graph_as_it_is(
    client_of: Callable[..., TestClient], workspace: Workspace, households: Households
) -> None:
    planner = GatedPlanner(workspace)
    client = client_of(workspace, patience_seconds=0.5, planner=planner)
    path = f"/v1/cause-graph/Household/{households.other}"
    before = client.get(path)
    planner.shut()
    load(Workspace(workspace.settings), "later")
    assert planner.begun.wait(timeout=SOON)
    meanwhile = client.get(path)
    assert (meanwhile.status_code, meanwhile.json()) == (200, before.json())
    planner.gate.set()
    begun = time.monotonic()
    while client.get(path).headers["x-graph-loads"] == before.headers["x-graph-loads"]:
        assert time.monotonic() - begun < SOON
    after = client.get(path)
    assert int(after.headers["x-graph-loads"]) > int(meanwhile.headers["x-graph-loads"])
    assert [node["code"] for node in after.json()["nodes"] if node["finding"]] == ["M02"]


def test_a_question_keeps_its_version_while_a_load_is_taken_in(
    keeper_of: KeeperOf, workspace: Workspace, households: Households
) -> None:
    keeper, _ = keeper_of(workspace)
    with keeper.asking() as graph:
        before = causes_of(graph, households.other)
        load(Workspace(workspace.settings), "later")
        assert settled(keeper)
        with keeper.asking() as newer:
            assert causes_of(newer, households.other) == ["M02"]
        assert causes_of(graph, households.other) == before == []


def test_who_must_see_a_load_waits_for_it(keeper_of: KeeperOf, workspace: Workspace) -> None:
    keeper, planner = keeper_of(workspace, patience_seconds=0.3)
    planner.shut()
    load(Workspace(workspace.settings), "later")
    version = workspace.open_ledger().version
    with keeper.asking() as graph:
        assert graph.missing_loads > 0
    with pytest.raises(GraphBusy, match="graph"), keeper.asking(at_least=version):
        pass
    planner.gate.set()
    assert settled(keeper)
    with keeper.asking(at_least=version) as graph:
        assert graph.missing_loads == 0


def test_a_change_that_cannot_be_worked_out_is_told_and_tried_again(
    keeper_of: KeeperOf, workspace: Workspace, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.graph_keeper.PAUSE_SECONDS", 0.05)
    keeper, planner = keeper_of(workspace)
    planner.faults = [LoadError("plan_broken_off"), RuntimeError("h1 of Li Si")]
    load(Workspace(workspace.settings), "later")
    with keeper.asking() as graph:
        assert graph.store.ask("upkeep/versions")
    assert settled(keeper)
    told = [record.getMessage() for record in caplog.records if record.name == "api.graph_keeper"]
    assert [line for line in told if "not brought" in line] == [
        "graph not brought up to date: RuntimeError -",
        "graph not brought up to date: LoadError plan_broken_off",
    ]


def test_what_was_erased_is_not_answered_from_while_the_graph_is_made_anew(
    keeper_of: KeeperOf, workspace: Workspace, households: Households
) -> None:
    keeper, planner = keeper_of(workspace, patience_seconds=0.3)
    planner.shut()
    gone = Erasure({"Household": frozenset({households.with_plums})}, "asked for", (), frozenset())
    workspace.open_ledger().erase(gone, at=datetime(2026, 5, 21, tzinfo=UTC))
    with pytest.raises(GraphBusy), keeper.asking():
        pass
    planner.gate.set()
    assert settled(keeper)
    with keeper.asking() as graph:
        assert causes_of(graph, households.with_plums) == []


def test_where_each_batch_is_seen_writing_waits_for_the_question_under_way(
    keeper_of: KeeperOf, workspace: Workspace, households: Households
) -> None:
    keeper, planner = keeper_of(ServerWorkspace(workspace.settings))
    with keeper.asking() as graph:
        load(Workspace(workspace.settings), "later")
        begun = time.monotonic()
        while not planner.plans and time.monotonic() - begun < SOON:
            time.sleep(0.02)
        # The plan is there, and would be written now.
        time.sleep(0.2)
        assert causes_of(graph, households.other) == []
        assert keeper.at_hand().loads_behind != 0
    with keeper.asking(at_least=workspace.open_ledger().version) as graph:
        assert causes_of(graph, households.other) == ["M02"]


def test_where_each_batch_is_seen_questions_go_on_while_we_hold_the_lock_and_wait_while_another_does(
    keeper_of: KeeperOf, workspace: Workspace
) -> None:
    keeper, planner = keeper_of(ServerWorkspace(workspace.settings), patience_seconds=0.3)
    planner.shut()
    load(Workspace(workspace.settings), "later")
    assert planner.begun.wait(timeout=SOON)
    with keeper.asking() as graph:
        assert graph.missing_loads > 0
    planner.gate.set()
    assert settled(keeper)
    with one_updater(workspace.settings.data):
        withdraw_newest(workspace)
        with pytest.raises(GraphBusy), keeper.asking():
            pass
    assert settled(keeper)


def test_a_question_does_not_wait_for_a_graph_that_is_long_in_the_making(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    shutil.rmtree(workspace.settings.data / "graph")
    planner = GatedPlanner(workspace)
    planner.shut()
    client = client_of(workspace, patience_seconds=0.1, planner=planner)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "graph_catching_up")
    assert answer.headers["retry-after"] == "5"
    assert client.get("/healthz").status_code == 200
