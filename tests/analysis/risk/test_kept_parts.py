"""What is kept with a risk is enough to compute it again: the parts of the household, and the whole network."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import findings_of
from analysis.risk.households import RiskHouseholds
from analysis.risk.kept_parts import (
    KeptFinding,
    KeptParts,
    network_of_text,
    network_text,
    parts_of,
    parts_of_household,
    parts_texts,
)
from analysis.risk.measures import RiskMeasure, RiskMeasures
from analysis.risk.network import RiskNetwork
from analysis.risk.network_file import read_network
from tests.analysis.risk.drawn import Drawn, cases, networks


def households_of(drawn: Drawn, measures: RiskMeasures) -> RiskHouseholds:
    """Return the drawn households, each second measure running at each second of them."""
    count = len(drawn.rows)
    running = np.zeros((count, len(measures)), dtype=np.bool_)
    running[::2, ::2] = True
    return RiskHouseholds(
        ids=tuple(f"h{number}" for number in range(count)),
        place_of=(None,) * count,
        findings=drawn.findings,
        running=running,
        prerequisites=np.ones((count, len(measures)), dtype=np.int8),
        data_age_days=np.zeros(count, dtype=np.int64),
        is_made_up=np.ones(count, dtype=np.bool_),
    )


@pytest.fixture
def one(network: RiskNetwork) -> tuple[RiskMeasures, RiskHouseholds]:
    measures = RiskMeasures(network, [RiskMeasure("B1", "H01", 0.5, 100), RiskMeasure("B2", "K26", 0.5, 100)])
    rows = [
        [
            {"cause": "E02", "status": "suspected", "confidence": 0.6, "severity": 0.4},
            {"cause": "H01", "status": "confirmed", "severity": 0.8},
        ],
        [],
    ]
    rules = [["Household.migrant_worker_count >= 1"], []]
    households = RiskHouseholds(
        ids=("h1", "h2"),
        place_of=(None, None),
        findings=findings_of(network, rows, properties=rules),
        running=np.array([[False, True], [False, False]]),
        prerequisites=np.ones((2, 2), dtype=np.int8),
        data_age_days=np.zeros(2, dtype=np.int64),
        is_made_up=np.zeros(2, dtype=np.bool_),
    )
    return measures, households


def test_the_parts_of_a_household_are_written_as_json(
    network: RiskNetwork, one: tuple[RiskMeasures, RiskHouseholds]
) -> None:
    texts = parts_texts(network, *one)

    # In the order of the network's causes: health before education.
    assert [json.loads(text) for text in texts] == [
        {
            "findings": [
                {"cause": "H01", "status": "confirmed", "confidence": 1.0, "severity": 0.8},
                {"cause": "E02", "status": "suspected", "confidence": 0.6, "severity": 0.4},
            ],
            "rules": ["Household.migrant_worker_count >= 1"],
            "running": ["B2"],
        },
        {"findings": [], "rules": [], "running": []},
    ]
    assert parts_of(texts[0]) == KeptParts(
        (KeptFinding("H01", "confirmed", 1.0, 0.8), KeptFinding("E02", "suspected", 0.6, 0.4)),
        ("Household.migrant_worker_count >= 1",),
        ("B2",),
    )


def test_the_parts_of_today_are_written_as_those_that_are_kept(
    network: RiskNetwork, one: tuple[RiskMeasures, RiskHouseholds]
) -> None:
    texts = parts_texts(network, *one)

    assert [parts_of_household(network, *one, household_id) for household_id in one[1].ids] == [
        parts_of(text) for text in texts
    ]


@settings(deadline=None, max_examples=30)
@given(cases())
def test_a_risk_is_computed_again_from_what_is_kept(drawn: Drawn) -> None:
    target = drawn.network.states[0]
    measures = RiskMeasures(drawn.network, [RiskMeasure(f"B{code}", code, 0.5, 1) for code in drawn.network.codes])
    households = households_of(drawn, measures)
    engine = RiskEngine(drawn.network)
    kept = [parts_of(text) for text in parts_texts(drawn.network, measures, households)]

    again = RiskEngine(network_of_text(network_text(drawn.network)))
    rows = [[vars(finding) for finding in parts.findings] for parts in kept]
    findings = findings_of(again.network, rows, properties=[parts.rules for parts in kept])
    given = np.array([[code in parts.running for code in measures.code_of] for parts in kept])
    helped = RiskMeasures(again.network, measures.measures)
    assert again.risk(findings, target) == pytest.approx(engine.risk(households.findings, target), abs=1e-12)
    assert again.risk_with(findings, helped, given, target) == pytest.approx(
        engine.risk_with(households.findings, measures, households.running, target), abs=1e-12
    )


@settings(deadline=None, max_examples=30)
@given(networks(7))
def test_a_network_comes_back_from_its_text(network: RiskNetwork) -> None:
    assert network_of_text(network_text(network)) == network


def test_the_text_of_the_vocabulary_is_a_network_file(network: RiskNetwork, tmp_path: Path) -> None:
    path = tmp_path / "kept.yaml"
    path.write_text(network_text(network), encoding="utf-8")

    assert network_of_text(network_text(network)) == network
    assert read_network(path) == network
