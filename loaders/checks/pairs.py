"""Pairs of facts that contradict each other: spells that overlap, and what began or went on after an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.messages import Label
from graph_schema.meta import Names
from loaders.checks.statements import NO_LOAD, Said

Days = npt.NDArray[np.int64]

# Days are counted from 1970; no day lies before the first or after the last of these.
FIRST_DAY, LAST_DAY = -(10**7), 10**7
EPOCH = date(1970, 1, 1)
NO_END = Label("no end", "未填结束日期")


@dataclass(frozen=True)
class Pair:
    """Two facts that contradict each other, as rows of what was said; the file at hand says `row`."""

    said: Said
    row: int
    other_said: Said
    other: int


@dataclass(frozen=True)
class Doubt:
    """Why a pair is doubtful: a message of the catalogue, the column of each of the two, and what fills the message."""

    code: str
    pair: Pair
    column: str
    other_column: str
    fields: Mapping[str, object] = field(default_factory=dict)


def day_numbers(days: pa.ChunkedArray, missing: int) -> Days:
    """Return the days as days since 1970, `missing` where there is none."""
    return np.asarray(pc.fill_null(days.cast(pa.int32()).cast(pa.int64()), missing).to_numpy(), dtype=np.int64)


def ends_of(said: Said, *columns: str) -> Days:
    """Return for each fact the last day it holds: the first of the columns that is filled, without end if none is."""
    return day_numbers(pc.coalesce(*(said.table[column] for column in columns)), LAST_DAY)


def overlapping(said: Said, of: str, among: str) -> Iterator[Pair]:
    """Yield spells of one `of` with two different `among` at the same time, one of them of the file.

    A spell that begins on the last day of another does not overlap it. Each is told with the one of the earlier ones
    that lasts longest.
    """
    whose = _codes(said.table[of])
    if not len(whose) or whose.max() + 1 == len(whose):
        # Nobody has two spells.
        return
    begins, ends = day_numbers(said.table["starts_on"], FIRST_DAY), ends_of(said, "ends_on", "valid_to")
    order = np.lexsort((begins, whose))
    whose, begins, ends = whose[order], begins[order], ends[order]
    # Whose spell it is counts more than any day, so the longest so far never is another's.
    reach = whose * (LAST_DAY - FIRST_DAY + 1) + ends
    is_longest = reach > np.concatenate([[-1], np.maximum.accumulate(reach)[:-1]])
    longest = np.maximum.accumulate(np.where(is_longest, np.arange(len(order)), 0))
    before = np.concatenate([[0], longest[:-1]])
    places = _codes(said.table[among])[order]
    is_own = np.asarray(said.is_own.to_numpy(), dtype=np.bool_)[order]
    is_wrong = (whose == whose[before]) & (places != places[before]) & (begins < ends[before]) & (begins < ends)
    is_wrong &= is_own | is_own[before]
    for place in np.flatnonzero(is_wrong).tolist():
        yield _pair(said, int(order[place]), said, int(order[before[place]]))


def after(spells: Said, of: str, *, until: Days, ends: Said, key: str, days: Days) -> Iterator[Pair]:
    """Yield spells that hold later than the end of what they are of, with that end; one of the two is of the file.

    `until` has the day that is compared for each spell, `days` one per end; of several ends the earliest counts.
    """
    order = np.argsort(days, kind="stable")
    keys = ends.table[key].combine_chunks().take(pa.array(order))
    found = pc.fill_null(pc.index_in(spells.table[of].combine_chunks(), value_set=keys), -1)
    place = np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)
    is_wrong = (place >= 0) & (until > days[order][place]) if len(order) else np.zeros(len(place), np.bool_)
    is_own = np.asarray(spells.is_own.to_numpy(), dtype=np.bool_)
    end_is_own = np.asarray(ends.is_own.to_numpy(), dtype=np.bool_)
    for row in np.flatnonzero(is_wrong).tolist():
        end = int(order[place[row]])
        if is_own[row]:
            yield Pair(spells, row, ends, end)
        elif end_is_own[end]:
            yield Pair(ends, end, spells, row)


def late_doubt(code: str, pair: Pair, end_column: str, spell: Names, *, day_column: str | None = None) -> Doubt:
    """Return the doubt about a spell (`starts_on`, `ends_on`, `valid_to`) and the end that it outlasts.

    Fields of the message: `kind` of spell, its `begin` and `last` day, and the day of the `end`, which stands in
    `end_column` unless `day_column` names another.
    """
    is_spell = "starts_on" in pair.said.table.column_names
    spells, row = (pair.said, pair.row) if is_spell else (pair.other_said, pair.other)
    ends, end_row = (pair.other_said, pair.other) if is_spell else (pair.said, pair.row)
    last = spells.table["ends_on"][row].as_py() or spells.table["valid_to"][row].as_py() or NO_END
    fields = {
        "kind": Label(spell.en, spell.zh),
        "begin": spells.table["starts_on"][row].as_py(),
        "last": last,
        "end": ends.table[day_column or end_column][end_row].as_py(),
    }
    columns = ("starts_on", end_column) if is_spell else (end_column, "starts_on")
    return Doubt(code, pair, *columns, fields)


def day_shown(number: int) -> str:
    """Return the day of a number of days since 1970."""
    return (EPOCH + timedelta(days=number)).isoformat()


def is_own(said: Said, row: int) -> bool:
    """Return whether the file at hand says the fact of a row."""
    return bool(said.table["load_id"][row].as_py() == NO_LOAD)


def _pair(said: Said, later: int, other: Said, earlier: int) -> Pair:
    """Return the pair so that the first is of the file; the one further down if both are."""
    lines, loads = said.table["source_row"], said.table["load_id"]
    first = (loads[later].as_py() == NO_LOAD, lines[later].as_py())
    second = (loads[earlier].as_py() == NO_LOAD, lines[earlier].as_py())
    return Pair(said, later, other, earlier) if first > second else Pair(other, earlier, said, later)


def _codes(values: pa.ChunkedArray) -> Days:
    encoded = values.combine_chunks().dictionary_encode()
    return np.asarray(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int64)
