"""What a file says beside what the ledger holds of the same things, so that contradictions are seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from graph_schema.meta import NodeKind
from ledger import Ledger
from loaders.checks.facts import ENDS, Checked
from loaders.checks.verdict import Verdict
from loaders.rows.fact_rows import Indexes

# A fact of the file at hand has no load yet.
NO_LOAD = ""
SNAPSHOT = "snapshot"
# For more ids than this it is quicker to read the columns whole than to ask the files for each id.
MOST_IDS_ASKED = 20_000
_JOINT = "\0"


@dataclass(frozen=True)
class JudgedFacts:
    """What a file says and the verdict on it; `lines` has one line per row of the file."""

    file: str
    feed: str
    lines: Indexes
    checked: Sequence[Checked]
    verdict: Verdict

    def lines_of(self, number: int) -> Indexes:
        """Return for each fact of the fact rows of that number the line of the first accepted row that says it."""
        says = self.checked[number].facts.fact_of_row
        rows = np.flatnonzero(~self.verdict.is_rejected & (says >= 0))
        lines = self.lines[self.checked[number].facts.row_of_fact]
        lines[says[rows][::-1]] = self.lines[rows[::-1]]
        return lines


@dataclass(frozen=True)
class Said:
    """Facts of one kind, those of the ledger first: `table` has the columns asked for and where each fact is from.

    That is `feed`, `load_id` (empty for the file at hand), `source_row` (the line) and `recorded_at`; `part` and `fact`
    lead back to the fact rows of the file, -1 for what the ledger holds.
    """

    kind: str
    table: pa.Table

    @property
    def is_own(self) -> pa.ChunkedArray:
        """Return which facts the file at hand says."""
        return pc.equal(self.table["load_id"], NO_LOAD)

    def where(self, mask: pa.ChunkedArray) -> Said:
        """Return the facts where the mask is true."""
        return Said(self.kind, self.table.filter(mask))

    def filled(self, column: str) -> Said:
        """Return the facts that say something in the column."""
        return self.where(pc.is_valid(self.table[column]))


class Statements:
    """The facts that will count once the file does, of the kinds and things that are asked for."""

    def __init__(self, judged: JudgedFacts, *, ledger: Ledger, schema: Schema, recorded_at: datetime) -> None:
        self._judged = judged
        self._ledger = ledger
        self._schema = schema
        self._recorded_at = recorded_at
        self._own: dict[tuple[str, tuple[str, ...]], Said] = {}

    def own(self, kind: str, columns: Sequence[str]) -> Said:
        """Return the accepted facts of a kind that the file brings."""
        asked = (kind, tuple(columns))
        if asked not in self._own:
            self._own[asked] = self._own_facts(kind, columns)
        return self._own[asked]

    def _own_facts(self, kind: str, columns: Sequence[str]) -> Said:
        tables = [self._empty(kind, columns)]
        for number, (part, stays) in enumerate(zip(self._judged.checked, self._judged.verdict.stays, strict=True)):
            if part.facts.kind == kind and stays.any():
                tables.append(self._table(number, part, np.flatnonzero(stays), columns))
        return Said(kind, pa.concat_tables(tables))

    def all(self, kind: str, columns: Sequence[str], *, named: Mapping[str, pa.ChunkedArray]) -> Said:
        """Return the facts of the file and those of the ledger that name one of the ids in one of the columns.

        Of several facts with one id the newest counts; where several feeds each know a part, the newest of each feed.
        What a feed of snapshots said before is replaced by the file.
        """
        keys = self._keys(kind)
        wanted = list(dict.fromkeys((*columns, *keys)))
        tables = [self._held(kind, wanted, column, ids) for column, ids in named.items()]
        own = self.own(kind, wanted).table
        together = pa.concat_tables([*tables, own])
        if together.num_rows > own.num_rows:
            together = _newest(together, keys)
        return Said(kind, together)

    def file_of(self, load_id: str) -> str:
        """Return the name of the file that a load took in."""
        if load_id == NO_LOAD:
            return self._judged.file
        loads = self._ledger.loads()
        place = pc.index(loads["load_id"], load_id).as_py()
        return str(loads["file_name"][place].as_py())

    def shown(self, said: Said, row: int, column: str) -> tuple[str, str]:
        """Return the column of the file and the text in it; for a fact of the ledger, its own column and value."""
        part, fact = said.table["part"][row].as_py(), said.table["fact"][row].as_py()
        if part < 0:
            value = said.table[column][row].as_py()
            return column, "" if value is None else str(value)
        facts = self._judged.checked[part].facts
        made_of = ", ".join(facts.made_of.get(column, ())) or column
        texts = facts.columns.get(column)
        return made_of, "" if texts is None else texts[fact].as_py() or ""

    def _keys(self, kind: str) -> tuple[str, ...]:
        table = self._schema.fact_table(kind)
        if not isinstance(table.kind, NodeKind):
            names = {column.name for column in table.columns}
            return tuple(name for name in ENDS if name in names)
        return ("id", "feed") if table.kind.is_shared else ("id",)

    def _held(self, kind: str, columns: Sequence[str], column: str, ids: pa.ChunkedArray) -> pa.Table:
        if not len(ids) or not self._ledger.has_facts(kind):
            return self._empty(kind, columns)
        named = ids.unique().drop_null()
        wanted = list(dict.fromkeys((*columns, "feed", "load_id", "source_row", "recorded_at", column)))
        if len(named) <= MOST_IDS_ASKED:
            held = self._ledger.facts(kind, columns=wanted, where={column: named.to_pylist()})
        else:
            held = self._ledger.facts(kind, columns=wanted)
            held = held.filter(pc.is_in(held[column], value_set=named))
        if self._schema.feeds[self._judged.feed].feed_mode == SNAPSHOT:
            held = held.filter(pc.not_equal(held["feed"], self._judged.feed))
        nowhere = pa.array(np.full(held.num_rows, -1, np.int64))
        held = held.append_column("part", nowhere).append_column("fact", nowhere)
        return held.select(self._empty(kind, columns).column_names)

    def _table(self, number: int, part: Checked, kept: Indexes, columns: Sequence[str]) -> pa.Table:
        count = len(kept)
        origin = {
            "feed": pa.repeat(self._judged.feed, count),
            "load_id": pa.repeat(NO_LOAD, count),
            "source_row": pa.array(self._judged.lines_of(number)[kept]),
            "recorded_at": pa.repeat(pa.scalar(self._recorded_at, pa.timestamp("us", tz="UTC")), count),
            "part": pa.repeat(pa.scalar(number, pa.int64()), count),
            "fact": pa.array(kept),
        }
        schema = self._empty(part.facts.kind, columns).schema
        return pa.table(
            [origin[name] if name in origin else part.typed[name].take(pa.array(kept)) for name in schema.names],
            schema=schema,
        )

    def _empty(self, kind: str, columns: Sequence[str]) -> pa.Table:
        full = self._ledger.arrow_schema(kind)
        names = dict.fromkeys((*columns, "feed", "load_id", "source_row", "recorded_at"))
        places = [pa.field("part", pa.int64()), pa.field("fact", pa.int64())]
        return pa.schema([*(full.field(name) for name in names), *places]).empty_table()


def _newest(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Return the row of each key that became known last, in order of the rows."""
    joined = pc.binary_join_element_wise(*(table[name] for name in keys), _JOINT).combine_chunks()
    encoded = joined.dictionary_encode()
    codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    known = np.asarray(table["recorded_at"].cast(pa.int64()).to_numpy(), dtype=np.int64)
    order = np.argsort(known, kind="stable")
    last = np.full(len(encoded.dictionary), -1, np.int64)
    last[codes[order]] = order
    return table.take(pa.array(np.sort(last)))
