"""The text of a findings file as columns of text, and the line of a row for those who have to correct it."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from analysis.errors import QuestionError

UTF8_MARK = b"\xef\xbb\xbf"
# The header is the first row; the rows of findings follow it.
_HEADER_ROWS = 1


@dataclass(frozen=True)
class FindingsText:
    """The columns of a file, each a pyarrow array of text without spaces at its ends; all of one length.

    `left_out`: the optional columns that it does not have.
    """

    name: str
    data: bytes
    columns: dict[str, pa.Array]
    left_out: frozenset[str]

    @property
    def row_count(self) -> int:
        """Return the number of rows below the header."""
        return len(next(iter(self.columns.values())))

    def line(self, row: int) -> int:
        """Return the line of the file on which the row (from 0) ends. Slow: it reads the file anew."""
        return _line_of(self.data, row + _HEADER_ROWS)

    def fault(self, code: str, row: int, **fields: object) -> QuestionError:
        """Return the error `code`, with the file and the line of the row."""
        return QuestionError(code, file=self.name, line=self.line(row), **fields)

    def value(self, column: str, row: int) -> str:
        """Return what stands in a column of a row, without spaces at its ends."""
        return str(self.columns[column][row].as_py())


def read_text(path: Path, *, required: Collection[str], optional: Collection[str]) -> FindingsText:
    """Return the columns of a CSV file in UTF-8 (with or without its mark) or GB18030.

    Empty lines do not count. Raises QuestionError where the file is missing, empty, in another encoding, lacks a
    required column or has one that is not known, or a row has more or fewer values than the header.
    """
    try:
        data = _utf8(path.read_bytes(), path.name)
    except FileNotFoundError as error:
        raise QuestionError("risk_findings_no_file", file=str(path)) from error
    header = _header(data, path.name)
    if header is None:
        raise QuestionError("risk_findings_empty_file", file=path.name, required=", ".join(required))
    names = [name.strip() for name in header]
    _check_header(path.name, names, required=required, optional=optional)
    table = _table(data, names, path.name)
    columns = {name: pc.utf8_trim_whitespace(table.column(name).combine_chunks()) for name in names}
    return FindingsText(path.name, data, columns, left_out=frozenset(optional) - set(names))


def _utf8(data: bytes, name: str) -> bytes:
    data = data.removeprefix(UTF8_MARK)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            fault = error
        else:
            return data if encoding == "utf-8" else text.encode("utf-8")
    raise QuestionError("risk_findings_encoding", file=name, line=data.count(b"\n", 0, fault.start) + 1) from fault


def _header(data: bytes, name: str) -> list[str] | None:
    """Return the values of the first line that is not empty, None where there is none."""
    begin = len(data) - len(data.lstrip(b"\r\n"))
    end = data.find(b"\n", begin)
    line = data[begin : len(data) if end < 0 else end].decode("utf-8")
    try:
        return next((row for row in csv.reader(io.StringIO(line, newline="")) if row), None)
    except csv.Error as error:
        raise QuestionError("risk_findings_no_table", file=name, reason=str(error)) from error


def _check_header(name: str, names: list[str], *, required: Collection[str], optional: Collection[str]) -> None:
    known = [*required, *optional]
    missing = [column for column in required if column not in names]
    if missing:
        raise QuestionError("risk_findings_no_column", file=name, column=", ".join(missing), found=", ".join(names))
    for column in names:
        if column not in known:
            raise QuestionError("risk_findings_unknown_column", file=name, column=column, known=", ".join(known))
        if names.count(column) > 1:
            raise QuestionError("risk_findings_column_twice", file=name, column=column)


def _table(data: bytes, names: list[str], name: str) -> pa.Table:
    wrong: list[pyarrow.csv.InvalidRow] = []

    def keep(row: pyarrow.csv.InvalidRow) -> str:
        wrong.append(row)
        return "skip"

    try:
        table = pyarrow.csv.read_csv(
            # A header alone needs the end of its line; what is skipped after the names is the first line that is there.
            pa.BufferReader(data.lstrip(b"\r\n") + b"\n"),
            # One thread, so that a wrong row knows its number.
            read_options=pyarrow.csv.ReadOptions(use_threads=False, column_names=names, skip_rows_after_names=1),
            parse_options=pyarrow.csv.ParseOptions(invalid_row_handler=keep, newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise QuestionError("risk_findings_no_table", file=name, reason=str(error)) from error
    if wrong:
        line = _line_of(data, wrong[0].number - 1)
        raise QuestionError(
            "risk_findings_row", file=name, line=line, found=wrong[0].actual_columns, expected=len(names)
        )
    return table


def _line_of(data: bytes, number: int) -> int:
    """Return the line on which the row `number` of the file (the header is row 0, empty lines none) ends."""
    rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    seen = -1
    for row in rows:
        seen += bool(row)
        if seen == number:
            break
    return rows.line_num
