"""`restore_backup` makes a data folder from a backup; `check_backup` only compares what it holds with its list."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from logging import getLogger
from pathlib import Path
from typing import BinaryIO

from graph_schema.tables import HasFactTables
from ledger.backup import remove
from ledger.backup_form import BackupList, BackupRefused
from ledger.backup_reading import read_backup
from ledger.backup_writing import new_file, sync_folders
from ledger.durable import sync
from ledger.errors import LedgerError
from ledger.ledger import Ledger

logger = getLogger(__name__)


def check_backup(backup: Path, *, keys: Sequence[str] = ()) -> BackupList:
    """Return what a backup holds, once every file in it was found to be what its list says. Errors as in restoring."""
    with _told(backup, "backup_not_read"):
        return read_backup(backup, keys=keys)


def restore_backup(backup: Path, folder: Path, schema: HasFactTables, *, keys: Sequence[str] = ()) -> BackupList:
    """Return what a backup held, once it is a data folder at `folder`, which must be empty or not there.

    It is unpacked aside, compared, opened, and named last, so whatever happens, the folder is whole or not there.
    Raises `no_backup`, `backup_broken`, `backup_newer`, `backup_unsafe`, `backup_differs`, `restore_not_empty`,
    `restore_other_version` or `restore_not_written`.
    """
    place = folder.absolute()
    _check_place(place)
    if not backup.exists():
        raise BackupRefused("no_backup", backup=backup)
    aside = place.with_name(f".{place.name}.{os.getpid()}.restoring")
    with _told(folder, "restore_not_written"):
        place.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(place)
        try:
            aside.mkdir()
            restored = read_backup(backup, keys=keys, sink=lambda path: _opened(aside / path, is_secret=path in keys))
            sync_folders(aside)
            _check_version(aside, schema, restored)
            _check_place(place)
            aside.rename(place)
            sync(place.parent)
        except BaseException:
            remove(aside)
            raise
    logger.info("backup restored", extra={"files": len(restored.files), "bytes": restored.size})
    return restored


def _opened(path: Path, *, is_secret: bool) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return new_file(path, is_secret=is_secret)


def _check_version(folder: Path, schema: HasFactTables, restored: BackupList) -> None:
    found = Ledger.open(folder, schema, create=False).version
    if found != restored.ledger_version:
        raise BackupRefused("restore_other_version", found=found, wanted=restored.ledger_version)


def _check_place(place: Path) -> None:
    if place.is_symlink() or (place.exists() and not (place.is_dir() and not any(place.iterdir()))):
        raise BackupRefused("restore_not_empty", folder=place)


def _remove_leftovers(place: Path) -> None:
    """Remove what a killed restore left beside the place; one that is still at work keeps its own."""
    for leftover in place.parent.glob(f".{place.name}.*.restoring"):
        if not _is_running(leftover.name.split(".")[-2]):
            remove(leftover)


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _told(path: Path, code: str) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise LedgerError(code, path=path, reason=fault.strerror or fault) from fault
