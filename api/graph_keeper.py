"""Holds the graph of a running server, answers from it as it is, and takes in what was loaded elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from logging import getLogger
from threading import Condition, Event, Thread

from analysis.causes.network import CauseNetwork, cause_network
from analysis.risk.model import RiskModel
from api.errors import SECONDS_UNTIL_NEXT_TRY, GraphBusy
from api.kept_model import KeptModel
from api.shown_graph import AtHand, Shown, TakenIn, answered_from
from graph_schema.errors import PlumlineError
from graph_store import GraphStore
from ledger import Ledger
from loaders import errors as load_errors
from loaders.graph_plan import DAY, LOADS, UNFINISHED, ground_of, is_whole
from loaders.graph_update import apply_plan, noted_markers
from loaders.plan_process import Planner, PlannerHere
from loaders.update_lock import Patience, one_updater
from loaders.workspace import ReadyGraph, Workspace

logger = getLogger(__name__)

# A request waits this long for the graph where there is none to ask; then it is told to come back.
PATIENCE_SECONDS = 4.0
# So often the keeper looks for new loads by itself: one look at the names in a folder.
LOOK_SECONDS = 0.05
# After a fault nobody tries again for so long: a server that is away costs seconds to find out.
PAUSE_SECONDS = 1.0
# Each fault after another doubles the pause up to this, while there is a graph to answer from.
LONGEST_PAUSE_SECONDS = 60.0
# So long at once another process is waited for that is updating the graph; then we see whether we are to stop.
LOCK_SECONDS = 0.5


class GraphKeeper:
    """The one graph of a server, asked by many threads.

    A thread of the keeper opens the graph and tries again when that failed, so that a Neo4j that is away comes back.
    The same thread looks for new loads. What they change is worked out beside the questions, which are answered from
    the graph as it is: whole, only not the newest. The embedded engine hands out versions that stay as they are, so
    there writing disturbs nobody either. On Neo4j questions wait while the difference is written, and while another
    process may be writing. After an erasure questions wait until the graph is made anew.
    """

    def __init__(
        self,
        workspace: Workspace,
        today: Callable[[], date],
        *,
        patience_seconds: float = PATIENCE_SECONDS,
        planner: Planner | None = None,
        warm: Callable[[ReadyGraph], None] = lambda graph: None,
    ) -> None:
        self.workspace = workspace
        self._today = today
        self._patience_seconds = patience_seconds
        self._planner = planner
        # Works out what many questions of a new graph will ask for, so that nobody has to wait for it.
        self._warm = warm
        self.taken_in = TakenIn()
        self._model = KeptModel(workspace)
        self._thread: Thread | None = None
        self._is_closing = False
        self._wake = Event()
        # Guards all that follows; told of every change of it.
        self._changed = Condition()
        self._shown: Shown | None = None
        # The thread holds the lock on updates: nobody else writes.
        self._is_planning = self._is_trying = False
        self._under_way = self._faults_in_a_row = 0
        self._fault: Exception | None = None
        self._try_again_at = 0.0
        self._ledger: Ledger | None = None
        self._store: GraphStore | None = None

    @cached_property
    def network(self) -> CauseNetwork:
        """Return the network of causes of the vocabulary, built once."""
        return cause_network(self.workspace.schema)

    @property
    def risk_model(self) -> RiskModel:
        """Return what risk is computed with: the strengths of the vocabulary, or the learned version in use."""
        return self._model.of(self._shown, self._opened_ledger())

    @property
    def ledger(self) -> Ledger:
        """Return the ledger, which keeps what it has read of its loads."""
        return self._opened_ledger()

    @contextmanager
    def asking(self, *, at_least: int | None = None) -> Iterator[ReadyGraph]:
        """Yield a whole graph, which does not change while it is asked; `missing_loads` tells how far it is behind.

        `at_least`: the version of the ledger that it must show. Raises GraphBusy when that, or opening it, takes longer
        than a request may wait, and StoreError or LedgerError when there is no graph to ask.
        """
        shown = self._enter(at_least)
        noted = answered_from.get()
        if noted is not None:
            noted[:] = [shown.loads]
        try:
            yield shown.graph
        finally:
            if not shown.stays_whole:
                with self._changed:
                    self._under_way -= 1
                    self._changed.notify_all()

    def at_hand(self) -> AtHand:
        """Return what there is at this moment, without waiting for anything and without a fault."""
        shown = self._shown
        try:
            counted = self._opened_ledger().version
        except PlumlineError:
            counted = None
        return AtHand(None, None, counted) if shown is None else AtHand(shown.graph.day, shown.loads, counted)

    def begin(self) -> None:
        """Begin to open the graph and to look for loads."""
        with self._changed:
            if self._thread is None:
                self._is_trying = True
                self._thread = Thread(target=self._follow, name="graph", daemon=True)
                self._thread.start()

    def look(self) -> None:
        """Look for new loads now: whoever has just loaded need not wait for the next look."""
        self._wake.set()

    def close(self) -> None:
        """Break off or wait for an update under way, and close the store."""
        self._is_closing = True
        self._wake.set()
        if self._planner is not None:
            self._planner.close()
        if self._thread is not None:
            self._thread.join()
        if self._store is not None:
            self._store.close()

    # How a question comes to its graph.

    def _enter(self, at_least: int | None) -> Shown:
        give_up_at = time.monotonic() + self._patience_seconds
        self.begin()
        while True:
            version = self._opened_ledger().version
            with self._changed:
                shown = self._shown
                if shown is not None and self._may_be_asked(shown, version, at_least):
                    self._under_way += not shown.stays_whole
                    missing = max(0, version - shown.loads)
                    return replace(shown, graph=replace(shown.graph, missing_loads=missing)) if missing else shown
                self._try_now()
                left = give_up_at - time.monotonic()
                if left <= 0:
                    raise GraphBusy("graph_catching_up", seconds=SECONDS_UNTIL_NEXT_TRY)
                self._changed.wait(left)

    def _may_be_asked(self, shown: Shown, version: int, at_least: int | None) -> bool:
        if at_least is not None and shown.loads < at_least:
            return False
        if version == shown.loads:
            return True
        if time.monotonic() >= self._try_again_at:
            self._wake.set()
        if self._opened_ledger().is_erased_since(shown.loads):
            return False
        return shown.stays_whole or self._is_planning

    def _try_now(self) -> None:
        """Have the thread try, or raise the fault that it has just met."""
        if self._is_trying:
            return
        if self._fault is not None and time.monotonic() < self._try_again_at:
            raise self._fault
        self._is_trying = True
        self._wake.set()

    # What the thread does.

    def _follow(self) -> None:
        while not self._is_closing:
            self._wake.clear()
            try:
                self._look()
            except Exception as fault:  # noqa: BLE001 - whatever it is, the server lives and tries again
                pause = self._note(fault)
            else:
                self._note(None)
                pause = LOOK_SECONDS
            self._wake.wait(pause)

    def _note(self, fault: Exception | None) -> float:
        """Note what came of a try, wake those who wait for it, and return the seconds until the next one."""
        if fault is not None and not self._is_closing:
            # Without its text: an id may stand there.
            code = fault.code if isinstance(fault, PlumlineError) else "-"
            logger.error("graph not brought up to date: %s %s", type(fault).__name__, code)
        with self._changed:
            self._faults_in_a_row = 0 if fault is None else self._faults_in_a_row + 1
            pause = min(PAUSE_SECONDS * 2.0 ** min(self._faults_in_a_row - 1, 10), LONGEST_PAUSE_SECONDS)
            self._fault = fault
            # Who has no graph at all asks for the next try; that one is not kept waiting for long.
            self._try_again_at = time.monotonic() + (0 if fault is None else pause if self._shown else PAUSE_SECONDS)
            self._is_trying = False
            self._changed.notify_all()
        return pause

    def _look(self) -> None:
        ledger, store = self._opened_ledger(), self._opened_store()
        shown, version = self._shown, ledger.version
        if shown is not None and shown.loads == version:
            return
        if shown is not None and ledger.is_erased_since(shown.loads):
            self._hide()
        while not self._is_closing:
            try:
                with one_updater(ledger.folder, Patience(LOCK_SECONDS)):
                    self._take_in(store, ledger)
                break
            except load_errors.GraphBusy:
                continue

    def _take_in(self, store: GraphStore, ledger: Ledger) -> None:
        noted = noted_markers(store)
        day = date.fromordinal(noted[DAY]) if DAY in noted else self._today()
        if is_whole(noted, ledger, self._ground):
            self._show(store, day, noted[LOADS])
        self._is_planning = True
        try:
            plan = self._planning.plan(noted, store.engine, day)
        finally:
            with self._changed:
                self._is_planning = False
        if plan.mode != "unchanged":
            if store.held() is None:
                self._hide()
            self.taken_in.note(noted.get(LOADS, UNFINISHED), apply_plan(store, plan))
            logger.info("graph %s loads_version=%d", plan.mode, plan.version)
        self._show(store, day, plan.version)
        self._made_ready(day)

    def _show(self, store: GraphStore, day: date, loads: int) -> None:
        held = store.held()
        with self._changed:
            self._shown = Shown(ReadyGraph(held or store, day, missing_loads=0), loads, held is not None)
            self._changed.notify_all()

    def _hide(self) -> None:
        """Take the graph away from new questions, and wait for those under way where they would see what is written."""
        with self._changed:
            self._shown = None
            self._is_trying = True
            self._changed.wait_for(lambda: self._under_way == 0)

    @cached_property
    def _ground(self) -> int:
        return ground_of(self.workspace.schema, self.workspace.policy)

    @property
    def _planning(self) -> Planner:
        if self._planner is None:
            self._planner = PlannerHere(self._opened_ledger(), self.workspace.schema, self.workspace.policy)
        return self._planner

    def _opened_store(self) -> GraphStore:
        if self._store is None:
            self._store = self.workspace.open_graph()
            logger.info("graph opened engine=%s", self._store.engine)
            # Nobody else writes a graph of whose versions some stay as they are; it is ready as it was saved.
            noted = noted_markers(self._store)
            if self._store.held() is not None and is_whole(noted, self._opened_ledger(), self._ground):
                day = date.fromordinal(noted[DAY])
                self._show(self._store, day, noted[LOADS])
                self._made_ready(day)
        return self._store

    def _made_ready(self, day: date) -> None:
        """Prepare for the next load, and for the questions that come to the graph that has just been shown."""
        self._planning.prepare(day)
        shown = self._shown
        # A graph in which others may write while it is asked is left to the questions.
        if shown is not None and shown.stays_whole and not self._is_closing:
            self._warm(shown.graph)

    def _opened_ledger(self) -> Ledger:
        if self._ledger is None:
            with self._changed:
                self._ledger = self._ledger or self.workspace.open_ledger(create=True)
        return self._ledger
