"""Only one process may write an embedded graph; this is how it says so."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from graph_store.errors import StoreError, StoreHeld


class WriterLease:
    """The right to write the graph at `path`, held from `take` to `give_back`; the system frees it if we are killed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._holder_file = path.with_name(path.name + ".holder.json")
        # Any thread may give back what another took.
        self._lock = FileLock(path.with_name(path.name + ".held"), thread_local=False)

    def take(self) -> None:
        """Take the lease. Raises StoreHeld with the holder's process if another has it."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout as error:
            pid, since = self._holder()
            raise StoreHeld("held_by_another_process", path=self._path, pid=pid, since=since) from error
        except OSError as error:
            raise StoreError("cannot_write", path=self._path, reason=error.strerror) from error
        holder = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        self._holder_file.write_text(json.dumps(holder), encoding="utf-8")

    def give_back(self) -> None:
        """Give the lease back. Nothing happens if it is not held."""
        if self._lock.is_locked:
            self._holder_file.unlink(missing_ok=True)
            self._lock.release()

    def _holder(self) -> tuple[object, object]:
        try:
            holder = json.loads(self._holder_file.read_text(encoding="utf-8"))
            return holder["pid"], holder["since"]
        except (OSError, ValueError, KeyError):
            # The holder is just now writing who it is.
            return "?", "?"
