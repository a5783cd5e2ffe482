"""A fresh load, from CSV files to a saved graph, against the engine's own bulk calls for the same rows.

The engine has the same constraints. Both are told by the clock, since a load may use both cores; they take turns, so
that what else runs on the machine hits both alike.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import kglite
import pandas as pd

from benchmarks.county_files import write_county
from benchmarks.measurement import Measurement
from graph_schema import Schema, load_schema
from graph_store import open_store
from graph_store.ddl import ddl_statements
from ledger import Ledger
from loaders.graph_frames import GraphFrames
from loaders.graph_update import bring_up_to_date
from loaders.identity import Identity
from loaders.load_options import FilesGiven
from loaders.load_place import LoadPlace
from loaders.project import project
from loaders.run import load_files
from policy import load_policy

HOUSEHOLDS = 100_000
ROUNDS = 3
LIMIT = 2.5
DAY = date(2026, 3, 1)
RECORDED_AT = datetime(2026, 3, 1, tzinfo=UTC)
KEY = b"a key of thirty-two bytes, fixed"


@dataclass(frozen=True)
class Seconds:
    """How long the two parts of a load took: files into the ledger, and the ledger into the saved graph."""

    ledger: float
    graph: float

    @property
    def whole(self) -> float:
        """Return both together."""
        return self.ledger + self.graph


def measure() -> Measurement:
    """Return how many times as long a load takes as the engine's own calls; the median of three rounds each."""
    schema = load_schema()
    with tempfile.TemporaryDirectory() as folder:
        feeds = Path(folder) / "feeds"
        write_county(feeds, HOUSEHOLDS, naming(schema), seed=1)
        frames = county_frames(feeds, Path(folder) / "frames", schema)
        by_engine, by_us = [], []
        for turn in range(ROUNDS):
            for who in ("engine", "us") if turn % 2 == 0 else ("us", "engine"):
                gc.collect()
                if who == "engine":
                    by_engine.append(engine_seconds(schema, frames))
                else:
                    by_us.append(load_seconds(feeds, Path(folder) / f"data{turn}", schema))
    engine = statistics.median(by_engine)
    whole = statistics.median(seconds.whole for seconds in by_us)
    details = {
        "households": float(HOUSEHOLDS),
        "graph_rows": float(sum(len(rows) for rows in (*frames.nodes.values(), *frames.relationships.values()))),
        "engine_seconds": round(engine, 3),
        "ledger_seconds": round(statistics.median(seconds.ledger for seconds in by_us), 3),
        "graph_seconds": round(statistics.median(seconds.graph for seconds in by_us), 3),
    }
    return Measurement("load_files", round(whole / engine, 3), "times the engine's bulk calls", LIMIT, details)


def naming(schema: Schema) -> list[str]:
    """Return the causes that a village register may name."""
    return [code for code, cause in schema.causes.items() if cause.cause_kind != "state"]


def load_seconds(feeds: Path, data: Path, schema: Schema) -> Seconds:
    """Return how long it takes to load the files into a new data folder, up to the saved graph."""
    policy = load_policy()
    begun = time.perf_counter()
    ledger = _loaded(feeds, data, schema)
    between = time.perf_counter()
    store = open_store(f"embedded:{data / 'graph' / 'graph.kgl'}", schema)
    bring_up_to_date(store, ledger, schema, policy, day=DAY)
    ended = time.perf_counter()
    store.close()
    return Seconds(between - begun, ended - between)


def county_frames(feeds: Path, data: Path, schema: Schema) -> GraphFrames:
    """Return the rows that the graph of these files holds."""
    return project(_loaded(feeds, data, schema), schema, load_policy(), day=DAY)


def engine_seconds(schema: Schema, frames: GraphFrames) -> float:
    """Return how long the engine's bulk calls take for these rows on a graph with our constraints."""
    graph = kglite.KnowledgeGraph()
    for statement in ddl_statements(schema):
        graph.cypher(statement)
    groups = [group for kind, rows in frames.relationships.items() for group in _by_ends(kind, rows)]
    begun = time.perf_counter()
    for kind, rows in frames.nodes.items():
        if len(rows):
            graph.add_nodes(rows, kind, "id")
    for kind, from_kind, to_kind, rows in groups:
        graph.add_relationships(rows, kind, from_kind, "from_id", to_kind, "to_id")
    return time.perf_counter() - begun


def _by_ends(kind: str, rows: pd.DataFrame) -> list[tuple[str, str, str, pd.DataFrame]]:
    return [
        (kind, str(from_kind), str(to_kind), part.drop(columns=["from_kind", "to_kind"]).reset_index(drop=True))
        for (from_kind, to_kind), part in rows.groupby(["from_kind", "to_kind"], sort=False)
    ]


def _loaded(feeds: Path, data: Path, schema: Schema) -> Ledger:
    ledger = Ledger.open(data, schema)
    outcome = load_files(
        FilesGiven((feeds,)), LoadPlace(ledger, schema, Identity(KEY), data / "rejects"), recorded_at=RECORDED_AT
    )
    if not outcome.is_complete:
        raise RuntimeError("the made-up county has rejects")
    return ledger
