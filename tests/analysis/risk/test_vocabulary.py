"""The vocabulary's own network: the figures written beside it, and an independent way to the same numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, findings_of
from analysis.risk.network import RiskNetwork
from tests.analysis.risk.oracle import Household, swept

Row = dict[str, object]
MIGRANT = "Household.migrant_worker_count >= 1"


def test_the_figures_of_the_vocabulary_come_out(
    engine: RiskEngine, confirmed: Callable[..., Row], suspected: Callable[..., Row]
) -> None:
    # Vocabulary, section 3, "To check an implementation": a prototype by other hands.
    rows = [
        [],
        [confirmed("H01")],
        [confirmed("H02"), confirmed("S03")],
        [suspected("M03", 0.6, 0.6)],
        [confirmed("V01", 0.6), suspected("F05", 0.8, 0.6)],
    ]
    findings = findings_of(engine.network, rows, properties=[[], [], [], [], [MIGRANT]])
    assert engine.risk(findings) == pytest.approx([0.0113, 0.5548, 0.7632, 0.1477, 0.5399], abs=5e-5)
    assert engine.leak_risk() == pytest.approx(0.0113, abs=5e-5)


def test_lack_of_skill_is_the_likeliest_cause_of_a_low_income_nobody_explains(
    engine: RiskEngine, household: Callable[..., Findings]
) -> None:
    # Vocabulary, section 3: E02 given that O02 is true, no finding: 0.2117.
    found = engine.explain(household(), {"O02": True})
    causes = np.array([not node.is_state for node in engine.network.nodes])
    assert engine.network.codes[int(np.argmax(np.where(causes, found.posterior[0], 0)))] == "E02"
    assert found.posterior[0, engine.network.position["E02"]] == pytest.approx(0.2117, abs=5e-5)
    assert engine.network.codes[found.question[0]] == "E02"


@pytest.mark.parametrize(
    ("found", "rules"),
    [
        ({"H01": (1.0, 1.0), "H06": (0.8, 0.6)}, []),
        ({"V02": (1.0, 0.8), "L06": (0.4, 0.2), "F05": (0.6, 1.0), "E05": (0.8, 1.0)}, []),
        ({"V01": (1.0, 0.6), "S06": (1.0, 1.0), "M05": (0.6, 0.4)}, ["Household.resilience_share < 0.4", MIGRANT]),
        ({"S03": (0.8, 0.4), "F06": (1.0, 1.0), "M01": (0.2, 1.0), "A07": (1.0, 0.8), "E03": (1.0, 0.4)}, []),
    ],
)
def test_risk_is_that_of_a_sweep_from_causes_to_effects(
    engine: RiskEngine, found: dict[str, tuple[float, float]], rules: list[str]
) -> None:
    rows: list[Row] = [
        {"cause": code, "status": "suspected", "confidence": confidence, "severity": severity}
        for code, (confidence, severity) in found.items()
    ]
    household = Household(
        {code: confidence for code, (confidence, _) in found.items()},
        {code: severity for code, (_, severity) in found.items()},
        rules=frozenset(rules),
    )
    findings = findings_of(engine.network, [rows], properties=[rules])
    activity = engine.activity(findings, engine.network.states)[0]
    for place, state in enumerate(engine.network.states):
        _, chance = swept(engine.network, household, leak_name="risk_leak", seen={}, kept=state)
        assert activity[place] == pytest.approx(chance, abs=1e-9)
        assert engine.risk(findings, state)[0] == pytest.approx(chance, abs=1e-9)


@pytest.mark.parametrize("cause", ["H01", "M01", "V01"])
def test_explanation_is_that_of_a_sweep_from_causes_to_effects(
    engine: RiskEngine, household: Callable[..., Findings], suspected: Callable[..., Row], cause: str
) -> None:
    # What was seen lies where few causes lead, so that the sweep keeps few states: O04 from H07, V01 alone.
    chance, joint = swept(
        engine.network, Household({"H01": 0.4}), leak_name="leak", seen={"O04": True, "M01": False}, kept=cause
    )
    found = engine.explain(household(suspected("H01", 0.4)), {"O04": True, "M01": False})
    assert found.chance[0] == pytest.approx(chance, abs=1e-9)
    assert found.posterior[0, engine.network.position[cause]] == pytest.approx(joint / chance, abs=1e-9)


def test_a_link_of_more_than_a_year_is_in_no_risk(network: RiskNetwork) -> None:
    # Vocabulary, section 4: K30, K45 and K65 take 1095 days; KF1 to KF3 are feedback.
    assert [link.link_id for link in network.slow_links] == ["K30", "K45", "K65"]
    assert [link.link_id for link in network.feedback_links] == ["KF1", "KF2", "KF3"]
    assert len(network.links) == 73


def test_a_household_needs_tables_of_32_entries(engine: RiskEngine) -> None:
    # Analyses, section 1, "How": width 4.
    assert engine.largest_table == 32


def test_the_example_of_the_decision_page_comes_out(
    engine: RiskEngine, confirmed: Callable[..., Row], suspected: Callable[..., Row]
) -> None:
    # docs/decisions/0015, worked there by hand to six places.
    skill, policy = confirmed("E02", 0.6), confirmed("S03")
    rows = [[], [skill], [suspected("E02", 0.6, 0.6)], [policy], [skill, policy]]
    findings = findings_of(engine.network, rows)
    assert engine.risk(findings) == pytest.approx([0.011260, 0.272265, 0.167863, 0.604504, 0.708906], abs=5e-7)
    found = engine.attribute(findings)
    both = found.household == 4
    assert [engine.network.codes[place] for place in found.cause[both]] == ["E02", "S03"]
    assert found.shapley[both] == pytest.approx([0.182704, 0.514943], abs=5e-7)
    assert found.drop[both] == pytest.approx([0.104402, 0.436641], abs=5e-7)


def test_a_rule_counts_only_where_its_link_can_act(
    engine: RiskEngine, confirmed: Callable[..., Row], household: Callable[..., Findings]
) -> None:
    # Migrant workers dampen K57, weather disaster to low income, and nothing else.
    assert engine.risk(household(confirmed("V01"), rules=(MIGRANT,)))[0] < engine.risk(household(confirmed("V01")))[0]
    assert engine.risk(household(confirmed("H01"), rules=(MIGRANT,)))[0] == engine.risk(household(confirmed("H01")))[0]
