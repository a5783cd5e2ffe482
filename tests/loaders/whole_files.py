"""The same rows in every form of file that is read, by the ending of its name."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Mapping
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.loaders.files.small_workbook import archive


def workbook(text: str) -> bytes:
    """Return the rows of a CSV text as a workbook, all cells as text."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        # The same rows give the same bytes at any time.
        book.set_properties({"created": datetime(2026, 1, 1)})
        sheet = book.add_worksheet("Household")
        for place, row in enumerate(csv.reader(io.StringIO(text))):
            sheet.write_row(place, 0, row)
    return content.getvalue()


def parquet(text: str) -> bytes:
    """Return the rows of a CSV text as a Parquet file, all columns as text."""
    content = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(csv.DictReader(io.StringIO(text)))), content)
    return content.getvalue()


def with_delimiter(text: str, delimiter: str) -> bytes:
    """Return the rows of a CSV text with another delimiter."""
    other = io.StringIO()
    csv.writer(other, delimiter=delimiter).writerows(csv.reader(io.StringIO(text)))
    return other.getvalue().encode()


WHOLE_FILES: Mapping[str, Callable[[str], bytes]] = {
    "csv": str.encode,
    "gb.csv": lambda text: text.encode("gb18030"),
    "wide.csv": lambda text: text.encode("utf-16"),
    "odd.csv": lambda text: with_delimiter(text, ";"),
    "tsv": lambda text: with_delimiter(text, "\t"),
    "csv.gz": lambda text: gzip.compress(text.encode(), mtime=0),
    "zip": lambda text: archive({"police.Household.csv": text}),
    "xlsx": workbook,
    "book.zip": lambda text: archive({"police.xlsx": workbook(text)}),
    "parquet": parquet,
}
