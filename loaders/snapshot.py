"""What a snapshot of a feed no longer says: things that the feed held before and that its new files lack.

In a snapshot a missing row is an end. What is missing is kept as an `Absence` of the same load, so that it is taken
back with it; the facts themselves stay as they were said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.tables import FactTable
from ledger import Ledger
from loaders.checks.facts import Checked
from loaders.fact_keys import OBSERVATION, key_columns, keys_of, subject_column
from loaders.rows.fact_rows import Flags, Indexes

ABSENCE = "Absence"
SUBJECTS = {"household_id": "Household", "person_id": "Person"}


@dataclass(frozen=True)
class Absent:
    """Things of one kind that a feed held and its snapshot lacks; arrays of the same length.

    `held_count`: how many things of the kind it held before, those missing among them.
    """

    kind: str
    keys: pa.Array
    subjects: dict[str, pa.Array]
    absent_on: date
    held_count: int


@dataclass
class SnapshotRows:
    """What the files of one snapshot hold of one kind, rejected rows included: those are wrong, not missing.

    `is_whole` is False once a file could not be used, is a part only, or has a row that does not tell what it is of.
    """

    is_whole: bool = True
    keys: list[pa.Array] = field(default_factory=list)
    indicators: set[str] = field(default_factory=set)
    newest: date | None = None

    def add(self, part: Checked) -> None:
        """Take in the facts of one file."""
        keys = keys_of(part.typed, part.table)
        if keys.null_count:
            self.is_whole = False
        self.keys.append(keys)
        if part.table.name == OBSERVATION:
            self.indicators.update(part.typed["indicator_id"].unique().drop_null().to_pylist())
            newest = pc.max(part.typed["observed_on"]).as_py()
            if newest is not None:
                self.newest = max(newest, self.newest or newest)

    def absent(self, ledger: Ledger, table: FactTable, *, feed: str, recorded_at: datetime, day: date | None) -> Absent:
        """Return what the feed held when the files were recorded and the files lack.

        `day`: the day of the snapshot; where None the newest day of observation, else the day of recording.
        """
        shown = day or self.newest or recorded_at.date()
        held = _held(ledger, table, feed=feed, recorded_at=recorded_at, day=shown)
        if table.name == OBSERVATION:
            among = pa.array(sorted(self.indicators), pa.string())
            held = held.filter(pc.is_in(held["indicator_id"], value_set=among))
        there = pa.concat_arrays([pa.array([], pa.string()), *self.keys])
        gone = held.filter(pc.invert(pc.is_in(held["key"], value_set=there)))
        subjects = {name: _array(gone[name]) for name in SUBJECTS}
        return Absent(table.name, _array(gone["key"]), subjects, shown, held.num_rows)


def absence_table(
    found: Sequence[Absent], *, schema: pa.Schema, load_id: str, feed: str, recorded_at: datetime, is_made_up: bool
) -> pa.Table:
    """Return what is missing as facts of the load, in the form of the table of absences."""
    tables = []
    for absent in found:
        count = len(absent.keys)
        columns = {
            "id": pa.array([f"{load_id}-{absent.kind}-{number}" for number in range(1, count + 1)], pa.string()),
            "absent_kind": pa.repeat(absent.kind, count),
            "absent_key": absent.keys,
            "absent_on": pa.repeat(pa.scalar(absent.absent_on), count),
            **absent.subjects,
            "recorded_at": pa.repeat(pa.scalar(recorded_at, schema.field("recorded_at").type), count),
            "feed": pa.repeat(feed, count),
            "load_id": pa.repeat(load_id, count),
            # It stands in no row of the file.
            "source_row": pa.repeat(0, count),
            "is_made_up": pa.repeat(is_made_up, count),
        }
        arrays = [columns.get(each.name, pa.nulls(count, each.type)) for each in schema]
        tables.append(pa.table(arrays, schema=schema))
    return pa.concat_tables(tables) if tables else schema.empty_table()


def _held(ledger: Ledger, table: FactTable, *, feed: str, recorded_at: datetime, day: date) -> pa.Table:
    """Return key, subjects (and indicator) of the things that the feed holds on a day, the newest statement of each."""
    named = {name: subject_column(table, kind) for name, kind in SUBJECTS.items()}
    is_series = table.name == OBSERVATION
    columns = [*key_columns(table), "valid_from", "valid_to", "recorded_at", "load_id", *filter(None, named.values())]
    wanted = list(dict.fromkeys([*columns, "observed_on"] if is_series else columns))
    facts = ledger.facts(table.name, as_of=recorded_at, columns=wanted, where={"feed": [feed]})
    facts = facts.append_column("key", keys_of({name: _array(facts[name]) for name in facts.column_names}, table))
    facts = facts.take(pa.array(_newest(facts, day)))
    facts = facts.filter(pc.fill_null(pc.greater_equal(facts["valid_to"], pa.scalar(day)), True))
    facts = facts.filter(pc.invert(_is_absent(ledger, table, facts, feed=feed, recorded_at=recorded_at)))
    nothing = pa.nulls(facts.num_rows, pa.string())
    subjects = {name: facts[own] if own else nothing for name, own in named.items()}
    of_indicator = {"indicator_id": facts["indicator_id"]} if is_series else {}
    return pa.table({"key": facts["key"], **subjects, **of_indicator})


def _newest(facts: pa.Table, day: date) -> Indexes:
    """Return the places of the newest statement about each key; what begins after the day is not yet held."""
    is_series = "observed_on" in facts.column_names
    begins = _array(facts["observed_on" if is_series else "valid_from"])
    has_begun = _flags(pc.fill_null(pc.less_equal(begins, pa.scalar(day)), True))
    age = begins.cast(pa.int32()) if is_series else _array(facts["recorded_at"]).cast(pa.int64())
    order = np.argsort(age.to_numpy(zero_copy_only=False), kind="stable")
    places = order[has_begun[order]]
    codes = _array(facts["key"]).dictionary_encode().indices.to_numpy(zero_copy_only=False)
    last = np.full(int(codes.max(initial=-1)) + 1, -1, np.int64)
    last[codes[places]] = places
    return np.sort(last[last >= 0])


def _is_absent(ledger: Ledger, table: FactTable, facts: pa.Table, *, feed: str, recorded_at: datetime) -> pa.Array:
    """Return which of the things an earlier snapshot lacked already, and nobody has named since."""
    absences = ledger.facts(
        ABSENCE,
        as_of=recorded_at,
        columns=["absent_key", "absent_on", "recorded_at", "load_id"],
        where={"feed": [feed], "absent_kind": [table.name]},
    )
    if not absences.num_rows:
        return pa.array(np.zeros(facts.num_rows, np.bool_))
    by = "absent_on" if table.name == OBSERVATION else "age"
    last = absences.append_column("age", _age(absences)).group_by("absent_key").aggregate([(by, "max")])
    at = pc.index_in(facts["key"], value_set=_array(last["absent_key"]))
    since = _array(last[f"{by}_max"]).take(_array(at))
    said = _array(facts["observed_on"]) if table.name == OBSERVATION else _age(facts)
    return pc.fill_null(pc.greater(since, said), False)


def _age(facts: pa.Table) -> pa.Array:
    """Return a text that sorts by the instant of recording, then by the order of loading."""
    instants = pc.strftime(facts["recorded_at"], format="%Y%m%d%H%M%S")
    return _array(pc.binary_join_element_wise(instants, facts["load_id"], " "))


def _array(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _flags(mask: pa.Array | pa.ChunkedArray) -> Flags:
    return np.asarray(_array(mask).to_numpy(zero_copy_only=False), dtype=np.bool_)
