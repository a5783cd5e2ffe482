"""Only one process may write an embedded graph; this is how it says so."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from graph_store.errors import StoreError, StoreHeld


class WriterLease:
    """The right to write the graph at `path`, held from `take` to `give_back`; the system frees it if we are killed.

    `stays`: it is held by a server, which takes in by itself what others load, and not by a command that soon ends.
    """

    def __init__(self, path: Path, *, stays: bool = False) -> None:
        self._path = path
        self._stays = stays
        self._holder_file = path.with_name(path.name + ".holder.json")
        # Any thread may give back what another took.
        self._lock = FileLock(path.with_name(path.name + ".held"), thread_local=False)

    def take(self) -> None:
        """Take the lease. Raises StoreHeld with the holder's process if another has it, and whether that one stays."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreHeld("held_by_another_process", path=self._path, **self._holder()) from error
        except OSError as error:
            raise StoreError("cannot_write", path=self._path, reason=error.strerror) from error
        since = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            holder = {"pid": os.getpid(), "since": since, "stays": self._stays}
            self._holder_file.write_text(json.dumps(holder), encoding="utf-8")
        except OSError as error:
            self.give_back()
            raise StoreError("cannot_write", path=self._path, reason=error.strerror) from error

    def give_back(self) -> None:
        """Give the lease back. Nothing happens if it is not held."""
        if self._lock.is_locked:
            self._holder_file.unlink(missing_ok=True)
            self._lock.release()

    def _holder(self) -> dict[str, object]:
        try:
            holder = json.loads(self._holder_file.read_text(encoding="utf-8"))
            return {"pid": holder["pid"], "since": holder["since"], "stays": bool(holder.get("stays"))}
        except (OSError, ValueError, KeyError):
            # The holder is just now writing who it is.
            return {"pid": "?", "since": "?", "stays": False}
