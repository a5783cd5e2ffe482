"""Tables as a workbook of Excel: one sheet each, numbers and days as such, every text a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import islice
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from analysis.amounts import FEN_IN_A_YUAN
from analysis.tables.table import Cell, Column, Kind, Table
from analysis.tables.table_csv import cell_text
from graph_schema.messages import Language

OPTIONS = {
    # A row goes to the disk as soon as the next one begins.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# The same tables make the same bytes, so that a browser need not fetch them again.
_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
# Excel's own bounds: the longest text of a cell, and its first year.
MOST_LETTERS, FIRST_YEAR = 32_767, 1900
CUT_OFF = "…"
NUMBERS: tuple[Kind, ...] = ("whole", "number", "yuan", "year")
# Widths of columns in letters, from the header and the first rows.
NARROWEST, WIDEST, MEASURED_ROWS = 8, 60, 100


@dataclass(frozen=True)
class _Formats:
    head: Any
    text: Any
    whole: Any
    number: Any
    yuan: Any
    year: Any
    day: Any


def tables_xlsx(tables: Sequence[Table], language: Language) -> bytes:
    """Return a workbook with a sheet for each table, its header frozen, in the language.

    No cell holds a formula or a link: a text that begins like one is kept as text, also when somebody edits it.
    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"created": _MADE_AT})
        formats = _Formats(
            head=book.add_format({"bold": True, "quote_prefix": True, "valign": "top", "text_wrap": True}),
            text=book.add_format({"quote_prefix": True}),
            whole=book.add_format({"num_format": "#,##0"}),
            number=book.add_format({"num_format": "#,##0.###"}),
            year=book.add_format({"num_format": "0"}),
            yuan=book.add_format({"num_format": "#,##0.00"}),
            day=book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        for table in tables:
            _write_sheet(book.add_worksheet(table.label.text(language)), table, formats, language)
    return content.getvalue()


def _write_sheet(sheet: Any, table: Table, formats: _Formats, language: Language) -> None:  # noqa: ANN401 - untyped package
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(table, place, language))
        sheet.write_string(0, place, column.label.text(language), formats.head)
    for number, row in enumerate(table.rows, start=1):
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            if cell is not None:
                _write(sheet, number, place, cell=cell, column=column, formats=formats, language=language)


def _write(
    sheet: Any,  # noqa: ANN401 - untyped package
    row: int,
    place: int,
    *,
    cell: Cell,
    column: Column,
    formats: _Formats,
    language: Language,
) -> None:
    if column.kind in NUMBERS and isinstance(cell, int | float):
        value = cell / FEN_IN_A_YUAN if column.kind == "yuan" else cell
        sheet.write_number(row, place, value, getattr(formats, column.kind))
    elif column.kind == "day" and isinstance(cell, date) and cell.year >= FIRST_YEAR:
        sheet.write_datetime(row, place, cell, formats.day)
    else:
        sheet.write_string(row, place, _fitting(cell_text(cell, column.kind, language)), formats.text)


def _fitting(text: str) -> str:
    """Return the text as long as a cell may be; Excel calls a file with a longer one damaged."""
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + CUT_OFF


def _width(table: Table, place: int, language: Language) -> int:
    column = table.columns[place]
    texts = [column.label.text(language)]
    texts += [cell_text(row[place], column.kind, language) for row in islice(table.rows, MEASURED_ROWS)]
    return min(WIDEST, max(NARROWEST, 1 + max(map(_letters, texts))))


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
