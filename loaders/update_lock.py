"""One process at a time brings a graph up to date, so that an older difference never lands on a newer graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from loaders.errors import GraphBusy, LoadError

LOCK_FILE = "graph.lock"
WAIT_SECONDS = 120.0


@dataclass(frozen=True)
class Patience:
    """How long to wait for another process that is updating the graph; `on_wait` hears once that it must be waited."""

    seconds: float = WAIT_SECONDS
    on_wait: Callable[[], None] = lambda: None


PATIENT = Patience()


@contextmanager
def one_updater(folder: Path, patience: Patience = PATIENT) -> Iterator[None]:
    """Hold the lock on updates of the graphs of a data folder.

    Raises LoadError `graph_busy` after the seconds of `patience`, `graph_lock_refused` where the folder cannot be
    written.

    The lock belongs to the operating system and is gone with its process, however that ends.
    """
    lock = FileLock(folder / LOCK_FILE)
    try:
        _acquire(lock, patience)
    except Timeout as fault:
        raise GraphBusy("graph_busy", folder=folder) from fault
    except OSError as fault:
        raise LoadError("graph_lock_refused", file=folder / LOCK_FILE, reason=fault.strerror or fault) from fault
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: BaseFileLock, patience: Patience) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if patience.seconds <= 0:
            raise
        patience.on_wait()
        lock.acquire(timeout=patience.seconds)
