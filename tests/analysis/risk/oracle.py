"""Risk and explanation by other ways than the engine's, from the definition: slow, and easy to check by eye.

`Household` is one household as plain values. `enumerated` goes through all 2^n states of a network. `swept` goes
through the nodes, causes first, and keeps the chance of every state of those that a later node still needs: it has the
conditional chances of the definition, no split of nodes, no order of summing found by the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from analysis.risk.network import RiskLink, RiskNetwork


@dataclass(frozen=True)
class Household:
    """What is found, by code: confidence, and severity; the causes closed; the property rules that hold.

    `helped`: what the measures that run multiply by, by the code of the cause or the id of the link.
    """

    confidence: Mapping[str, float] = field(default_factory=dict)
    severity: Mapping[str, float] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    helped: Mapping[str, float] = field(default_factory=dict)


def strength_of(link: RiskLink, household: Household) -> float:
    exponent = household.severity.get(link.from_code, 1.0)
    for item in link.amplifiers:
        if item.cause is not None and item.cause not in household.closed:
            weight = household.confidence.get(item.cause, 0.0) * household.severity.get(item.cause, 1.0)
            if item.factor > 1:
                weight *= household.helped.get(item.cause, 1.0)
            exponent *= 1 + (item.factor - 1) * weight
        if item.property_rule in household.rules:
            exponent *= item.factor
    return household.helped.get(link.link_id, 1.0) * (1.0 - float((1.0 - link.strength) ** exponent))


def chance_of(
    network: RiskNetwork, household: Household, code: str, active: Mapping[str, bool], *, leak_name: str
) -> float:
    """P(code active | its parents), the finding forced."""
    if code in household.closed:
        return 0.0
    node = network.nodes[network.position[code]]
    not_active = (1 - getattr(node, leak_name)) * (1 - household.confidence.get(code, 0.0))
    for link in network.links:
        if link.to_code == code and active[link.from_code]:
            not_active *= 1 - strength_of(link, household)
    return float(household.helped.get(code, 1.0) * (1 - not_active))


def enumerated(
    network: RiskNetwork, household: Household, *, leak_name: str, seen: Mapping[str, bool]
) -> tuple[float, dict[str, float]]:
    """Return P(seen), and P(code active and seen) of each code."""
    total, joint = 0.0, dict.fromkeys(network.codes, 0.0)
    for values in product((False, True), repeat=len(network.codes)):
        active = dict(zip(network.codes, values, strict=True))
        if any(active[code] != value for code, value in seen.items()):
            continue
        weight = 1.0
        for code in network.codes:
            chance = chance_of(network, household, code, active, leak_name=leak_name)
            weight *= chance if active[code] else 1 - chance
            if not weight:
                break
        total += weight
        for code in network.codes:
            joint[code] += weight * active[code]
    return total, joint


def swept(
    network: RiskNetwork, household: Household, *, leak_name: str, seen: Mapping[str, bool], kept: str
) -> tuple[float, float]:
    """Return P(seen), and P(kept active and seen)."""
    parents = {code: [link.from_code for link in network.links if link.to_code == code] for code in network.codes}
    order: list[str] = []
    for code in [kept, *seen]:
        _causes_first(parents, code, order)
    last_use = {code: max(order.index(end) for end in order if code in (*parents[end], end)) for code in order}
    live: list[str] = []
    chances: dict[tuple[bool, ...], float] = {(): 1.0}
    for turn, code in enumerate(order):
        stays = [place for place, other in enumerate(live) if last_use[other] > turn or other == kept]
        grown: dict[tuple[bool, ...], float] = {}
        code_stays = last_use[code] > turn or code == kept
        for state, weight in chances.items():
            active = dict(zip(live, state, strict=True))
            chance = chance_of(network, household, code, active, leak_name=leak_name)
            for value, factor in ((True, chance), (False, 1 - chance)):
                if factor and seen.get(code, value) == value:
                    left = (*(state[place] for place in stays), *((value,) if code_stays else ()))
                    grown[left] = grown.get(left, 0.0) + weight * factor
        live, chances = [*(live[place] for place in stays), *([code] if code_stays else [])], grown
    place = live.index(kept)
    return sum(chances.values()), sum(weight for state, weight in chances.items() if state[place])


def _causes_first(parents: Mapping[str, list[str]], code: str, order: list[str]) -> None:
    for parent in sorted(parents[code], key=lambda parent: -len(parents[parent])):
        if parent not in order:
            _causes_first(parents, parent, order)
    if code not in order:
        order.append(code)
