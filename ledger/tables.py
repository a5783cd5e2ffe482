"""The form of every fact table, derived from the vocabulary: Arrow schema, folder, order of rows."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from graph_schema.meta import PropertyType
from graph_schema.tables import FACT_COLUMNS, FactTable, HasFactTables
from ledger.errors import FactsRefused, NotInLedger

INSTANT = pa.timestamp("us", tz="UTC")
ARROW_TYPES: dict[PropertyType, pa.DataType] = {
    PropertyType.TEXT: pa.string(),
    PropertyType.CODE: pa.string(),
    PropertyType.JSON: pa.string(),
    PropertyType.DAY: pa.date32(),
    PropertyType.INSTANT: INSTANT,
    PropertyType.WHOLE: pa.int64(),
    PropertyType.NUMBER: pa.float64(),
    PropertyType.SHARE: pa.float64(),
    PropertyType.FLAG: pa.bool_(),
    PropertyType.CODES: pa.list_(pa.field("element", pa.string())),
}
KEY_COLUMNS = ("id", "from_id", "to_id")
# Rows of one household lie together, so that the history of one household is read from few pages.
HOUSEHOLD_COLUMNS = ("household_id", "from_id", "id")


def fact_table(schema: HasFactTables, table_name: str) -> FactTable:
    """Return the fact table of a kind. Raises `unknown_table`."""
    try:
        return schema.fact_tables[table_name]
    except KeyError as fault:
        raise NotInLedger("unknown_table", table=table_name) from fault


def arrow_schema(table: FactTable) -> pa.Schema:
    """Return the columns of a fact table: those of its kind, then the fact columns."""
    return pa.schema([(column.name, ARROW_TYPES[column.type]) for column in (*table.columns, *FACT_COLUMNS)])


def always_filled(table: FactTable) -> tuple[str, ...]:
    """Return the columns that no row may leave empty: ids and ends, and what says where a fact is from.

    Other required properties may be missing in one feed and come from another.
    """
    keys = [column.name for column in table.columns if column.name in KEY_COLUMNS]
    return (*keys, *(column.name for column in FACT_COLUMNS if column.is_required))


def order_column(schema: pa.Schema) -> str | None:
    """Return the column that rows are sorted by when they are written, or None."""
    return next((name for name in HOUSEHOLD_COLUMNS if name in schema.names), None)


def chosen_schema(table_name: str, schema: pa.Schema, columns: Sequence[str] | None) -> pa.Schema:
    """Return the schema of the wanted columns, in the wanted order; all when None. Raises `wrong_columns`."""
    if columns is None:
        return schema
    unknown = sorted(set(columns) - set(schema.names))
    if unknown:
        raise FactsRefused("wrong_columns", table=table_name, missing="-", unknown=", ".join(unknown))
    return pa.schema([schema.field(name) for name in columns])
