"""A planner that waits at a gate, and a graph on an engine without versions, for tests of the keeper."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date

from graph_store import GraphStore
from graph_store.protocol import Engine
from loaders.graph_plan import GraphPlan
from loaders.plan_process import PlannerHere
from loaders.workspace import Workspace

SOON = 30.0


class GatedPlanner:
    """Plans as a thread of the server does, once its gate is open; `faults` are raised first."""

    def __init__(self, workspace: Workspace) -> None:
        self._here = PlannerHere(workspace.open_ledger(), workspace.schema, workspace.policy)
        self.gate = threading.Event()
        self.gate.set()
        self.begun = threading.Event()
        self.plans: list[GraphPlan] = []
        self.faults: list[Exception] = []

    def plan(self, noted: Mapping[str, int], engine: Engine, day: date) -> GraphPlan:
        """Return the plan."""
        self.begun.set()
        self.gate.wait(timeout=SOON)
        if self.faults:
            raise self.faults.pop()
        self.plans.append(self._here.plan(noted, engine, day))
        return self.plans[-1]

    def prepare(self, day: date) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Let go of what is under way."""
        self.gate.set()

    def shut(self) -> None:
        """Close the gate; `begun` tells of the next plan."""
        self.begun.clear()
        self.gate.clear()


class WithoutVersions:
    """A store that shows each batch as it is written, as a server does."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def held(self) -> None:
        """Return nothing."""


class ServerWorkspace(Workspace):
    """A data folder whose graph is on an engine that hands out no versions."""

    def open_graph(self, *, read_only: bool = False) -> GraphStore:
        """Return the graph."""
        return WithoutVersions(super().open_graph(read_only=read_only))  # type: ignore[return-value] # stands in for one
