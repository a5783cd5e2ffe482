"""CSV text as rows of text with the line each begins on. No cell is guessed at, trimmed or dropped.

A file whose rows are lines is read by Arrow. Any other (line breaks inside cells, rows of another length, blank
lines) is read by Python's `csv`, which takes the same text apart in the same way but tells where each row stands.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from loaders.errors import LoadError
from loaders.files.header import HeaderRows, checked_names, joined_names
from loaders.files.raw_table import RaggedRow, RawTable
from loaders.files.text_encoding import UTF8_MARK, not_utf8

BLOCK_BYTES = 8 << 20
BATCH_ROWS = 50_000


@dataclass(frozen=True)
class _Text:
    data: bytes
    begin: int
    end: int
    file: str


@dataclass(frozen=True)
class _Body:
    """The part of a text below its header."""

    data: bytes
    begin: int
    end: int
    names: tuple[str, ...]
    header_lines: int
    delimiter: str


def parse_csv(data: bytes, *, file: str, delimiter: str = ",", header: HeaderRows | None = None) -> RawTable:
    """Return the rows of a CSV text in UTF-8, with or without a mark. The header is the first row unless told.

    Raises LoadError: `empty_file`, `not_utf8`, `header_faulty`, `header_row_missing`, `nul_in_header`,
    `header_name_missing`, `header_name_twice`, `too_many_columns`, `unclosed_quote`.
    """
    begin, end = len(UTF8_MARK) if data.startswith(UTF8_MARK) else 0, len(data)
    while end > begin and data[end - 1 : end] in (b"\r", b"\n"):
        end -= 1
    if end == begin:
        raise LoadError("empty_file", file=file)
    try:
        body = _below_header(_Text(data, begin, end, file), delimiter, header or HeaderRows())
        if body.begin >= body.end:
            return RawTable(_table(body.names, ()), np.zeros(0, np.int64))
        raw = _read_by_arrow(body)
        return raw if raw is not None else _read_by_python(body, file)
    except UnicodeDecodeError as fault:
        raise not_utf8(data, file) or fault from fault


def _below_header(text: _Text, delimiter: str, header: HeaderRows) -> _Body:
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in _text_lines(text.data, text.begin):
            taken.append(line)
            yield line

    with _cells_of_any_length():
        try:
            rows = csv.reader(lines(), delimiter=delimiter, strict=True)
            names = joined_names(_header_rows(rows, header, text.file))
        except csv.Error as fault:
            raise LoadError("header_faulty", file=text.file) from fault
    header_bytes = sum(len(line.encode("utf-8")) for line in taken)
    checked = checked_names(names, text.file)
    return _Body(text.data, text.begin + header_bytes, text.end, checked, len(taken), delimiter)


def _header_rows(rows: Iterator[list[str]], header: HeaderRows, file: str) -> list[list[str]]:
    if header.first is None:
        first = next((row for row in rows if row), None)
    else:
        first = next(islice(rows, header.first - 1, None), None)
    found = [] if first is None else [first, *islice(rows, (header.count or 1) - 1)]
    if len(found) < (header.count or 1) or not any(found):
        raise LoadError("header_row_missing", file=file, row=(header.first or 1) + len(found))
    return found


def _read_by_arrow(body: _Body) -> RawTable | None:
    """Return the rows if each is exactly one line, else None."""
    data, begin, end = body.data, body.begin, body.end
    if data.count(b"\r", begin, end) != data.count(b"\r\n", begin, end):
        return None
    try:
        cells = pyarrow.csv.read_csv(
            pa.BufferReader(pa.py_buffer(data).slice(begin, end - begin)),
            # One thread: the order of rows is then the order of lines.
            read_options=pyarrow.csv.ReadOptions(
                use_threads=False, block_size=BLOCK_BYTES, column_names=list(body.names)
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=body.delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(body.names, pa.string()), null_values=[], strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        # A row of another length, a cell longer than a block or a wrong byte: the slower reader says which and where.
        return None
    if cells.num_rows != data.count(b"\n", begin, end) + 1 or _has_blank_row(cells) or _ends_in_quote(body):
        return None
    return RawTable(cells, np.arange(cells.num_rows, dtype=np.int64) + body.header_lines + 1)


def _has_blank_row(cells: pa.Table) -> bool:
    blank: pa.ChunkedArray | None = None
    for column in cells.columns:
        empty = pc.equal(column, "")
        blank = empty if blank is None else pc.and_(blank, empty)
        if not pc.any(blank).as_py():
            return False
    return True


def _ends_in_quote(body: _Body) -> bool:
    """Return whether the last line leaves a quote open, which Arrow closes in silence."""
    last_line = body.data[max(body.begin, body.data.rfind(b"\n", body.begin, body.end) + 1) : body.end].decode("utf-8")
    with _cells_of_any_length():
        rows = list(csv.reader((last_line + "\n", "closing line"), delimiter=body.delimiter))
    return len(rows) == 1


def _read_by_python(body: _Body, file: str) -> RawTable:
    """Return the rows with the line each begins on; a row that does not fit the header goes to `ragged`."""
    batches: list[pa.Table] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    ragged: list[RaggedRow] = []
    for line, row in _rows_with_lines(body, file):
        if len(row) != len(body.names):
            ragged.append(RaggedRow(line, len(body.names), tuple(row)))
            continue
        rows.append(row)
        lines.append(line)
        if len(rows) == BATCH_ROWS:
            batches.append(_table(body.names, rows))
            rows.clear()
    batches.append(_table(body.names, rows))
    return RawTable(pa.concat_tables(batches), np.array(lines, dtype=np.int64), tuple(ragged))


def _rows_with_lines(body: _Body, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that is not blank, with its line. Raises `unclosed_quote`."""
    begun, taken, closing = 0, 0, -1

    def lines() -> Iterator[str]:
        nonlocal taken, closing
        for line in _text_lines(body.data, body.begin):
            taken += 1
            yield line if line.endswith(("\n", "\r")) else line + "\n"
        # One line more than the file has: it comes back as a row of its own, unless an open quote swallows it.
        closing = taken
        taken += 1
        yield "closing line"

    with _cells_of_any_length():
        for row in csv.reader(lines(), delimiter=body.delimiter):
            if begun == closing:
                return
            if taken > closing >= 0:
                raise LoadError("unclosed_quote", file=file, line=body.header_lines + begun + 1)
            if row:
                yield body.header_lines + begun + 1, row
            begun = taken


def _text_lines(data: bytes, begin: int) -> Iterator[str]:
    stream = io.BytesIO(data)
    stream.seek(begin)
    return iter(io.TextIOWrapper(stream, encoding="utf-8", newline=""))


def _table(names: tuple[str, ...], rows: list[list[str]] | tuple[()]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table([pa.array(column, pa.string()) for column in columns], names=list(names))


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """Lift the limit of Python's `csv`: a long cell is one row's fault, not the file's."""
    limit = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(limit)
