"""A table as lines of text: columns as wide as what is in them, narrower only where the terminal is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from cli.wrapped_text import wrapped

GAP = "  "
NARROWEST = 12


@dataclass(frozen=True)
class Row:
    """The cells of a row, and sentences that stand below it."""

    cells: tuple[str, ...]
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """The heading of a column, and whether its cells are numbers, which stand on the right."""

    heading: str
    is_number: bool = False


def table_lines(columns: Sequence[Column], rows: Sequence[Row], width: int | None) -> list[str]:
    """Return the heading and the rows as lines without spaces at their ends.

    `width` in cells is what the terminal has; None where the lines may be as long as they need to be.
    """
    widths = _widths(columns, rows, width)
    lines = _row_lines(columns, tuple(column.heading for column in columns), widths)
    for row in rows:
        lines += _row_lines(columns, row.cells, widths)
        for detail in row.details:
            lines += wrapped(GAP * 2 + detail, width, hanging=GAP * 3)
    return lines


def _widths(columns: Sequence[Column], rows: Sequence[Row], width: int | None) -> list[int]:
    least = [cell_len(column.heading) for column in columns]
    widths = [max([least[place], *(cell_len(row.cells[place]) for row in rows)]) for place, _ in enumerate(columns)]
    if width is None:
        return widths
    too_wide = sum(widths) + cell_len(GAP) * len(columns) - width
    for _ in range(too_wide):
        # Of the columns with words in them, the one with most to spare gives way.
        spare = [
            0 if column.is_number else has - max(needs, NARROWEST)
            for column, has, needs in zip(columns, widths, least, strict=True)
        ]
        if max(spare) <= 0:
            break
        widths[spare.index(max(spare))] -= 1
    return widths


def _row_lines(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    broken = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(len(lines) for lines in broken)
    return [
        "".join(
            GAP + _padded(lines[number] if number < len(lines) else "", width, column)
            for lines, width, column in zip(broken, widths, columns, strict=True)
        ).rstrip()
        for number in range(height)
    ]


def _padded(text: str, width: int, column: Column) -> str:
    space = " " * (width - cell_len(text))
    return space + text if column.is_number else text + space
