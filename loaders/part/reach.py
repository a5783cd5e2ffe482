"""How far what is touched can reach: from fact to fact that name the same thing."""

from __future__ import annotations

from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from ledger import Ledger
from loaders.part.mentions import mentions_of
from loaders.part.touched import Touched

STEPS = 3
"""What is touched changes what stands two steps away at most, as the observations that support a finding which a visit
backs; and what stands there follows from the facts about it, one step further."""

MOST = 300_000
"""Above so many ids all of the graph is projected sooner than a part of it."""


def reached(ledger: Ledger, schema: Schema, touched: Touched) -> list[str] | None:
    """Return the ids of everything that is touched or stands near it; None where that is too much."""
    known = pa.array(sorted(touched.ids | _referring(ledger, schema, touched.shared)), pa.string())
    tables = [
        [rows[name] for name in mentions.own]
        for table, mentions in mentions_of(schema).items()
        if mentions.own and ledger.has_facts(table)
        for rows in [ledger.stored_facts(table, columns=list(mentions.own), where={})]
    ]
    frontier = known
    for _ in range(STEPS):
        if len(known) > MOST:
            return None
        near = [value for columns in tables if len(columns) > 1 for value in _beside(columns, frontier)]
        found = pc.unique(pa.chunked_array([*near], pa.string())).drop_null()
        frontier = found.filter(pc.invert(pc.is_in(found, value_set=known)))
        if not len(frontier):
            break
        known = pa.concat_arrays([known, frontier])
    return None if len(known) > MOST else sorted(known.to_pylist())


def _beside(columns: list[pa.ChunkedArray], ids: pa.Array) -> list[pa.Array]:
    """Return everything that stands in a row with one of the ids."""
    is_named = reduce(pc.or_, [pc.is_in(column, value_set=ids, skip_nulls=True) for column in columns])
    return [chunk for column in columns for chunk in column.filter(is_named).chunks]


def _referring(ledger: Ledger, schema: Schema, shared: frozenset[str]) -> set[str]:
    """Return whatever of people refers to something shared that may have come or gone."""
    found: set[str] = set()
    if not shared:
        return found
    for table, mentions in mentions_of(schema).items():
        if mentions.own and mentions.shared and ledger.has_facts(table):
            wanted = dict.fromkeys((*mentions.own, *mentions.shared), sorted(shared))
            rows = ledger.stored_facts(table, columns=list(mentions.own), where={}, where_any=wanted)
            for name in mentions.own:
                found |= set(pc.unique(rows[name]).drop_null().to_pylist())
    return found
