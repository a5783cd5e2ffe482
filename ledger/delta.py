"""The only module that speaks to the Delta library: make, open, append to and read one table."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.exceptions import DeltaError
from pyarrow import dataset, fs

from ledger.durable import LOG_FOLDER, commit_number, sync_table
from ledger.errors import LedgerError

COMMIT_RETRIES = 1000
# The change data feed lets a reader ask what is new; append-only refuses an update or a deletion by anyone.
# A checkpoint every ten commits keeps opening a table at some 7 ms however many loads there were.
CONFIGURATION = {
    "delta.enableChangeDataFeed": "true",
    "delta.appendOnly": "true",
    "delta.checkpointInterval": "10",
}
STATISTICS_COLUMNS = ("household_id", "from_id", "id", "load_id", "recorded_at", "sequence")


def version(folder: Path) -> int:
    """Return the number of the last commit of the table, -1 when there is no table.

    Read from the names in the log, which is far quicker than opening the table.
    """
    try:
        names = [entry.name for entry in os.scandir(folder / LOG_FOLDER)]
    except (FileNotFoundError, NotADirectoryError):
        return -1
    # The numbers have leading zeros, so the highest name that is a commit is the last one.
    return next((number for number in map(commit_number, sorted(names, reverse=True)) if number >= 0), -1)


def append(folder: Path, schema: pa.Schema, rows: pa.RecordBatchReader, *, transaction: str) -> bool:
    """Append a stream as one commit, forced to the disk; False when the transaction was done before.

    Raises `write_failed`.
    """
    with writing(folder):
        handle = _opened(folder, schema)
        if handle.transaction_version(transaction) is not None:
            # The first attempt may have ended between its commit and here.
            sync_table(folder)
            return False
        stored = pa.schema(handle.schema().to_arrow())
        check_types(folder.name, stored, schema)
        write_deltalake(
            handle,
            rows,
            mode="append",
            # A vocabulary that has grown adds columns; rows written before it hold nothing there.
            schema_mode="merge" if set(stored.names) != set(schema.names) else None,
            commit_properties=CommitProperties(
                max_commit_retries=COMMIT_RETRIES, app_transactions=[Transaction(transaction, 1)]
            ),
        )
        sync_table(folder)
        return True


def scan(
    folder: Path,
    schema: pa.Schema,
    condition: dataset.Expression | None = None,
    *,
    in_files: Sequence[tuple[str, str, str | int]] | None = None,
) -> pa.Table:
    """Return the rows that meet the condition, with the columns of the schema, in no certain order.

    Files whose statistics exclude the condition are not opened. `in_files` (column, operator, value) says the same
    to the log itself, which is quicker where there are many files. Raises `broken_ledger`.
    """
    with reading(folder):
        handle = DeltaTable(folder)
        stored = pa.schema(handle.schema().to_arrow())
        check_types(folder.name, stored, schema)
        full = pa.schema([*schema, *(field for field in stored if field.name not in schema.names)])
        files = handle.to_pyarrow_dataset(
            filesystem=fs.SubTreeFileSystem(str(folder), fs.LocalFileSystem()),
            schema=full,
            file_pruning_predicate=list(in_files) if in_files else None,
        )
        return files.to_table(columns=schema.names, filter=condition)


def is_among(column: str, values: Sequence[str]) -> dataset.Expression:
    """Return the condition that a text column holds one of the values, of which there is at least one.

    The bounds say nothing new; by them files and row groups are left out whose statistics exclude every value.
    """
    held = pc.field(column)
    return (held >= min(values)) & (held <= max(values)) & held.isin(pa.array(values, pa.string()))


def files_among(where: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]] | None:
    """Return by the columns with statistics which files can hold one of the values; None where none tells."""
    bounds = [
        bound
        for column, values in where.items()
        if column in STATISTICS_COLUMNS
        for bound in ((column, ">=", min(values)), (column, "<=", max(values)))
    ]
    return bounds or None


def count(folder: Path, schema: pa.Schema, condition: dataset.Expression) -> int:
    """Return how many rows meet the condition. Raises `broken_ledger`."""
    return int(scan(folder, schema, condition).num_rows)


def check_types(table_name: str, stored: pa.Schema, schema: pa.Schema) -> None:
    """Raise `other_column_type` where a stored column has another type than the vocabulary gives it now."""
    for field in schema:
        if field.name in stored.names and stored.field(field.name).type != field.type:
            raise LedgerError(
                "other_column_type",
                table=table_name,
                column=field.name,
                stored=stored.field(field.name).type,
                wanted=field.type,
            )


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Turn a fault of the library into `broken_ledger`."""
    try:
        yield
    except (DeltaError, pa.ArrowException, OSError, ValueError) as fault:
        raise LedgerError("broken_ledger", table=folder.name, folder=folder.parent, reason=fault) from fault


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn a fault of the library into `write_failed`."""
    try:
        yield
    except (DeltaError, pa.ArrowException, OSError, ValueError) as fault:
        raise LedgerError("write_failed", table=folder.name, reason=fault) from fault


def _opened(folder: Path, schema: pa.Schema) -> DeltaTable:
    if version(folder) >= 0:
        return DeltaTable(folder)
    folder.mkdir(parents=True, exist_ok=True)
    statistics = ",".join(name for name in STATISTICS_COLUMNS if name in schema.names)
    return DeltaTable.create(
        folder,
        schema=schema,
        mode="ignore",
        configuration={**CONFIGURATION, "delta.dataSkippingStatsColumns": statistics},
    )
