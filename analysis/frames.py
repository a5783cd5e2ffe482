"""Frames with a contract: which columns a frame has, and of which type.

A contract is a mapping from column to type. Every frame that crosses a function border in the analyses has one; a
function may add columns, and never changes what a column means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import pandas as pd

ColumnType = Literal["text", "whole", "number", "day", "flag", "texts"]
Contract = Mapping[str, ColumnType]
Row = dict[str, object]

_DTYPES: Mapping[ColumnType, str] = {
    "text": "object",
    "whole": "Int64",
    "number": "float64",
    "day": "datetime64[s]",
    "flag": "bool",
    "texts": "object",
}


def frame_of(rows: Iterable[Mapping[str, object]], contract: Contract) -> pd.DataFrame:
    """Return the rows as a frame with exactly the columns of the contract, also when there is no row.

    A missing text stays None, a missing list becomes an empty tuple, a missing day NaT.
    """
    listed = list(rows)
    return pd.DataFrame(
        {name: _column([row[name] for row in listed], column_type) for name, column_type in contract.items()},
        columns=list(contract),
    )


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Return the frame as plain rows: days as `date`, whole numbers as `int`, what is missing as None."""
    columns = {str(name): [_plain(value) for value in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def text_in(row: Mapping[str, object], column: str) -> str | None:
    """Return the text in a column of a row, or None where it is missing."""
    value = row[column]
    return None if value is None else str(value)


def texts_in(row: Mapping[str, object], column: str) -> tuple[str, ...]:
    """Return the list of texts in a column of a row."""
    value = row[column]
    return tuple(str(entry) for entry in value) if isinstance(value, tuple) else ()


def _column(values: list[object], column_type: ColumnType) -> pd.Series:
    if column_type == "texts":
        values = [tuple(value) if isinstance(value, list | tuple) else () for value in values]
    return pd.Series(values, dtype=_DTYPES[column_type])


def _plain(value: object) -> object:
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, float) and value != value:
        return None
    return value


def day_stamp(day: date) -> pd.Timestamp:
    """Return the day in the form that day columns compare with."""
    return pd.Timestamp(day)
