"""The snapshot file of the embedded graph: read with its format checked, written aside and moved into place."""

from __future__ import annotations

from pathlib import Path

import kglite

from graph_store.errors import StoreError

FORMAT = 1
"""What this version writes. A later version that this one cannot read writes a higher number."""


def read_snapshot(path: Path, *, must_exist: bool) -> kglite.KnowledgeGraph:
    """Return the graph saved at `path`, or an empty one where there is none yet. Raises StoreError."""
    # Faults of a text come back with its rows; printing them too would only clutter the terminal.
    kglite.set_query_warning_policy("silent")
    if not path.exists():
        if must_exist:
            raise StoreError("no_snapshot", path=path)
        return kglite.KnowledgeGraph()
    try:
        graph = kglite.load(str(path))
    except (kglite.KgError, OSError, ValueError) as error:
        raise StoreError("unreadable_snapshot", path=path, reason=str(error)) from error
    if graph.schema_version > FORMAT:
        raise StoreError("newer_format", path=path, found=graph.schema_version, known=FORMAT)
    return graph


def write_snapshot(graph: kglite.KnowledgeGraph, path: Path) -> None:
    """Save the graph at `path`. The engine writes another file, flushes it to the disk and renames it."""
    graph.set_schema_version(FORMAT)
    try:
        graph.save(str(path), fsync=True)
    except (kglite.KgError, OSError, ValueError) as error:
        raise StoreError("cannot_write", path=path, reason=str(error)) from error
