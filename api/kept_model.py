"""What risk is computed with in a server: the strengths of the vocabulary, or the learned version that is in use."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from threading import Lock

from analysis.fetch.kept_risk import network_versions
from analysis.questions.model_in_use import model_of_version, version_in_use
from analysis.risk.model import RiskModel, expert_model
from api.shown_graph import Shown
from ledger import Ledger
from loaders.workspace import ReadyGraph, Workspace


class KeptModel:
    """The model in use, made once for each version; looked for anew when the ledger was added to."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = Lock()
        self._seen: tuple[int, date] | None = None
        self._model: RiskModel | None = None

    @cached_property
    def _expert(self) -> RiskModel:
        return expert_model(self._workspace.schema)

    def of(self, shown: Shown | None, ledger: Ledger) -> RiskModel:
        """Return the model in use on the day of the graph; that of the vocabulary while there is no graph."""
        if shown is None:
            return self._expert
        graph = shown.graph
        seen = (ledger.version, graph.day)
        with self._lock:
            if self._model is None or seen != self._seen:
                self._model, self._seen = self._found(graph, ledger), seen
            return self._model

    def _found(self, graph: ReadyGraph, ledger: Ledger) -> RiskModel:
        versions = network_versions(ledger, as_of=graph.as_of)
        used = version_in_use(graph.store, self._workspace.schema, versions, day=graph.day)
        if used is None:
            return self._expert
        if self._model is not None and self._model.version == used.id:
            return self._model
        return model_of_version(self._workspace.schema, used)
