"""`write_backup` copies a data folder while nobody may append, and reads the copy back before it says done.

Taken along is what cannot be made again: the format, the ledger and the key of the pseudonyms. The graph is derived,
and the rejects are rows of feed files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from logging import getLogger
from pathlib import Path
from typing import Literal

from ledger.backup_form import BackupList, BackupRefused
from ledger.backup_reading import read_backup
from ledger.backup_writing import TAR_SUFFIX, BackupWriter, FolderBackup, TarBackup, refused
from ledger.durable import sync
from ledger.errors import LedgerError
from ledger.format import FORMAT_FILE, check_format
from ledger.ledger import TABLES_FOLDER, Ledger
from ledger.lock import Holder

BackupForm = Literal["tar", "folder"]
# What the Delta library leaves behind when it is killed in writing; it belongs to no table.
LEFTOVER_MARK = "#"

logger = getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """How long to wait for another process that writes; `on_wait` is told once who that is."""

    seconds: float = 0.0
    on_wait: Callable[[Holder], None] | None = None


NO_WAITING = Waiting()


@dataclass(frozen=True)
class Backup:
    """A backup that was written and read back: where it is, in which form, and what it holds."""

    path: Path
    form: BackupForm
    files: BackupList


def write_backup(
    ledger: Ledger, target: Path, *, at: datetime, keys: Sequence[str] = (), waiting: Waiting = NO_WAITING
) -> Backup:
    """Return the backup of the ledger's data folder at `target`: one tar file if it ends in `.tar`, else a folder.

    `keys` are the secret files to take along. While it is copied nobody appends; readers go on. It has its name only
    once it was read back whole. Raises `locked`, `key_missing`, `backup_exists`, `backup_inside_data`,
    `backup_not_written` or `backup_differs`.
    """
    place = target.absolute()
    form: BackupForm = "tar" if place.suffix == TAR_SUFFIX else "folder"
    _check_target(ledger.folder, place)
    check_format(ledger.folder)
    missing = [name for name in keys if not (ledger.folder / name).is_file()]
    if missing:
        raise BackupRefused("key_missing", file=ledger.folder / missing[0])
    aside = place.with_name(f".{place.name}.{os.getpid()}.part")
    with _told(target), _removed_at_a_fault(aside):
        place.parent.mkdir(parents=True, exist_ok=True)
        with ledger.writing(waiting.seconds, on_wait=waiting.on_wait):
            _remove_leftovers(place)
            writer = TarBackup(aside, has_secret=bool(keys)) if form == "tar" else FolderBackup(aside)
            with closing(writer):
                _copy(ledger, writer, at=at, keys=keys)
        written = read_backup(aside, keys=keys)
        _check_target(ledger.folder, place)
        aside.rename(place)
        sync(place.parent)
    logger.info("backup written", extra={"form": form, "files": len(written.files), "bytes": written.size})
    return Backup(target, form, written)


def _copy(ledger: Ledger, writer: BackupWriter, *, at: datetime, keys: Sequence[str]) -> None:
    paths = chain((FORMAT_FILE, *keys), _table_files(ledger.folder))
    copied = [writer.add(ledger.folder / path, path, is_secret=path in keys) for path in paths]
    known_format = check_format(ledger.folder)
    writer.finish(BackupList(known_format, ledger.version, at, tuple(keys), tuple(copied)))


def _table_files(folder: Path) -> Iterator[str]:
    tables = folder / TABLES_FOLDER
    if not tables.exists():
        return
    for place, folders, names in os.walk(tables, followlinks=True, onerror=refused):
        folders.sort()
        for name in sorted(names):
            if LEFTOVER_MARK not in name and not name.endswith(".tmp"):
                yield (Path(place) / name).relative_to(folder).as_posix()


def _check_target(folder: Path, place: Path) -> None:
    if place.resolve().is_relative_to(folder.resolve()):
        raise BackupRefused("backup_inside_data", target=place, folder=folder)
    is_new = not place.exists() and not place.is_symlink()
    if not is_new and (place.suffix == TAR_SUFFIX or not place.is_dir() or any(place.iterdir())):
        raise BackupRefused("backup_exists", target=place)


def _remove_leftovers(place: Path) -> None:
    """Remove what an earlier backup to the same place left when it was killed; the lock keeps others away."""
    for leftover in place.parent.glob(f".{place.name}.*.part"):
        remove(leftover)


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _removed_at_a_fault(aside: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        remove(aside)
        raise


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise LedgerError("backup_not_written", target=target, reason=fault.strerror or fault) from fault
