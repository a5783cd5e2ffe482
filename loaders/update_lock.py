"""One process at a time brings a graph up to date, so that an older difference never lands on a newer graph."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from loaders.errors import GraphBusy, LoadError

LOCK_FILE = "graph.lock"
WAIT_SECONDS = 120.0


@contextmanager
def one_updater(folder: Path, *, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock on updates of the graphs of a data folder.

    Raises LoadError `graph_busy` after `wait_seconds`, `graph_lock_refused` where the folder cannot be written.

    The lock belongs to the operating system and is gone with its process, however that ends.
    """
    lock = FileLock(folder / LOCK_FILE)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as fault:
        raise GraphBusy("graph_busy", folder=folder) from fault
    except OSError as fault:
        raise LoadError("graph_lock_refused", file=folder / LOCK_FILE, reason=fault.strerror or fault) from fault
    try:
        yield
    finally:
        lock.release()
