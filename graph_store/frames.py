"""Frames of nodes and relationships, checked against the schema and in the one form that both stores write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import PropertyType
from graph_store.columns import empty_column, python_values, typed_column
from graph_store.errors import StoreError
from graph_store.writes import Ends

END_COLUMNS = ("from_kind", "from_id", "to_kind", "to_id")
Types = Mapping[str, PropertyType]


def property_types(schema: Schema, kind: str) -> dict[str, PropertyType]:
    """Return the type of each property that the graph holds of a kind. Raises StoreError("not_in_graph")."""
    of_kind = schema.node_kinds[kind] if kind in schema.node_kinds else schema.relationship_kind(kind)
    if of_kind.kept_in == "ledger":
        raise StoreError("not_in_graph", kind=kind)
    return {entry.name: entry.type for entry in schema.graph_properties(kind)}


def node_frame(schema: Schema, kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `id` and every property of the kind, one row as given. Raises StoreError."""
    schema.node_kind(kind)
    return _checked(kind, ("id",), property_types(schema, kind), frame)


def relationships_between(schema: Schema, kind: str, frame: pd.DataFrame) -> list[tuple[Ends, pd.DataFrame]]:
    """Return the rows by the kinds of their ends: `from_id`, `to_id` and every property. Raises StoreError."""
    allowed = schema.relationship_kind(kind)
    checked = _checked(kind, END_COLUMNS, property_types(schema, kind), frame)
    bare = checked.drop(columns=["from_kind", "to_kind"])
    parts = []
    for from_kind, to_kind in _pairs(checked):
        if from_kind not in allowed.from_kinds or to_kind not in allowed.to_kinds:
            raise StoreError("wrong_end_kind", kind=kind, from_kind=from_kind, to_kind=to_kind)
        chosen = (checked["from_kind"] == from_kind) & (checked["to_kind"] == to_kind)
        parts.append((Ends(kind, from_kind, to_kind), bare if chosen.all() else bare[chosen]))
    return parts


def pairs_of_ends(schema: Schema, kind: str, frame: pd.DataFrame) -> list[tuple[Ends, pd.DataFrame]]:
    """Return the distinct `from_id`, `to_id` by the kinds of the ends, whatever else the frame holds."""
    ends = frame[[name for name in frame.columns if name in END_COLUMNS]]
    parts = relationships_between(schema, kind, ends)
    return [(joined, last_of_each(part[["from_id", "to_id"]], ("from_id", "to_id"))) for joined, part in parts]


def last_of_each(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return one row for each value of the keys, the last of several."""
    return frame.drop_duplicates(list(keys), keep="last")


def told_columns(frame: pd.DataFrame, types: Types) -> pd.DataFrame:
    """Return the frame without the properties of which no row says anything; both stores clear them without rows."""
    return frame[[name for name in frame.columns if name not in types or frame[name].notna().any()]]


def parameter_rows(frame: pd.DataFrame, types: Types) -> list[list[object]]:
    """Return each row as a list in the order of the columns, null where nothing is known."""
    columns = [python_values(frame[name], types.get(name, PropertyType.TEXT)) for name in frame.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def dumped_frame(keys: Sequence[str], types: Types, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return what a store read back as a frame of the one form, sorted by its keys."""
    columns = {
        name: typed_column(pd.Series([row[name] for row in rows], dtype=object), types.get(name, PropertyType.TEXT))
        for name in (*keys, *types)
    }
    return pd.DataFrame(columns).sort_values(list(keys)).reset_index(drop=True)


def _pairs(frame: pd.DataFrame) -> list[tuple[str, str]]:
    if not len(frame):
        return []
    from_kinds, to_kinds = frame["from_kind"], frame["to_kind"]
    # One pair is the usual case; comparing is much cheaper than sorting out which pairs there are.
    if (from_kinds == from_kinds.iat[0]).all() and (to_kinds == to_kinds.iat[0]).all():
        from_kinds, to_kinds = from_kinds.head(1), to_kinds.head(1)
    return sorted(set(zip(from_kinds.tolist(), to_kinds.tolist(), strict=True)))


def _checked(kind: str, keys: tuple[str, ...], types: Types, frame: pd.DataFrame) -> pd.DataFrame:
    for name in frame.columns:
        if name not in keys and name not in types:
            raise StoreError("unknown_column", kind=kind, column=name)
    given = frame.reset_index(drop=True)
    columns: dict[str, pd.Series] = {}
    for key in keys:
        if key not in given.columns:
            raise StoreError("missing_column", kind=kind, column=key)
        columns[key] = _column(kind, key, PropertyType.TEXT, given[key])
        if columns[key].hasnans:
            raise StoreError("bad_value", kind=kind, column=key, expected="text", found="null")
    for name, of_type in types.items():
        is_given = name in given.columns
        columns[name] = _column(kind, name, of_type, given[name]) if is_given else empty_column(of_type, given.index)
    return pd.DataFrame(columns, index=given.index)


def _column(kind: str, name: str, of_type: PropertyType, values: pd.Series) -> pd.Series:
    try:
        return typed_column(values, of_type)
    except (TypeError, ValueError, OverflowError) as error:
        raise StoreError("bad_value", kind=kind, column=name, expected=of_type.value, found=str(error)) from error
