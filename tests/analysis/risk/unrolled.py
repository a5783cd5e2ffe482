"""Risk over several periods from the definition: one large network with a copy of every node for each period.

A feedback link leads from the copy of its cause to the next period's copy of its effect. All states of all copies are
gone through, so it is slow, and knows nothing of chains of states.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from analysis.risk.network import RiskLink, RiskNetwork
from tests.analysis.risk.oracle import Household, chance_of


def unrolled_risks(
    network: RiskNetwork, household: Household, target: str, periods: int
) -> tuple[list[float], list[float]]:
    """Return P(target active) in each period, and at least once up to it."""
    large = _unrolled(network, periods)
    found = _copied(household, periods)
    # The copies of one period stand behind those of the period before, in the order of causes.
    active_in, once_by = [0.0] * periods, [0.0] * periods
    for values in product((False, True), repeat=len(large.codes)):
        active = dict(zip(large.codes, values, strict=True))
        weight = 1.0
        for code in large.codes:
            chance = chance_of(large, found, code, active, leak_name="risk_leak")
            weight *= chance if active[code] else 1 - chance
            if not weight:
                break
        is_once = False
        for period in range(periods):
            is_active = active[_copy(target, period)]
            is_once |= is_active
            active_in[period] += weight * is_active
            once_by[period] += weight * is_once
    return active_in, once_by


def _copy(code: str, period: int) -> str:
    return f"{code} in {period}"


def _unrolled(network: RiskNetwork, periods: int) -> RiskNetwork:
    nodes = [replace(node, code=_copy(node.code, period)) for period in range(periods) for node in network.nodes]
    links = [_moved(link, period, period) for period in range(periods) for link in network.links]
    links += [_moved(link, period, period + 1) for period in range(periods - 1) for link in network.feedback_links]
    return replace(
        network,
        nodes=tuple(nodes),
        links=tuple(links),
        feedback_links=(),
        position={node.code: place for place, node in enumerate(nodes)},
    )


def _moved(link: RiskLink, start: int, end: int) -> RiskLink:
    return replace(
        link,
        from_code=_copy(link.from_code, start),
        to_code=_copy(link.to_code, end),
        amplifiers=tuple(
            replace(item, cause=_copy(item.cause, end)) if item.cause is not None else item for item in link.amplifiers
        ),
    )


def _copied(household: Household, periods: int) -> Household:
    """The findings persist: each copy has its own."""
    spread = [(code, _copy(code, period)) for code in _named(household) for period in range(periods)]
    return Household(
        confidence={copy: household.confidence[code] for code, copy in spread if code in household.confidence},
        severity={copy: household.severity[code] for code, copy in spread if code in household.severity},
        closed=frozenset(copy for code, copy in spread if code in household.closed),
        rules=household.rules,
    )


def _named(household: Household) -> set[str]:
    return {*household.confidence, *household.severity, *household.closed}
