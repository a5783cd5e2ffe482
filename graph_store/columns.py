"""Columns in the one dtype that each property type has in both stores, and their values for query parameters.

Text, codes and JSON are `str`, whole numbers `Int64` (never a float, which would lose digits), numbers and shares
`float64`, flags `boolean`, days `datetime64[s]`, instants `datetime64[us, UTC]`, lists of codes Python lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import numpy as np
import pandas as pd
from pandas.api.types import infer_dtype, pandas_dtype

from graph_schema.meta import PropertyType

_TEXTS = frozenset({PropertyType.TEXT, PropertyType.CODE, PropertyType.JSON})
_NUMBERS = frozenset({PropertyType.NUMBER, PropertyType.SHARE})

# What pandas says of the values of a column of Python objects, and of which type such values may be.
_OBJECTS: Mapping[PropertyType, frozenset[str]] = {
    PropertyType.WHOLE: frozenset({"integer"}),
    PropertyType.NUMBER: frozenset({"integer", "floating", "mixed-integer-float"}),
    PropertyType.SHARE: frozenset({"integer", "floating", "mixed-integer-float"}),
    PropertyType.FLAG: frozenset({"boolean"}),
    PropertyType.DAY: frozenset({"date"}),
    PropertyType.INSTANT: frozenset({"datetime", "datetime64"}),
}

# The numpy kinds of the values of any other column, likewise.
_KINDS: Mapping[PropertyType, str] = {
    PropertyType.WHOLE: "iu",
    PropertyType.NUMBER: "iuf",
    PropertyType.SHARE: "iuf",
    PropertyType.FLAG: "b",
    PropertyType.DAY: "M",
    PropertyType.INSTANT: "M",
}

_DTYPES: Mapping[PropertyType, str] = {
    PropertyType.WHOLE: "Int64",
    PropertyType.NUMBER: "float64",
    PropertyType.SHARE: "float64",
    PropertyType.FLAG: "boolean",
    PropertyType.DAY: "datetime64[s]",
    PropertyType.INSTANT: "datetime64[us, UTC]",
    PropertyType.CODES: "object",
}


def empty_column(of_type: PropertyType, index: pd.Index) -> pd.Series:
    """Return a column without any value in the dtype of its type."""
    return pd.Series(index=index, dtype=_DTYPES.get(of_type, "str"))


def typed_column(values: pd.Series, of_type: PropertyType) -> pd.Series:
    """Return the values in the dtype of their type. Raises TypeError or ValueError, naming no value."""
    if of_type in _TEXTS:
        return _text(values)
    if of_type is PropertyType.CODES:
        return _lists(values)
    found = str(values.dtype)
    dtype = _DTYPES[of_type]
    if found != dtype:
        if not values.notna().any():
            return empty_column(of_type, values.index)
        _refuse_other_type(values, of_type)
        values = _as_instants(values) if of_type is PropertyType.INSTANT else values.astype(pandas_dtype(dtype))
    if of_type in _NUMBERS and np.isinf(values.to_numpy()).any():
        raise ValueError("infinity")
    return values


def python_values(values: pd.Series, of_type: PropertyType) -> list[object]:
    """Return the values of a typed column as the engines take them: null is None, instants are UTC without a zone."""
    # numpy turns a whole column into Python values much faster than pandas does value by value.
    if of_type is PropertyType.CODES:
        return values.tolist()
    if of_type is PropertyType.DAY:
        return cast("list[object]", values.to_numpy("datetime64[D]").astype(object).tolist())
    if of_type is PropertyType.INSTANT:
        plain = values.dt.tz_convert(None).to_numpy("datetime64[us]")
        return cast("list[object]", plain.astype(object).tolist())
    missing = values.isna().to_numpy()
    if of_type is PropertyType.WHOLE:
        objects = values.to_numpy("int64", na_value=0).astype(object)
    elif of_type is PropertyType.FLAG:
        objects = values.to_numpy("bool", na_value=False).astype(object)
    else:
        objects = values.to_numpy(object)
    if missing.any():
        objects = objects.copy()
        objects[missing] = None
    return cast("list[object]", objects.tolist())


def _text(values: pd.Series) -> pd.Series:
    if isinstance(values.dtype, pd.StringDtype):
        return values if str(values.dtype) == "str" else values.astype("str")
    found = infer_dtype(values, skipna=True)
    if found not in ("string", "empty"):
        raise TypeError(found)
    return values.astype("str")


def _lists(values: pd.Series) -> pd.Series:
    plain: list[list[str] | None] = []
    for value in values:
        if isinstance(value, list | tuple | np.ndarray):
            if not all(isinstance(entry, str) for entry in value):
                raise TypeError("list of other than text")
            plain.append([str(entry) for entry in value])
        elif value is None or value is pd.NA or value != value:
            plain.append(None)
        else:
            raise TypeError(type(value).__name__)
    return pd.Series(plain, index=values.index, dtype=object)


def _refuse_other_type(values: pd.Series, of_type: PropertyType) -> None:
    found = str(values.dtype)
    if found == "object":
        found = infer_dtype(values, skipna=True)
        is_right = found in _OBJECTS[of_type]
    else:
        is_right = values.dtype.kind in _KINDS[of_type]
    if not is_right:
        raise TypeError(found)
    if of_type is PropertyType.DAY and found != "date":
        known = values.dropna()
        if known.dt.tz is not None or (known != known.dt.normalize()).any():
            raise TypeError("instant")


def _as_instants(values: pd.Series) -> pd.Series:
    return pd.to_datetime(values, utc=True).astype(pandas_dtype(_DTYPES[PropertyType.INSTANT]))
