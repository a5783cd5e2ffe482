"""What is worked out of a new graph before anybody asks: the census, the counts of places, and the risks."""

from __future__ import annotations

from collections.abc import Callable
from logging import getLogger
from threading import Lock, Thread

from analysis.questions.area import area, areas
from analysis.risk.model import RiskModel
from api.kept_census import KeptCensus
from api.kept_places import KeptPlaces
from api.kept_today import KeptToday
from loaders.workspace import ReadyGraph, Workspace

logger = getLogger(__name__)


def warming(
    workspace: Workspace,
    censuses: KeptCensus,
    places: KeptPlaces,
    today: KeptToday,
    model: Callable[[], RiskModel],
) -> Callable[[ReadyGraph], None]:
    """Return what fills these for a graph: else the first page of a county of 100,000 waits some seconds for it.

    The risks take longest, so they are computed beside: the graph is shown, and new loads are looked for, meanwhile.
    """
    schema, beside = workspace.schema, Beside()

    def warm(graph: ReadyGraph) -> None:
        store, day = graph.store, graph.day
        counted = places.of(store)
        for top in areas(store, schema, day=day, counted=counted).areas:
            area(store, schema, top.narrowest.area_id, day=day, counted=counted)
        censuses.of(store, day)
        ledger = workspace.open_ledger(create=True)
        beside.do(lambda: today.prepare(store, ledger, model(), day))

    return warm


class Beside:
    """Does one thing after another in a thread of its own; of what waits meanwhile only the last is done."""

    def __init__(self) -> None:
        self._one_at_a_time = Lock()
        self._next: Callable[[], object] | None = None
        self._is_busy = False

    def do(self, work: Callable[[], object]) -> None:
        """Have it done, and do not wait for it."""
        with self._one_at_a_time:
            self._next = work
            if self._is_busy:
                return
            self._is_busy = True
        # It holds nothing that has to be put away, so nobody waits for it when the server ends. It is not made to yield
        # to other threads: where it holds the interpreter, they would wait for it the longer.
        Thread(target=self._run, name="warming", daemon=True).start()

    def _run(self) -> None:
        while (work := self._taken()) is not None:
            try:
                work()
            except Exception as fault:  # noqa: BLE001 - who asks meets it again, and is told
                # Without its text: an id may stand there.
                logger.warning("not worked out beforehand: %s", type(fault).__name__)

    def _taken(self) -> Callable[[], object] | None:
        with self._one_at_a_time:
            work, self._next = self._next, None
            self._is_busy = work is not None
            return work
