"""The rejects file: the input's own rows with line, reason and remedy, so that it loads as it is once corrected."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np

from graph_schema.formula_guard import guarded, unguarded
from graph_schema.messages import Language
from loaders.files.raw_table import RaggedRow, RawTable
from loaders.files.rejects_columns import LINE_COLUMN, REJECT_COLUMNS
from loaders.reject import Reject, RejectSource
from loaders.rows.fact_rows import Indexes

# Spreadsheets take a file without the mark for another encoding.
ENCODING = "utf-8-sig"
REJECTS_ENDING = ".rejects.csv"
"""How the name of the rejects file of a load ends, behind the id of the load."""


def write_rejects(
    path: Path, source: RejectSource, first_lines: Indexes, *, delimiter: str, language: Language
) -> None:
    """Write the rejected rows of a file, by line; `first_lines` as `without_reject_columns` returns them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # The rows name people as the department knows them.
    path.touch(mode=0o600)
    ragged = {row.line: row for row in source.raw.ragged}
    rows = _rejected_rows(source, first_lines)
    names = source.raw.columns
    with path.open("w", encoding=ENCODING, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow((*names, *REJECT_COLUMNS))
        for line, rejects in groupby(source.rejects(), key=lambda reject: reject.line):
            told = list(rejects)
            if line in ragged:
                cells, first = _fitted(ragged[line], len(names), delimiter), line
            else:
                cells, first = next(rows)
            because = " ".join(dict.fromkeys(_named(reject, language) for reject in told))
            remedy = " ".join(dict.fromkeys(reject.remedy(language) for reject in told))
            # A cell may come out of a rejects file; one apostrophe is enough.
            plain = [guarded(unguarded(cell)) for cell in cells]
            writer.writerow((*plain, first, guarded(because), guarded(remedy)))


def rejects_file_of(folder: Path, load_id: str) -> Path | None:
    """Return the file with the rejected rows of a load, None where there is none."""
    ending = f".{load_id}{REJECTS_ENDING}"
    return next((path for path in folder.glob(f"*{REJECTS_ENDING}") if path.name.endswith(ending)), None)


def without_reject_columns(raw: RawTable) -> tuple[RawTable, Indexes]:
    """Return the table without what a rejects file adds, and for each row its line in the file it first stood in.

    That is the line in this file unless this is a rejects file; -1 where a rejects file does not tell it any more.
    """
    own = [name for name in raw.columns if name not in REJECT_COLUMNS]
    ragged = raw.ragged
    if raw.columns[-len(REJECT_COLUMNS) :] == REJECT_COLUMNS:
        ragged = tuple(_without_tail(row) for row in ragged)
    table = RawTable(raw.cells.select(own), raw.lines, ragged)
    if LINE_COLUMN not in raw.columns:
        return table, raw.lines
    told = raw.cells[LINE_COLUMN].to_pylist()
    first = np.array([int(text) if text.isdecimal() and len(text) < 19 else -1 for text in told], np.int64)
    return table, first


def _without_tail(row: RaggedRow) -> RaggedRow:
    """Return a row that does not fit the header without what a rejects file wrote behind its own cells."""
    added = len(REJECT_COLUMNS)
    if len(row.cells) <= added or not row.cells[-added].isdecimal():
        return row
    return replace(row, expected=row.expected - added, cells=row.cells[:-added])


def _rejected_rows(source: RejectSource, first_lines: Indexes) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the cells of every rejected row that fits the header, with its first line."""
    is_rejected = source.verdict.is_rejected
    columns = [column.to_pylist() for column in source.raw.cells.filter(is_rejected).columns]
    yield from zip(zip(*columns, strict=True), first_lines[is_rejected].tolist(), strict=True)


def _fitted(row: RaggedRow, width: int, delimiter: str) -> tuple[str, ...]:
    """Return the cells of a row as many as the header has; surplus ones stand together in the last."""
    cells = (*row.cells, *[""] * (width - len(row.cells)))
    return (*cells[: width - 1], delimiter.join(cells[width - 1 :]))


def _named(reject: Reject, language: Language) -> str:
    what = reject.what(language)
    return f"[{reject.column}] {what}" if reject.column else what
