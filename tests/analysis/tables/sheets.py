"""Tables for tests, and files read back by what loads feed files."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pyarrow as pa

from analysis.tables.table import Cell, Column, Kind, Table
from graph_schema.messages import Label
from loaders.files.reads import Reads
from loaders.rows.cell_text import without_guard
from tests.loaders.files.tables import content_of

# What names could hold to run on somebody's machine, to turn a line round, or to end a file.
DANGEROUS = (
    '=HYPERLINK("http://example.org","here")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "'=1+1",
    "''",
    "it's",
    "<script>alert(1)</script>",
    "</c></row><f>1+1</f>",
    "\u202e梅子\u200f林",
    "javascript:alert(1)",
    "http://example.org",
    "_x003D_1+1",
    '"quoted", with a comma\nand a second line',
    " blanks outside ",
)


def table(kind: Kind, *cells: Cell, header: str = "Name") -> Table:
    """Return a table of one column."""
    columns = (Column("name", Label(en=header, zh="名称"), kind),)
    return Table("things", Label(en="Things", zh="东西"), columns, tuple((cell,) for cell in cells))


def csv_rows(data: bytes) -> list[list[str]]:
    """Return the rows of a CSV file as another program reads them, before an apostrophe is taken away."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def loaded(data: bytes, *, sheet: str | None = None) -> list[tuple[str, ...]]:
    """Return the header and the rows as `plumline load` reads them from a CSV file or a workbook, each cell a text."""
    cells = content_of(data, sheet=sheet).table(Reads(), None).cells
    return [tuple(cells.column_names), *zip(*(column.to_pylist() for column in cells.columns), strict=True)]


def unguarded(texts: list[str]) -> list[str]:
    """Return the texts as `plumline load` takes them on: without the apostrophe before a formula."""
    return list(without_guard(pa.array(texts, pa.string())).to_pylist())


def parts_of(workbook: bytes) -> dict[str, str]:
    """Return the XML parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if re.search(r"\.(xml|rels)$", name)}
