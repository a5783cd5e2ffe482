"""Which rows an erasure takes: those of what is erased, and all that hangs on it alone, found by the references.

A row goes when its own id, a reference that it must have, or one to a person or household is to something erased;
likewise when any other text of it names a person or household that is erased. Where it is merely referred to from a row
that may do without the reference, the row stays and the reference is emptied; a word that may stand nowhere is
replaced in what somebody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.meta import PropertyType
from graph_schema.tables import FACT_COLUMNS, FactColumn, FactTable, HasFactTables, load_order
from ledger import delta_care
from ledger.compact import table_folders
from ledger.records import LOADS_TABLE
from ledger.tables import KEY_COLUMNS

PLAIN_COLUMNS = frozenset(column.name for column in FACT_COLUMNS)
# Columns that together refer to a thing of any kind, beside those whose kinds the vocabulary says.
PAIRS = (("subject_kind", "subject_id"), ("absent_kind", "absent_key"))
WRITTEN_TYPES = frozenset({PropertyType.TEXT, PropertyType.JSON})
ERASED_WORD = "***"


@dataclass(frozen=True)
class Erasure:
    """What is to be erased: ids by kind, such as those of a household and its persons.

    `hanging`: relationship kinds whose start goes when every one of its relationships of the kind goes, such as a
    document that is attached to nothing else. `words`: what may stand in no text, such as a register number. `why` must
    not say whose facts they were.
    """

    ids: Mapping[str, frozenset[str]]
    why: str
    hanging: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


@dataclass
class ErasurePlan:
    """What goes: rows by kind and the ids of what is erased by kind.

    `emptied` rows stay without a reference or without a word.
    """

    rows: dict[str, int] = field(default_factory=dict)
    emptied: dict[str, int] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)

    @property
    def row_count(self) -> int:
        """Return how many rows go."""
        return sum(self.rows.values())


class RowChoice:
    """Tells of the rows of one table which go, as far as it is known what is erased."""

    def __init__(
        self, schema: pa.Schema, table: FactTable | None, erasure: Erasure, ids: Mapping[str, set[str]]
    ) -> None:
        self.kind = table.name if table else None
        own = {column.name: column for column in table.columns} if table else {}
        texts = [column.name for column in schema if pa.types.is_string(column.type)]
        references = [own[name] for name in texts if name in own and own[name].refers_to]
        self.needed = [column for column in references if _is_needed(column, erasure)]
        self.optional = [column for column in references if not _is_needed(column, erasure)]
        kept_apart = PLAIN_COLUMNS | {column.name for column in self.optional}
        self.searched = [name for name in texts if name not in kept_apart]
        self.written = [name for name in self.searched if name in own and _is_written(own[name])]
        self.pairs = [pair for pair in PAIRS if set(pair) <= set(self.searched)]
        self.has_id = "id" in schema.names
        marks = sorted(mark for found in erasure.ids.values() for mark in found)
        self.pattern = "|".join(map(re.escape, marks))
        self.words = "|".join(rf"\b{re.escape(word)}\b" for word in sorted(erasure.words))
        self.ids = ids

    @property
    def columns(self) -> list[str]:
        """Return the columns that are looked at."""
        kinds = [f"{column.name.removesuffix('_id')}_kind" for column in self.needed if len(column.refers_to) > 1]
        return list(dict.fromkeys([*self.searched, *(column.name for column in self.optional), *kinds]))

    def goes(self, batch: pa.RecordBatch) -> pa.Array:
        """Return for each row whether it goes."""
        verdict = pa.repeat(False, batch.num_rows)
        for name in self.searched:
            verdict = pc.or_(verdict, self._names_someone(batch.column(name)))
        for column in self.needed:
            verdict = pc.or_(verdict, self._refers(batch, column))
        for kinds, ids in self.pairs:
            for kind, erased in self.ids.items():
                is_one = pc.and_(pc.equal(batch.column(kinds), kind), _among(batch.column(ids), erased))
                verdict = pc.or_(verdict, pc.fill_null(is_one, False))
        if self.has_id and self.kind is not None and self.kind in self.ids:
            verdict = pc.or_(verdict, _among(batch.column("id"), self.ids[self.kind]))
        return verdict

    def loses_something(self, batch: pa.RecordBatch) -> pa.Array:
        """Return for each row whether a reference of it is emptied or a word replaced, if it stays."""
        verdict = pa.repeat(False, batch.num_rows)
        for column in self.optional:
            verdict = pc.or_(verdict, self._is_emptied(batch, column))
        for name in self.written if self.words else ():
            verdict = pc.or_(verdict, _matches(batch.column(name), self.words))
        return verdict

    def remaining(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the rows that stay, without references to what is gone and without the words."""
        for column in self.optional:
            place = batch.schema.get_field_index(column.name)
            emptied = pc.if_else(self._is_emptied(batch, column), pa.scalar(None, pa.string()), batch.column(place))
            batch = batch.set_column(place, batch.schema.field(place), emptied)
        for name in self.written if self.words else ():
            place = batch.schema.get_field_index(name)
            replaced = pc.replace_substring_regex(batch.column(place), self.words, ERASED_WORD)
            batch = batch.set_column(place, batch.schema.field(place), replaced)
        return batch.filter(pc.invert(self.goes(batch)))

    def _is_emptied(self, batch: pa.RecordBatch, column: FactColumn) -> pa.Array:
        return pc.or_(self._refers(batch, column), self._names_someone(batch.column(column.name)))

    def _names_someone(self, texts: pa.Array) -> pa.Array:
        return _matches(texts, self.pattern)

    def _refers(self, batch: pa.RecordBatch, column: FactColumn) -> pa.Array:
        kind_column = f"{column.name.removesuffix('_id')}_kind"
        verdict = pa.repeat(False, batch.num_rows)
        for kind in column.refers_to:
            if kind not in self.ids:
                continue
            found = _among(batch.column(column.name), self.ids[kind])
            if len(column.refers_to) > 1 and kind_column in batch.schema.names:
                found = pc.and_(found, pc.fill_null(pc.equal(batch.column(kind_column), kind), False))
            verdict = pc.or_(verdict, found)
        return verdict


def plan_erasure(root: Path, schema: HasFactTables, erasure: Erasure) -> ErasurePlan:
    """Return what an erasure takes from the tables under `root`, also of loads that do not count.

    Raises `broken_ledger`.
    """
    plan = ErasurePlan(ids={kind: set(found) for kind, found in erasure.ids.items()})
    folders = {folder.name: folder for folder in table_folders(root) if folder.name != LOADS_TABLE}
    by_folder = {table.snake_name: table for table in schema.fact_tables.values()}
    ordered = [schema.fact_tables[name].snake_name for name in load_order(schema.fact_tables)]
    waiting = [*(name for name in ordered if name in folders), *sorted(folders.keys() - by_folder.keys())]
    while waiting:
        before = {kind: len(found) for kind, found in plan.ids.items()}
        for name in waiting:
            _look_through(folders[name], by_folder.get(name), erasure, plan)
        # What a table refers to was looked through before it; only what hangs on others may be found too late.
        grown = {
            kind for kind in _add_hanging(folders, schema, erasure, plan) if len(plan.ids[kind]) > before.get(kind, 0)
        }
        waiting = [name for name in ordered if name in folders and _touches(by_folder[name], grown)]
    return plan


def _look_through(folder: Path, table: FactTable | None, erasure: Erasure, plan: ErasurePlan) -> None:
    """Note the rows of one table that go, and their ids; twice where these let further rows of the same id go."""
    kind = table.name if table else folder.name
    while True:
        choice = RowChoice(delta_care.stored_schema(folder), table, erasure, plan.ids)
        rows, emptied, ids = 0, 0, set(plan.ids.get(kind, ()))
        known = len(ids)
        for batch in delta_care.batches(folder, choice.columns):
            goes = choice.goes(batch)
            rows += goes.true_count
            emptied += pc.and_(choice.loses_something(batch), pc.invert(goes)).true_count
            if choice.has_id and goes.true_count:
                ids.update(batch.column("id").filter(goes).to_pylist())
        plan.rows[kind], plan.emptied[kind] = rows, emptied
        if ids:
            plan.ids[kind] = ids
        if len(ids) == known:
            return


def _add_hanging(
    folders: Mapping[str, Path], schema: HasFactTables, erasure: Erasure, plan: ErasurePlan
) -> Sequence[str]:
    """Add what hung on erased things alone, and return its kinds."""
    found: list[str] = []
    for name in erasure.hanging:
        table = schema.fact_tables[name]
        start = table.column("from_id")
        if table.snake_name not in folders or start is None or not plan.rows.get(name):
            continue
        gone, kept = set(), set()
        choice = RowChoice(delta_care.stored_schema(folders[table.snake_name]), table, erasure, plan.ids)
        for batch in delta_care.batches(folders[table.snake_name], choice.columns):
            goes = choice.goes(batch)
            gone.update(batch.column("from_id").filter(goes).to_pylist())
            kept.update(batch.column("from_id").filter(pc.invert(goes)).to_pylist())
        for kind in start.refers_to:
            plan.ids.setdefault(kind, set()).update(gone - kept)
            found.append(kind)
    return found


def _is_needed(column: FactColumn, erasure: Erasure) -> bool:
    return column.is_required or column.one_of is not None or set(column.refers_to) <= erasure.ids.keys()


def _is_written(column: FactColumn) -> bool:
    """Return whether somebody wrote the text of a column, in contrast to ids, references and codes."""
    return column.type in WRITTEN_TYPES and not column.refers_to and column.name not in KEY_COLUMNS


def _matches(texts: pa.Array, pattern: str) -> pa.Array:
    if not pattern:
        # As an expression it would fit every text.
        return pa.repeat(False, len(texts))
    return pc.fill_null(pc.match_substring_regex(texts, pattern), False)


def _touches(table: FactTable, kinds: set[str]) -> bool:
    return table.name in kinds or any(kinds & set(column.refers_to) for column in table.columns)


def _among(values: pa.Array, ids: set[str]) -> pa.Array:
    return pc.is_in(values, value_set=pa.array(sorted(ids), pa.string()))


def touched_tables(root: Path, schema: HasFactTables, plan: ErasurePlan) -> list[str]:
    """Return the folders of the tables that must be written anew: rows go, or old files may still hold them."""
    by_folder = {table.snake_name: table.name for table in schema.fact_tables.values()}
    names = [folder.name for folder in table_folders(root) if folder.name != LOADS_TABLE]
    return [
        name
        for name in names
        if plan.rows.get(by_folder.get(name, name))
        or plan.emptied.get(by_folder.get(name, name))
        or delta_care.holds_old_files(root / name)
    ]


def choice_for(folder: Path, schema: HasFactTables, erasure: Erasure, plan: ErasurePlan) -> RowChoice:
    """Return what tells of a table under its folder which rows go by the whole plan."""
    table = next((table for table in schema.fact_tables.values() if table.snake_name == folder.name), None)
    return RowChoice(delta_care.stored_schema(folder), table, erasure, plan.ids)
