"""A table as CSV, as spreadsheets read it: UTF-8 with a mark, and no text that could be taken for a formula."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from analysis.amounts import FEN_IN_A_YUAN
from analysis.tables.table import Cell, Kind, Table
from analysis.tables.words import cell_word
from graph_schema.formula_guard import guarded
from graph_schema.messages import Label, Language

# Without the mark Excel takes the file for the encoding of its system, and Chinese becomes nonsense.
ENCODING = "utf-8-sig"


def table_csv(table: Table, language: Language) -> bytes:
    """Return the table as CSV with its headers and words in the language; what is missing is an empty cell.

    Numbers, also negative ones, stand bare with a point; days in ISO form. A text that a spreadsheet would take for a
    formula has an apostrophe before it, which `plumline load` takes away again.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(column.label.text(language)) for column in table.columns])
    kinds = [column.kind for column in table.columns]
    for row in table.rows:
        writer.writerow([_written(cell, kind, language) for cell, kind in zip(row, kinds, strict=True)])
    return text.getvalue().encode(ENCODING)


def _written(cell: Cell, kind: Kind, language: Language) -> str:
    text = cell_text(cell, kind, language)
    return guarded(text) if kind == "text" else text


def cell_text(cell: Cell, kind: Kind, language: Language) -> str:
    """Return the text of a cell, empty for None."""
    if cell is None:
        return ""
    if kind == "flag":
        return cell_word("yes" if cell else "no").text(language)
    if isinstance(cell, Label):
        return cell.text(language)
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return f"{cell / FEN_IN_A_YUAN:.2f}" if kind == "yuan" else _number(cell)
    return cell


def _number(value: float) -> str:
    """Return a number that reads back as the same one, without the zeros that say nothing."""
    return str(int(value)) if value == int(value) else repr(value)
