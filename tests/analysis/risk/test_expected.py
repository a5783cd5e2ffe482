"""Which causes and chains carry most expected returns: by hand, and the sums that must hold on any network."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import QuestionError
from analysis.risk.engine import RiskEngine
from analysis.risk.expected import expected_returns, falls_of
from analysis.risk.expected_chains import MOST_CHAINS, ChainStrengths, chains_to
from analysis.risk.findings import findings_of
from analysis.risk.network import RiskAmplifier, RiskLink, RiskNetwork, RiskNode, checked_network
from tests.analysis.risk.drawn import Drawn, cases
from tests.analysis.risk.oracle import strength_of
from tests.analysis.risk.small_area import ENGINE, THREE, found

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_causes_and_falls_by_hand() -> None:
    # Risks 0.5, 0.4, 0.7. At the third A adds 0.5 first and 0.3 second, B 0.4 and 0.2. Without A the third has 0.4.
    carried = expected_returns(ENGINE, found(THREE), np.array([0, 0, 1]), 2)
    assert carried.households.tolist() == [2, 1]
    assert carried.returns == pytest.approx([0.9, 0.7])
    assert carried.by_cause == pytest.approx(np.array([[0.5, 0.4, 0.0], [0.4, 0.3, 0.0]]))
    assert carried.findings.tolist() == [[1, 1, 0], [1, 1, 0]]
    assert carried.without_findings == pytest.approx([0.0, 0.0])
    falls = falls_of(ENGINE, found(THREE))
    assert falls.by_cause == pytest.approx([0.5 + 0.3, 0.4 + 0.2, 0.0])
    assert falls.by_link == pytest.approx([0.8, 0.6])


def test_two_chains_of_a_cause_share_what_it_carries_by_strength() -> None:
    # A leads to S straight at 0.5, and by M at 0.4 x 0.5. Risk 1 - 0.5 x 0.8 = 0.6, shared as 0.5 to 0.2. B only
    # amplifies: with it the straight link has 1 - 0.5^2 = 0.75, and the risk is 1 - 0.25 x 0.8 = 0.8.
    network = checked_network(
        [RiskNode("A"), RiskNode("B"), RiskNode("M"), RiskNode("S", is_state=True)],
        [
            RiskLink("K1", "A", "S", 0.5, amplifiers=(RiskAmplifier(2.0, cause="B"),)),
            RiskLink("K2", "A", "M", 0.4),
            RiskLink("K3", "M", "S", 0.5),
        ],
    )
    engine = RiskEngine(network)
    alone = [{"cause": "A", "status": "confirmed"}]
    carried = expected_returns(engine, findings_of(network, [alone]), np.array([0]), 1)
    assert carried.chains == ((0,), (1, 2), (2,))
    assert carried.by_chain[0] == pytest.approx([0.6 * 5 / 7, 0.6 * 2 / 7, 0.0])
    both = findings_of(network, [[*alone, {"cause": "B", "status": "confirmed"}]])
    carried = expected_returns(engine, both, np.array([0]), 1)
    # Shapley: A (0.6 + 0.8) / 2, B (0 + 0.2) / 2; the chains now have the strengths 0.75 and 0.2.
    assert carried.by_cause[0] == pytest.approx([0.7, 0.1, 0.0, 0.0])
    assert carried.by_chain[0] == pytest.approx([0.7 * 75 / 95, 0.7 * 20 / 95, 0.0])
    assert carried.without_chain[0] == pytest.approx([0.0, 0.1, 0.0, 0.0])
    closed = findings_of(network, [[*alone, {"cause": "M", "status": "refuted"}]])
    assert expected_returns(engine, closed, np.array([0]), 1).by_chain[0] == pytest.approx([0.5, 0.0, 0.0])


@few
@given(cases(most_households=6), st.data())
def test_places_sum_to_the_area_and_causes_and_chains_to_the_expected_returns(
    drawn: Drawn, data: st.DataObject
) -> None:
    engine, findings, count = RiskEngine(drawn.network), drawn.findings, len(drawn.rows)
    place_of = np.array(data.draw(st.lists(st.integers(0, 2), min_size=count, max_size=count)), dtype=np.int64)
    by_place = expected_returns(engine, findings, place_of, 3)
    area = expected_returns(engine, findings, np.zeros(count, dtype=np.int64), 1)
    for name in ("households", "returns", "without_findings", "findings", "by_cause", "by_chain", "without_chain"):
        assert getattr(by_place, name).sum(axis=0) == pytest.approx(getattr(area, name)[0], abs=1e-9), name
    risks = engine.risk(findings)
    assert by_place.returns == pytest.approx(np.bincount(place_of, weights=risks, minlength=3), abs=1e-9)
    assert by_place.without_findings + by_place.by_cause.sum(axis=1) == pytest.approx(by_place.returns, abs=1e-9)
    named = sum(len({row["cause"] for row in rows if row["status"] != "refuted"}) for rows in drawn.rows)
    assert by_place.findings.sum() == named


@few
@given(cases())
def test_a_chain_is_as_strong_as_its_finding_and_its_links(drawn: Drawn) -> None:
    network = drawn.network
    chains = chains_to(network, len(network.nodes) - 1)
    assert chains is not None
    strengths = ChainStrengths(network, chains).strengths(drawn.findings)
    for row, household in enumerate(drawn.households):
        for column, chain in enumerate(chains):
            links = [network.links[place] for place in chain]
            expected = household.confidence.get(links[0].from_code, 0.0) * prod(
                strength_of(link, household) for link in links
            )
            if any(link.to_code in household.closed for link in links):
                expected = 0.0
            assert strengths[row, column] == pytest.approx(expected, abs=1e-9)


@few
@given(cases())
def test_a_fall_is_what_refuting_the_cause_at_every_household_takes_away(drawn: Drawn) -> None:
    engine, network = RiskEngine(drawn.network), drawn.network
    dampening = {item.cause for link in network.links for item in link.amplifiers if item.factor < 1}
    falls = falls_of(engine, drawn.findings)
    assert (falls.by_link >= 0).all()
    for place, code in enumerate(network.codes[:-1]):
        if code in dampening:
            continue
        refuted: dict[str, object] = {"cause": code, "status": "refuted"}
        rows = [[*(row for row in named if row["cause"] != code), refuted] for named in drawn.rows]
        without = engine.risk(findings_of(network, rows, properties=drawn.rules))
        # A refuted cause loses its severity too; what it leads to is closed all the same.
        assert falls.by_cause[place] == pytest.approx((engine.risk(drawn.findings) - without).sum(), abs=1e-9)


def test_households_with_too_many_findings_are_counted_apart(network: RiskNetwork, engine: RiskEngine) -> None:
    causes = [node.code for node in network.nodes if not node.is_state]
    findings = findings_of(
        network,
        [
            [{"cause": code, "status": "suspected", "confidence": 0.2} for code in causes[:40]],
            [{"cause": "E02", "status": "confirmed"}],
        ],
    )
    carried = expected_returns(engine, findings, np.array([0, 0]), 1)
    risk = engine.risk(findings)
    assert carried.left_out_households.tolist() == [1]
    assert carried.left_out_returns == pytest.approx([risk[0]])
    assert carried.without_findings + carried.by_cause.sum(axis=1) == pytest.approx([risk[1]])


def test_an_area_without_households_expects_nothing() -> None:
    carried = expected_returns(ENGINE, found([]), np.zeros(0, dtype=np.int64), 2)
    assert carried.returns.tolist() == [0.0, 0.0]
    assert not carried.by_cause.any()
    assert not falls_of(ENGINE, found([])).by_link.any()


def test_a_place_that_is_not_there_is_an_error() -> None:
    for wrong in ([0, 0, 2], [0, 0, -1], [0, 0]):
        with pytest.raises(QuestionError):
            expected_returns(ENGINE, found(THREE), np.array(wrong), 2)


def test_a_network_with_too_many_chains_still_says_what_the_causes_carry() -> None:
    # Eleven steps with two ways each: 2,048 chains from the first alone.
    nodes, links = [RiskNode("N0")], []
    for step in range(11):
        nodes += [RiskNode(f"U{step}"), RiskNode(f"D{step}"), RiskNode(f"N{step + 1}", is_state=step == 10)]
        for way in ("U", "D"):
            links.append(RiskLink(f"{way}{step}in", f"N{step}", f"{way}{step}", 0.9))
            links.append(RiskLink(f"{way}{step}out", f"{way}{step}", f"N{step + 1}", 0.9))
    network = checked_network(nodes, links)
    engine = RiskEngine(network)
    findings = findings_of(network, [[{"cause": "N0", "status": "confirmed"}]])
    assert MOST_CHAINS < 2**11
    carried = expected_returns(engine, findings, np.array([0]), 1)
    assert (carried.has_chains, carried.chains) == (False, ())
    assert carried.by_cause[0, 0] == pytest.approx(engine.risk(findings)[0])
