"""The moments of a command: before and after each step that it takes on the disk, in a table or in the graph.

A process counts the moments that it comes to; at one of them it can be made to die, to find the disk full, or to wait.
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import deltalake
from deltalake.table import TableOptimizer

from graph_store.embedded_store import EmbeddedStore
from graph_store.neo4j_store import Neo4jStore
from ledger import delta, delta_care

Act = Literal["kill", "tear", "fill", "wait"]

OF_THE_SYSTEM = ("open", "fsync", "replace", "rename", "link", "unlink", "mkdir", "rmdir")
OF_A_STORE = (
    "apply_schema",
    "clear",
    "mark",
    "merge_nodes",
    "merge_relationships",
    "remove_nodes",
    "remove_relationships",
    "save",
)
# A file that is torn keeps so many bytes of what was to be written.
TORN_BYTES = 100


def watch(reached: Callable[[str], None]) -> None:
    """Call `reached` with the name of each moment from now on; for a process that does one thing and ends."""
    for name in OF_THE_SYSTEM:
        _watch(os, name, reached)
    for module in (delta, delta_care):
        _watch(module, "write_deltalake", reached)
    _watch(deltalake.DeltaTable, "create_checkpoint", reached)
    _watch(deltalake.DeltaTable, "vacuum", reached)
    _watch(TableOptimizer, "z_order", reached)
    for store in (EmbeddedStore, Neo4jStore):
        for name in OF_A_STORE:
            _watch(store, name, reached)
    # One call of that store can be many transactions.
    _watch(Neo4jStore, "_write", reached)


def die() -> None:
    """End this process as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


def tear_the_next_file() -> None:
    """Let the process die in the middle of the next file that grows, whoever writes it: Python or a library."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    _no_file_beyond(TORN_BYTES)


def fill_the_disk() -> None:
    """Let no file grow any more; whoever tries is refused by the system, as where a disk is full."""
    _no_file_beyond(0)


def let_grow(growing: Path) -> None:
    """Add a line to a file each time it is opened, as if another program were still writing it."""
    opened = Path.open

    def open_and_grow(path: Path, *values: object, **named: object) -> object:
        file = opened(path, *values, **named)  # type: ignore[call-overload] # as it is called
        if path == growing and "a" not in values:
            with opened(path, "a", encoding="utf-8") as other:
                other.write("1009,1,active\n")
        return file

    Path.open = open_and_grow  # type: ignore[method-assign, assignment] # for this process only


def _no_file_beyond(size: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))


def _watch(owner: object, name: str, reached: Callable[[str], None]) -> None:
    called = getattr(owner, name)

    def watched(*values: object, **named: object) -> object:
        reached(f"before {name}")
        answer = called(*values, **named)
        reached(f"after {name}")
        return answer

    setattr(owner, name, watched)
