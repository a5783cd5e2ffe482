"""The one lock of a data folder: whoever holds it may append.

The lock belongs to the operating system and is gone with its process, however that ends. Who holds it stands in a
file beside it, for the message only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from logging import getLogger
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from ledger.durable import replace_file
from ledger.errors import LedgerError, LedgerLocked

LOCK_FILE = "ledger.lock"
HOLDER_FILE = "ledger.lock.holder"
POLL_SECONDS = 0.05

logger = getLogger(__name__)


@dataclass(frozen=True)
class Holder:
    """The process that holds the lock, and since when; question marks where that is not known yet."""

    pid: str
    since: str


def lock_holder(folder: Path) -> Holder:
    """Return who held the lock last; it holds it still when the lock cannot be had."""
    try:
        known = json.loads((folder / HOLDER_FILE).read_text(encoding="utf-8"))
        return Holder(pid=str(known["pid"]), since=str(known["since"]))
    except (OSError, ValueError, KeyError):
        # Between taking the lock and writing this file there is a moment without it.
        return Holder(pid="?", since="?")


@contextmanager
def write_lock(folder: Path, *, wait_seconds: float, on_wait: Callable[[Holder], None] | None = None) -> Iterator[None]:
    """Hold the lock of the data folder; `on_wait` is told who holds it where it must be waited for.

    Raises `locked` after `wait_seconds`, or `folder_not_writable`.
    """
    lock = FileLock(folder / LOCK_FILE)
    try:
        _acquire(lock, folder, wait_seconds, on_wait)
    except Timeout as fault:
        holder = lock_holder(folder)
        raise LedgerLocked("locked", folder=folder, pid=holder.pid, since=holder.since) from fault
    except OSError as fault:
        raise LedgerError("folder_not_writable", folder=folder, reason=fault.strerror or fault) from fault
    try:
        _write_holder(folder)
        try:
            yield
        finally:
            (folder / HOLDER_FILE).unlink(missing_ok=True)
    finally:
        lock.release()


def _acquire(lock: BaseFileLock, folder: Path, wait_seconds: float, on_wait: Callable[[Holder], None] | None) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if wait_seconds <= 0:
            raise
        if on_wait is not None:
            on_wait(lock_holder(folder))
        lock.acquire(timeout=wait_seconds, poll_interval=POLL_SECONDS)


def _write_holder(folder: Path) -> None:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        replace_file(folder / HOLDER_FILE, json.dumps({"pid": os.getpid(), "since": since}))
    except OSError as fault:
        raise LedgerError("folder_not_writable", folder=folder, reason=fault.strerror or fault) from fault
    logger.debug("ledger locked", extra={"folder": str(folder)})
