"""Cells of text read as the type of their column, strictly: what does not fit is a fault, never a guess."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.meta import CodeList, PropertyType
from graph_schema.tables import FactColumn
from loaders.rows.cell_text import NUMBER, WHOLE
from loaders.rows.fact_rows import Fault, Indexes, places

# A longer cell is no name and no note; most often a quotation mark is missing.
TEXT_LIMIT = 100_000
CODE_JOINT = ";"

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FLAGS = {
    **dict.fromkeys(("yes", "true", "1", "是"), True),
    **dict.fromkeys(("no", "false", "0", "否"), False),
}
_INSTANT = pa.timestamp("us", tz="UTC")

Typed = tuple[pa.Array, list[Fault]]


def typed_cells(column: FactColumn, cells: pa.Array, code_lists: Mapping[str, CodeList]) -> Typed:
    """Return the cells in the type of the column, null where a cell is empty or does not fit, and the faults.

    Types in Arrow: day date32, instant timestamp in UTC, whole int64, number and share float64, flag bool, codes list
    of strings, everything else string.
    """
    kind = column.type
    if kind is PropertyType.WHOLE:
        return _numbers(column, cells, WHOLE, pa.int64(), "not_whole")
    if kind in (PropertyType.NUMBER, PropertyType.SHARE):
        return _numbers(column, cells, NUMBER, pa.float64(), "not_a_number")
    if kind is PropertyType.DAY:
        return _distinct(column, cells, pa.date32(), _day, "not_a_day")
    if kind is PropertyType.INSTANT:
        return _distinct(column, cells, _INSTANT, _instant, "not_an_instant")
    if kind is PropertyType.FLAG:
        return _distinct(column, cells, pa.bool_(), lambda text: _FLAGS.get(text.lower()), "not_a_flag")
    if kind in (PropertyType.CODE, PropertyType.CODES):
        return _codes(column, cells, code_lists)
    return _text(column, cells)


def _numbers(column: FactColumn, cells: pa.Array, form: str, arrow_type: pa.DataType, code: str) -> Typed:
    fits = pc.match_substring_regex(cells, form)
    wrong = places(pc.invert(fits))
    typed = (pc.if_else(fits, cells, None) if len(wrong) else cells).cast(arrow_type)
    if pa.types.is_floating(arrow_type):
        is_finite = pc.is_finite(typed)
        endless = places(pc.invert(is_finite))
        if len(endless):
            typed = pc.if_else(is_finite, typed, None)
            wrong = np.union1d(wrong, endless)
    return typed, _faults(column, wrong, code)


def _distinct(
    column: FactColumn,
    cells: pa.Array,
    arrow_type: pa.DataType,
    read: Callable[[str], object],
    code: str,
    fields: Mapping[str, object] | None = None,
) -> Typed:
    """Read every distinct text once; `read` returns None for a text that does not fit."""
    encoded = cells.dictionary_encode()
    values = [read(text) for text in encoded.dictionary.to_pylist()]
    typed = pa.array(values, arrow_type).take(encoded.indices)
    wrong = (
        places(pc.and_(pc.is_valid(cells), pc.is_null(typed))) if any(value is None for value in values) else _nowhere()
    )
    return typed, _faults(column, wrong, code, fields)


def _codes(column: FactColumn, cells: pa.Array, code_lists: Mapping[str, CodeList]) -> Typed:
    known = code_lists[column.codes].codes if column.codes else ()
    allowed = {entry.code for entry in known}
    fields = {"column": column.name, "allowed": ", ".join(entry.code for entry in known)}

    def one(text: str) -> str | None:
        return text if not allowed or text in allowed else None

    def several(text: str) -> list[str] | None:
        codes = [code.strip() for code in text.split(CODE_JOINT) if code.strip()]
        return codes if not allowed or allowed.issuperset(codes) else None

    if column.type is PropertyType.CODE:
        return _distinct(column, cells, pa.string(), one, "not_a_code", fields)
    list_type = pa.list_(pa.field("element", pa.string()))
    return _distinct(column, cells, list_type, several, "not_a_code", fields)


def _text(column: FactColumn, cells: pa.Array) -> Typed:
    broken = places(pc.match_substring(cells, "\0"))
    longest = pc.max(pc.binary_length(cells)).as_py() or 0
    long = places(pc.greater(pc.utf8_length(cells), TEXT_LIMIT)) if longest > TEXT_LIMIT else _nowhere()
    faults = [
        *_faults(column, broken, "nul_in_cell"),
        *_faults(column, long, "too_long", {"limit": TEXT_LIMIT}),
    ]
    if column.type is PropertyType.JSON and not faults:
        return _distinct(column, cells, pa.string(), _json, "not_json")
    return cells, faults


def _faults(column: FactColumn, wrong: Indexes, code: str, fields: Mapping[str, object] | None = None) -> list[Fault]:
    return [Fault(code, column.name, wrong, fields or {})] if len(wrong) else []


def _nowhere() -> Indexes:
    return np.zeros(0, np.int64)


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _instant(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text)
        return None if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _json(text: str) -> str | None:
    try:
        json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError):
        return None
    return text
