"""Which columns of which tables name a kind, so that all that is said of a household can be gathered from its id."""

from __future__ import annotations

from graph_schema import Schema
from graph_schema.meta import NodeKind


def columns_naming(schema: Schema, kind: str) -> tuple[tuple[str, str], ...]:
    """Return table and column of every reference to a node kind, in the order of the schema."""
    return tuple(
        (table.name, column.name)
        for table in schema.fact_tables.values()
        for column in table.columns
        if kind in column.refers_to
    )


def is_named(schema: Schema, table_name: str, column: str, kind_in_row: str | None, kind: str) -> bool:
    """Return whether the id in a column belongs to the kind: where several may stand, the row says which."""
    found = schema.fact_table(table_name).column(column)
    is_alone = found is not None and found.refers_to == (kind,)
    return is_alone or kind_in_row is None or kind_in_row == kind


def has_own_life(schema: Schema, table_name: str) -> bool:
    """Return whether rows of the table are nodes, to which other rows may refer in turn."""
    return isinstance(schema.fact_table(table_name).kind, NodeKind)
