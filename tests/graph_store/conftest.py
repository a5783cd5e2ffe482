"""What only the tests of the graph stores need: a server that asks for a password, and a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import neo4j
import pandas as pd
import pytest
from pydantic import SecretStr

from graph_schema import Schema
from graph_store import GraphStore, Query
from graph_store.embedded_store import EmbeddedStore
from graph_store.neo4j_errors import ServerAddress
from graph_store.neo4j_store import Neo4jStore
from graph_store.writer_lease import WriterLease
from tools.neo4j.server import Neo4jNotAvailable, start_server

CHILD = Path(__file__).with_name("writing_child.py")
StartChild = Callable[[str, Path], "subprocess.Popen[str]"]
OpenWith = Callable[[Query], GraphStore]
Told = Callable[[str], list[dict[str, object]]]


@dataclass(frozen=True)
class LockedServer:
    """A Neo4j that lets in only who knows the password."""

    url: str
    user: str
    password: str


@pytest.fixture(scope="session")
def locked_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LockedServer]:
    """Yield a Neo4j with a password. Skips, or in CI fails, where there is none."""
    url, password = os.environ.get("NEO4J_URI"), os.environ.get("NEO4J_PASSWORD")
    if url is not None and password is not None:
        yield LockedServer(url, os.environ.get("NEO4J_USER", "neo4j"), password)
        return
    try:
        started = start_server(tmp_path_factory.mktemp("locked"), password="plum-orchard-7")  # noqa: S106 - made up
    except Neo4jNotAvailable as error:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"NOT RUN on a Neo4j with a password: {error}")
    yield LockedServer(started.url, "neo4j", "plum-orchard-7")
    started.stop()


@pytest.fixture(scope="session")
def locked_driver(locked_server: LockedServer) -> Iterator[neo4j.Driver]:
    """Yield a bare connection, to see what the store itself does not show."""
    login = (locked_server.user, locked_server.password)
    with neo4j.GraphDatabase.driver(locked_server.url, auth=login) as driver:
        yield driver


@pytest.fixture
def open_with(engine: str, schema: Schema, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[OpenWith]:
    """Return what opens a store, on each engine, that knows one question only and waits half a second for it."""
    opened: list[GraphStore] = []

    def open_store_with(query: Query) -> GraphStore:
        queries = {query.name: query}
        if engine == "neo4j":
            server: LockedServer = request.getfixturevalue("locked_server")
            address = ServerAddress(server.url, server.user, SecretStr(server.password), None, 2)
            opened.append(Neo4jStore(address, schema, queries, question_seconds=0.5))
        else:
            path = tmp_path / "graph.kgl"
            opened.append(EmbeddedStore(path, schema, queries, question_seconds=0.5, lease=WriterLease(path)))
        return opened[-1]

    yield open_store_with
    for store in opened:
        store.close()


@pytest.fixture
def start_child() -> Iterator[StartChild]:
    """Start a process that works on a graph of its own, and return it once it has come to its moment."""
    children: list[subprocess.Popen[str]] = []

    def started(task: str, path: Path) -> subprocess.Popen[str]:
        command = [sys.executable, str(CHILD), task, str(path)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own script
        children.append(child)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        return child

    yield started
    for child in children:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


@pytest.fixture
def told(store: GraphStore, schema: Schema) -> Told:
    """Return what reads all nodes or relationships of a kind in the store, leaving out what is null."""

    def rows(kind: str) -> list[dict[str, object]]:
        frame = store.dump_nodes(kind) if kind in schema.node_kinds else store.dump_relationships(kind)
        return [
            {str(name): value for name, value in row.items() if isinstance(value, list) or pd.notna(value)}
            for row in frame.to_dict("records")
        ]

    return rows
