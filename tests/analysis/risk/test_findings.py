"""How findings count, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analysis.errors import QuestionError
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, findings_of
from analysis.risk.network import RiskLink, RiskNetwork, RiskNode, checked_network

Row = dict[str, object]


def test_two_suspicions_of_one_cause_count_as_one_stronger(
    engine: RiskEngine, household: Callable[..., Findings], suspected: Callable[..., Row]
) -> None:
    # 1 - 0.4 x 0.5 = 0.8; the larger severity counts.
    two = engine.risk(household(suspected("H01", 0.6, 0.4), suspected("H01", 0.5, 0.8)))
    assert two == pytest.approx(engine.risk(household(suspected("H01", 0.8, 0.8))), abs=1e-12)


def test_a_refuted_cause_is_closed_and_a_refuted_state_is_not(
    engine: RiskEngine, household: Callable[..., Findings], confirmed: Callable[..., Row]
) -> None:
    # H01 acts through H07, O01 and H08. The first and the last can be closed, O01 is a state and cannot.
    closed = [{"cause": cause, "status": "refuted"} for cause in ("H07", "H08")]
    with_one_way = engine.risk(household(confirmed("H01"), *closed))[0]
    assert engine.leak_risk() < with_one_way < engine.risk(household(confirmed("H01")))[0]
    assert engine.risk(household(confirmed("H01"), *closed, {"cause": "O01", "status": "refuted"}))[0] == with_one_way


@pytest.mark.parametrize("state", ["O02", "O03", "O05", "O06"])
def test_a_confirmed_state_that_is_a_return_by_definition_makes_risk_one(
    engine: RiskEngine, household: Callable[..., Findings], confirmed: Callable[..., Row], state: str
) -> None:
    assert engine.risk(household(confirmed(state, 0.2)))[0] == pytest.approx(1.0, abs=1e-12)


def test_a_confirmed_cause_does_not_make_its_own_causes_likelier(
    engine: RiskEngine, household: Callable[..., Findings], confirmed: Callable[..., Row]
) -> None:
    # Forced, not observed: unsold produce says nothing of sales channels in the risk.
    activity = engine.activity(household(confirmed("M02")), ["M02", "M03"])[0]
    assert activity.tolist() == pytest.approx([1.0, 0.0], abs=1e-12)


def test_a_cause_both_confirmed_and_refuted_is_an_error(
    engine: RiskEngine, household: Callable[..., Findings], confirmed: Callable[..., Row]
) -> None:
    with pytest.raises(QuestionError, match="H01 is both confirmed and refuted"):
        engine.risk(household(confirmed("H01"), {"cause": "H01", "status": "refuted"}))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"cause": "H99", "status": "confirmed"}, "risk_unknown_code"),
        ({"cause": "H01", "status": "certain"}, "risk_unknown_status"),
        ({"cause": "H01", "status": "confirmed", "severity": 0.0}, "risk_wrong_share"),
        ({"cause": "H01", "status": "suspected", "confidence": 1.5}, "risk_wrong_share"),
        ({"cause": "H01", "status": "suspected", "confidence": float("nan")}, "risk_wrong_share"),
    ],
)
def test_a_wrong_finding_is_refused(network: RiskNetwork, engine: RiskEngine, row: Row, code: str) -> None:
    with pytest.raises(QuestionError) as refused:
        engine.risk(findings_of(network, [[row]]))
    assert refused.value.code == code


def test_a_place_that_is_not_there_is_refused(engine: RiskEngine, household: Callable[..., Findings]) -> None:
    findings = household({"cause": "H01", "status": "confirmed"})
    with pytest.raises(QuestionError, match="household 1 is not there"):
        engine.risk(replace(findings, household=np.array([1])))
    with pytest.raises(QuestionError, match="shape"):
        engine.risk(replace(findings, properties=np.zeros((1, 1), dtype=np.bool_)))
    with pytest.raises(QuestionError, match="arable"):
        household(rules=("Household.arable_mu > 1",))


def test_an_empty_county_has_an_empty_answer(network: RiskNetwork, engine: RiskEngine) -> None:
    nobody = findings_of(network, [])
    assert engine.risk(nobody).shape == (0,)
    assert engine.activity(nobody, network.states).shape == (0, 6)
    assert engine.explain(nobody, {"O02": True}).posterior.shape == (0, 60)
    assert engine.attribute(nobody).risk.shape == (0,)


def test_forty_findings_have_a_risk_and_say_that_they_are_too_many_to_share_it_out(
    network: RiskNetwork, engine: RiskEngine, suspected: Callable[..., Row], confirmed: Callable[..., Row]
) -> None:
    many = [suspected(code, 0.2, 0.2) for code in network.codes[:40]]
    found = engine.attribute(findings_of(network, [many, [confirmed("H01")]]))
    assert found.is_left_out.tolist() == [True, False]
    assert 0 < found.risk[0] < 1
    assert np.isnan(found.shapley[found.household == 0]).all()
    # One finding alone: what it adds is the whole difference to the leak risk.
    assert found.shapley[found.household == 1].tolist() == pytest.approx(
        [found.risk[1] - engine.leak_risk()], abs=1e-12
    )


def test_what_cannot_happen_is_refused(
    engine: RiskEngine, household: Callable[..., Findings], confirmed: Callable[..., Row]
) -> None:
    with pytest.raises(QuestionError, match="O06"):
        engine.explain(household(confirmed("O02")), {"O06": False})


def test_a_target_must_be_known_and_reached(engine: RiskEngine, household: Callable[..., Findings]) -> None:
    with pytest.raises(QuestionError, match="Z9"):
        engine.risk(household(), "Z9")
    with pytest.raises(QuestionError, match="Nothing leads to H06"):
        engine.risk(household(), "H06")
    both = checked_network(
        [RiskNode("A"), RiskNode("B", is_state=True), RiskNode("C", is_state=True)],
        [RiskLink("K1", "A", "B", 0.5), RiskLink("K2", "A", "C", 0.5)],
    )
    with pytest.raises(QuestionError, match="B, C"):
        RiskEngine(both).risk(findings_of(both, [[]]))
