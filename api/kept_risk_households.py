"""The households of a graph with what risk is computed from, kept for as long as the graph stays as it is."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Request

from analysis.fetch.risk import ToldNumbers, risk_of_all
from analysis.risk.households import RiskHouseholds
from analysis.risk.model import RiskModel
from api.kept import Kept
from graph_store import GraphStore
from ledger import Ledger

# The day of the graph, and one that somebody compares it with.
MOST_KEPT = 2


class KeptRiskHouseholds:
    """The last that were read, each of a graph, a version of the network and a day."""

    def __init__(self) -> None:
        self._kept: Kept[RiskHouseholds] = Kept(MOST_KEPT)

    def of(self, store: GraphStore, ledger: Ledger, model: RiskModel, day: date) -> RiskHouseholds:
        """Return every active household of the graph on a day; to be asked while the graph is held.

        What measures ask of a household is read in the ledger, which holds more of it than the graph.
        """
        told = ToldNumbers(ledger)
        return self._kept.of(
            store, lambda: risk_of_all(store, model.network, model.measures, day, told=told), model.version, day
        )


async def risk_households_of(request: Request) -> KeptRiskHouseholds:
    """Return what keeps them for this application."""
    kept: KeptRiskHouseholds = request.app.state.risk_households
    return kept


HouseholdsAtRisk = Annotated[KeptRiskHouseholds, Depends(risk_households_of)]
