"""The text of cells: blanks, numbers, and the apostrophe that keeps a spreadsheet from taking a text for a formula."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.formula_guard import GUARD, GUARDED

# What a whole number and a number look like, as RE2 reads it; Arrow itself would also take 0x10 and nan.
WHOLE = r"\A-?[0-9]{1,18}\z"
NUMBER = r"\A[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?\z"


def without_guard(cells: pa.Array) -> pa.Array:
    """Return the cells without the apostrophe that `formula_guard.guarded` puts before a sign of a formula."""
    if not pc.any(pc.starts_with(cells, GUARD)).as_py():
        return cells
    return pc.replace_substring_regex(cells, GUARDED, r"\1")


def filled(cells: pa.Array, *, is_trimmed: bool) -> pa.Array:
    """Return the cells with null where there is nothing but blanks; outer blanks go too if `is_trimmed`."""
    trimmed = pc.utf8_trim_whitespace(cells)
    text = trimmed if is_trimmed else cells
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), text)
