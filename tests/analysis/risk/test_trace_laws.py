"""What must hold of the chains on any network, drawn by Hypothesis."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import prod

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import findings_of
from analysis.risk.network import checked_network
from analysis.risk.trace import Tracer
from analysis.risk.trace_parts import Trace
from tests.analysis.risk.drawn import Drawn, cases
from tests.analysis.risk.oracle import strength_of

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def cases_with_slow_links(draw: st.DrawFn) -> Drawn:
    drawn = draw(cases(most_nodes=7, most_households=2))
    links = [replace(link, lag_days=draw(st.sampled_from([0, 365, 1095]))) for link in drawn.network.links]
    return replace(drawn, network=checked_network(drawn.network.nodes, links))


def traces(drawn: Drawn) -> list[Trace]:
    tracer = Tracer(drawn.network)
    return [tracer.trace(drawn.findings, place, max_chains=1000) for place in range(len(drawn.rows))]


@few
@given(cases_with_slow_links())
def test_chains_are_the_simple_ways_at_the_strengths_of_the_definition(drawn: Drawn) -> None:
    links = [*drawn.network.links, *drawn.network.slow_links]
    by_ends = {(link.from_code, link.to_code): link for link in links}
    for found, household in zip(traces(drawn), drawn.households, strict=True):
        graph = nx.DiGraph(by_ends.keys())
        graph.remove_nodes_from(household.closed)
        expected = {}
        for start in household.confidence.keys() - household.closed:
            for way in nx.all_simple_paths(graph, start, drawn.network.codes[-1]) if start in graph else ():
                steps = [by_ends[ends] for ends in pairwise(way)]
                if steps:
                    strength = household.confidence[start] * prod(strength_of(link, household) for link in steps)
                    expected[tuple(way)] = (strength, sum(link.lag_days for link in steps))
        assert {chain.codes: chain.lag_days for chain in found.chains} == {way: e[1] for way, e in expected.items()}
        for chain in found.chains:
            assert chain.strength == pytest.approx(expected[chain.codes][0], abs=1e-12)
            assert len(set(chain.codes)) == len(chain.codes)
        assert len(found.chains) == len(expected)


@few
@given(cases_with_slow_links())
def test_without_amplifiers_no_chain_is_stronger_than_its_links_and_severity_one_leaves_them(drawn: Drawn) -> None:
    plain = [replace(link, amplifiers=()) for link in (*drawn.network.links, *drawn.network.slow_links)]
    network = checked_network(drawn.network.nodes, plain)
    base = {link.link_id: link.strength for link in plain}
    severe = [[{**row, "severity": 1.0} for row in rows] for rows in drawn.rows]
    tracer = Tracer(network)
    for place in range(len(drawn.rows)):
        as_found = tracer.trace(findings_of(network, drawn.rows), place, max_chains=1000)
        at_most = tracer.trace(findings_of(network, severe), place, max_chains=1000)
        for chain in as_found.chains:
            assert chain.strength <= chain.confidence * prod(base[link] for link in chain.link_ids) + 1e-12
        for chain in at_most.chains:
            expected = chain.confidence * prod(base[link] for link in chain.link_ids)
            assert chain.strength == pytest.approx(expected, abs=1e-12)


@few
@given(cases_with_slow_links())
def test_no_chain_within_the_year_is_stronger_than_the_risk_of_its_end(drawn: Drawn) -> None:
    assume(any(link.to_code == drawn.network.codes[-1] for link in drawn.network.links))
    risk = RiskEngine(drawn.network).risk(drawn.findings, drawn.network.codes[-1])
    for found, most in zip(traces(drawn), risk, strict=True):
        assert all(chain.strength <= most + 1e-12 for chain in found.chains if chain.is_within_horizon)


@few
@given(cases_with_slow_links())
def test_chains_are_in_order_and_rivals_share_no_root(drawn: Drawn) -> None:
    for found, household in zip(traces(drawn), drawn.households, strict=True):
        keys = [(-round(each.strength, 12), len(each.link_ids), each.link_ids) for each in found.chains]
        assert keys == sorted(keys)
        for state in found.states:
            told = [found.chains[place] for place in (state.strongest, *state.rivals) if place is not None]
            roots = [chain.codes[0] for chain in told]
            assert len(set(roots)) == len(roots) <= 3
            # Nor does one run through the finding that another starts from.
            for chain in told:
                assert set(chain.codes[1:-1]).isdisjoint(roots)
            assert told[0].strength == max(c.strength for c in found.chains if c.codes[-1] == state.code)
        assert not any(household.closed & set(chain.codes) for chain in found.chains)


@few
@given(cases_with_slow_links())
def test_the_order_of_rows_and_the_other_households_do_not_matter(drawn: Drawn) -> None:
    tracer, findings = Tracer(drawn.network), drawn.findings
    order = np.random.default_rng(len(findings.household)).permutation(len(findings.household))
    mixed = replace(
        findings,
        **{name: getattr(findings, name)[order] for name in ("household", "cause", "status", "confidence", "severity")},
    )
    for place, rows in enumerate(drawn.rows):
        alone = findings_of(drawn.network, [rows], properties=[drawn.rules[place]])
        expected = tracer.trace(findings, place, max_chains=1000)
        assert tracer.trace(mixed, place, max_chains=1000) == expected
        assert tracer.trace(alone, max_chains=1000) == expected
