"""Holds the graph of a running server and takes in what was loaded elsewhere."""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from graph_store import GraphStore
from loaders.graph_update import bring_up_to_date, markers
from loaders.workspace import ReadyGraph, Workspace


class GraphKeeper:
    """The one store of a server. It is opened at the first question, so that a Neo4j that is away can come back."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._ledger = workspace.open_ledger(create=True)
        self._store: GraphStore | None = None
        self._lock = Lock()

    def ready(self) -> ReadyGraph:
        """Return the graph with every load that counts taken in.

        Raises StoreError when the graph cannot be reached.
        """
        with self._lock:
            if self._store is None:
                self._store = self.workspace.open_graph()
            known = markers(self._store)
            if known.loads != self._ledger.version or known.day is None:
                day = known.day or datetime.now().astimezone().date()
                workspace = self.workspace
                bring_up_to_date(self._store, self._ledger, workspace.schema, workspace.policy, day=day)
                known = markers(self._store)
            return ReadyGraph(self._store, known.day or datetime.now().astimezone().date(), 0)

    def close(self) -> None:
        """Close the store."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None
