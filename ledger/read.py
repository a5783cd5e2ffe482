"""What the ledger holds: the events of its loads, and the facts that count."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import dataset

from ledger import delta
from ledger.records import EVENTS_SCHEMA, LOADS_TABLE, last_sequence, with_zone
from ledger.tables import INSTANT

# Facts come back in the order they were loaded and stood in their file.
ORDER = ("load_id", "source_row")
# A file has fewer rows than two to this power.
SOURCE_ROW_BITS = 40


class EventReader:
    """The events of the loads; only those that are new are read again."""

    def __init__(self, root: Path) -> None:
        self.folder = root / LOADS_TABLE
        self._kept: tuple[int, pa.Table] = (-1, EVENTS_SCHEMA.empty_table())

    def events(self) -> pa.Table:
        """Return every event, in the order of `sequence`."""
        kept_version, kept = self._kept
        version = delta.version(self.folder)
        if version == kept_version:
            return kept
        if version < kept_version:
            # The folder was put back to an older state.
            kept = EVENTS_SCHEMA.empty_table()
        last = last_sequence(kept)
        is_new = pc.field("sequence") > last
        new = delta.scan(self.folder, EVENTS_SCHEMA, is_new, in_files=[("sequence", ">", last)])
        # One assignment, so that several threads may read at once.
        self._kept = (version, pa.concat_tables([kept, new.sort_by("sequence")]).combine_chunks())
        return self._kept[1]


@dataclass(frozen=True)
class Wanted:
    """Which facts of some loads are wanted: those recorded until `as_of`, and of these the rows of `where`.

    `where`: by name of a text column the values of which it must hold one; every column must. `where_any`: the same,
    and one column is enough; None among its values is a column without value. `schema` has the columns that come back.
    """

    schema: pa.Schema
    as_of: datetime | None = None
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    where_any: Mapping[str, Sequence[str | None]] = field(default_factory=dict)


def facts_of_loads(folder: Path, schema: pa.Schema, load_ids: Sequence[str], *, wanted: Wanted) -> pa.Table:
    """Return the wanted facts of these loads, in order of loading."""
    names = wanted.schema.names
    is_empty = not load_ids or not all(wanted.where.values())
    if is_empty or delta.version(folder) < 0:
        return wanted.schema.empty_table()
    condition = pc.field("load_id").isin(pa.array(load_ids, pa.string()))
    if wanted.as_of is not None:
        condition = condition & (pc.field("recorded_at") <= pa.scalar(with_zone(wanted.as_of), INSTANT))
    for name, values in wanted.where.items():
        condition = condition & delta.is_among(name, values)
    needed = pa.schema([column for column in schema if column.name in names or column.name in ORDER])
    facts = delta.scan(folder, needed, condition, in_files=delta.files_among(wanted.where))
    return facts.select(names).take(_in_order(facts, sorted(load_ids)))


def stored_facts(folder: Path, wanted: Wanted) -> pa.Table:
    """Return the wanted facts of every load, whether it counts or not, in no certain order."""
    if not all(wanted.where.values()) or delta.version(folder) < 0:
        return wanted.schema.empty_table()
    conditions = [delta.is_among(name, values) for name, values in wanted.where.items()]
    if wanted.where_any:
        conditions.append(_any_of(wanted.where_any))
    condition = reduce(operator.and_, conditions) if conditions else None
    return delta.scan(folder, wanted.schema, condition, in_files=delta.files_among(wanted.where))


def _any_of(where_any: Mapping[str, Sequence[str | None]]) -> dataset.Expression:
    found = []
    for name, values in where_any.items():
        given = [value for value in values if value is not None]
        if given:
            found.append(delta.is_among(name, given))
        if len(given) < len(values):
            found.append(pc.field(name).is_null())
    return reduce(operator.or_, found) if found else pc.scalar(False)


def _in_order(facts: pa.Table, load_ids: Sequence[str]) -> pa.Array:
    """Return the row numbers sorted by load and source row, by one whole number: much quicker than by two columns."""
    load = pc.index_in(facts["load_id"], value_set=pa.array(load_ids, pa.string())).cast(pa.int64())
    return pc.sort_indices(pc.add(pc.shift_left(load, SOURCE_ROW_BITS), facts["source_row"]))
