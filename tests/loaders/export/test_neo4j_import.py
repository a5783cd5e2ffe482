"""What the real importer makes of an export is the database that `rebuild` makes. Needs Java and Maven."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from graph_schema import Schema
from graph_store import GraphStore, open_store
from graph_store.ddl import node_kinds_of_graph, relationship_kinds_of_graph
from loaders.graph_update import bring_up_to_date, rebuild
from policy import Policy
from tests.conftest import ENGINES
from tests.loaders.export.conftest import Desk
from tests.loaders.export.neo4j_import import Types, run_importer, stored_types
from tests.loaders.graph.written_facts import DAY, MONDAY, Facts, load
from tools.neo4j.server import Neo4jNotAvailable, prepare_jars, start_server, why_not


@dataclass(frozen=True)
class Imported:
    """A server on imported data: its store, and the types of the values as they were imported."""

    store: GraphStore
    url: str
    types: Types


@pytest.fixture
def desk(desk_of: Callable[[Facts], Desk], odd_facts: Facts) -> Desk:
    """Return a ledger of this test's own, since it takes in another load."""
    return desk_of(odd_facts)


@pytest.fixture
def embedded(desk: Desk, tmp_path: Path) -> Iterator[GraphStore]:
    """Yield the graph of the odd facts on the embedded engine."""
    store = open_store(f"embedded:{tmp_path / 'graph.kgl'}", desk.schema)
    rebuild(store, desk.ledger, desk.schema, desk.policy, day=DAY)
    yield store
    store.close()


@pytest.fixture
def imported(desk: Desk, embedded: GraphStore, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Imported]:
    reason = why_not()
    try:
        if reason is not None:
            raise Neo4jNotAvailable(reason)
        prepare_jars()
    except Neo4jNotAvailable as error:
        request.config.stash[ENGINES]["neo4j"] = f"NOT RUN ({error})"
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"NOT RUN on Neo4j: {error}")
    markers = {str(row["table_name"]): int(str(row["version"])) for row in embedded.ask("upkeep/versions")}
    report = desk.export("neo4j", show_sensitive=True, with_names=True, markers=markers, is_gzip=True)
    home = tmp_path / "server"
    ran = run_importer(report.request.folder, home)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    server = start_server(home)
    store = open_store(server.url, desk.schema)
    try:
        yield Imported(store, server.url, stored_types(server.url))
    finally:
        store.close()
        server.stop()


@pytest.mark.soak
def test_an_imported_database_equals_a_rebuilt_one(
    imported: Imported, embedded: GraphStore, desk: Desk, schema: Schema, policy: Policy
) -> None:
    assert_same_graph(imported.store, embedded, schema)
    # The markers came with it, so there is nothing to do for the next command.
    assert bring_up_to_date(imported.store, desk.ledger, schema, policy, day=DAY).mode == "unchanged"
    imported.store.apply_schema()

    # A later load is merged into it.
    load(desk.ledger, Facts(schema, policy).household("h-new"), MONDAY)
    assert bring_up_to_date(imported.store, desk.ledger, schema, policy, day=DAY).mode == "updated"
    assert "h-new" in imported.store.dump_nodes("Household")["id"].tolist()

    # Made by rebuild, every value has the type that was imported.
    rebuild(imported.store, desk.ledger, schema, policy, day=DAY)
    assert stored_types(imported.url) == imported.types


def assert_same_graph(one: GraphStore, other: GraphStore, schema: Schema) -> None:
    for kind in node_kinds_of_graph(schema):
        pd.testing.assert_frame_equal(one.dump_nodes(kind), other.dump_nodes(kind), obj=kind)
    for kind in relationship_kinds_of_graph(schema):
        pd.testing.assert_frame_equal(one.dump_relationships(kind), other.dump_relationships(kind), obj=kind)
    question = "upkeep/versions"
    assert one.ask(question) == other.ask(question)
