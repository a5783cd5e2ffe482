"""Holds the graph of a running server and takes in what was loaded elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from logging import getLogger
from threading import Condition

from analysis.causes.network import CauseNetwork, cause_network
from api.errors import SECONDS_UNTIL_NEXT_TRY, GraphBusy
from graph_store import GraphStore
from ledger import Ledger
from loaders.graph_update import bring_up_to_date, markers
from loaders.workspace import ReadyGraph, Workspace

logger = getLogger(__name__)

# A request waits this long for the graph; then it is told to come back.
PATIENCE_SECONDS = 4.0
# After a fault nobody tries again for so long: a server that is away costs seconds to find out.
PAUSE_SECONDS = 1.0


class GraphKeeper:
    """The one graph of a server, asked by many threads.

    It is opened when it is first needed and tried again when that failed, so that a Neo4j that is away comes back. Each
    question looks at the number of the last load in the ledger, one look into a folder; when there is a new one,
    a thread of the keeper waits until the questions under way have been answered and brings the graph up to date, while
    new questions wait. So no question sees half a load.
    """

    def __init__(
        self, workspace: Workspace, today: Callable[[], date], *, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self.workspace = workspace
        self._today = today
        self._patience_seconds = patience_seconds
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="graph")
        self._changed = Condition()
        self._under_way = 0
        self._ledger: Ledger | None = None
        self._store: GraphStore | None = None
        self._graph: ReadyGraph | None = None
        self._loads_taken_in = 0
        self._coming: Future[None] | None = None
        self._try_again_at = 0.0

    @cached_property
    def network(self) -> CauseNetwork:
        """Return the network of causes of the vocabulary, built once."""
        return cause_network(self.workspace.schema)

    @contextmanager
    def asking(self) -> Iterator[ReadyGraph]:
        """Yield the graph with every load that counts taken in; it does not change while it is asked.

        Raises GraphBusy when opening it or bringing it up to date takes longer than a request may wait, and StoreError
        or LedgerError when that fails.
        """
        graph = self._enter()
        try:
            yield graph
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def begin(self) -> None:
        """Begin to open the graph, so that the first question need not wait for all of it."""
        with self._changed:
            self._coming_graph()

    def close(self) -> None:
        """Wait for an update under way and close the store."""
        self._worker.shutdown(cancel_futures=True)
        if self._store is not None:
            self._store.close()

    def _enter(self) -> ReadyGraph:
        give_up_at = time.monotonic() + self._patience_seconds
        while True:
            with self._changed:
                if self._graph is not None and self._opened_ledger().version == self._loads_taken_in:
                    self._under_way += 1
                    return self._graph
                coming = self._coming_graph()
            wait([coming], timeout=max(0.0, give_up_at - time.monotonic()))
            if not coming.done():
                raise GraphBusy("graph_catching_up", seconds=SECONDS_UNTIL_NEXT_TRY)
            coming.result()

    def _coming_graph(self) -> Future[None]:
        """Return the update under way, the one that has just failed, or a new one."""
        if self._coming is None or (self._coming.done() and time.monotonic() >= self._try_again_at):
            self._coming = self._worker.submit(self._bring_up_to_date)
        return self._coming

    def _bring_up_to_date(self) -> None:
        with self._changed:
            self._graph = None
            self._changed.wait_for(lambda: self._under_way == 0)
        try:
            graph, loads = self._newest_graph()
        finally:
            self._try_again_at = time.monotonic() + PAUSE_SECONDS
        with self._changed:
            self._graph, self._loads_taken_in = graph, loads
            # This one succeeded: the next load need not wait.
            self._try_again_at = 0.0

    def _newest_graph(self) -> tuple[ReadyGraph, int]:
        work, ledger = self.workspace, self._opened_ledger()
        if self._store is None:
            self._store = work.open_graph()
            logger.info("graph opened engine=%s", self._store.engine)
        day = markers(self._store).day or self._today()
        report = bring_up_to_date(self._store, ledger, work.schema, work.policy, day=day)
        return ReadyGraph(self._store, day, missing_loads=0), report.loads_version

    def _opened_ledger(self) -> Ledger:
        if self._ledger is None:
            self._ledger = self.workspace.open_ledger(create=True)
        return self._ledger
