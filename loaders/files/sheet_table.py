"""A sheet of a workbook as rows of text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, islice

import numpy as np
import pyarrow as pa

from loaders.errors import LoadError
from loaders.files.header import HeaderRows
from loaders.files.raw_table import RaggedRow, RawTable
from loaders.files.sheet_cells import CellFault, Merged, SheetRow, rows_and_merged, rows_of
from loaders.files.sheet_header import MAX_HEADER_ROWS, SEARCHED_ROWS, header_rows_of, names_of
from loaders.files.workbook import Sheet, Workbook

BATCH_ROWS = 20_000


def sheet_table(
    workbook: Workbook, sheet: Sheet, *, file: str, header: HeaderRows, needed: Collection[str] | None = None
) -> RawTable:
    """Return the rows of a sheet below its header; `lines` are the numbers of its rows.

    A cell merged over several rows below the header counts in each of them. Rows without a cell of their own are no
    rows. A row with a cell that does not tell its value, in a column that is `needed` (None: each is), stands apart;
    elsewhere the cell is what it shows. Raises LoadError: `empty_file`, `workbook_faulty`, `header_row_missing`, and as
    `checked_names` does.
    """
    rows, merged = rows_and_merged(workbook, sheet)
    head = list(islice(rows, (header.first or 0) + SEARCHED_ROWS + MAX_HEADER_ROWS))
    if not head:
        raise LoadError("empty_file", file=file)
    numbers = header_rows_of(head, merged, header)
    names = names_of(head, merged, numbers, file=file)
    body: Iterator[SheetRow] = (row for row in chain(head, rows) if row.number > numbers[-1])
    body = _filled_down(body, [block for block in merged if block.top > numbers[-1]])
    return _table(names, body, [needed is None or name in needed for name in names])


def has_cells(workbook: Workbook, sheet: Sheet) -> bool:
    """Return whether any cell of the sheet holds something."""
    return next(rows_of(workbook, sheet), None) is not None


def _table(names: tuple[str, ...], rows: Iterator[SheetRow], is_needed: list[bool]) -> RawTable:
    batches: list[pa.Table] = []
    waiting: list[list[str]] = []
    lines: list[int] = []
    ragged: list[RaggedRow] = []
    for row in rows:
        apart = _apart(row, names, is_needed)
        if apart is not None:
            ragged.append(apart)
            continue
        waiting.append([_shown(row.cells.get(column, "")) for column in range(len(names))])
        lines.append(row.number)
        if len(waiting) == BATCH_ROWS:
            batches.append(_batch(names, waiting))
            waiting.clear()
    batches.append(_batch(names, waiting))
    return RawTable(pa.concat_tables(batches), np.array(lines, dtype=np.int64), tuple(ragged))


def _apart(row: SheetRow, names: tuple[str, ...], is_needed: list[bool]) -> RaggedRow | None:
    """Return the row as one that stands apart, None if it fits the header and tells the value of each needed cell."""
    width = len(names)
    fault: tuple[str, str, str] | None = None
    for column, cell in row.cells.items():
        if column >= width and _shown(cell).strip():
            fault = "cell_beyond_header", "", _shown(cell)
        elif isinstance(cell, CellFault) and column < width and is_needed[column]:
            fault = cell.code, names[column], cell.shown
        if fault:
            code, name, value = fault
            shown = range(max(width, max(row.cells) + 1))
            return RaggedRow(
                row.number, width, tuple(_shown(row.cells.get(place, "")) for place in shown), code, name, value
            )
    return None


def _batch(names: tuple[str, ...], rows: list[list[str]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table([pa.array(column, pa.string()) for column in columns], names=list(names))


def _shown(cell: str | CellFault) -> str:
    return cell if isinstance(cell, str) else cell.shown


def _filled_down(rows: Iterator[SheetRow], merged: list[Merged]) -> Iterator[SheetRow]:
    """Yield the rows with the value of each cell merged downwards in all rows that it reaches over."""
    waiting = iter([block for block in merged if block.bottom > block.top])
    upcoming = next(waiting, None)
    reaching: list[tuple[Merged, str | CellFault]] = []
    for row in rows:
        reaching = [(block, cell) for block, cell in reaching if block.bottom >= row.number]
        given = {block.left: cell for block, cell in reaching if block.left not in row.cells}
        while upcoming is not None and upcoming.top <= row.number:
            if upcoming.top == row.number and upcoming.left in row.cells:
                reaching.append((upcoming, row.cells[upcoming.left]))
            upcoming = next(waiting, None)
        yield SheetRow(row.number, {**row.cells, **given}) if given else row
