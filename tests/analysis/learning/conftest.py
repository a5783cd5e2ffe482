from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from analysis.learning.learn import learn
from analysis.learning.outcomes import Outcomes
from analysis.learning.report import LearningReport
from analysis.risk.findings import findings_of
from analysis.risk.measures import RiskMeasure, RiskMeasures
from analysis.risk.network import RiskAmplifier, RiskLink, RiskNetwork, RiskNode, checked_network, network_of_schema
from graph_schema import Schema
from tests.analysis.learning.simulator import county, drawn_truth

Household = tuple[dict[str, str], dict[str, int]]


@pytest.fixture(scope="session")
def vocabulary(schema: Schema) -> RiskNetwork:
    return network_of_schema(schema)


@pytest.fixture(scope="session")
def county_report(vocabulary: RiskNetwork) -> LearningReport:
    """What 5,000 made-up households say of the vocabulary."""
    rng = np.random.default_rng(3)
    return learn(vocabulary, county(drawn_truth(vocabulary, rng), 5000, rng).outcomes)


@pytest.fixture(scope="session")
def one_cause() -> RiskNetwork:
    """A cause that leads to a state with the strength 0.4; the state has a leak of 0.01."""
    nodes = [RiskNode("C"), RiskNode("S", risk_leak=0.01, is_state=True)]
    return checked_network(nodes, [RiskLink("K1", "C", "S", 0.4)])


@pytest.fixture(scope="session")
def branching() -> RiskNetwork:
    """Three causes of a state, one by definition; D amplifies what C does; a cause that C leads to; slow; feedback."""
    nodes = [
        RiskNode("C"),
        RiskNode("D"),
        RiskNode("E"),
        RiskNode("M"),
        RiskNode("S", risk_leak=0.01, is_state=True),
    ]
    doubled = (RiskAmplifier(2.0, cause="D"),)
    links = [
        RiskLink("K1", "C", "S", 0.6, amplifiers=doubled),
        RiskLink("K2", "D", "S", 0.2),
        RiskLink("K3", "E", "S", 1.0),
        RiskLink("K4", "C", "M", 0.4),
        RiskLink("K5", "M", "S", 0.4, lag_days=1000),
        RiskLink("K6", "S", "C", 0.2, is_feedback=True),
    ]
    return checked_network(nodes, links)


@pytest.fixture(scope="session")
def observed() -> Callable[..., Outcomes]:
    """Outcomes of households, each `({code: status}, {code: outcome})`; an outcome not given is unknown.

    A status may carry a severity: `confirmed 0.6`; a suspicion its confidence too: `suspected 0.5 0.8`.
    """

    def outcomes(
        network: RiskNetwork, households: Sequence[Household], *, helped: dict[int, Sequence[str]] | None = None
    ) -> Outcomes:
        outcome = np.full((len(households), len(network.nodes)), -1, dtype=np.int8)
        for row, (_, came) in enumerate(households):
            for code, value in came.items():
                outcome[row, network.position[code]] = value
        targets = [*network.codes, *(link.link_id for link in network.links)]
        measures = RiskMeasures(network, [RiskMeasure(f"X{target}", target, 0.5, 100) for target in targets])
        running = np.zeros((len(households), len(measures)), dtype=np.bool_)
        for row, codes in (helped or {}).items():
            running[row, [measures.place_of(f"X{code}") for code in codes]] = True
        found = [[_finding(code, said) for code, said in statuses.items()] for statuses, _ in households]
        return Outcomes(findings_of(network, found), outcome, measures, running)

    return outcomes


def _finding(code: str, said: str) -> dict[str, object]:
    status, *numbers = said.split()
    values = [float(number) for number in numbers]
    finding: dict[str, object] = {"cause": code, "status": status}
    if status == "suspected":
        finding["confidence"] = values.pop(0)
    if values:
        finding["severity"] = values[0]
    return finding
