"""Chains from findings to states: by hand, and on the vocabulary."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.errors import QuestionError
from analysis.risk.findings import Findings, findings_of
from analysis.risk.network import RiskAmplifier, RiskLink, RiskNetwork, RiskNode, checked_network
from analysis.risk.trace import Tracer
from analysis.risk.trace_evidence import evidence_of_links
from analysis.risk.trace_parts import Trace
from graph_schema import Schema

Row = dict[str, object]
MIGRANT = "Household.migrant_worker_count >= 1"


@pytest.fixture(scope="session")
def tracer(network: RiskNetwork) -> Tracer:
    return Tracer(network)


@pytest.fixture(scope="session")
def trace_of(tracer: Tracer) -> Callable[..., Trace]:
    """The trace of one household of the vocabulary."""

    def trace(*rows: Row, rules: tuple[str, ...] = (), target: str | None = None, max_chains: int = 1000) -> Trace:
        return tracer.trace(
            findings_of(tracer.network, [list(rows)], properties=[list(rules)]), target=target, max_chains=max_chains
        )

    return trace


def test_every_chain_of_a_household_is_listed_strongest_first(
    trace_of: Callable[..., Trace], confirmed: Callable[..., Row], suspected: Callable[..., Row]
) -> None:
    # M03 leads to M02 (K47, 0.6), M02 to O02 (K49, 0.4) and to M01 (K48, 0.4), M01 to O02 (K50, 0.6), O02 to O06 (K74,
    # 1.0). M03 is confirmed; M02 is suspected at 0.6, with severity 0.4, which counts on every way out of it: K48 and
    # K49 are 1 - 0.6^0.4 = 0.184807 here. From M02: 0.6 x 0.184807 = 0.110884, and on over M01 0.110884 x 0.6 =
    # 0.066530; from M03, by K47 with 0.6, the same again. Equal ones: fewest links first, then ids.
    chains = trace_of(confirmed("M03"), suspected("M02", 0.6, 0.4)).chains
    assert [(chain.link_ids, round(chain.strength, 6), chain.lag_days) for chain in chains] == [
        (("K49",), 0.110884, 180),
        (("K47", "K49"), 0.110884, 270),
        (("K49", "K74"), 0.110884, 180),
        (("K47", "K49", "K74"), 0.110884, 270),
        (("K48", "K50"), 0.06653, 210),
        (("K47", "K48", "K50"), 0.06653, 300),
        (("K48", "K50", "K74"), 0.06653, 210),
        (("K47", "K48", "K50", "K74"), 0.06653, 300),
    ]
    assert chains[1].codes == ("M03", "M02", "O02")
    assert [chain.confidence for chain in chains[:2]] == [0.6, 1.0]


def test_a_link_says_what_severity_and_each_amplifier_make_of_it(
    trace_of: Callable[..., Trace], confirmed: Callable[..., Row], suspected: Callable[..., Row]
) -> None:
    # K01, 0.6, amplified by H06 (1.8) and F05 (1.5). Severity of H01 0.6; H06 suspected at 0.5, severity 0.8: factor
    # 1 + 0.8 x 0.4 = 1.32; F05 confirmed, severity 0.4: 1 + 0.5 x 0.4 = 1.2. So the exponent is 0.6 x 1.32 x 1.2.
    found = trace_of(confirmed("H01", 0.6), suspected("H06", 0.5, 0.8), confirmed("F05", 0.4))
    link = next(each for each in found.links if each.link_id == "K01")
    here = 1 - 0.4 ** (0.6 * 1.32 * 1.2)
    assert (link.strength, link.severity) == (0.6, 0.6)
    assert link.household_strength == pytest.approx(here, abs=1e-12)
    assert [(each.cause, each.factor) for each in link.amplifiers] == [("H06", 1.8), ("F05", 1.5)]
    assert [each.adds for each in link.amplifiers] == pytest.approx(
        [here - (1 - 0.4 ** (0.6 * 1.2)), here - (1 - 0.4 ** (0.6 * 1.32))], abs=1e-12
    )
    assert all(each.adds > 0 for each in link.amplifiers)


def test_a_property_that_dampens_a_link_takes_away(
    trace_of: Callable[..., Trace], confirmed: Callable[..., Row]
) -> None:
    # K57, drought or hail to low income, 0.6, is dampened by a migrant worker.
    found = trace_of(confirmed("V01"), rules=(MIGRANT,))
    link = next(each for each in found.links if each.link_id == "K57")
    amplifier = next(each for each in link.amplifiers if each.property_rule == MIGRANT)
    assert amplifier.factor < 1
    assert link.household_strength == pytest.approx(1 - 0.4**amplifier.factor, abs=1e-12)
    assert amplifier.adds == pytest.approx((1 - 0.4**amplifier.factor) - 0.6, abs=1e-12)
    without = next(each for each in trace_of(confirmed("V01")).links if each.link_id == "K57")
    assert without.amplifiers == ()


def test_a_definition_stays_one_at_any_severity(trace_of: Callable[..., Trace], suspected: Callable[..., Row]) -> None:
    chain = trace_of(suspected("O02", 0.8, 0.2)).chains[0]
    assert chain.link_ids == ("K74",)
    assert chain.strength == pytest.approx(0.8, abs=1e-12)


def test_the_vocabulary_has_110_chains_to_poverty_return(
    network: RiskNetwork, trace_of: Callable[..., Trace], confirmed: Callable[..., Row]
) -> None:
    # Analyses, section 1, Trace.
    everything = [confirmed(node.code) for node in network.nodes]
    assert len(trace_of(*everything, target="O06").chains) == 110


def test_a_link_of_years_is_traced_and_outside_the_horizon(
    network: RiskNetwork, trace_of: Callable[..., Trace], confirmed: Callable[..., Row]
) -> None:
    # K30 takes 1095 days: it is in no risk.
    slow = next(link for link in network.slow_links if link.link_id == "K30")
    chains = trace_of(confirmed(slow.from_code)).chains
    over_years = [chain for chain in chains if "K30" in chain.link_ids]
    assert over_years
    assert not any(chain.is_within_horizon for chain in over_years)
    assert all(chain.lag_days >= slow.lag_days for chain in over_years)
    ids = {link.link_id for link in network.slow_links}
    assert [link.link_id for link in trace_of(confirmed(slow.from_code)).links if not link.acts_within_year] == ["K30"]
    assert all(chain.is_within_horizon == ids.isdisjoint(chain.link_ids) for chain in chains)


def test_a_chain_through_another_confirmed_finding_is_already_counted(
    trace_of: Callable[..., Trace], confirmed: Callable[..., Row], suspected: Callable[..., Row]
) -> None:
    found = trace_of(confirmed("M03"), confirmed("M02"), suspected("M01", 0.8))
    assert {chain.codes[0] for chain in found.chains if chain.is_already_counted} == {"M03"}
    # M01 is only suspected, so what lies behind it is not there anyway.
    assert not next(chain for chain in found.chains if chain.codes == ("M02", "M01", "O02")).is_already_counted


def test_no_chain_runs_through_a_refuted_cause_and_some_do_through_a_refuted_state(
    trace_of: Callable[..., Trace], confirmed: Callable[..., Row]
) -> None:
    found = trace_of(confirmed("M02"), {"cause": "M01", "status": "refuted"}, {"cause": "O02", "status": "refuted"})
    assert [chain.codes for chain in found.chains] == [("M02", "O02"), ("M02", "O02", "O06")]


def test_a_refuted_cause_is_no_start_though_somebody_suspects_it(
    trace_of: Callable[..., Trace], suspected: Callable[..., Row]
) -> None:
    found = trace_of(suspected("M02", 0.6), {"cause": "M02", "status": "refuted"})
    assert found == Trace(chains=(), links=(), states=(), is_capped=False)


def test_two_rivals_have_no_finding_in_common_with_the_first_nor_with_each_other(
    trace_of: Callable[..., Trace], confirmed: Callable[..., Row], suspected: Callable[..., Row]
) -> None:
    # V01 over O02 is the strongest, 0.6. M03 leads on by M02 alone, so the two tell one story, and the stronger one
    # stands for it: from M02 straight to O02, 0.8 x 0.4 = 0.32. From E02 it is 0.6 x 0.4 = 0.24.
    found = trace_of(confirmed("V01"), suspected("M02", 0.8), confirmed("M03"), suspected("E02", 0.6), target="O06")
    state = found.states[0]
    assert (state.code, state.strongest) == ("O06", 0)
    assert found.chains[0].link_ids == ("K57", "K74")
    rivals = [found.chains[place] for place in state.rivals]
    assert [chain.codes for chain in rivals] == [("M02", "O02", "O06"), ("E02", "O02", "O06")]
    assert [chain.strength for chain in rivals] == pytest.approx([0.32, 0.24], abs=1e-12)


def test_a_state_that_is_suspected_itself_makes_its_chains_no_single_story(
    trace_of: Callable[..., Trace], confirmed: Callable[..., Row], suspected: Callable[..., Row]
) -> None:
    found = trace_of(suspected("O02", 0.2), confirmed("V01"), suspected("E02", 0.6), target="O02")
    assert [found.chains[place].codes for place in found.states[0].rivals] == [("E02", "O02")]


def test_nothing_leads_to_a_target_that_is_refuted(
    trace_of: Callable[..., Trace], confirmed: Callable[..., Row]
) -> None:
    found = trace_of(confirmed("M03"), {"cause": "M02", "status": "refuted"}, target="M02")
    assert (found.chains, found.states) == ((), ())
    assert [chain.codes for chain in trace_of(confirmed("M03"), target="M02").chains] == [("M03", "M02")]


def test_a_hidden_cause_is_neither_gone_through_nor_named(
    tracer: Tracer, household: Callable[..., Findings], confirmed: Callable[..., Row]
) -> None:
    findings = household(confirmed("H01"), confirmed("H06"), confirmed("M03"), confirmed("F05"))
    found = tracer.trace(findings, max_chains=1000, hidden={"H06", "M02"})
    shown = {code for chain in found.chains for code in chain.codes} | {
        each.cause for link in found.links for each in link.amplifiers
    }
    assert {"H01", "F05"} <= shown
    assert shown.isdisjoint({"H06", "M02"})
    # The strength is the household's, whoever looks at it.
    open_ones = {link.link_id: link for link in tracer.trace(findings, max_chains=1000).links}
    assert all(link.household_strength == open_ones[link.link_id].household_strength for link in found.links)


def test_too_many_chains_are_cut_at_the_strongest(
    trace_of: Callable[..., Trace], confirmed: Callable[..., Row]
) -> None:
    every = trace_of(confirmed("H01"))
    capped = trace_of(confirmed("H01"), max_chains=3)
    assert (every.is_capped, capped.is_capped) == (False, True)
    assert capped.chains == every.chains[:3]
    assert not trace_of(confirmed("H01"), max_chains=len(every.chains)).is_capped


def test_evidence_of_the_links_is_joined_from_the_vocabulary(
    schema: Schema, trace_of: Callable[..., Trace], confirmed: Callable[..., Row]
) -> None:
    found = trace_of(confirmed("M03"))
    evidence = evidence_of_links(schema, [*(link.link_id for link in found.links), "a link of a file"])
    assert [each.link_id for each in evidence] == [link.link_id for link in found.links]
    definition = next(each for each in evidence if each.link_id == "K74")
    assert (definition.evidence_grade, definition.is_definition, definition.sources) == ("A", True, ("N2",))
    assert (definition.note_en, definition.is_strength_proposed) == ("Below the line is poverty by definition.", False)
    opposed = next(link for link in schema.links.values() if link.opposing_sources)
    (joined,) = evidence_of_links(schema, [opposed.link_id])
    assert joined.opposing_sources == opposed.opposing_sources


def test_a_household_without_findings_has_an_empty_trace(trace_of: Callable[..., Trace]) -> None:
    assert trace_of() == Trace(chains=(), links=(), states=(), is_capped=False)


def test_a_household_that_is_not_there_an_unknown_target_and_no_chains_are_refused(
    tracer: Tracer, household: Callable[..., Findings], confirmed: Callable[..., Row]
) -> None:
    findings = household(confirmed("H01"))
    for asked, code in (
        ({"household": 1, "max_chains": 1}, "trace_no_household"),
        ({"target": "O99", "max_chains": 1}, "risk_unknown_code"),
        ({"max_chains": 0}, "trace_no_chains"),
    ):
        with pytest.raises(QuestionError) as refused:
            tracer.trace(findings, **asked)
        assert refused.value.code == code


def test_of_a_million_chains_the_first_are_found_at_once() -> None:
    # Twenty steps, each by two ways that are as strong: 2^20 chains. By id the first go by A, but for the last steps.
    nodes, links = [RiskNode("N0")], []
    for step in range(20):
        nodes += [RiskNode(f"A{step}"), RiskNode(f"B{step}"), RiskNode(f"N{step + 1}", is_state=step == 19)]
        for way in "AB":
            links += [
                RiskLink(f"{way}{step:02}in", f"N{step}", f"{way}{step}", 1.0),
                RiskLink(f"{way}{step:02}out", f"{way}{step}", f"N{step + 1}", 1.0),
            ]
    network = checked_network(nodes, links)
    found = Tracer(network).trace(findings_of(network, [[{"cause": "N0", "status": "confirmed"}]]), max_chains=3)
    ways = ["".join(link[0] for link in chain.link_ids[::2]) for chain in found.chains]
    assert ways == ["A" * 20, "A" * 19 + "B", "A" * 18 + "BA"]
    assert found.is_capped


def test_a_cause_may_amplify_its_own_link_and_its_severity_counts_once_as_such() -> None:
    # Severity 0.5, its own amplifier of factor 2 at confidence 0.6: exponent 0.5 x (1 + 0.6 x 0.5) = 0.65.
    link = RiskLink("K1", "A", "T", 0.4, amplifiers=(RiskAmplifier(factor=2.0, cause="A"),))
    network = checked_network([RiskNode("A"), RiskNode("T", is_state=True)], [link])
    row = {"cause": "A", "status": "suspected", "confidence": 0.6, "severity": 0.5}
    (found,) = Tracer(network).trace(findings_of(network, [[row]]), max_chains=1).links
    assert found.household_strength == pytest.approx(1 - 0.6**0.65, abs=1e-12)
    assert found.amplifiers[0].adds == pytest.approx(0.6**0.5 - 0.6**0.65, abs=1e-12)
