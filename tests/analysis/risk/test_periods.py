"""Risk over the next years: by hand, by going through all states of all years, and on the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import QuestionError
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, findings_of
from analysis.risk.network import RiskAmplifier, RiskLink, RiskNetwork, RiskNode, checked_network
from analysis.risk.periods import RiskPeriods, already
from tests.analysis.risk.drawn import Drawn, cases
from tests.analysis.risk.unrolled import unrolled_risks

Row = dict[str, object]
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def circle() -> RiskNetwork:
    """A cause leads to low income, low income to return; low income makes the cause likelier a year on."""
    return checked_network(
        [RiskNode("C"), RiskNode("S", risk_leak=0.1, is_state=True), RiskNode("T", is_state=True)],
        [
            RiskLink("K1", "C", "S", 0.5),
            RiskLink("K2", "S", "T", 0.5),
            RiskLink("KF", "S", "C", 0.4, is_feedback=True),
        ],
    )


@st.composite
def cases_with_feedback(draw: st.DrawFn, most_nodes: int) -> Drawn:
    drawn = draw(cases(most_nodes=most_nodes, most_households=2))
    network = drawn.network
    taken = {(link.from_code, link.to_code) for link in network.links}
    free = [(start, end) for start in network.codes for end in network.codes if (start, end) not in taken]
    amplifiers = [(), *(link.amplifiers for link in network.links)]
    feedback = [
        RiskLink(
            f"F{number}",
            start,
            end,
            draw(st.sampled_from([0.3, 0.5, 1.0])),
            is_feedback=True,
            amplifiers=draw(st.sampled_from(amplifiers)),
        )
        for number, (start, end) in enumerate(draw(st.lists(st.sampled_from(free), max_size=3, unique=True)))
    ]
    return replace(drawn, network=checked_network(network.nodes, [*network.links, *feedback]))


def assert_unrolled_agrees(drawn: Drawn, periods: int) -> None:
    target = drawn.network.codes[-1]
    found = RiskPeriods(drawn.network, target).risks(drawn.findings, periods)
    for place, household in enumerate(drawn.households):
        active, once = unrolled_risks(drawn.network, household, target, periods)
        assert found.active[place] == pytest.approx(active, abs=1e-9)
        assert found.at_least_once[place] == pytest.approx(once, abs=1e-9)


def test_a_circle_of_low_income_by_hand(circle: RiskNetwork) -> None:
    # Low income: 0.1 in the first year. A year after low income the cause is active with 0.4, so low income is not
    # with 0.9 x (1 - 0.4 x 0.5) = 0.72, and is with 0.28; else 0.1 again.
    #   low income, year 2: 0.1 x 0.28 + 0.9 x 0.1 = 0.118; year 3: 0.118 x 0.28 + 0.882 x 0.1 = 0.12124
    #   return: half of each: 0.05, 0.059, 0.06062
    # No return: year 1: 0.05 with low income, 0.9 without; year 2: 0.05 x 0.14 + 0.9 x 0.05 = 0.052 with and
    # 0.05 x 0.72 + 0.9 x 0.9 = 0.846 without, 0.898 in all; year 3: 0.052 x 0.86 + 0.846 x 0.95 = 0.84842.
    found = RiskPeriods(circle, "T").risks(findings_of(circle, [[]]), 3)
    assert found.active[0] == pytest.approx([0.05, 0.059, 0.06062], abs=1e-12)
    assert found.at_least_once[0] == pytest.approx([0.05, 0.102, 0.15158], abs=1e-12)
    assert not found.is_already[0]


def test_a_refuted_cause_stays_closed_to_feedback(circle: RiskNetwork) -> None:
    # Only the leak is left: 0.1 x 0.5 in each year.
    found = RiskPeriods(circle, "T").risks(findings_of(circle, [[{"cause": "C", "status": "refuted"}]]), 3)
    assert found.active[0] == pytest.approx([0.05, 0.05, 0.05], abs=1e-12)


def test_a_confirmed_finding_persists(circle: RiskNetwork) -> None:
    # The cause is there each year, so feedback has nothing to add: low income 1 - 0.9 x 0.5 = 0.55, return 0.275.
    found = RiskPeriods(circle, "T").risks(findings_of(circle, [[{"cause": "C", "status": "confirmed"}]]), 2)
    assert found.active[0] == pytest.approx([0.275, 0.275], abs=1e-12)
    # One minus 0.725 x 0.725: with feedback idle the years have nothing to do with each other.
    assert found.at_least_once[0] == pytest.approx([0.275, 0.474375], abs=1e-12)


@few
@given(cases_with_feedback(most_nodes=5))
def test_two_years_are_the_sum_over_all_states_of_both(drawn: Drawn) -> None:
    assert_unrolled_agrees(drawn, 2)


@settings(few, max_examples=10)
@given(cases_with_feedback(most_nodes=3))
def test_three_years_are_the_sum_over_all_states_of_all(drawn: Drawn) -> None:
    assert_unrolled_agrees(drawn, 3)


@pytest.mark.soak
@settings(few, max_examples=20)
@given(cases_with_feedback(most_nodes=5))
def test_three_years_of_larger_networks_are_the_sum_over_all_states(drawn: Drawn) -> None:
    assert_unrolled_agrees(drawn, 3)


@few
@given(cases_with_feedback(most_nodes=6))
def test_the_first_year_is_the_risk_and_at_least_once_only_grows(drawn: Drawn) -> None:
    target = drawn.network.codes[-1]
    found = RiskPeriods(drawn.network, target).risks(drawn.findings, 5)
    assert found.active[:, 0] == pytest.approx(RiskEngine(drawn.network).risk(drawn.findings, target), abs=1e-9)
    assert np.all(np.diff(found.at_least_once, axis=1) >= -1e-12)
    assert np.all(found.at_least_once >= found.active - 1e-12)


def test_only_low_income_acts_back_in_the_vocabulary(network: RiskNetwork) -> None:
    assert RiskPeriods(network).sources == ("O02",)


def test_the_vocabulary_over_five_years_is_a_chain_of_two_engine_risks(
    network: RiskNetwork, engine: RiskEngine, suspected: Callable[..., Row], confirmed: Callable[..., Row]
) -> None:
    # After a year of low income KF1, KF2 and KF3 are as if E04, O04 and H02 were suspected at their strengths: none of
    # the three amplifies a link. Low income is return by definition, so without return there was no low income.
    households: list[list[Row]] = [[], [confirmed("M03", 0.4)], [suspected("V01", 0.6), confirmed("S06")]]
    for rows in households:
        both = findings_of(network, [rows, [*rows, *(suspected(c, p) for c, p in feedback_of(network).items())]])
        risk, low = engine.risk(both), engine.risk(both, "O02")
        active, once, was_low, untouched = [], [], 0.0, 1.0
        for _ in range(5):
            active.append((1 - was_low) * risk[0] + was_low * risk[1])
            untouched *= 1 - risk[0]
            once.append(1 - untouched)
            was_low = (1 - was_low) * low[0] + was_low * low[1]
        found = RiskPeriods(network).risks(findings_of(network, [rows]), 5)
        assert found.active[0] == pytest.approx(active, abs=1e-9)
        assert found.at_least_once[0] == pytest.approx(once, abs=1e-9)
        assert active[1] > active[0]


def feedback_of(network: RiskNetwork) -> dict[str, float]:
    return {link.to_code: link.strength for link in network.feedback_links}


@pytest.mark.parametrize("state", ["O02", "O03", "O05", "O06"])
def test_a_state_that_is_return_by_definition_is_already_and_no_forecast(
    network: RiskNetwork, household: Callable[..., Findings], confirmed: Callable[..., Row], state: str
) -> None:
    findings = household(confirmed(state, 0.2))
    found = RiskPeriods(network).risks(findings, 2)
    assert found.is_already.tolist() == already(network, findings).tolist() == [True]
    assert found.active[0] == pytest.approx([1.0, 1.0], abs=1e-12)
    assert found.at_least_once[0] == pytest.approx([1.0, 1.0], abs=1e-12)


def test_what_is_suspected_refuted_or_leads_there_only_perhaps_is_not_already(
    network: RiskNetwork, confirmed: Callable[..., Row], suspected: Callable[..., Row]
) -> None:
    rows: list[list[Row]] = [
        [suspected("O02", 0.8)],
        [{"cause": "O02", "status": "refuted"}],
        [confirmed("O04")],
        [confirmed("H01")],
    ]
    assert already(network, findings_of(network, rows)).tolist() == [False] * 4


def test_the_order_of_households_and_findings_does_not_matter(
    network: RiskNetwork, confirmed: Callable[..., Row], suspected: Callable[..., Row]
) -> None:
    rows: list[list[Row]] = [[confirmed("M03", 0.4), suspected("V01", 0.6)], [], [suspected("H01", 0.4)]]
    periods = RiskPeriods(network)
    found = periods.risks(findings_of(network, rows), 3)
    turned = periods.risks(findings_of(network, [each[::-1] for each in rows[::-1]]), 3)
    assert turned.active[::-1].tolist() == found.active.tolist()
    assert turned.at_least_once[::-1].tolist() == found.at_least_once.tolist()


def test_nobody_has_an_empty_answer(network: RiskNetwork) -> None:
    assert RiskPeriods(network).risks(findings_of(network, []), 5).active.shape == (0, 5)


@pytest.mark.parametrize("periods", [0, 6])
def test_no_year_and_six_years_are_refused(network: RiskNetwork, periods: int) -> None:
    with pytest.raises(QuestionError, match=f"over {periods} years"):
        RiskPeriods(network).risks(findings_of(network, []), periods)


def test_more_than_three_nodes_that_act_back_are_refused_by_name() -> None:
    nodes = [*(RiskNode(code) for code in "ABCD"), RiskNode("T", is_state=True)]
    onward = [RiskLink(f"K{code}", code, "T", 0.5) for code in "ABCD"]
    back = [RiskLink(f"F{code}", code, "A", 0.5, is_feedback=True) for code in "ABCD"]
    with pytest.raises(QuestionError, match="A, B, C, D"):
        RiskPeriods(checked_network(nodes, [*onward, *back]))
    assert RiskPeriods(checked_network(nodes, [*onward, *back[:3]])).sources == ("A", "B", "C")


def test_feedback_that_cannot_change_the_target_is_left_out() -> None:
    network = checked_network(
        [RiskNode("A"), RiskNode("S", is_state=True), RiskNode("T", is_state=True)],
        [RiskLink("K1", "A", "T", 0.5), RiskLink("K2", "A", "S", 0.5), RiskLink("F", "T", "S", 0.5, is_feedback=True)],
    )
    assert RiskPeriods(network, "T").sources == ()
    assert RiskPeriods(network, "S").sources == ("T",)


def test_what_acts_back_over_two_years_counts_and_so_does_what_amplifies_it() -> None:
    # U (0.5 in each year) brings C and with it S a year later, S brings A by 0.6 another year later, A leads to T by
    # 0.5. Third year: 0.5 x 0.6 x 0.5 = 0.15; with D, which only doubles the exponent of that 0.6: 0.5 x 0.84 x 0.5.
    network = checked_network(
        [
            *(RiskNode(code) for code in ("A", "C", "D")),
            RiskNode("U", risk_leak=0.5, is_state=True),
            RiskNode("S", is_state=True),
            RiskNode("T", is_state=True),
        ],
        [
            RiskLink("K1", "A", "T", 0.5),
            RiskLink("K2", "C", "S", 1.0),
            RiskLink("F1", "S", "A", 0.6, is_feedback=True, amplifiers=(RiskAmplifier(factor=2.0, cause="D"),)),
            RiskLink("F2", "U", "C", 1.0, is_feedback=True),
        ],
    )
    found = RiskPeriods(network, "T").risks(findings_of(network, [[], [{"cause": "D", "status": "confirmed"}]]), 3)
    assert found.active[0] == pytest.approx([0.0, 0.0, 0.15], abs=1e-12)
    assert found.active[1] == pytest.approx([0.0, 0.0, 0.21], abs=1e-12)


def test_a_target_that_nothing_brings_about_or_that_is_not_named_is_refused() -> None:
    network = checked_network(
        [RiskNode("A"), RiskNode("S", is_state=True), RiskNode("T", is_state=True)], [RiskLink("K1", "A", "T", 0.5)]
    )
    with pytest.raises(QuestionError) as refused:
        RiskPeriods(network)
    assert refused.value.code == "risk_no_target"
    with pytest.raises(QuestionError) as refused:
        RiskPeriods(network, "S")
    assert refused.value.code == "risk_target_not_reached"
