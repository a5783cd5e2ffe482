"""Measures: what they do to the risk, and which are refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import QuestionError
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, findings_of
from analysis.risk.measures import RiskMeasure, RiskMeasures, measures_of_schema
from analysis.risk.network import RiskAmplifier, RiskLink, RiskNetwork, RiskNode, checked_network
from graph_schema import Schema
from tests.analysis.risk.measured import Measured, measured_cases

Row = dict[str, object]

few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(measured_cases(most_households=2), st.data())
def test_risk_with_measures_is_the_sum_over_all_states(case: Measured, data: st.DataObject) -> None:
    households = len(case.drawn.rows)
    flags = st.lists(st.booleans(), min_size=len(case.measures), max_size=len(case.measures))
    given_there = np.array(data.draw(st.lists(flags, min_size=households, max_size=households)), dtype=np.bool_)
    risks = RiskEngine(case.drawn.network).risk_with(case.drawn.findings, case.measures, given_there)
    expected = [case.risk(place, plan) for place, plan in enumerate(given_there)]
    assert risks == pytest.approx(expected, abs=1e-9)


@few
@given(measured_cases(most_households=3, most_measures=6), st.integers(0, 1000))
def test_many_plans_at_once_are_the_plans_one_by_one_in_any_order(case: Measured, seed: int) -> None:
    rng = np.random.default_rng(seed)
    engine, findings = RiskEngine(case.drawn.network), case.drawn.findings
    household = rng.integers(0, len(case.drawn.rows), 6)
    plans = rng.random((6, len(case.measures))) < 0.5
    risks = engine.plan_risks(findings, case.measures, household, plans)
    for row in range(6):
        alone = engine.plan_risks(findings, case.measures, household[[row]], plans[[row]])
        assert alone[0] == pytest.approx(risks[row], abs=1e-12)
    order = rng.permutation(6)
    mixed = engine.plan_risks(findings, case.measures, household[order], plans[order])
    assert mixed == pytest.approx(risks[order], abs=1e-12)


@few
@given(measured_cases(most_households=2, most_measures=6), st.integers(0, 1000))
def test_a_measure_never_raises_risk(case: Measured, seed: int) -> None:
    rng = np.random.default_rng(seed)
    engine, findings = RiskEngine(case.drawn.network), case.drawn.findings
    household = rng.integers(0, len(case.drawn.rows), 8)
    plans = rng.random((8, len(case.measures))) < 0.4
    more = plans | (rng.random(plans.shape) < 0.4)
    fewer_risks, more_risks = (engine.plan_risks(findings, case.measures, household, each) for each in (plans, more))
    assert np.all(more_risks <= fewer_risks + 1e-12)


def test_no_measure_of_the_vocabulary_raises_any_risk(
    schema: Schema, engine: RiskEngine, confirmed: Callable[..., Row]
) -> None:
    # Every cause found alone and together with being uninsured, which only amplifies; each with every measure alone.
    causes = [node.code for node in engine.network.nodes if not node.is_state]
    rows = [[confirmed(code), *more] for more in ([], [confirmed("H06")]) for code in causes if code != "H06"]
    findings = findings_of(engine.network, rows)
    measures = measures_of_schema(schema, engine.network)
    household = np.repeat(np.arange(findings.household_count), len(measures))
    plans = np.tile(np.eye(len(measures), dtype=np.bool_), (findings.household_count, 1))
    with_one = engine.plan_risks(findings, measures, household, plans)
    assert np.all(with_one <= engine.risk(findings)[household] + 1e-12)
    # And each of the 60 lowers the risk of somebody.
    lowers = (engine.risk(findings)[household] - with_one).reshape(-1, len(measures)).max(axis=0)
    assert [code for code, most in zip(measures.code_of, lowers, strict=True) if most < 1e-9] == []


def test_what_teaches_heals_or_houses_says_how_it_may_never_be_used(schema: Schema) -> None:
    # School and care are paid for and houses mended; no cost falls by leaving school, forgoing care or moving out.
    children, care, home = {"E03", "E04", "K27", "K28"}, {"H06", "H07", "K01", "K04"}, {"A05", "K43", "K60", "K67"}
    conditions = {(each.code, each.target): each.forbidden for each in schema.measures.values()}
    for targets, forbidden in ((children, "schooling"), (care, "care"), (home, "move")):
        aimed = {pair: condition for pair, condition in conditions.items() if pair[1] in targets}
        assert {target for _, target in aimed} == targets
        assert set(aimed.values()) == {forbidden}
    assert all(0 <= each.effect <= 1 for each in schema.measures.values())


def test_measures_on_the_example_of_the_decision_page_by_hand(
    schema: Schema, engine: RiskEngine, confirmed: Callable[..., Row]
) -> None:
    # Decision 0015: E02 at severity 0.6 by K26 of strength 0.4; the other ways stay shut but for the leaks. Measures:
    # B25 and B27 leave 0.7 and 0.8 of E02, B28 leaves 0.8 of K26, B17 leaves 0.7 of O02, to which E02 leads.
    here, other = 1 - (1 - 0.4) ** 0.6, (1 - 0.003) * (1 - 0.4 * 0.003) * (1 - 0.0012)
    stays = [(1 - 0.0059) * (1 - left * here) for left in (1.0, 0.7, 0.7 * 0.8, 0.8)]
    expected = [1 - other * each for each in (*stays, 1 - 0.7 * (1 - stays[0]))]
    assert expected == pytest.approx([0.2723, 0.1940, 0.1574, 0.2201, 0.1922], abs=5e-5)
    measures = measures_of_schema(schema, engine.network)
    findings = findings_of(engine.network, [[confirmed("E02", 0.6)]])
    chosen = [[], ["B25"], ["B25", "B27"], ["B28"], ["B17"]]
    plans = np.array([[code in codes for code in measures.code_of] for codes in chosen])
    risks = engine.plan_risks(findings, measures, np.zeros(5, dtype=np.int64), plans)
    assert risks == pytest.approx(expected, abs=1e-9)


@pytest.fixture
def insured() -> RiskNetwork:
    """Illness costs 0.5, more for an uninsured household, less for one with savings; cost leads to poverty, 0.4."""
    amplifiers = (RiskAmplifier(2.0, cause="UNINSURED"), RiskAmplifier(0.5, cause="SAVINGS"))
    nodes = [RiskNode(code) for code in ("ILL", "UNINSURED", "SAVINGS", "COST")]
    links = [
        RiskLink("L1", "ILL", "COST", 0.5, amplifiers=amplifiers),
        RiskLink("L2", "COST", "POOR", 0.4),
        RiskLink("L3", "POOR", "ILL", 0.9, is_feedback=True),
        RiskLink("L4", "ILL", "POOR", 0.9, lag_days=1095),
    ]
    return checked_network([*nodes, RiskNode("POOR", is_state=True)], links)


def test_a_measure_on_a_cause_that_amplifies_lessens_what_it_adds_and_never_what_it_takes(insured: RiskNetwork) -> None:
    # Both found: x = 2 x 0.5 = 1, cost 0.5, poor 0.2. Insured by half: x = (1 + 0.5) 0.5 = 0.75, cost 1 - 0.5^0.75 =
    # 0.405396, poor 0.162158. Savings spent by half: nothing changes.
    rows: list[list[Row]] = [[{"cause": code, "status": "confirmed"} for code in ("ILL", "UNINSURED", "SAVINGS")]]
    measures = RiskMeasures(insured, [RiskMeasure("B1", "UNINSURED", 0.5, 1), RiskMeasure("B2", "SAVINGS", 0.5, 1)])
    plans = np.array([[False, False], [True, False], [False, True]])
    risks = RiskEngine(insured).plan_risks(findings_of(insured, rows), measures, np.zeros(3, dtype=np.int64), plans)
    assert risks == pytest.approx([0.2, 0.162158, 0.2], abs=1e-6)


def test_a_measure_on_a_feedback_or_slow_link_is_kept_and_changes_nothing(insured: RiskNetwork) -> None:
    measures = RiskMeasures(insured, [RiskMeasure("B1", "L3", 0.0, 1), RiskMeasure("B2", "L4", 0.0, 1)])
    assert measures.node.tolist() == measures.link.tolist() == [-1, -1]
    findings = findings_of(insured, [[{"cause": "ILL", "status": "confirmed"}]])
    engine = RiskEngine(insured)
    assert engine.risk_with(findings, measures, np.ones((1, 2), dtype=np.bool_)) == engine.risk(findings)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (RiskMeasure("B2", "L9", 0.5, 100), "risk_measure_unknown_target"),
        (RiskMeasure("B2", "L1", 1.2, 100), "risk_measure_wrong_effect"),
        (RiskMeasure("B2", "L1", -0.1, 100), "risk_measure_wrong_effect"),
        (RiskMeasure("B2", "L1", float("nan"), 100), "risk_measure_wrong_effect"),
        (RiskMeasure("B2", "L1", 0.5, -1), "risk_measure_wrong_cost"),
        (RiskMeasure("B1", "L1", 0.5, 100), "risk_measure_twice"),
    ],
)
def test_a_wrong_measure_is_refused_and_named(insured: RiskNetwork, wrong: RiskMeasure, code: str) -> None:
    with pytest.raises(QuestionError) as refused:
        RiskMeasures(insured, [RiskMeasure("B1", "ILL", 0.5, 100), wrong])
    assert refused.value.code == code
    assert wrong.code in refused.value.text("en")
    assert wrong.code in refused.value.text("zh")


def test_an_unknown_measure_a_wrong_shape_and_another_network_are_refused(
    insured: RiskNetwork, engine: RiskEngine, household: Callable[..., Findings]
) -> None:
    measures = RiskMeasures(insured, [RiskMeasure("B1", "ILL", 0.5, 100)])
    with pytest.raises(QuestionError, match="no measure B9"):
        measures.place_of("B9")
    with pytest.raises(QuestionError, match="shape"):
        RiskEngine(insured).risk_with(findings_of(insured, [[]]), measures, np.ones((1, 2), dtype=np.bool_))
    with pytest.raises(QuestionError, match="another network"):
        engine.risk_with(household(), measures, np.ones((1, 1), dtype=np.bool_))


def test_no_households_have_no_risks(schema: Schema, engine: RiskEngine) -> None:
    measures = measures_of_schema(schema, engine.network)
    nobody = findings_of(engine.network, [])
    assert engine.risk_with(nobody, measures, np.zeros((0, len(measures)), dtype=np.bool_)).shape == (0,)
