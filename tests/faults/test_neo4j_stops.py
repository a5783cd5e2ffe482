"""A Neo4j that stops in the middle of a load and is started again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_schema import Schema
from ledger import Ledger
from tests.faults.conftest import DONE, OwnNeo4j, Task
from tests.faults.county import state_of
from tests.faults.process import Order, Running, run

NOT_DONE = 2


@pytest.mark.soak
@pytest.mark.parametrize("after", ["load", "cause-graph"])
def test_a_load_during_which_neo4j_stops_is_in_the_ledger_and_soon_in_the_graph(
    own_neo4j: OwnNeo4j, on_neo4j: Callable[[str], Task], schema: Schema, tmp_path: Path, after: str
) -> None:
    task = on_neo4j("load")
    data = tmp_path / "data"
    arguments = ("--graph", own_neo4j.url, *task.begin(data))
    run("--graph", own_neo4j.url, "--data", data, "rebuild")
    # The first nodes are written, their relationships are not.
    loading = Running(Order(arguments, task.told.moments.index("after merge_nodes") + 1, "wait"))
    loading.until_it_waits()
    own_neo4j.kill()
    loading.go_on()
    told = loading.ended()
    away = run("--graph", own_neo4j.url, "--data", data, "--json", "status")
    own_neo4j.start()

    assert told.err, f"it ended with {told}"
    problem = json.loads(told.err)
    assert (told.code, problem["code"], problem["status"]) == (NOT_DONE, "engine_away", 503)
    assert "Start the server or check its address" in problem["detail"]
    assert [report["load_id"] for report in json.loads(told.out)["reports"]] == told.counted
    assert Ledger.open(data, schema).loads()["load_id"].to_pylist()[-len(told.counted) :] == told.counted
    assert (away.code, json.loads(away.err)["code"]) == (NOT_DONE, "engine_away")

    behind = json.loads(run("--graph", own_neo4j.url, "--data", data, "--json", "status").out)
    assert behind["graph_version"] < behind["ledger_version"]
    next_command = arguments if after == "load" else (*arguments[:5], "cause-graph", "--area", "350624")
    again = run(*next_command)
    assert again.code in DONE, again.err
    assert task.after.differences(state_of(data, schema, graph=own_neo4j.url)) == []
