"""Where the header of a sheet stands: below titles, over one row or several with merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from loaders.errors import LoadError
from loaders.files.header import HeaderRows, checked_names, joined_names, on_one_line
from loaders.files.sheet_cells import Merged, SheetRow

# A header that begins lower is to be told.
SEARCHED_ROWS = 30
MAX_HEADER_ROWS = 3
# A row of a header names at least this share of the columns; what stands above it is a title.
MIN_NAMED_SHARE = 0.5
# The upper row of a header of two covers, its merged cells counted in full, nearly all columns.
MIN_COVERED_SHARE = 0.8
COLONS = (":", "：")


def header_rows_of(rows: Sequence[SheetRow], merged: Sequence[Merged], told: HeaderRows) -> range:
    """Return the numbers of the rows that the header takes; what is told wins over what is found.

    Above a header stand titles: a single cell, or a few that do not cover the columns or most of which hold a colon,
    such as `填报单位：官陂镇`. A header goes on below its first row where a merged cell of it reaches down, or where
    each column under a cell merged sideways has a text of its own and no other column has one.
    """
    first = told.first or _first(rows, merged)
    if told.count is not None:
        return range(first, first + told.count)
    last = first
    while last - first + 1 < MAX_HEADER_ROWS:
        reached = max((block.bottom for block in merged if first <= block.top <= last), default=last)
        if reached > last:
            last = min(reached, first + MAX_HEADER_ROWS - 1)
        elif _goes_on(rows, merged, last):
            last += 1
        else:
            break
    return range(first, last + 1)


def names_of(rows: Sequence[SheetRow], merged: Sequence[Merged], numbers: range, *, file: str) -> tuple[str, ...]:
    """Return one name per column. Raises LoadError: `header_row_missing`, and as `checked_names` does."""
    by_number = {row.number: row for row in rows}
    texts = {number: _texts(by_number[number]) if number in by_number else {} for number in numbers}
    width = max((column + 1 for level in texts.values() for column in level), default=0)
    if width == 0:
        raise LoadError("header_row_missing", file=file, row=numbers[0])
    for block in merged:
        text = texts.get(block.top, {}).get(block.left)
        if text is None:
            continue
        # What is merged in the lowest row or beyond the last name has no column of its own.
        for number in range(block.top, min(block.bottom, numbers[-1]) + 1):
            for column in range(block.left, min(block.right + 1, width)):
                texts[number].setdefault(column, text)
    levels = [[level.get(column, "") for column in range(width)] for level in texts.values()]
    is_merged = any(block.top in numbers for block in merged)
    if is_merged:
        names = ["/".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*levels, strict=True)]
    else:
        names = joined_names(levels)
    return checked_names(names, file)


def _first(rows: Sequence[SheetRow], merged: Sequence[Merged]) -> int:
    width = max((len(row.cells) for row in rows), default=0)
    for row in rows:
        if len(row.cells) == width == 1 or (len(row.cells) > 1 and _is_header(row, merged, width)):
            return row.number
    return rows[0].number if rows else 1


def _is_header(row: SheetRow, merged: Sequence[Merged], width: int) -> bool:
    with_colon = sum(1 for text in _texts(row).values() if any(colon in text for colon in COLONS))
    if len(row.cells) < width and 2 * with_colon >= len(row.cells):
        return False
    if len(row.cells) >= MIN_NAMED_SHARE * width:
        return True
    inside = _sideways(merged, row.number)
    covered = len(row.cells) + sum(block.right - block.left for block in inside if block.left in row.cells)
    covered += sum(1 for block in merged if block.top < row.number <= block.bottom)
    return covered >= MIN_COVERED_SHARE * width


def _goes_on(rows: Sequence[SheetRow], merged: Sequence[Merged], last: int) -> bool:
    """Return whether the row below `last` names the columns under the cells merged sideways there, and no others."""
    inside = _sideways(merged, last)
    below = next((row for row in rows if row.number == last + 1), None)
    if not inside or below is None:
        return False
    under = {column for block in inside for column in range(block.left, block.right + 1)}
    return set(below.cells) == under and all(not _is_number(text) for text in _texts(below).values())


def _sideways(merged: Sequence[Merged], number: int) -> list[Merged]:
    upto = takewhile(lambda block: block.top <= number, merged)
    return [block for block in upto if block.top == number and block.right > block.left]


def _texts(row: SheetRow) -> dict[int, str]:
    return {column: on_one_line(cell if isinstance(cell, str) else cell.shown) for column, cell in row.cells.items()}


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "").isdecimal()
