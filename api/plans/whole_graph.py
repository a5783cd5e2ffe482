"""The graph as the process of a plan reads it, beside the server that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from api.errors import SECONDS_UNTIL_NEXT_TRY, GraphBusy
from graph_store import GraphStore
from loaders.graph_update import markers
from loaders.settings import EMBEDDED
from loaders.update_lock import one_updater
from loaders.workspace import Workspace


@dataclass(frozen=True)
class WholeGraph:
    """A graph that nobody writes meanwhile, the day it shows, and the number of the newest load event in it.

    `known_at`: the past instant whose knowledge it shows; None for what is known now.
    """

    store: GraphStore
    day: date
    loads_version: int
    known_at: datetime | None = None


@contextmanager
def whole_graph(workspace: Workspace) -> Iterator[WholeGraph]:
    """Yield the graph. Raises StoreError, and GraphBusy where it is not whole."""
    with _opened(workspace) as store:
        known = markers(store)
        if known.day is None or known.loads < 0:
            raise GraphBusy("graph_catching_up", seconds=SECONDS_UNTIL_NEXT_TRY)
        yield WholeGraph(store, known.day, known.loads, known.as_of)


@contextmanager
def _opened(workspace: Workspace) -> Iterator[GraphStore]:
    """Yield the graph: of the embedded engine as it was last saved, of Neo4j while nobody writes it."""
    if workspace.settings.graph == EMBEDDED:
        store = workspace.open_graph(read_only=True)
        try:
            yield store
        finally:
            store.close()
        return
    with one_updater(workspace.settings.data):
        store = workspace.open_graph()
        try:
            yield store
        finally:
            store.close()
