"""The risks that scenarios are compared with, kept for as long as the graph stays as it is."""

from __future__ import annotations

from datetime import date

from analysis.questions.scenario import RisksToday, risks_kept
from analysis.risk.model import RiskModel
from api.kept import Kept
from api.kept_risk import MOST_KEPT, KeptRisk
from graph_store import GraphStore
from ledger import Ledger


class KeptToday:
    """What scenarios begin from, out of the risks that are kept: of a graph, a day and a version of the network."""

    def __init__(self, risks: KeptRisk) -> None:
        self._risks = risks
        self._kept: Kept[RisksToday] = Kept(MOST_KEPT)

    def of(self, store: GraphStore, ledger: Ledger, model: RiskModel, day: date) -> RisksToday:
        """Return the risks of the graph on a day; to be asked while the graph is held. Raises as `KeptRisk.of`."""
        known = self._risks.of(store, ledger, model, day)
        return self._kept.of(store, lambda: risks_kept(model, known), model.version, day)

    def prepare(self, store: GraphStore, ledger: Ledger, model: RiskModel, day: date) -> None:
        """Make them before anybody asks, however long it takes."""
        self._risks.prepare(store, ledger, model, day)
        self.of(store, ledger, model, day)
