"""What differs between two moments of one household: findings, rules on properties, help, and the network."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from analysis.errors import QuestionError
from analysis.risk.kept_parts import KeptFinding, KeptParts
from analysis.risk.network import RiskLink, RiskNetwork

Kind = Literal["finding", "policy", "property", "help", "strength", "leak", "structure"]
OF_NETWORK: tuple[Kind, ...] = ("strength", "leak", "structure")
How = Literal["added", "ended", "changed"]
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class RiskMoment:
    """What the risk of a household rests on at one moment: the network with the id of its version, and its parts."""

    network: RiskNetwork
    version: str
    parts: KeptParts


@dataclass(frozen=True)
class Change:
    """One thing that changed.

    `kind`: a finding; a finding that is there, or gone, only because a threshold of the policy changed; whether a rule
    on a property holds; a measure that runs; the strength of a link (with its severity rules and amplifiers); the leak
    of a state; or which links act at all within the year. `what`: the code of the cause, the rule, the code of the
    measure, the id of the link, the code of the state; empty for `structure`. `before`, `after`: in words of the data
    (`confirmed 0.8`, `0.4`), None where there is nothing.
    """

    kind: Kind
    what: str
    how: How
    before: str | None
    after: str | None


def changes_between(then: RiskMoment, now: RiskMoment, *, by_policy: Collection[str] = ()) -> tuple[Change, ...]:
    """Return what changed, in a fixed order: findings by code, rules, help, links, leaks, structure.

    `by_policy`: codes of causes whose finding came or went only because a threshold changed; where that cannot be told,
    it is a change of a finding.
    """
    found: list[Change] = []
    befores, afters = (_findings(moment) for moment in (then, now))
    for cause, before, after in _different(befores, afters):
        kind: Kind = "policy" if cause in by_policy else "finding"
        found.append(_change(kind, cause, before, after, _finding_text))
    for rule, before_rule, after_rule in _different(_present(then.parts.rules), _present(now.parts.rules)):
        found.append(_change("property", rule, before_rule, after_rule, str))
    for code, before_help, after_help in _different(_present(then.parts.running), _present(now.parts.running)):
        found.append(_change("help", code, before_help, after_help, str))
    return (*found, *_network_changes(then.network, now.network))


def network_after(then: RiskNetwork, now: RiskNetwork, *, is_new_structure: bool, is_new_numbers: bool) -> RiskNetwork:
    """Return a network with the links that acted then, or act now, and with the strengths and leaks of then or now.

    A link or node that only one of them has keeps its own. Nodes are those of both, and links of one structure stand in
    one order, so that rows of tables can be put together from several of these networks.
    """
    others = {link.link_id: link for link in (then if is_new_structure else now).links}
    links = []
    for link in (now if is_new_structure else then).links:
        other = others.get(link.link_id)
        has_other = other is not None and _joins(link) == _joins(other) and is_new_structure != is_new_numbers
        links.append(other if has_other and other is not None else link)
    leaks = {node.code: node.risk_leak for node in (now if is_new_numbers else then).nodes}
    before = {node.code: node for node in (*now.nodes, *then.nodes)}
    codes = tuple(dict.fromkeys((*then.codes, *now.codes)))
    return RiskNetwork(
        nodes=tuple(replace(before[code], risk_leak=leaks.get(code, 0.0)) for code in codes),
        links=tuple(links),
        slow_links=(),
        feedback_links=(),
        property_rules=rules_of(then, now),
        position={code: place for place, code in enumerate(codes)},
        default_target=now.default_target,
    )


def checked_moments(then: RiskMoment, now: RiskMoment) -> None:
    """Raise QuestionError where a part of a moment is not known in its network."""
    for moment in (then, now):
        for finding in moment.parts.findings:
            moment.network.node_position(finding.cause)
        for rule in moment.parts.rules:
            if rule not in moment.network.property_rules:
                raise QuestionError("risk_unknown_rule", rule=rule)


def rules_of(then: RiskNetwork, now: RiskNetwork) -> tuple[str, ...]:
    """Return the property rules of both networks."""
    return tuple(dict.fromkeys((*then.property_rules, *now.property_rules)))


def _network_changes(then: RiskNetwork, now: RiskNetwork) -> Iterable[Change]:
    befores, afters = ({link.link_id: link for link in network.links} for network in (then, now))
    kept = [
        (before, afters[link_id])
        for link_id, before in befores.items()
        if link_id in afters and _joins(before) == _joins(afters[link_id])
    ]
    for before, after in sorted(kept, key=lambda pair: pair[0].link_id):
        if (before.strength, before.amplifiers) != (after.strength, after.amplifiers):
            yield Change("strength", before.link_id, "changed", f"{before.strength:g}", f"{after.strength:g}")
    leaks = [{node.code: node.risk_leak for node in network.nodes} for network in (then, now)]
    for code in sorted({*leaks[0], *leaks[1]}):
        old, new = leaks[0].get(code, 0.0), leaks[1].get(code, 0.0)
        if old != new:
            yield Change("leak", code, "changed", f"{old:g}", f"{new:g}")
    if {_joins(link) for link in then.links} != {_joins(link) for link in now.links}:
        yield Change("structure", "", "changed", None, None)


def _joins(link: RiskLink) -> tuple[str, str, str]:
    return link.link_id, link.from_code, link.to_code


def _findings(moment: RiskMoment) -> dict[str, tuple[KeptFinding, ...]]:
    """Return the findings by cause, as they count: a confirmed one has confidence 1 whatever was written."""
    found: dict[str, tuple[KeptFinding, ...]] = {}
    for finding in moment.parts.findings:
        counted = replace(finding, confidence=1.0) if finding.status == "confirmed" else finding
        found[finding.cause] = tuple(sorted((*found.get(finding.cause, ()), counted), key=repr))
    return found


def _present(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}


def _different(
    before: dict[str, _Value], after: dict[str, _Value]
) -> Iterable[tuple[str, _Value | None, _Value | None]]:
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield key, before.get(key), after.get(key)


def _change(
    kind: Kind, what: str, before: _Value | None, after: _Value | None, words: Callable[[_Value], str]
) -> Change:
    how: How = "added" if before is None else "ended" if after is None else "changed"
    old, new = (None if value is None else words(value) for value in (before, after))
    return Change(kind, what, how, old, new)


def _finding_text(findings: tuple[KeptFinding, ...]) -> str:
    return "; ".join(f"{each.status} {each.confidence:g} {each.severity:g}" for each in findings)
