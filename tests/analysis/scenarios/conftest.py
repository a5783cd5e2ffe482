"""A small network whose effects can be worked by hand, and the households of the tiny graph on the vocabulary.

A leads to S at 0.5, which D dampens (factor 0.5); B leads to S at 0.4; S comes about by itself at 0.1. The measure MA
halves what is left of A, MB leaves a quarter of the link from B.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import findings_of
from analysis.risk.measures import RiskMeasure, RiskMeasures, measures_of_schema
from analysis.risk.network import RiskAmplifier, RiskLink, RiskNode, checked_network, network_of_schema
from analysis.scenarios.situation import Situation
from graph_schema import Schema
from policy.scenarios import Scenario, load_scenarios

SMALL = checked_network(
    [RiskNode("A"), RiskNode("B"), RiskNode("D"), RiskNode("S", risk_leak=0.1, is_state=True)],
    [
        RiskLink("KA", "A", "S", 0.5, amplifiers=(RiskAmplifier(factor=0.5, cause="D"),)),
        RiskLink("KB", "B", "S", 0.4),
    ],
)
SMALL_MEASURES = RiskMeasures(SMALL, [RiskMeasure("MA", "A", 0.5, 100), RiskMeasure("MB", "KB", 0.25, 100)])
TINY_HOMES = {
    "h1": "350624101201",
    "h2": "350624101201",
    "h3": "350624101201",
    "h4": "350624101201-01",
    "h5": "350624101202",
    "h6": "350624101202",
    "h7": "350624105201",
    "h8": "350624105201",
}


@pytest.fixture(scope="session")
def small() -> Situation:
    """x has A and the help MA, y has nothing, z has B; x and y live in v1, z in v2."""
    found = findings_of(SMALL, [[{"cause": "A", "status": "confirmed"}], [], [{"cause": "B", "status": "confirmed"}]])
    running = np.array([[True, False], [False, False], [False, False]])
    return Situation(RiskEngine(SMALL), SMALL_MEASURES, ("x", "y", "z"), ("v1", "v1", "v2"), found, running)


@pytest.fixture(scope="session")
def empty() -> Situation:
    return Situation(
        RiskEngine(SMALL), SMALL_MEASURES, (), (), findings_of(SMALL, []), np.zeros((0, 2), dtype=np.bool_)
    )


@pytest.fixture(scope="session")
def scenarios(schema: Schema) -> dict[str, Scenario]:
    return load_scenarios(schema)


@pytest.fixture(scope="session")
def tiny_situation(schema: Schema) -> Callable[..., Situation]:
    """Return households of the tiny graph with nothing found but what is said, and the measures that run."""
    network = network_of_schema(schema)
    engine, measures = RiskEngine(network), measures_of_schema(schema, network)

    def situation(
        *ids: str,
        found: dict[str, list[dict[str, object]]] | None = None,
        running: tuple[tuple[str, str], ...] = (("h1", "B36"), ("h2", "B25"), ("h8", "B06")),
    ) -> Situation:
        named = ids or tuple(TINY_HOMES)
        runs = np.zeros((len(named), len(measures)), dtype=np.bool_)
        for household_id, measure in running:
            if household_id in named:
                runs[named.index(household_id), measures.position[measure]] = True
        rows = findings_of(network, [(found or {}).get(each, []) for each in named])
        return Situation(engine, measures, named, tuple(TINY_HOMES[each] for each in named), rows, runs)

    return situation
