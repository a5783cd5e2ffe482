"""Facts that a feed says again, word for word, in another file."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from graph_schema.tables import FactTable
from ledger import Ledger
from loaders.fact_keys import END_COLUMNS
from loaders.snapshot import ABSENCE

JOINT, NOTHING = "\x1f", "\0"
VALID = ("valid_from", "valid_to")
KEYS = frozenset({"id", *END_COLUMNS})


def repeated_count(tables: dict[str, pa.Table], *, feed: str, ledger: Ledger, schema: Schema) -> int:
    """Return how many of the facts say of a thing what the feed said last of it; `tables` are facts by kind."""
    if not _has_said(ledger, feed):
        return 0
    return sum(_of_kind(table, schema.fact_table(kind), feed=feed, ledger=ledger) for kind, table in tables.items())


def _has_said(ledger: Ledger, feed: str) -> bool:
    return bool(pc.any(pc.equal(ledger.loads()["feed"], feed)).as_py())


def _of_kind(new: pa.Table, table: FactTable, *, feed: str, ledger: Ledger) -> int:
    names = [*(column.name for column in table.columns), *VALID]
    keys = [name for name in names if name in KEYS]
    held = ledger.facts(table.name, columns=[*names, "recorded_at"], where={"feed": [feed]})
    if not held.num_rows:
        return 0
    held = _newest(held, keys)
    # What a snapshot lacked meanwhile is not repeated but back again.
    lacked = ledger.facts(ABSENCE, columns=["absent_key"], where={"feed": [feed], "absent_kind": [table.name]})
    if lacked.num_rows and keys == ["id"]:
        held = held.filter(pc.invert(pc.is_in(held["id"], value_set=lacked["absent_key"].combine_chunks())))
    same = pc.is_in(_as_texts(new, names), value_set=_as_texts(held, names))
    return int(pc.sum(same).as_py() or 0)


def _newest(facts: pa.Table, keys: list[str]) -> pa.Table:
    """Return the fact of each key that was recorded last; they come in the order of loading."""
    age = facts["recorded_at"].combine_chunks().cast(pa.int64()).to_numpy(zero_copy_only=False)
    order = np.argsort(age, kind="stable")
    codes = _as_texts(facts, keys).dictionary_encode().indices.to_numpy(zero_copy_only=False)
    last = np.zeros(int(codes.max()) + 1, np.int64)
    last[codes[order]] = order
    return facts.take(pa.array(last))


def _as_texts(facts: pa.Table, names: list[str]) -> pa.Array:
    return pc.binary_join_element_wise(*(_texts(facts[name].combine_chunks()) for name in names), JOINT)


def _texts(column: pa.Array) -> pa.Array:
    if pa.types.is_list(column.type):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), ";")
    return pc.fill_null(column.cast(pa.string()), NOTHING)
