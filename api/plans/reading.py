"""What a plan is made from, read from the graph beside the server that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from analysis.questions.produce_plan import PlanSource
from analysis.questions.produce_plan_graph import GraphPlanAsked, graph_source
from api.errors import SECONDS_UNTIL_NEXT_TRY, GraphBusy
from api.plans.asked import PlanOrder
from graph_store import GraphStore
from loaders.graph_update import markers
from loaders.settings import EMBEDDED
from loaders.update_lock import one_updater
from loaders.workspace import Workspace


@dataclass(frozen=True)
class Read:
    """What a plan is made from, the day it is made for, and the number of the newest load event in the graph."""

    source: PlanSource
    day: date
    loads_version: int


def read_source(workspace: Workspace, order: PlanOrder) -> Read:
    """Return what the graph holds for the order; its day is that of the graph where the order has none.

    Raises SubjectNotFound, StoreError, and GraphBusy where the graph is not whole.
    """
    with _whole_graph(workspace) as store:
        known = markers(store)
        if known.day is None or known.loads < 0:
            raise GraphBusy("graph_catching_up", seconds=SECONDS_UNTIL_NEXT_TRY)
        day = order.day or known.day
        source = graph_source(
            store, workspace.schema, GraphPlanAsked(order.area, order.product, graph_day=known.day), day
        )
    return Read(source, day, known.loads)


@contextmanager
def _whole_graph(workspace: Workspace) -> Iterator[GraphStore]:
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
