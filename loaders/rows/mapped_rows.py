"""The facts that the rows of a file give: under a mapping, or straight under the columns of a kind's template."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.files.raw_table import RawTable
from loaders.mapping import ROW_NUMBER, Condition, FactForm, Mapping
from loaders.mapping.units import Units, read_units
from loaders.rows.cell_text import filled, without_guard
from loaders.rows.fact_rows import FactRows, Fault, Flags, Indexes, flags, marked
from loaders.rows.grouped_rows import Groups, faults_of_groups, rows_without, same_rows, taken
from loaders.rows.mapped_cells import Source, read_cells


def template_rows(raw: RawTable, kind: str) -> FactRows:
    """Return one fact per row, the columns as they stand in the file."""
    rows = np.arange(len(raw.lines), dtype=np.int64)
    columns = {name: without_guard(raw.cells[name].combine_chunks()) for name in raw.columns}
    return FactRows(kind, columns, {name: (name,) for name in raw.columns}, rows, rows)


def mapped_rows(raw: RawTable, mapping: Mapping, row_numbers: Indexes) -> list[FactRows]:
    """Return the facts of every form of the mapping, in its order; `row_numbers` has one per row, below 1 = unknown.

    A column that the file lacks counts as empty; whether it may lack it has been checked before.
    """
    count = len(raw.lines)
    texts = {
        name: filled(without_guard(raw.cells[name].combine_chunks()), is_trimmed=True)
        if name in raw.columns
        else pa.nulls(count, pa.string())
        for name in mapping.reads_columns
    }
    texts[ROW_NUMBER] = pa.array(row_numbers, mask=row_numbers < 1).cast(pa.string())
    units = read_units()
    return [_facts(form, Source(texts, count), raw, units) for form in mapping.facts]


def _facts(form: FactForm, source: Source, raw: RawTable, units: Units) -> FactRows:
    rows = np.flatnonzero(_chosen(form.where, source))
    chosen = source.take(rows)
    columns: dict[str, pa.Array] = {}
    faults: list[Fault] = []
    for name, cell in form.columns.items():
        columns[name], of_cell = read_cells(name, cell, chosen, units)
        faults.extend(of_cell)
    fact_of_row = np.full(source.row_count, -1, np.int64)
    fact_of_row[rows] = np.arange(len(rows))
    row_of_fact = rows
    groups = _groups(form, columns, faults, chosen, raw.lines[rows])
    if groups is not None and len(rows):
        fact_of_row[rows] = groups.of_row
        row_of_fact = rows[groups.first]
        columns, faults = _together(form, columns, faults, chosen, groups)
    made_of = {name: tuple(own for own in cell.reads if own in raw.columns) for name, cell in form.columns.items()}
    return FactRows(form.kind, columns, made_of, fact_of_row, row_of_fact, tuple(faults))


def _chosen(conditions: Sequence[Condition], source: Source) -> Flags:
    chosen = np.ones(source.row_count, np.bool_)
    for condition in conditions:
        texts = source.texts[condition.column]
        if condition.filled is None:
            chosen &= flags(pc.is_in(texts, value_set=pa.array(condition.is_, pa.string())))
        else:
            chosen &= flags(pc.is_valid(texts)) == condition.filled
    return chosen


def _groups(
    form: FactForm, columns: dict[str, pa.Array], faults: Sequence[Fault], source: Source, lines: Indexes
) -> Groups | None:
    if form.group_by:
        keys = [source.texts[name] for name in form.group_by]
        return same_rows(keys, apart=rows_without(keys), lines=lines)
    if form.distinct:
        # A cell that could not be read is empty, but the row does not say the same as one where nothing stands.
        faulty = np.flatnonzero(marked(source.row_count, faults))
        return same_rows(list(columns.values()), apart=faulty, lines=lines)
    return None


def _together(
    form: FactForm, columns: dict[str, pa.Array], faults: Sequence[Fault], source: Source, groups: Groups
) -> tuple[dict[str, pa.Array], list[Fault]]:
    """Return what the groups say in each column, and their faults with those of their rows."""
    shown = {name: _as_read(form.columns[name].reads, source) for name in {fault.column for fault in faults}}
    found = faults_of_groups(faults, shown, groups)
    if form.distinct:
        return {name: texts.take(pa.array(groups.first)) for name, texts in columns.items()}, found
    together: dict[str, pa.Array] = {}
    for name, texts in columns.items():
        together[name], of_column = taken(name, form.columns[name], texts, groups)
        found.extend(of_column)
    return together, found


def _as_read(names: Sequence[str], source: Source) -> pa.Array:
    return pc.binary_join_element_wise(*(pc.fill_null(source.texts[name], "") for name in names), ", ")
