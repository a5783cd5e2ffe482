"""What must hold on any network, drawn by Hypothesis. `make soak` draws larger ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import findings_of
from analysis.risk.network import checked_network
from tests.analysis.risk.drawn import Drawn, cases
from tests.analysis.risk.oracle import enumerated

few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_enumeration_agrees(drawn: Drawn) -> None:
    engine = RiskEngine(drawn.network)
    risk, activity = engine.risk(drawn.findings), engine.activity(drawn.findings, drawn.network.codes)
    for place, household in enumerate(drawn.households):
        _, joint = enumerated(drawn.network, household, leak_name="risk_leak", seen={})
        assert activity[place] == pytest.approx([joint[code] for code in drawn.network.codes], abs=1e-9)
        assert risk[place] == pytest.approx(joint[drawn.network.codes[-1]], abs=1e-9)


@few
@given(cases())
def test_risk_is_the_sum_over_all_states(drawn: Drawn) -> None:
    assert_enumeration_agrees(drawn)


@settings(few, max_examples=2)
@given(cases(most_nodes=12, most_households=1))
def test_risk_is_the_sum_over_all_states_of_twelve_nodes(drawn: Drawn) -> None:
    assert_enumeration_agrees(drawn)


@pytest.mark.soak
@settings(few, max_examples=20)
@given(cases(most_nodes=16, most_households=1))
def test_risk_is_the_sum_over_all_states_of_sixteen_nodes(drawn: Drawn) -> None:
    assert_enumeration_agrees(drawn)


@few
@given(cases(), st.booleans(), st.integers(0, 5))
def test_explanation_is_the_share_of_the_states_that_fit(drawn: Drawn, is_active: bool, other: int) -> None:
    codes = drawn.network.codes
    seen = {codes[other % len(codes)]: not is_active, codes[-1]: is_active}
    sums = [enumerated(drawn.network, each, leak_name="leak", seen=seen) for each in drawn.households]
    assume(all(chance > 1e-6 for chance, _ in sums))
    found = RiskEngine(drawn.network).explain(drawn.findings, seen)
    for place, (chance, joint) in enumerate(sums):
        assert found.chance[place] == pytest.approx(chance, abs=1e-9)
        assert found.posterior[place] == pytest.approx([joint[code] / chance for code in codes], abs=1e-9)


@few
@given(cases(most_households=6))
def test_one_alone_grouped_or_in_any_order_of_rows_the_numbers_are_the_same(drawn: Drawn) -> None:
    engine, findings = RiskEngine(drawn.network), drawn.findings
    risk = engine.risk(findings)
    assert engine.risk(findings, is_grouped=False) == pytest.approx(risk, abs=1e-9)
    for place, rows in enumerate(drawn.rows):
        alone = findings_of(drawn.network, [rows], properties=[drawn.rules[place]])
        assert engine.risk(alone)[0] == pytest.approx(risk[place], abs=1e-9)
    order = np.random.default_rng(len(findings.household)).permutation(len(findings.household))
    mixed = replace(
        findings,
        household=findings.household[order],
        cause=findings.cause[order],
        status=findings.status[order],
        confidence=findings.confidence[order],
        severity=findings.severity[order],
    )
    assert engine.risk(mixed).tolist() == risk.tolist()


@few
@given(cases(most_households=4))
def test_shapley_values_sum_to_what_the_findings_add(drawn: Drawn) -> None:
    engine = RiskEngine(drawn.network)
    found = engine.attribute(drawn.findings)
    sums = np.bincount(found.household, weights=found.shapley, minlength=len(drawn.rows))
    assert sums == pytest.approx(found.risk - found.risk_without, abs=1e-9)
    assert found.risk == pytest.approx(engine.risk(drawn.findings), abs=1e-9)
    for household, cause, drop in zip(found.household, found.cause, found.drop, strict=True):
        code = drawn.network.codes[cause]
        rest = [row for row in drawn.rows[household] if row["cause"] != code]
        without = engine.risk(findings_of(drawn.network, [rest], properties=[drawn.rules[household]]))[0]
        assert drop == pytest.approx(found.risk[household] - without, abs=1e-9)


@few
@given(cases(most_households=1))
def test_risk_does_not_fall_when_a_root_that_dampens_nothing_is_confirmed(drawn: Drawn) -> None:
    entered = {link.to_code for link in drawn.network.links}
    dampening = {item.cause for link in drawn.network.links for item in link.amplifiers if item.factor < 1}
    named = {row["cause"] for row in drawn.rows[0]}
    roots = [code for code in drawn.network.codes if code not in entered | dampening and code not in named]
    assume(roots)
    # A root that may be active by its leak counts with severity 1; a milder finding would say it is less than that.
    more = [[*drawn.rows[0], {"cause": roots[0], "status": "confirmed", "severity": 1.0}]]
    engine = RiskEngine(drawn.network)
    assert engine.risk(findings_of(drawn.network, more, properties=drawn.rules))[0] >= (
        engine.risk(drawn.findings)[0] - 1e-12
    )


@few
@given(cases())
def test_a_factor_above_one_never_lowers_risk(drawn: Drawn) -> None:
    raising = [
        replace(link, amplifiers=tuple(replace(item, factor=1 + item.factor) for item in link.amplifiers))
        for link in drawn.network.links
    ]
    neutral = [
        replace(link, amplifiers=tuple(replace(item, factor=1.0) for item in link.amplifiers))
        for link in drawn.network.links
    ]
    risks = [
        RiskEngine(checked_network(drawn.network.nodes, links)).risk(drawn.findings) for links in (raising, neutral)
    ]
    assert np.all(risks[0] >= risks[1] - 1e-12)
