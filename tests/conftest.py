"""The two stores of the tests, and the tiny graph in them.

Every test that asks for `store` or `tiny_store` runs on both engines. The embedded engine always runs. Neo4j runs on
the server at NEO4J_URI (NEO4J_USER, NEO4J_PASSWORD) if that is set, else on one that is started here, for which Java
and Maven must be there. Where neither is, one line says NOT RUN and why; with CI=true that is a failure.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, Protocol

import neo4j
import pandas as pd
import pytest

from graph_schema import Schema, load_schema
from graph_schema.yaml_text import read_yaml
from graph_store import GraphStore, Marker, open_store
from tools.neo4j.server import Neo4jNotAvailable, start_server

HERE = Path(__file__).parent
TINY = HERE / "tiny"
# Where Neo4j is asked in `make test` besides the tests of the store. Its golden rows show that both engines answer each
# question alike, and what is made of the rows is one code: elsewhere it is made of Neo4j's rows in the soak.
ON_BOTH_AT_ONCE = {HERE / "loaders" / "graph" / "test_graph_update.py"}
# Objects that are new, then rounds: by default 700 and 10, 10.
GARBAGE_LOOKED_FOR_AFTER = (20_000, 20, 20)
ENGINES: pytest.StashKey[dict[str, str]] = pytest.StashKey()


@dataclass(frozen=True)
class KnownGap:
    """A question that one engine does not answer as its golden rows say. A gap that closes breaks the build."""

    query: str
    engine: Literal["embedded", "neo4j"]
    until: Literal["notyet", "never"]
    raises: type[BaseException]
    reason: str


KNOWN_GAPS: tuple[KnownGap, ...] = ()


@dataclass(frozen=True)
class TinyGraph:
    """The tiny graph as frames by kind."""

    nodes: dict[str, pd.DataFrame]
    relationships: dict[str, pd.DataFrame]


class OtherProcess(Protocol):
    """A process that ran part of the tests, as the one that started it sees it."""

    config: pytest.Config


@dataclass
class TestServer:
    """The one database on the server, and what the tests last put there."""

    store: GraphStore
    holds_tiny: bool = False


def pytest_configure(config: pytest.Config) -> None:
    config.stash[ENGINES] = {}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep together what several processes must not share: the one database, and the fixtures of a module.

    What asks Neo4j too, and need not in `make test`, is marked for the soak.
    """
    asks_for = getattr(item, "fixturenames", ())
    callspec = getattr(item, "callspec", None)
    is_neo4j_of_both = callspec is not None and callspec.params.get("engine") == "neo4j"
    is_on_server = "server" in asks_for or is_neo4j_of_both
    item.add_marker(pytest.mark.xdist_group("neo4j" if is_on_server else str(item.path)))
    if is_neo4j_of_both and not item.path.is_relative_to(HERE / "graph_store") and item.path not in ON_BOTH_AT_ONCE:
        item.add_marker(pytest.mark.soak)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuse to run where a release of pytest and one of pytest-xdist do not go together, and nothing is kept together.

    So it is with pytest 9.2.0 and pytest-xdist 3.8.0: no word of it, only slow tests and two databases.
    """
    if session.items and session.config.getoption("loadgroup", False) and "@" not in session.items[0].nodeid:
        raise pytest.UsageError("the tests of a module are not kept in one process: pin another pytest")
    # What was collected stays to the end: to look through all of it again and again takes a tenth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_LOOKED_FOR_AFTER)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the engines that ran in this process to the one that started it."""
    output: dict[str, object] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["engines"] = session.config.stash[ENGINES]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: OtherProcess) -> None:
    """Take in the engines that ran in another process, as it ends."""
    node.config.stash[ENGINES].update(getattr(node, "workeroutput", {}).get("engines", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    ran = config.stash[ENGINES]
    if ran:
        terminalreporter.write_line("engines: " + ", ".join(f"{name} {which}" for name, which in ran.items()))


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="session")
def tiny(schema: Schema) -> TinyGraph:
    nodes = read_yaml((TINY / "nodes.yaml").read_text(encoding="utf-8"))
    relationships = read_yaml((TINY / "relationships.yaml").read_text(encoding="utf-8"))
    return TinyGraph(
        {kind: _node_rows(schema, kind, entries) for kind, entries in nodes.items()},
        {kind: _relationship_rows(entries) for kind, entries in relationships.items()},
    )


@pytest.fixture(scope="session")
def fill_tiny(tiny: TinyGraph) -> Callable[[GraphStore], None]:
    """Return what puts the tiny graph into an empty store."""

    def fill(store: GraphStore) -> None:
        store.apply_schema()
        for kind, frame in tiny.nodes.items():
            store.merge_nodes(kind, frame)
        for kind, frame in tiny.relationships.items():
            store.merge_relationships(kind, frame)
        store.mark(Marker("Household", 4))

    return fill


@pytest.fixture(scope="session")
def tiny_snapshot(
    schema: Schema, fill_tiny: Callable[[GraphStore], None], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("tiny") / "graph.kgl"
    store = open_store(f"embedded:{path}", schema)
    fill_tiny(store)
    store.save()
    store.close()
    return path


@pytest.fixture(scope="session")
def server(
    schema: Schema, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[TestServer]:
    """Yield the Neo4j of the tests. Skips, or in CI fails, where there is none."""
    url, started = os.environ.get("NEO4J_URI"), None
    user, password = os.environ.get("NEO4J_USER"), os.environ.get("NEO4J_PASSWORD")
    if url is None:
        password = None
        try:
            started = start_server(tmp_path_factory.mktemp("neo4j"))
        except Neo4jNotAvailable as error:
            request.config.stash[ENGINES]["neo4j"] = f"NOT RUN ({error})"
            stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            stop(f"NOT RUN on Neo4j: {error}")
        url = started.url
    store = open_store(url, schema, user=user, password=password)
    if store.ask("upkeep/counts") and started is None:
        store.close()
        pytest.fail("The database at NEO4J_URI is not empty, and the tests would clear it.")
    with neo4j.GraphDatabase.driver(url, auth=(user or "neo4j", password) if password else None) as driver:
        request.config.stash[ENGINES]["neo4j"] = driver.get_server_info().agent.removeprefix("Neo4j/")
    store.apply_schema()
    yield TestServer(store)
    store.clear()
    store.close()
    if started is not None:
        started.stop()


@pytest.fixture(params=["embedded", "neo4j"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(engine: str, schema: Schema, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[GraphStore]:
    """Yield an empty store with its constraints, on each engine."""
    if engine == "neo4j":
        server: TestServer = request.getfixturevalue("server")
        server.store.clear()
        server.holds_tiny = False
        yield server.store
        return
    request.config.stash[ENGINES]["embedded"] = version("kglite")
    embedded = open_store(f"embedded:{tmp_path / 'graph.kgl'}", schema)
    embedded.apply_schema()
    yield embedded
    embedded.close()


@pytest.fixture
def tiny_store(
    engine: str, schema: Schema, fill_tiny: Callable[[GraphStore], None], request: pytest.FixtureRequest
) -> Iterator[GraphStore]:
    """Yield a store with the tiny graph, on each engine; to read only."""
    if engine == "neo4j":
        server: TestServer = request.getfixturevalue("server")
        if not server.holds_tiny:
            server.store.clear()
            fill_tiny(server.store)
            server.holds_tiny = True
        yield server.store
        return
    request.config.stash[ENGINES]["embedded"] = version("kglite")
    snapshot: Path = request.getfixturevalue("tiny_snapshot")
    embedded = open_store(f"embedded:{snapshot}", schema, read_only=True)
    yield embedded
    embedded.close()


@pytest.fixture
def known_gap(engine: str, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return what marks the test as expected to fail if the question is a known gap of the engine."""

    def mark(query: str) -> None:
        for gap in KNOWN_GAPS:
            if (gap.query, gap.engine) == (query, engine):
                reason = f"{gap.until}: {gap.reason}"
                request.node.add_marker(pytest.mark.xfail(strict=True, raises=gap.raises, reason=reason))

    return mark


def _node_rows(schema: Schema, kind: str, entries: list[dict[str, Any]]) -> pd.DataFrame:
    made = {} if schema.is_vocabulary(kind) else {"is_made_up": True}
    return pd.DataFrame([{"id": entry["id"], **entry["props"], **made} for entry in entries], dtype=object)


def _relationship_rows(entries: list[dict[str, Any]]) -> pd.DataFrame:
    rows = []
    for entry in entries:
        ends = dict(zip(("from_kind", "from_id", "to_kind", "to_id"), (*entry["from"], *entry["to"]), strict=True))
        rows.append({**ends, **entry.get("props", {})})
    return pd.DataFrame(rows, dtype=object)
