"""Measures that Hypothesis draws on networks it drew, and the households of the oracle with measures running."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from analysis.risk.findings import Flags
from analysis.risk.measures import RiskMeasure, RiskMeasures
from tests.analysis.risk.drawn import Drawn, cases
from tests.analysis.risk.oracle import Household, enumerated


@dataclass(frozen=True)
class Measured:
    """A drawn network with households, and measures on it."""

    drawn: Drawn
    measures: RiskMeasures

    def plan(self, codes: Iterable[str]) -> Flags:
        chosen = set(codes)
        return np.array([code in chosen for code in self.measures.code_of], dtype=np.bool_)

    def risk(self, household: int, plan: Flags) -> float:
        """The risk by going through all states of the network."""
        helped: dict[str, float] = {}
        for place in np.flatnonzero(plan).tolist():
            measure = self.measures.measures[place]
            helped[measure.target] = helped.get(measure.target, 1.0) * measure.effect
        network = self.drawn.network
        helped_household: Household = replace(self.drawn.households[household], helped=helped)
        _, joint = enumerated(network, helped_household, leak_name="risk_leak", seen={})
        return joint[network.codes[-1]]


@st.composite
def measured_cases(draw: st.DrawFn, most_nodes: int = 6, most_households: int = 1, most_measures: int = 4) -> Measured:
    drawn = draw(cases(most_nodes=most_nodes, most_households=most_households))
    network = drawn.network
    targets = [*network.codes, *(link.link_id for link in network.links)]
    measures = [
        RiskMeasure(
            f"B{number}",
            draw(st.sampled_from(targets)),
            draw(st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0])),
            draw(st.sampled_from([0, 100, 100, 250, 300])),
        )
        for number in range(draw(st.integers(1, most_measures)))
    ]
    return Measured(drawn, RiskMeasures(network, measures))
