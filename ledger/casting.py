"""Rows brought into the form of their table without a change of value.

The Delta library writes '7' into a whole-number column as 7 and 1.7 as 1, in silence. Here only what keeps every
value passes; all else is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from ledger.errors import FactsRefused, LedgerError
from ledger.tables import order_column

ROWS_IN_A_BATCH = 100_000


class CheckedRows:
    """Rows of one load for one table, cast and checked as they stream through.

    `fault` keeps the error that ended the stream, since the library that reads it would turn it into a text.
    `rows` counts what passed.
    """

    def __init__(self, table_name: str, schema: pa.Schema, *, filled: tuple[str, ...], load_id: str) -> None:
        self.table_name = table_name
        self.schema = schema
        self.filled = filled
        self.load_id = load_id
        self.rows = 0
        self.fault: Exception | None = None

    def reader(self, rows: pa.RecordBatchReader | pa.Table) -> pa.RecordBatchReader:
        """Return the checked rows as a stream; a table is sorted, so that the rows of one household lie together.

        Raises `FactsRefused`; for rows that come as a stream perhaps only while it is read.
        """
        # Without a row there would be no batch whose columns could be looked at.
        self.check(pa.RecordBatch.from_pylist([], schema=rows.schema))
        if isinstance(rows, pa.Table):
            return self._sorted(rows).to_reader(max_chunksize=ROWS_IN_A_BATCH)
        return pa.RecordBatchReader.from_batches(self.schema, self._stream(rows))

    def _sorted(self, rows: pa.Table) -> pa.Table:
        checked = pa.Table.from_batches([self.check(batch) for batch in rows.to_batches()], schema=self.schema)
        self.rows = checked.num_rows
        column = order_column(self.schema)
        return checked if column is None else checked.take(pc.sort_indices(checked[column]))

    def _stream(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        try:
            for batch in batches:
                checked = self.check(batch)
                self.rows += checked.num_rows
                yield checked
        except Exception as fault:
            self.fault = fault
            raise

    def check(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the batch with the columns of the table. Raises `FactsRefused`."""
        check_names(self.table_name, self.schema, batch.schema.names)
        arrays = [cast_column(self.table_name, field, batch.column(field.name)) for field in self.schema]
        checked = pa.RecordBatch.from_arrays(arrays, schema=self.schema)
        for name in self.filled:
            empty = checked.column(name).null_count
            if empty:
                raise FactsRefused("missing_value", table=self.table_name, column=name, rows=empty)
        if checked.num_rows and not pc.all(pc.equal(checked.column("load_id"), self.load_id)).as_py():
            raise FactsRefused("wrong_load_id", table=self.table_name, load_id=self.load_id)
        return checked


def check_names(table_name: str, schema: pa.Schema, names: list[str]) -> None:
    """Raise `wrong_columns` unless the names are those of the schema, each once, in any order."""
    missing = sorted(set(schema.names) - set(names))
    unknown = sorted(set(names) - set(schema.names)) + sorted({name for name in names if names.count(name) > 1})
    if missing or unknown:
        raise FactsRefused(
            "wrong_columns",
            table=table_name,
            missing=", ".join(missing) or "-",
            unknown=", ".join(unknown) or "-",
        )


def cast_column(table_name: str, field: pa.Field, values: pa.Array) -> pa.Array:
    """Return the values in the field's type. Raises `wrong_column_type` or `not_a_number`."""
    try:
        plain = values.dictionary_decode() if pa.types.is_dictionary(values.type) else values
        if not keeps_values(plain.type, field.type):
            raise _wrong_type(table_name, field, values, "-")
        checked = plain if plain.type == field.type else plain.cast(field.type, safe=True)
    except pa.ArrowException as fault:
        raise _wrong_type(table_name, field, values, str(fault)) from fault
    if pa.types.is_floating(field.type):
        odd = pc.sum(pc.invert(pc.is_finite(checked))).as_py() or 0
        if odd:
            raise FactsRefused("not_a_number", table=table_name, column=field.name, rows=odd)
    return checked


def keeps_values(found: pa.DataType, wanted: pa.DataType) -> bool:
    """Return whether a safe cast between the types keeps every value that it lets through.

    Text stays text and a day stays a day; a whole number may widen or become a number if that is exact; an instant
    needs its time zone. A column of nothing but nulls fits everywhere.
    """
    kinds = pa.types
    if found == wanted or kinds.is_null(found):
        return True
    if kinds.is_string(wanted):
        return bool(kinds.is_large_string(found) or kinds.is_string_view(found))
    if kinds.is_int64(wanted):
        return bool(kinds.is_integer(found))
    if kinds.is_float64(wanted):
        return bool(kinds.is_floating(found) or kinds.is_integer(found))
    if kinds.is_timestamp(wanted):
        return bool(kinds.is_timestamp(found) and found.tz is not None)
    if kinds.is_date32(wanted):
        return bool(kinds.is_date64(found))
    if kinds.is_list(wanted) and (kinds.is_list(found) or kinds.is_large_list(found)):
        return keeps_values(found.value_type, wanted.value_type)
    return False


def _wrong_type(table_name: str, field: pa.Field, values: pa.Array, reason: str) -> LedgerError:
    return FactsRefused(
        "wrong_column_type",
        table=table_name,
        column=field.name,
        wanted=field.type,
        found=values.type,
        reason=reason,
    )
