"""The care of one Delta table: its rows in a better order, old files away, or the table written anew with other rows.

What is made lies in a folder aside and is forced to the disk before the table is given it in one step, so that a
process that is killed, or a loss of power, leaves the table as it was or as it should be.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError
from pyarrow import dataset, fs

from ledger import delta
from ledger.durable import LOG_FOLDER, sync, sync_table
from ledger.errors import LedgerError

# A reader takes whole groups of rows: small ones bring the series of one household in few milliseconds, while each
# costs some 2 KB in the file.
ROWS_IN_A_GROUP = 20_000
# A reader takes in what a file says of all its groups before it reads one: of 16 MB, with some 50 groups, in a third of
# the time of 64 MB, while the log tells at once which file a household is in.
FILE_BYTES = 16 * 2**20
# What sorting may hold in memory; the rest goes to the disk. Above some 20 million rows this takes a sixth longer than
# all in memory, which would be 5 GB.
SORT_MEMORY_BYTES = 2**30
SORT_DISK_BYTES = 200 * 2**30
SORT_TASKS = 1
BATCH_ROWS = 65_536
# The Delta library ends the name of a file that it has not finished with this and a number.
UNFINISHED_FILES = "*.parquet#*"
REORDERED, CLEANED = "OPTIMIZE", "VACUUM"
PLAIN_COMMIT = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)

COMPRESSION: Literal["SNAPPY"] = "SNAPPY"

Change = Callable[[pa.RecordBatch], pa.RecordBatch]


@dataclass(frozen=True)
class TableFiles:
    """The data files that a table consists of now, by name, with their bytes and rows."""

    names: tuple[str, ...]
    byte_count: int
    row_count: int


def table_files(folder: Path) -> TableFiles:
    """Return the data files of a table. Raises `broken_ledger`."""
    with delta.reading(folder):
        added = pa.table(DeltaTable(folder).get_add_actions())
        names = tuple(added["path"].to_pylist())
        return TableFiles(names, sum(added["size_bytes"].to_pylist()), sum(added["num_records"].to_pylist()))


def is_in_order(folder: Path, files: TableFiles) -> bool:
    """Return whether sorting the table would bring nothing: nothing was appended since, or one small file is all."""
    if len(files.names) <= 1 and files.row_count <= ROWS_IN_A_GROUP:
        return True
    with delta.reading(folder):
        done = (str(entry["operation"]) for entry in DeltaTable(folder).history())
        return next((name for name in done if not name.startswith(CLEANED)), "") == REORDERED


def put_in_order(folder: Path, columns: list[str], *, aside: Path) -> None:
    """Rewrite a table as few files, z-ordered by the columns. Its rows stay the same, and old files stay for readers.

    `aside` is a folder on the same disk that may be made and is gone afterwards. Raises `care_failed`.
    """
    with caring(folder), _made(aside):
        shadow = aside / folder.name
        _shadow(folder, shadow)
        with _temporary_files_in(aside):
            handle = DeltaTable(shadow)
            handle.optimize.z_order(
                columns,
                target_size=FILE_BYTES,
                max_concurrent_tasks=SORT_TASKS,
                max_spill_size=SORT_MEMORY_BYTES,
                max_temp_directory_size=SORT_DISK_BYTES,
                writer_properties=_written(),
                commit_properties=CommitProperties(max_commit_retries=0),
                post_commithook_properties=PLAIN_COMMIT,
            )
        _take_over(shadow, folder)
        _write_checkpoint(folder)


def clean(folder: Path) -> int:
    """Remove what no reader needs: files that a killed process left, and those replaced longer ago than readers read.

    Return how many. Only for whoever holds the lock, since an unfinished file could be one that is being written.
    Raises `care_failed`.
    """
    with caring(folder):
        unfinished = [*folder.glob(UNFINISHED_FILES), *(folder / LOG_FOLDER).glob("*.tmp")]
        for file in unfinished:
            file.unlink()
        handle = DeltaTable(folder)
        old = handle.vacuum(dry_run=True, full=True)
        if old:
            handle.vacuum(dry_run=False, full=True)
            _write_checkpoint(folder)
        return len(unfinished) + len(old)


def stored_schema(folder: Path) -> pa.Schema:
    """Return the columns of a table as they are kept. Raises `broken_ledger`."""
    with delta.reading(folder):
        return pa.schema(DeltaTable(folder).schema().to_arrow())


def batches(folder: Path, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Return every row of a table in bounded memory, also of loads that do not count. Raises `broken_ledger`."""
    with delta.reading(folder):
        # Opened here and not with the first batch: the library cannot open a table while it reads rows to write them.
        files = DeltaTable(folder).to_pyarrow_dataset(
            filesystem=fs.SubTreeFileSystem(str(folder), fs.LocalFileSystem())
        )
        scanner = files.scanner(columns=columns, batch_size=BATCH_ROWS, batch_readahead=2, fragment_readahead=1)
    return _read(folder, scanner)


def _read(folder: Path, scanner: dataset.Scanner) -> Iterator[pa.RecordBatch]:
    with delta.reading(folder):
        yield from scanner.to_batches()


def holds_old_files(folder: Path) -> bool:
    """Return whether the folder of a table holds a data file that is none of its own now."""
    own = set(table_files(folder).names)
    return any(file.name not in own for file in folder.iterdir() if file.is_file())


def write_anew(folder: Path, target: Path, change: Change) -> None:
    """Write a table with the rows that `change` leaves of each batch; it has no past. Raises `care_failed`."""
    schema = stored_schema(folder)
    with caring(folder):
        target.mkdir(parents=True)
        handle = DeltaTable.create(target, schema=schema, configuration=DeltaTable(folder).metadata().configuration)
        changed = map(change, batches(folder))
        write_deltalake(
            handle,
            pa.RecordBatchReader.from_batches(schema, (batch for batch in changed if batch.num_rows)),
            mode="append",
            target_file_size=FILE_BYTES,
            writer_properties=_written(),
        )
        sync_table(target)


@contextmanager
def caring(folder: Path) -> Iterator[None]:
    """Turn a fault of the library or the disk into `care_failed`."""
    try:
        yield
    except (DeltaError, pa.ArrowException, OSError, ValueError) as fault:
        raise LedgerError("care_failed", table=folder.name, reason=fault) from fault


def _written() -> WriterProperties:
    return WriterProperties(max_row_group_size=ROWS_IN_A_GROUP, compression=COMPRESSION)


def _shadow(folder: Path, shadow: Path) -> None:
    """Make a second table of the same files, so that what is done to it is not seen before it is on the disk."""
    (shadow / LOG_FOLDER).mkdir(parents=True)
    for file in (folder / LOG_FOLDER).iterdir():
        if file.is_file():
            shutil.copyfile(file, shadow / LOG_FOLDER / file.name)
    for name in table_files(folder).names:
        _link(folder / name, shadow / name)


def _link(file: Path, second: Path) -> None:
    try:
        second.hardlink_to(file)
    except OSError:
        # Some disks know no second name for a file.
        shutil.copyfile(file, second)


def _take_over(shadow: Path, folder: Path) -> None:
    """Give the table the commit that its shadow has more, and the files in it."""
    own = set(table_files(folder).names)
    commit = f"{delta.version(folder) + 1:020d}.json"
    for name in table_files(shadow).names:
        if name not in own:
            sync(shadow / name)
            (shadow / name).rename(folder / name)
    sync(folder)
    if (folder / LOG_FOLDER / commit).exists():
        raise OSError(f"{commit} exists")
    sync(shadow / LOG_FOLDER / commit)
    (shadow / LOG_FOLDER / commit).rename(folder / LOG_FOLDER / commit)
    sync(folder / LOG_FOLDER)


def _write_checkpoint(folder: Path) -> None:
    DeltaTable(folder).create_checkpoint()
    sync_table(folder)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Let what sorting puts aside lie in the data folder: it holds facts, and the common place may be small."""
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
