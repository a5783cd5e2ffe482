"""Which ids a reference may name: those of the vocabulary, and those that facts in the ledger have given."""

from __future__ import annotations

import pyarrow as pa

from graph_schema import Schema
from ledger import Ledger


class KnownIds:
    """The known ids by node kind: read from the ledger when a kind is first asked for, then kept up with the loads."""

    def __init__(self, ledger: Ledger, schema: Schema) -> None:
        self._ledger = ledger
        self._vocabulary = {
            "Cause": schema.causes,
            "Indicator": schema.indicators,
            "Measure": schema.measures,
            "Product": schema.products,
            "Feed": schema.feeds,
        }
        self._ids: dict[str, pa.Array] = {}

    def of(self, kind: str) -> pa.Array:
        """Return the ids of a node kind as a pyarrow string array, in no order."""
        if kind not in self._ids:
            self._ids[kind] = self._read(kind)
        return self._ids[kind]

    def add(self, kind: str, ids: pa.Array) -> None:
        """Take in the ids of facts that a load has just brought."""
        if kind in self._ids:
            self._ids[kind] = pa.concat_arrays([self._ids[kind], ids]).unique()

    def _read(self, kind: str) -> pa.Array:
        if kind in self._vocabulary:
            return pa.array(list(self._vocabulary[kind]), pa.string())
        return self._ledger.facts(kind, columns=["id"])["id"].combine_chunks().unique()
