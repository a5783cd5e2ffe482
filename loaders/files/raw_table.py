"""The rows of one table as text, whatever the file was that it stood in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Lines = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RaggedRow:
    """A row that stands apart.

    It has more or fewer cells than the header, which has `expected`; or, as `code` tells, a cell in `column` of which
    the file does not say what stands in it.
    """

    line: int
    expected: int
    cells: tuple[str, ...]
    code: str = "wrong_cell_count"
    column: str = ""
    value: str = ""


@dataclass(frozen=True)
class RawTable:
    """The rows of one file as text: one column per name of the header, one line number per row.

    `cells` is a pyarrow table of strings without nulls; `lines` are counted from 1, the header included. Rows that
    do not fit the header stand apart in `ragged`. Blank lines are no rows.
    """

    cells: pa.Table
    lines: Lines
    ragged: tuple[RaggedRow, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the header."""
        return tuple(self.cells.column_names)

    @property
    def row_count(self) -> int:
        """Return how many rows the file has, those that do not fit included."""
        return len(self.lines) + len(self.ragged)
