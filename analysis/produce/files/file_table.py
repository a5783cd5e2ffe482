"""A file as text, and its columns read in their types: what does not fit is a fault, never a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.frames import ColumnType, frame_of
from analysis.produce.files.faults import FileFault
from analysis.produce.files.values import Misread

Texts = NDArray[np.object_]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class FileTable:
    """The rows of a file as text.

    `cells`: by column, one text per row without blanks at its ends, "" where it is empty. `lines`: the line of each
    row, counted from 1 with the header. `faults`: rows that do not fit the header.
    """

    name: str
    cells: Mapping[str, Texts]
    lines: NDArray[np.int64]
    faults: tuple[FileFault, ...] = ()

    @property
    def row_count(self) -> int:
        """Return how many rows fit the header."""
        return len(self.lines)


@dataclass(frozen=True)
class FileColumn:
    """A column that a file may have.

    `read` makes the value of a text that is not empty and raises Misread where it cannot. `is_needed`: each row has a
    value. `column_type`: that of the frame.
    """

    name: str
    column_type: ColumnType
    read: Callable[[str], object]
    is_needed: bool = False


@dataclass
class ReadFile:
    """The columns of a file in their types, missing columns empty, and the faults found so far."""

    table: FileTable
    frame: pd.DataFrame
    faults: list[FileFault] = field(default_factory=list)

    def add(self, code: str, wrong: Flags, column: str, **fields: object) -> None:
        """Note a fault in each row that is marked; a field that is a sequence has one entry for each row."""
        cells = self.table.cells.get(column)
        for row in np.flatnonzero(wrong).tolist():
            own = {
                name: value[row] if isinstance(value, list | np.ndarray) else value for name, value in fields.items()
            }
            value = "" if cells is None else str(cells[row])
            self.faults.append(FileFault(code, self.table.name, int(self.table.lines[row]), column, value, own))

    def has(self, column: str) -> Flags:
        """Return in which rows a column holds a value, readable or not."""
        cells = self.table.cells.get(column)
        return np.zeros(self.table.row_count, np.bool_) if cells is None else np.asarray(cells != "", np.bool_)

    def sorted_faults(self) -> tuple[FileFault, ...]:
        """Return every fault by line; those of one line in the order in which they were found."""
        return tuple(sorted(self.faults, key=lambda fault: fault.line))


def read_columns(table: FileTable, columns: Iterable[FileColumn]) -> ReadFile:
    """Return the columns in their types, with faults for a header that is not as it should be, and for cells.

    A cell that cannot be read is empty in the frame; so is every cell of a column that the file does not have.
    """
    known = {column.name: column for column in columns}
    read = ReadFile(table, pd.DataFrame(), list(table.faults))
    for name in table.cells:
        if name not in known:
            read.faults.append(_of_header("produce_file_unknown_column", table, name, known=", ".join(known)))
    missing = [name for name, column in known.items() if column.is_needed and name not in table.cells]
    read.faults += [_of_header("produce_file_no_column", table, name, found=", ".join(table.cells)) for name in missing]
    if not table.row_count and not table.faults:
        read.faults.append(FileFault("produce_file_no_row", table.name, 1, "", ""))
    values = [_values(read, column) for column in known.values()]
    rows = (dict(zip(known, row, strict=True)) for row in zip(*values, strict=True))
    read.frame = frame_of(rows, {name: column.column_type for name, column in known.items()})
    for name, column in known.items():
        if column.is_needed and name in table.cells:
            read.add("produce_file_no_value", ~read.has(name), name)
    return read


def _of_header(code: str, table: FileTable, column: str, **fields: object) -> FileFault:
    return FileFault(code, table.name, 1, column, "", fields)


def _values(read: ReadFile, column: FileColumn) -> list[object]:
    """Return the value of each row, and note those that cannot be read."""
    cells = read.table.cells.get(column.name)
    if cells is None:
        return [_empty(column)] * read.table.row_count
    places, distinct = pd.factorize(cells)
    known: list[object] = []
    for number, text in enumerate(distinct):
        try:
            known.append(column.read(text) if text else _empty(column))
        except Misread as fault:
            known.append(_empty(column))
            read.add(fault.code, places == number, column.name, **fault.fields)
    return [known[place] for place in places.tolist()]


def _empty(column: FileColumn) -> object:
    if column.column_type == "texts":
        return ()
    return False if column.column_type == "flag" else None
