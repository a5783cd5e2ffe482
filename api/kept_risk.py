"""The risks of all households of the graph (`analysis.risk.by_home`), kept for as long as the graph stays as it is."""

from __future__ import annotations

from datetime import date
from threading import Lock

from analysis.risk.by_home import RiskByHome, risk_by_home
from analysis.risk.model import RiskModel
from analysis.risk.splits import SplitMemory
from api.errors import SECONDS_UNTIL_NEXT_TRY, GraphBusy
from api.kept import Kept
from api.kept_risk_households import KeptRiskHouseholds
from graph_store import GraphStore
from ledger import Ledger

# The day of the graph, and one that somebody compares it with: each takes some hundred bytes a household.
MOST_KEPT = 2
# A request waits so long for what is being made; then it is told to come back.
PATIENCE_SECONDS = 4.0


class KeptRisk:
    """The last risks that were computed, each of a graph, a day and a version of the network.

    What each finding adds is remembered from one graph to the next, so that a load costs what it changed.
    """

    def __init__(self, households: KeptRiskHouseholds) -> None:
        self._households = households
        self._kept: Kept[RiskByHome] = Kept(MOST_KEPT)
        self._memory = SplitMemory()
        self._making = Lock()

    def of(self, store: GraphStore, ledger: Ledger, model: RiskModel, day: date) -> RiskByHome:
        """Return the risks of the graph on a day; to be asked while the graph is held, as in `GraphKeeper.asking`.

        Raises GraphBusy where others make them, or those of another graph, longer than a request may wait.
        """
        known = self._kept.known(store, model.version, day)
        if known is not None:
            return known
        if not self._making.acquire(timeout=PATIENCE_SECONDS):
            raise GraphBusy("risks_being_made", seconds=SECONDS_UNTIL_NEXT_TRY)
        try:
            return self._made(store, ledger, model, day)
        finally:
            self._making.release()

    def prepare(self, store: GraphStore, ledger: Ledger, model: RiskModel, day: date) -> None:
        """Make the risks of a graph before anybody asks, however long it takes."""
        with self._making:
            self._made(store, ledger, model, day)

    def _made(self, store: GraphStore, ledger: Ledger, model: RiskModel, day: date) -> RiskByHome:
        def make() -> RiskByHome:
            # Under the lock, so that the memory is used by one thread at a time.
            return risk_by_home(model, self._households.of(store, ledger, model, day), memory=self._memory)

        return self._kept.of(store, make, model.version, day)
