"""The facts that count as parts, one table at a time, without what may not be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.meta import PropertyType
from graph_schema.tables import FACT_COLUMNS, FactColumn, FactTable
from ledger import Ledger
from loaders.export.parts import Part, table_part
from loaders.export.telling import Telling, naming_indicators
from loaders.facts import facts_frame
from loaders.graph_frames import empty_frame

NODE_END = "_kind"


@dataclass(frozen=True)
class CountingFacts:
    """The facts of a ledger at one version, read a table at a time."""

    ledger: Ledger
    telling: Telling
    loads_version: int
    as_of: datetime | None = None

    def parts(self) -> Iterator[tuple[Part, int]]:
        """Yield each table of which there is anything, in the order of loading, and how many facts of it are hidden."""
        schema = self.telling.schema
        for name in schema.load_order():
            table = schema.fact_tables[name]
            facts = self._facts(name, None)
            if facts.num_rows:
                shown = self._shown(table, facts)
                yield table_part(name, self._types(table), shown), facts.num_rows - shown.num_rows

    def hidden_columns(self) -> list[str]:
        """Return the columns that are left out, as `Person.name`."""
        return [
            f"{name}.{column.name}"
            for name, table in self.telling.schema.fact_tables.items()
            for column in table.columns
            if self._is_hidden(table, column)
        ]

    def _facts(self, name: str, columns: list[str] | None) -> pa.Table:
        version = None if self.as_of else self.loads_version
        return self.ledger.facts(name, as_of=self.as_of, columns=columns, loads_version=version)

    def _types(self, table: FactTable) -> dict[str, PropertyType]:
        shown = [column for column in table.columns if not self._is_hidden(table, column)]
        return {column.name: column.type for column in (*shown, *FACT_COLUMNS)}

    def _is_hidden(self, table: FactTable, column: FactColumn) -> bool:
        entries = [entry for entry in table.kind.properties if entry.name == column.name]
        return any(self.telling.hides_property(table.name, entry) for entry in entries)

    def _shown(self, table: FactTable, facts: pa.Table) -> pa.Table:
        if self.telling.show_sensitive or self.telling.schema.is_vocabulary(table.name):
            return facts
        if self.telling.hides_kind(table.name):
            return facts.slice(0, 0)
        if table.name == "Observation":
            facts = self._answers_cleaned(facts)
        hidden = pc.is_in(facts["id"], value_set=self._ids(table.name)) if "id" in facts.column_names else None
        for column in table.columns:
            for kind in column.refers_to:
                points = _points_to(facts, column, kind, _texts(self._hidden_ids(kind)))
                hidden = points if hidden is None else pc.or_kleene(hidden, points)
        return facts if hidden is None else facts.filter(pc.invert(pc.fill_null(hidden, False)))

    def _hidden_ids(self, kind: str) -> frozenset[str]:
        return self._gone.get(kind, frozenset()) | self.telling.nouns.get(kind, frozenset())

    def _ids(self, kind: str) -> pa.Array:
        return _texts(self._gone.get(kind, frozenset()))

    @cached_property
    def _gone(self) -> dict[str, frozenset[str]]:
        return self.telling.dropped(self._pairs, lambda kind, columns: facts_frame(self._facts(kind, columns)))

    def _pairs(self, name: str) -> pd.DataFrame:
        """Return the ends of the relationships of a kind, from its own table or from the column that stands for it."""
        tables = self.telling.schema.fact_tables
        if name in tables:
            return facts_frame(self._facts(name, ["from_id", "to_id"]))
        for kind, table in tables.items():
            for column in table.columns:
                if column.relationship == name and kind in self.telling.schema.relationship_kind(name).from_kinds:
                    pairs = self._facts(kind, ["id", column.name]).rename_columns(["from_id", "to_id"])
                    return facts_frame(pairs.filter(pc.is_valid(pairs["to_id"])))
        return empty_frame(("from_id", "to_id"))

    def _answers_cleaned(self, facts: pa.Table) -> pa.Table:
        naming = pc.is_in(facts["indicator_id"], value_set=_texts(naming_indicators(self.telling.schema)))
        if not pc.any(naming).as_py():
            return facts
        rows = zip(naming.to_pylist(), facts["answer"].to_pylist(), strict=True)
        answers = [self.telling.answer(answer) if names and answer else answer for names, answer in rows]
        return facts.set_column(facts.column_names.index("answer"), "answer", pa.array(answers, pa.string()))


def _points_to(facts: pa.Table, column: FactColumn, kind: str, ids: pa.Array) -> pa.ChunkedArray:
    points = pc.is_in(facts[column.name], value_set=ids)
    kinds = column.name.removesuffix("_id") + NODE_END
    return pc.and_(points, pc.equal(facts[kinds], kind)) if kinds in facts.column_names else points


def _texts(values: frozenset[str]) -> pa.Array:
    return pa.array(sorted(values), pa.string())
