"""The facts that the rows of a file give: under a mapping, or straight under the columns of a kind's template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import Formatter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.mapping import ROW_NUMBER, CellForm, Condition, FactForm, Mapping
from loaders.rows.cell_text import NUMBER, filled, without_guard
from loaders.rows.csv_text import RawTable
from loaders.rows.fact_rows import FactRows, Fault, Flags, Indexes, first_places, flags, places

# Digits that a decimal number keeps through binary arithmetic: 19.99 times 100 is 1999, not 1998.9999999999998.
EXACT_DIGITS = 15
_NOTHING = "\0"


def template_rows(raw: RawTable, kind: str) -> FactRows:
    """Return one fact per row, the columns as they stand in the file."""
    rows = np.arange(len(raw.lines), dtype=np.int64)
    columns = {name: without_guard(raw.cells[name].combine_chunks()) for name in raw.columns}
    return FactRows(kind, columns, {name: (name,) for name in raw.columns}, rows, rows)


def mapped_rows(raw: RawTable, mapping: Mapping, row_numbers: Indexes) -> list[FactRows]:
    """Return the facts of every form of the mapping, in its order; `row_numbers` has one per row, below 1 = unknown."""
    cells = {name: without_guard(raw.cells[name].combine_chunks()) for name in mapping.reads_columns}
    numbers = pa.array(row_numbers, mask=row_numbers < 1).cast(pa.string())
    source = _Source({name: filled(texts, is_trimmed=True) for name, texts in cells.items()} | {ROW_NUMBER: numbers})
    return [_facts(form, source, len(raw.lines)) for form in mapping.facts]


@dataclass(frozen=True)
class _Source:
    """The columns of the file without outer blanks, null where empty; `row_number` among them."""

    texts: dict[str, pa.Array]

    def take(self, rows: Indexes) -> _Source:
        return _Source({name: texts.take(pa.array(rows)) for name, texts in self.texts.items()})


def _facts(form: FactForm, source: _Source, row_count: int) -> FactRows:
    rows = np.flatnonzero(_chosen(form.where, source, row_count))
    chosen = source.take(rows)
    columns: dict[str, pa.Array] = {}
    faults: list[Fault] = []
    for name, cell in form.columns.items():
        columns[name], unknown = _cells(cell, chosen, len(rows))
        if len(unknown):
            faults.append(Fault("code_not_in_mapping", name, unknown, {"known": ", ".join(cell.codes)}))
    fact_of_row = np.full(row_count, -1, np.int64)
    fact_of_row[rows] = np.arange(len(rows))
    row_of_fact = rows
    if form.distinct and len(rows):
        same, first = _distinct(list(columns.values()))
        fact_of_row[rows] = same
        row_of_fact = rows[first]
        columns = {name: texts.take(pa.array(first)) for name, texts in columns.items()}
        faults = [Fault(fault.code, fault.column, np.unique(same[fault.facts]), fault.fields) for fault in faults]
    made_of = {name: cell.reads for name, cell in form.columns.items()}
    return FactRows(form.kind, columns, made_of, fact_of_row, row_of_fact, tuple(faults))


def _chosen(conditions: Sequence[Condition], source: _Source, row_count: int) -> Flags:
    chosen = np.ones(row_count, np.bool_)
    for condition in conditions:
        texts = source.texts[condition.column]
        if condition.filled is None:
            chosen &= flags(pc.is_in(texts, value_set=pa.array(condition.is_, pa.string())))
        else:
            chosen &= flags(pc.is_valid(texts)) == condition.filled
    return chosen


def _cells(cell: CellForm, source: _Source, count: int) -> tuple[pa.Array, Indexes]:
    """Return the cells, and the places of those that the mapping has no code for; they keep their text."""
    nowhere = np.zeros(0, np.int64)
    if cell.value is not None:
        return pa.repeat(pa.scalar(cell.value, pa.string()), count), nowhere
    if cell.text is not None:
        return _composed(cell.text, source, count), nowhere
    texts = source.texts[cell.column or ROW_NUMBER]
    if cell.empty:
        is_empty = pc.is_in(texts, value_set=pa.array(cell.empty, pa.string()))
        texts = pc.if_else(is_empty, pa.scalar(None, pa.string()), texts)
    if cell.codes:
        found = pc.index_in(texts, value_set=pa.array(list(cell.codes), pa.string()))
        translated = pa.array(list(cell.codes.values()), pa.string()).take(found)
        unknown = places(pc.and_(pc.is_valid(texts), pc.is_null(found)))
        return pc.coalesce(translated, texts), unknown
    if cell.calculates:
        return _calculated(cell, texts, source.texts[cell.over] if cell.over else None), nowhere
    return texts, nowhere


def _composed(text: str, source: _Source, count: int) -> pa.Array:
    parts: list[pa.Array] = []
    for literal, name, _, _ in Formatter().parse(text):
        if literal:
            parts.append(pa.repeat(pa.scalar(literal, pa.string()), count))
        if name:
            parts.append(source.texts[name])
    return pc.binary_join_element_wise(*parts, "", null_handling="emit_null")


def _calculated(cell: CellForm, texts: pa.Array, over: pa.Array | None) -> pa.Array:
    """Return the results as text, null where an input is empty; inputs that are no numbers stay as they are."""
    result = pc.multiply(_numbers(texts), cell.times)
    kept = texts
    if over is not None:
        result = pc.divide(result, _numbers(over))
        kept = pc.binary_join_element_wise(texts, over, " / ", null_handling="emit_null")
    result = pc.add(result, cell.plus)
    shown = pa.array([_shown(number) for number in result.to_pylist()], pa.string())
    return pc.if_else(pc.is_null(kept), kept, pc.coalesce(shown, kept))


def _numbers(texts: pa.Array) -> pa.Array:
    fits = pc.match_substring_regex(texts, NUMBER)
    return pc.if_else(fits, texts, pa.scalar(None, pa.string())).cast(pa.float64())


def _shown(number: float | None) -> str | None:
    if number is None or number != number or abs(number) == float("inf"):
        return None
    rounded = float(f"{number:.{EXACT_DIGITS}g}")
    return str(int(rounded)) if rounded.is_integer() and abs(rounded) < 10**EXACT_DIGITS else repr(rounded)


def _distinct(columns: Sequence[pa.Array]) -> tuple[Indexes, Indexes]:
    """Return for each row the number of what it says, and for each of those the first row that says it."""
    keys = pc.binary_join_element_wise(*(pc.fill_null(texts, _NOTHING) for texts in columns), _NOTHING)
    encoded = keys.dictionary_encode()
    same = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    return same, first_places(same, len(encoded.dictionary))
