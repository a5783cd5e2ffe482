"""A Parquet file as rows of text, in the same forms as the cells of a CSV file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from loaders.errors import LoadError
from loaders.files.header import checked_names
from loaders.files.limits import MAX_BYTES, MAX_PARQUET_CELLS, MEGABYTE
from loaders.files.raw_table import RawTable

SIGN = b"PAR1"
BATCH_ROWS = 1 << 16
# Between the values of a list, as between the codes of a cell.
LIST_DELIMITER = ";"

# From here on a float may stand for several whole numbers, as for a register number that lost its last digits.
FIRST_UNSURE = 2.0**53
# What pandas adds when it writes the numbers of its rows.
_ROW_LABELS = re.compile(r"__index_level_\d+__")


def parquet_table(data: bytes, *, file: str) -> RawTable:
    """Return the rows of a Parquet file: days and instants in ISO form, flags yes or no, lists joined, empty for null.

    A moment without a time zone that is midnight is a day. The first row is line 2, as if a header stood above it.
    Raises LoadError: `parquet_faulty`, `parquet_type`, `too_many_cells`, `too_large`, `empty_file`, and as
    `checked_names` does.
    """
    try:
        source = pq.ParquetFile(pa.BufferReader(data))
        fields = [field for field in source.schema_arrow if not _ROW_LABELS.fullmatch(field.name)]
        if not fields:
            raise LoadError("empty_file", file=file)
        row_count = source.metadata.num_rows
        if row_count * len(fields) > MAX_PARQUET_CELLS:
            raise LoadError("too_many_cells", file=file, found=row_count * len(fields), limit=MAX_PARQUET_CELLS)
        names = checked_names([field.name.strip() for field in fields], file)
        for field in fields:
            if not _is_readable(field.type):
                raise LoadError("parquet_type", file=file, column=field.name, type=str(field.type))
        schema = pa.schema([(name, pa.string()) for name in names])
        cells = pa.Table.from_batches(_batches(source, [field.name for field in fields], schema, file=file), schema)
    except (pa.ArrowException, OSError, UnicodeDecodeError, ValueError, OverflowError, MemoryError) as fault:
        raise LoadError("parquet_faulty", file=file) from fault
    return RawTable(cells, np.arange(cells.num_rows, dtype=np.int64) + 2)


def _batches(source: pq.ParquetFile, columns: list[str], schema: pa.Schema, *, file: str) -> Iterator[pa.RecordBatch]:
    size = 0
    for batch in source.iter_batches(batch_size=BATCH_ROWS, columns=columns, use_threads=False):
        texts = [pc.fill_null(_texts(batch.column(name)), "") for name in columns]
        size += sum(text.nbytes for text in texts)
        if size > MAX_BYTES:
            raise LoadError("too_large", file=file, limit=MAX_BYTES // MEGABYTE)
        yield pa.record_batch(texts, schema=schema)


def _is_readable(kind: pa.DataType) -> bool:
    types = pa.types
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return not types.is_nested(kind.value_type) and _is_readable(kind.value_type)
    if types.is_dictionary(kind):
        return _is_readable(kind.value_type)
    tests = (
        types.is_string,
        types.is_large_string,
        types.is_string_view,
        types.is_boolean,
        types.is_integer,
        types.is_floating,
        types.is_decimal,
        types.is_date,
        types.is_timestamp,
        types.is_time,
        types.is_null,
    )
    return any(test(kind) for test in tests)


def _texts(values: pa.Array) -> pa.Array:
    """Return the values as text, null where there is none."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _texts(values.dictionary_decode())
    if pa.types.is_nested(kind):
        return pa.array([_joined(value) for value in values.to_pylist()], pa.string())
    if pa.types.is_boolean(kind):
        return pc.if_else(values, "yes", "no")
    if pa.types.is_floating(kind):
        shortest = np.dtype(kind.to_pandas_dtype()).type
        return pa.array([_float_text(value, shortest) for value in values.to_pylist()], pa.string())
    text_of = _text_form(kind)
    if text_of is None:
        return values.cast(pa.string())
    return pa.array([None if value is None else text_of(value) for value in values.to_pylist()], pa.string())


def _text_form(kind: pa.DataType) -> Callable[[object], str] | None:
    """Return what makes a text of a value, None where Arrow does."""
    if pa.types.is_decimal(kind) or pa.types.is_timestamp(kind) or pa.types.is_time(kind):
        return _scalar_text
    return None


def _joined(values: list[object] | None) -> str | None:
    return None if values is None else LIST_DELIMITER.join(_scalar_text(value) for value in values if value is not None)


def _scalar_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _float_text(value, np.float64) or ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        is_day = value.tzinfo is None and value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _float_text(value: float | None, kind: type[np.floating]) -> str | None:
    """Return the shortest text that is this number, whole ones without a point; null for what is no number.

    What may have lost digits stays in the form that the checks take for a shortened number.
    """
    if value is None or value != value:
        return None
    if value.is_integer():
        return f"{Decimal(value):f}" if abs(value) < FIRST_UNSURE else repr(value)
    return np.format_float_positional(kind(value), unique=True, trim="-")
