"""Checks around a named question: the parameters before it is asked, the columns of what comes back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from graph_store.errors import StoreError
from graph_store.protocol import Row
from graph_store.queries import Field, Query

_PLAIN: Mapping[str, frozenset[type]] = {
    "text": frozenset({str}),
    "whole": frozenset({int}),
    "number": frozenset({int, float}),
    "flag": frozenset({bool}),
    "day": frozenset({date}),
    "instant": frozenset({datetime}),
    "texts": frozenset({list}),
    "map": frozenset({dict}),
}


def query_named(queries: Mapping[str, Query], name: str) -> Query:
    """Return the question. Raises StoreError("unknown_query") if there is none of that name."""
    if name not in queries:
        raise StoreError("unknown_query", query=name)
    return queries[name]


def checked_parameters(query: Query, given: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters as the engines take them. Raises StoreError for a missing, unknown or wrong one."""
    wanted = {field.name: field for field in query.parameters}
    for name in given:
        if name not in wanted:
            raise StoreError("unknown_parameter", query=query.name, parameter=name)
    for name in wanted:
        if name not in given:
            raise StoreError("missing_parameter", query=query.name, parameter=name)
    return {name: _parameter(query, field, given[name]) for name, field in wanted.items()}


def checked_rows(query: Query, columns: Sequence[str], rows: list[Row]) -> list[Row]:
    """Return the rows with instants in UTC and lists sorted, since each engine collects them in an order of its own.

    Raises StoreError("wrong_column") where the header is not kept.
    """
    names = [field.name for field in query.columns]
    if list(columns) != names:
        raise StoreError("wrong_column", query=query.name, column="*", expected=", ".join(names), found=list(columns))
    for field in query.columns:
        found = {type(row[field.name]) for row in rows}
        if field.may_be_null:
            found.discard(type(None))
        wrong = found - _PLAIN[field.type]
        if wrong:
            shown = ", ".join(sorted(kind.__name__ for kind in wrong))
            raise StoreError("wrong_column", query=query.name, column=field.name, expected=field.type, found=shown)
        if field.type in ("instant", "texts"):
            for row in rows:
                row[field.name] = _settled(row[field.name])
    return rows


def _parameter(query: Query, field: Field, value: object) -> object:
    if value is None and field.may_be_null:
        return None
    plain = list(value) if field.type == "texts" and isinstance(value, list | tuple | set | frozenset) else value
    if type(plain) not in _PLAIN[field.type] or not _is_sound(field.type, plain):
        found = type(value).__name__
        raise StoreError("wrong_parameter", query=query.name, parameter=field.name, expected=field.type, found=found)
    if isinstance(plain, datetime):
        return plain.astimezone(UTC).replace(tzinfo=None) if plain.tzinfo else plain
    return plain


def _is_sound(type_name: str, value: object) -> bool:
    if type_name == "texts" and isinstance(value, list):
        return all(isinstance(entry, str) for entry in value)
    if type_name == "map" and isinstance(value, dict):
        return all(isinstance(key, str) for key in value)
    if type_name == "number" and isinstance(value, int | float):
        return math.isfinite(value)
    return True


def _settled(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    return sorted(value) if isinstance(value, list) else value
