"""Writing frames through the Neo4j store against a hand-tuned `UNWIND` of 5,000 rows, on a server of its own.

The hand-tuned side has the fastest form we know (rows as lists, so that no property name travels with a row) and gets
its rows ready made; the store has to check and convert its frames within the time.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from pathlib import Path

import neo4j

from benchmarks.county_frames import CountyFrames, made_up_county
from benchmarks.measurement import Measurement
from graph_schema import Schema, load_schema
from graph_store import GraphStore, open_store
from graph_store.frames import parameter_rows, property_types
from tools.neo4j.server import start_server

HOUSEHOLDS = 5_000
ROUNDS = 5
ROWS_AT_ONCE = 5_000
LIMIT = 1.15

Rows = list[list[object]]


def measure() -> Measurement:
    """Return how many times as long the store takes as the hand-tuned statements; the median of five rounds each."""
    schema = load_schema()
    county = made_up_county(HOUSEHOLDS, sorted(schema.causes), seed=1)
    statements = by_hand(schema, county)
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder))
        store = open_store(server.url, schema)
        store.apply_schema()
        with neo4j.GraphDatabase.driver(server.url) as driver:
            hand, ours = _take_turns(store, driver, county, statements)
        store.close()
        server.stop()
    details = {"rows": county.row_count, "hand_tuned_seconds": round(hand, 3), "store_seconds": round(ours, 3)}
    return Measurement("merge_neo4j", round(ours / hand, 3), "times a hand-tuned UNWIND", LIMIT, details)


def by_hand(schema: Schema, county: CountyFrames) -> list[tuple[str, Rows]]:
    """Return each statement with its rows, which hold what the frame holds and nothing more."""
    statements: list[tuple[str, Rows]] = []
    for kind, frame in county.nodes.items():
        text = f"UNWIND $rows AS row MERGE (n:{kind} {{id: row[0]}}) {_setting('n', list(frame.columns[1:]), 1)}"
        statements.append((text, parameter_rows(frame, property_types(schema, kind))))
    for kind, frame in county.relationships.items():
        from_kind, to_kind = frame["from_kind"].iat[0], frame["to_kind"].iat[0]
        told = frame.drop(columns=["from_kind", "to_kind"])
        text = (
            f"UNWIND $rows AS row MATCH (a:{from_kind} {{id: row[0]}}) MATCH (b:{to_kind} {{id: row[1]}}) "
            f"MERGE (a)-[r:{kind}]->(b) {_setting('r', list(told.columns[2:]), 2)}"
        )
        statements.append((text, parameter_rows(told, property_types(schema, kind))))
    return statements


def _take_turns(
    store: GraphStore, driver: neo4j.Driver, county: CountyFrames, statements: list[tuple[str, Rows]]
) -> tuple[float, float]:
    by_hand_seconds, by_store_seconds = [], []
    # The first round only warms the server up.
    for turn in range(ROUNDS + 1):
        for who in ("hand", "store") if turn % 2 == 0 else ("store", "hand"):
            store.clear()
            gc.collect()
            started = time.perf_counter()
            if who == "hand":
                _write_by_hand(driver, statements)
                by_hand_seconds.append(time.perf_counter() - started)
            else:
                _write_by_store(store, county)
                by_store_seconds.append(time.perf_counter() - started)
    return statistics.median(by_hand_seconds[1:]), statistics.median(by_store_seconds[1:])


def _write_by_hand(driver: neo4j.Driver, statements: list[tuple[str, Rows]]) -> None:
    for text, rows in statements:
        for start in range(0, len(rows), ROWS_AT_ONCE):
            driver.execute_query(text, rows=rows[start : start + ROWS_AT_ONCE])


def _write_by_store(store: GraphStore, county: CountyFrames) -> None:
    for kind, frame in county.nodes.items():
        store.merge_nodes(kind, frame)
    for kind, frame in county.relationships.items():
        store.merge_relationships(kind, frame)


def _setting(variable: str, names: list[str], start: int) -> str:
    pairs = ", ".join(f"{name}: row[{position}]" for position, name in enumerate(names, start=start))
    return f"SET {variable} += {{{pairs}}}" if pairs else ""
