"""Which character stands between the cells of a text."""

from __future__ import annotations

import csv
import io

# From the likeliest; a tie goes to the first.
DELIMITERS = (",", ";", "\t", "|")
SAMPLE_BYTES = 1 << 16
SAMPLE_ROWS = 30


def found_delimiter(data: bytes) -> str:
    """Return the delimiter under which the first rows have as many cells as the header; a comma if none divides it.

    `data` is UTF-8. What stands in quotation marks does not count.
    """
    sample = data[:SAMPLE_BYTES].decode("utf-8-sig", errors="replace")
    best, best_score = DELIMITERS[0], (0.0, 1)
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        rows = _rows(sample, delimiter, is_cut=len(data) > SAMPLE_BYTES)
        if not rows or len(rows[0]) < 2:
            continue
        same = sum(len(row) == len(rows[0]) for row in rows)
        # Rows that do not fit are ever the fault of a row, never what tells the delimiter.
        score = (same / len(rows), len(rows[0]))
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _rows(sample: str, delimiter: str, *, is_cut: bool) -> list[list[str]]:
    lines = list(io.StringIO(sample, newline=""))
    if is_cut and len(lines) > 1:
        lines.pop()
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) == SAMPLE_ROWS:
                break
    except csv.Error:
        # A cell longer than Python's limit: the rows before it tell enough.
        return rows
    return rows
