"""Whatever changed, the parts of a change of risk sum to it, and each is the mean over all orders of the changes."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.risk.change import RiskChange, change_of
from analysis.risk.change_states import Change, RiskMoment
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import findings_of
from analysis.risk.kept_parts import KeptFinding, KeptParts
from analysis.risk.network import checked_network
from tests.analysis.risk.drawn import RULE, SHARES, networks


def shares(change: RiskChange) -> dict[tuple[str, str], float]:
    return {(part.changes[0].kind, part.changes[0].what): part.share for part in change.parts}


@st.composite
def pairs(draw: st.DrawFn) -> tuple[RiskMoment, RiskMoment]:
    """Two moments of one household: findings, a rule and up to two strengths may have changed, and a leak."""
    network = draw(networks(5))
    chosen = draw(st.sets(st.sampled_from([link.link_id for link in network.links]), max_size=2))
    links = [
        replace(link, strength=draw(st.sampled_from([0.3, 0.9]))) if link.link_id in chosen else link
        for link in network.links
    ]
    leak = draw(st.sampled_from([0.005, 0.02]))
    nodes = [replace(node, risk_leak=leak) if node.is_state else node for node in network.nodes]
    later = checked_network(nodes, links)
    finding = st.builds(
        KeptFinding,
        st.sampled_from(network.codes),
        st.sampled_from(["suspected", "confirmed", "refuted"]),
        SHARES,
        SHARES,
    )
    some = st.lists(finding, max_size=3, unique_by=lambda each: each.cause).map(tuple)
    rules: list[tuple[str, ...]] = []
    for _ in range(2):
        holds = draw(st.booleans())
        rules.append((RULE,) if holds and network.property_rules else ())
    return (
        RiskMoment(network, "v1", KeptParts(draw(some), rules[0])),
        RiskMoment(later, "v2", KeptParts(draw(some), rules[1])),
    )


def risk_of(moment: RiskMoment, target: str) -> float:
    rows = [
        [
            {"cause": f.cause, "status": f.status, "confidence": f.confidence, "severity": f.severity}
            for f in moment.parts.findings
        ]
    ]
    findings = findings_of(moment.network, rows, properties=[list(moment.parts.rules)])
    return float(RiskEngine(moment.network).risk(findings, target)[0])


def applied(moment: RiskMoment, now: RiskMoment, change: Change) -> RiskMoment:
    """Return the moment after one change has happened, made without the code under test."""
    network, parts = moment.network, moment.parts
    if change.kind == "finding":
        kept = [each for each in parts.findings if each.cause != change.what]
        kept += [each for each in now.parts.findings if each.cause == change.what]
        return replace(moment, parts=replace(parts, findings=tuple(kept)))
    if change.kind == "property":
        return replace(moment, parts=replace(parts, rules=now.parts.rules))
    if change.kind == "leak":
        leak = next(node.risk_leak for node in now.network.nodes if node.code == change.what)
        nodes = [replace(node, risk_leak=leak) if node.code == change.what else node for node in network.nodes]
        return replace(moment, network=checked_network(nodes, network.links))
    strength = next(link.strength for link in now.network.links if link.link_id == change.what)
    links = [replace(link, strength=strength) if link.link_id == change.what else link for link in network.links]
    return replace(moment, network=checked_network(network.nodes, links))


@settings(deadline=None, max_examples=30)
@given(pairs())
def test_the_parts_sum_to_the_difference_of_the_two_risks(pair: tuple[RiskMoment, RiskMoment]) -> None:
    then, now = pair
    target = then.network.states[0]
    change = change_of(then, now, target=target)

    assert change.then == pytest.approx(risk_of(then, target), abs=1e-9)
    assert change.now == pytest.approx(risk_of(now, target), abs=1e-9)
    assert sum(part.share for part in change.parts) == pytest.approx(change.now - change.then, abs=1e-9)


@settings(deadline=None, max_examples=30)
@given(pairs())
def test_going_back_in_time_turns_every_part_round(pair: tuple[RiskMoment, RiskMoment]) -> None:
    then, now = pair
    target = then.network.states[0]
    there, back = shares(change_of(then, now, target=target)), shares(change_of(now, then, target=target))

    assert there.keys() == back.keys()
    assert list(there.values()) == pytest.approx([-back[key] for key in there], abs=1e-9)


@settings(deadline=None, max_examples=20)
@given(pairs())
def test_nothing_changed_means_no_parts(pair: tuple[RiskMoment, RiskMoment]) -> None:
    change = change_of(pair[0], pair[0], target=pair[0].network.states[0])

    assert (change.parts, change.is_grouped) == ((), False)
    assert change.now == change.then


@settings(deadline=None, max_examples=25)
@given(pairs())
def test_each_part_is_the_mean_over_all_orders_of_the_changes(pair: tuple[RiskMoment, RiskMoment]) -> None:
    then, now = pair
    target = then.network.states[0]
    parts = change_of(then, now, target=target).parts
    # Each order is walked through, so there must be few.
    assume(len(parts) <= 3)
    changes = [part.changes[0] for part in parts]
    added: dict[Change, list[float]] = {change: [] for change in changes}
    for order in permutations(changes):
        at = then
        for change in order:
            before, at = risk_of(at, target), applied(at, now, change)
            added[change].append(risk_of(at, target) - before)

    assert [part.share for part in parts] == pytest.approx(
        [float(np.mean(added[change])) for change in changes], abs=1e-9
    )
