"""Writing frames through the Neo4j store against a hand-tuned `UNWIND` of 5,000 rows, on a server of its own.

The hand-tuned side gets its rows ready made; the store has to check and convert its frames within the time.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from pathlib import Path

import neo4j
import pandas as pd

from benchmarks.county_frames import CountyFrames, made_up_county
from benchmarks.measurement import Measurement
from graph_schema import Schema, load_schema
from graph_store import GraphStore, open_store
from graph_store.columns import python_values
from graph_store.frames import property_types
from tools.neo4j.server import start_server

HOUSEHOLDS = 5_000
ROUNDS = 5
ROWS_AT_ONCE = 5_000
LIMIT = 1.15

Rows = list[dict[str, object]]


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
    """Return each statement with its rows: one property map a row, holding what its frame holds."""
    statements: list[tuple[str, Rows]] = []
    for kind, frame in county.nodes.items():
        text = f"UNWIND $rows AS row MERGE (n:{kind} {{id: row.id}}) SET n += row.props"
        statements.append((text, _rows(schema, kind, {"id": frame["id"]}, frame.drop(columns="id"))))
    for kind, frame in county.relationships.items():
        from_kind, to_kind = frame["from_kind"].iat[0], frame["to_kind"].iat[0]
        text = (
            f"UNWIND $rows AS row MATCH (a:{from_kind} {{id: row.a}}) MATCH (b:{to_kind} {{id: row.b}}) "
            f"MERGE (a)-[r:{kind}]->(b) SET r += row.props"
        )
        props = frame.drop(columns=["from_kind", "from_id", "to_kind", "to_id"])
        statements.append((text, _rows(schema, kind, {"a": frame["from_id"], "b": frame["to_id"]}, props)))
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


def _rows(schema: Schema, kind: str, keys: dict[str, pd.Series], props: pd.DataFrame) -> Rows:
    types = property_types(schema, kind)
    columns = {str(name): python_values(props[name], types[str(name)]) for name in props.columns}
    maps = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    found = {name: values.tolist() for name, values in keys.items()}
    lines = zip(*found.values(), maps or [{}] * len(props), strict=True)
    return [dict(zip((*found, "props"), line, strict=True)) for line in lines]
