"""Writing frames through the embedded store against the engine's own bulk calls with the same constraints.

Both work in one thread and wait for nothing, so processor time is compared; what else runs on the machine hardly counts
then.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from pathlib import Path

import kglite

from benchmarks.county_frames import CountyFrames, made_up_county
from benchmarks.measurement import Measurement
from graph_schema import Schema, load_schema
from graph_store import open_store
from graph_store.ddl import ddl_statements

HOUSEHOLDS = 100_000
ROUNDS = 5
LIMIT = 1.25


def measure() -> Measurement:
    """Return how many times as long the store takes as the engine's own calls; the median of five rounds each."""
    schema = load_schema()
    county = made_up_county(HOUSEHOLDS, sorted(schema.causes), seed=1)
    by_engine, by_store = [], []
    for turn in range(ROUNDS):
        # What runs second finds a warmer machine, so they take turns.
        for who in ("engine", "store") if turn % 2 == 0 else ("store", "engine"):
            gc.collect()
            if who == "engine":
                by_engine.append(engine_seconds(schema, county))
            else:
                by_store.append(store_seconds(schema, county))
    engine, store = statistics.median(by_engine), statistics.median(by_store)
    details = {"rows": county.row_count, "engine_seconds": round(engine, 3), "store_seconds": round(store, 3)}
    return Measurement("merge_embedded", round(store / engine, 3), "times the engine's bulk calls", LIMIT, details)


def engine_seconds(schema: Schema, county: CountyFrames) -> float:
    """Return how long the engine's bulk calls take on a graph with our constraints."""
    graph = kglite.KnowledgeGraph()
    for statement in ddl_statements(schema):
        graph.cypher(statement)
    bare = {kind: frame.drop(columns=["from_kind", "to_kind"]) for kind, frame in county.relationships.items()}
    started = time.process_time()
    for kind, frame in county.nodes.items():
        graph.add_nodes(frame, kind, "id")
    for kind, frame in county.relationships.items():
        from_kind, to_kind = str(frame["from_kind"].iat[0]), str(frame["to_kind"].iat[0])
        graph.add_relationships(bare[kind], kind, from_kind, "from_id", to_kind, "to_id")
    return time.process_time() - started


def store_seconds(schema: Schema, county: CountyFrames) -> float:
    """Return how long the store takes for the same frames, checks and all."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"embedded:{Path(folder) / 'graph.kgl'}", schema)
        store.apply_schema()
        started = time.process_time()
        for kind, frame in county.nodes.items():
            store.merge_nodes(kind, frame)
        for kind, frame in county.relationships.items():
            store.merge_relationships(kind, frame)
        seconds = time.process_time() - started
        store.close()
    return seconds
