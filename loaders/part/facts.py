"""The facts of a part of the graph: all that name one of its ids, and those that belong to nobody."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from ledger import Ledger
from loaders.fact_keys import OBSERVATION
from loaders.facts import facts_frame
from loaders.part.mentions import mentions_of
from loaders.projection.views import ReadFacts

HOUSEHOLD_COLUMN = "household_id"
ORDER = [("load_id", "ascending"), ("source_row", "ascending")]


class PartFacts:
    """Reads each table once, for any version of the ledger."""

    def __init__(self, ledger: Ledger, schema: Schema, ids: Sequence[str]) -> None:
        self._ledger = ledger
        self._ids = ids
        self._mentions = mentions_of(schema)
        self._tables: dict[str, pa.Table] = {}

    def at(self, version: int) -> ReadFacts:
        """Return what reads the facts that counted when the ledger had this version, as `facts.facts_frame`."""
        load_ids = self._ledger.loads_at_version(version)["load_id"].combine_chunks()

        def read(table_name: str, columns: Sequence[str]) -> pd.DataFrame:
            facts = self._table(table_name)
            counting = facts.filter(pc.is_in(facts["load_id"], value_set=load_ids))
            return facts_frame(counting.sort_by(ORDER).select(list(columns)))

        return read

    def _table(self, name: str) -> pa.Table:
        if name not in self._tables:
            own = self._mentions[name].own
            given: dict[str, list[str | None]] = {column: list(self._ids) for column in own}
            if name == OBSERVATION:
                # What is observed of an area reaches its households.
                given[HOUSEHOLD_COLUMN] = [*self._ids, None]
            columns = self._ledger.arrow_schema(name).names
            self._tables[name] = self._ledger.stored_facts(name, columns=columns, where={}, where_any=given)
        return self._tables[name]
