"""Frames in the one form that both stores write: columns by name, one dtype per property type, ids as text.

Text, codes and JSON are `str`, whole numbers `Int64` (never a float, which would lose digits), numbers and shares
`float64`, flags `boolean`, days `datetime64[s]`, instants `datetime64[us, UTC]`, lists of codes Python lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from pandas.api.types import infer_dtype

from graph_schema import Schema
from graph_schema.meta import PropertyType
from graph_store.errors import StoreError

END_COLUMNS = ("from_kind", "from_id", "to_kind", "to_id")

_TEXTS = frozenset({PropertyType.TEXT, PropertyType.CODE, PropertyType.JSON})

# What pandas says of the values of a column of Python objects, and of which type such values may be.
_OBJECTS: dict[PropertyType, frozenset[str]] = {
    PropertyType.WHOLE: frozenset({"integer"}),
    PropertyType.NUMBER: frozenset({"integer", "floating", "mixed-integer-float"}),
    PropertyType.SHARE: frozenset({"integer", "floating", "mixed-integer-float"}),
    PropertyType.FLAG: frozenset({"boolean"}),
    PropertyType.DAY: frozenset({"date"}),
    PropertyType.INSTANT: frozenset({"datetime", "datetime64"}),
}

_DTYPES: dict[PropertyType, str] = {
    PropertyType.WHOLE: "Int64",
    PropertyType.NUMBER: "float64",
    PropertyType.SHARE: "float64",
    PropertyType.FLAG: "boolean",
    PropertyType.DAY: "datetime64[s]",
    PropertyType.INSTANT: "datetime64[us, UTC]",
}


def property_types(schema: Schema, kind: str) -> dict[str, PropertyType]:
    """Return the type of each property that the graph holds of a kind. Raises StoreError("not_in_graph")."""
    kept_in = schema.node_kinds[kind] if kind in schema.node_kinds else schema.relationship_kind(kind)
    if kept_in.kept_in == "ledger":
        raise StoreError("not_in_graph", kind=kind)
    return {entry.name: entry.type for entry in schema.graph_properties(kind)}


def node_frame(schema: Schema, kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `id` and every property of the kind, one row a node, the last of several. Raises StoreError."""
    schema.node_kind(kind)
    checked = _checked(kind, ("id",), property_types(schema, kind), frame)
    # Counting first is cheap; most frames have no row twice.
    if checked["id"].nunique() < len(checked):
        checked = checked.drop_duplicates("id", keep="last")
    return checked


def relationship_frame(schema: Schema, kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the ends and every property of the kind, one row as given. Raises StoreError."""
    relationship = schema.relationship_kind(kind)
    checked = _checked(kind, END_COLUMNS, property_types(schema, kind), frame)
    pairs = checked[["from_kind", "to_kind"]].drop_duplicates()
    for from_kind, to_kind in pairs.itertuples(index=False):
        if from_kind not in relationship.from_kinds or to_kind not in relationship.to_kinds:
            raise StoreError("wrong_end_kind", kind=kind, from_kind=from_kind, to_kind=to_kind)
    return checked


def by_end_kinds(frame: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    """Return the frame in parts, one for each pair of end kinds, without the columns that name them."""
    pairs = frame[["from_kind", "to_kind"]].drop_duplicates()
    bare = frame.drop(columns=["from_kind", "to_kind"])
    # One pair is the usual case and needs no choosing of rows.
    if len(pairs) == 1:
        return [(pairs.iat[0, 0], pairs.iat[0, 1], bare)]
    parts = []
    for from_kind, to_kind in sorted(pairs.itertuples(index=False, name=None)):
        chosen = (frame["from_kind"] == from_kind) & (frame["to_kind"] == to_kind)
        parts.append((from_kind, to_kind, bare[chosen]))
    return parts


def python_columns(frame: pd.DataFrame, types: dict[str, PropertyType]) -> dict[str, list[object]]:
    """Return each column's values as the engines take them: null is None, instants are UTC without a zone."""
    return {str(name): _python_values(frame[name], types.get(str(name), PropertyType.TEXT)) for name in frame.columns}


def parameter_rows(frame: pd.DataFrame, keys: Sequence[str], types: dict[str, PropertyType]) -> list[dict[str, object]]:
    """Return one row a line: the keys, and `props` with every property, null where nothing is known."""
    columns = python_columns(frame, types)
    names = [name for name in columns if name not in keys]
    props = [dict(zip(names, values, strict=True)) for values in _lines([columns[name] for name in names], len(frame))]
    found = _lines([columns[key] for key in keys], len(frame))
    return [dict(zip((*keys, "props"), (*key, each), strict=True)) for key, each in zip(found, props, strict=True)]


def dumped_frame(keys: Sequence[str], types: dict[str, PropertyType], rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return what a store read back as a frame of the one form, sorted by its keys."""
    raw = {name: pd.Series([row[name] for row in rows], dtype=object) for name in (*keys, *types)}
    frame = pd.DataFrame(
        {name: _column("dump", name, types.get(name, PropertyType.TEXT), values) for name, values in raw.items()}
    )
    return frame.sort_values(list(keys)).reset_index(drop=True)


def _lines(columns: list[list[object]], count: int) -> Iterable[tuple[object, ...]]:
    return zip(*columns, strict=True) if columns else iter([()] * count)


def _checked(kind: str, keys: tuple[str, ...], types: dict[str, PropertyType], frame: pd.DataFrame) -> pd.DataFrame:
    for name in frame.columns:
        if name not in keys and name not in types:
            raise StoreError("unknown_column", kind=kind, column=name)
    columns: dict[str, pd.Series] = {}
    for key in keys:
        if key not in frame.columns:
            raise StoreError("missing_column", kind=kind, column=key)
        columns[key] = _column(kind, key, PropertyType.TEXT, frame[key])
        if columns[key].hasnans:
            raise StoreError("bad_value", kind=kind, column=key, expected="text", found="null")
    for name, of_type in types.items():
        given = frame[name] if name in frame.columns else _nothing(of_type, frame.index)
        columns[name] = _column(kind, name, of_type, given)
    return pd.DataFrame(columns, index=frame.index)


def _column(kind: str, name: str, of_type: PropertyType, values: pd.Series) -> pd.Series:
    """Return the values in the dtype of their type. Raises StoreError("bad_value") for a value of another type."""
    try:
        if of_type in _TEXTS:
            return _text(values)
        if of_type is PropertyType.CODES:
            return _lists(values)
        return _typed(of_type, values)
    except (TypeError, ValueError, OverflowError) as error:
        raise StoreError("bad_value", kind=kind, column=name, expected=of_type.value, found=str(error)) from error


def _text(values: pd.Series) -> pd.Series:
    if isinstance(values.dtype, pd.StringDtype):
        return values if values.dtype == "str" else values.astype("str")
    if infer_dtype(values, skipna=True) not in ("string", "empty"):
        raise TypeError(infer_dtype(values, skipna=True))
    return values.astype("str")


def _lists(values: pd.Series) -> pd.Series:
    plain: list[list[str] | None] = []
    for value in values:
        if isinstance(value, list | tuple | np.ndarray):
            if not all(isinstance(entry, str) for entry in value):
                raise TypeError("list of other than text")
            plain.append(list(value))
        elif value is None or value is pd.NA or value != value:
            plain.append(None)
        else:
            raise TypeError(type(value).__name__)
    return pd.Series(plain, index=values.index, dtype=object)


def _typed(of_type: PropertyType, values: pd.Series) -> pd.Series:
    dtype = _DTYPES[of_type]
    found = str(values.dtype)
    if found == "object":
        found = infer_dtype(values, skipna=True)
        if found == "empty":
            return _nothing(of_type, values.index)
        if found not in _OBJECTS[of_type]:
            raise TypeError(found)
    elif not _may_become(of_type, values):
        raise TypeError(found)
    if of_type is PropertyType.INSTANT:
        return pd.to_datetime(values, utc=True).astype(dtype)
    typed = values if found == dtype else values.astype(dtype)
    if of_type in (PropertyType.NUMBER, PropertyType.SHARE) and np.isinf(typed.to_numpy()).any():
        raise ValueError("infinity")
    return typed


def _may_become(of_type: PropertyType, values: pd.Series) -> bool:
    kind = values.dtype.kind
    if not values.notna().any():
        return True
    if of_type is PropertyType.WHOLE:
        return kind in "iu"
    if of_type in (PropertyType.NUMBER, PropertyType.SHARE):
        return kind in "iuf"
    if of_type is PropertyType.FLAG:
        return kind == "b"
    if of_type is PropertyType.DAY:
        return str(values.dtype) == "datetime64[s]" or (kind == "M" and _are_days(values))
    return kind == "M"


def _are_days(values: pd.Series) -> bool:
    return values.dt.tz is None and bool((values.dropna() == values.dropna().dt.normalize()).all())


def _nothing(of_type: PropertyType, index: pd.Index) -> pd.Series:
    return pd.Series(index=index, dtype=_DTYPES.get(of_type, "str" if of_type in _TEXTS else "object"))


def _python_values(values: pd.Series, of_type: PropertyType) -> list[object]:
    # numpy turns a whole column into Python values much faster than pandas does value by value.
    if of_type is PropertyType.CODES:
        return values.tolist()
    if of_type is PropertyType.DAY:
        return values.to_numpy("datetime64[D]").astype(object).tolist()
    if of_type is PropertyType.INSTANT:
        return values.dt.tz_convert(None).to_numpy("datetime64[us]").astype(object).tolist()
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
    return objects.tolist()
