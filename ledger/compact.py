"""The tables put in order: few files, the rows of one household together, and nothing kept that no reader needs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from logging import getLogger
from pathlib import Path

from ledger import delta, delta_care
from ledger.records import LOADS_TABLE
from ledger.tables import order_column

SEQUENCE = "sequence"

logger = getLogger(__name__)


@dataclass(frozen=True)
class TableCompaction:
    """What came of one table: the files and bytes it consists of, and how many files that it needs no more are gone.

    `is_rewritten` is false where the table was in order already.
    """

    table: str
    files_before: int
    files_after: int
    bytes_before: int
    bytes_after: int
    files_removed: int
    is_rewritten: bool


@dataclass(frozen=True)
class CompactReport:
    """What came of each table, and how long it took."""

    tables: tuple[TableCompaction, ...]
    seconds: float

    def to_dict(self) -> dict[str, object]:
        """Return the report for JSON."""
        return asdict(self)


def compact_tables(root: Path, aside: Path) -> CompactReport:
    """Put every table under `root` in order; only for whoever holds the lock. Raises `care_failed`."""
    begun = time.perf_counter()
    told = tuple(_compacted(folder, aside) for folder in table_folders(root))
    return CompactReport(told, time.perf_counter() - begun)


def table_folders(root: Path) -> Iterator[Path]:
    """Yield the folder of every table, by name."""
    folders = sorted(root.iterdir()) if root.is_dir() else []
    yield from (folder for folder in folders if delta.version(folder) >= 0)


def _compacted(folder: Path, aside: Path) -> TableCompaction:
    before = delta_care.table_files(folder)
    is_rewritten = not delta_care.is_in_order(folder, before)
    if is_rewritten:
        delta_care.put_in_order(folder, [_sorted_by(folder)], aside=aside)
    removed = delta_care.clean(folder)
    after = delta_care.table_files(folder)
    logger.info("table compacted", extra={"table": folder.name, "files": len(after.names), "removed": removed})
    return TableCompaction(
        table=folder.name,
        files_before=len(before.names),
        files_after=len(after.names),
        bytes_before=before.byte_count,
        bytes_after=after.byte_count,
        files_removed=removed,
        is_rewritten=is_rewritten,
    )


def _sorted_by(folder: Path) -> str:
    if folder.name == LOADS_TABLE:
        return SEQUENCE
    schema = delta_care.stored_schema(folder)
    return order_column(schema) or schema.names[0]
