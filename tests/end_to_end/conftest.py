"""The ledger of the two counties, loaded once; it is only read here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest

from graph_schema import Schema
from graph_store import GraphStore, open_store
from ledger import Ledger
from loaders.graph_update import markers, rebuild
from loaders.identity import Identity
from loaders.load_options import FilesGiven
from loaders.load_place import LoadPlace
from loaders.run import load_files
from loaders.synthetic.plum_week import DAY, write_plum_week
from policy import Policy, load_policy
from tests.conftest import ENGINES, TestServer

ROOT = Path(__file__).resolve().parents[2]
RICE_FILE = ROOT / "loaders" / "data" / "rice_households_2010" / "social_insure.csv"
RICE_MAPPING = ROOT / "loaders" / "mappings" / "rice_households_2010.yaml"
RECORDED_AT = datetime(2026, 4, 20, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class TwoCounties:
    """The ledger of the plum week and the rice villages, and what names their households."""

    ledger: Ledger
    identity: Identity


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()


@pytest.fixture(scope="session")
def two_counties(schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> TwoCounties:
    folder = tmp_path_factory.mktemp("two_counties")
    ledger = Ledger.open(folder, schema)
    identity = Identity(b"a key of exactly thirty-two byte")
    for paths, mapping in ((list(write_plum_week(folder / "feeds")), None), ([RICE_FILE], RICE_MAPPING)):
        outcome = load_files(
            FilesGiven(tuple(paths), mapping=mapping),
            LoadPlace(ledger, schema, identity, folder / "rejects"),
            recorded_at=RECORDED_AT,
        )
        assert outcome.is_complete
    return TwoCounties(ledger, identity)


@pytest.fixture(scope="session")
def embedded_counties(
    two_counties: TwoCounties, schema: Schema, policy: Policy, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[GraphStore]:
    """Yield the two counties on the embedded engine."""
    store = open_store(f"embedded:{tmp_path_factory.mktemp('counties') / 'graph.kgl'}", schema)
    rebuild(store, two_counties.ledger, schema, policy, day=DAY)
    yield store
    store.close()


@pytest.fixture
def counties(
    engine: str, two_counties: TwoCounties, schema: Schema, policy: Policy, request: pytest.FixtureRequest
) -> GraphStore:
    """Return the two counties on each engine, to read only; on Neo4j written again if a test took them away."""
    if engine == "embedded":
        request.config.stash[ENGINES]["embedded"] = version("kglite")
        embedded: GraphStore = request.getfixturevalue("embedded_counties")
        return embedded
    server: TestServer = request.getfixturevalue("server")
    if server.holds_tiny or markers(server.store).loads != two_counties.ledger.version:
        server.holds_tiny = False
        rebuild(server.store, two_counties.ledger, schema, policy, day=DAY)
    return server.store
