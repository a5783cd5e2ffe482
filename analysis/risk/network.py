"""The network of causes that risk is computed on, checked: from the vocabulary, or from parts that a file gave.

It is for sums: places in arrays, links that act within the year. `analysis.causes.network` holds the same causes and
links for pictures and evidence: names, sources and grades.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from analysis.errors import QuestionError
from graph_schema import Schema

# Risk is the chance within 12 months: a link that takes longer counts in traces and not in risk.
RISK_HORIZON_DAYS = 365


@dataclass(frozen=True)
class RiskNode:
    """A cause or a state.

    `leak`: chance that it is active within a year though nothing is observed; the prior of explanation. `risk_leak`:
    the same for risk. Both at least 0 and below 1. `is_state`: an end that causes lead to, as against a cause.
    """

    code: str
    leak: float = 0.0
    risk_leak: float = 0.0
    is_state: bool = False


@dataclass(frozen=True)
class RiskAmplifier:
    """What multiplies the exponent of a link: a finding of `cause`, or the household's `property` rule that holds."""

    factor: float
    cause: str | None = None
    property_rule: str | None = None


@dataclass(frozen=True)
class RiskLink:
    """One cause leading to another with a strength in (0, 1]: the chance within 12 months if nothing is done."""

    link_id: str
    from_code: str
    to_code: str
    strength: float
    lag_days: int = 0
    is_feedback: bool = False
    amplifiers: tuple[RiskAmplifier, ...] = ()


@dataclass(frozen=True)
class RiskNetwork:
    """A checked network.

    `links` act within the year and form no circle. `slow_links` take longer, `feedback_links` act only into the next
    period: neither counts in risk. `property_rules`: the rules on a household's properties that amplify a link, in
    the order in which findings give their flags. `default_target`: the state whose risk is meant when none is named.
    """

    nodes: tuple[RiskNode, ...]
    links: tuple[RiskLink, ...]
    slow_links: tuple[RiskLink, ...]
    feedback_links: tuple[RiskLink, ...]
    property_rules: tuple[str, ...]
    position: dict[str, int]
    default_target: str | None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of causes and states in their order."""
        return tuple(node.code for node in self.nodes)

    @property
    def states(self) -> tuple[str, ...]:
        """Return the codes of the states in their order."""
        return tuple(node.code for node in self.nodes if node.is_state)

    def node_position(self, code: str) -> int:
        """Return the place of a code. Raises QuestionError when the network has no such code."""
        if code not in self.position:
            raise QuestionError("risk_unknown_code", cause=code)
        return self.position[code]


def network_of_schema(schema: Schema) -> RiskNetwork:
    """Return the network of the vocabulary (causes.yaml, links.yaml). Raises QuestionError for the first fault."""
    nodes = [
        RiskNode(cause.code, leak=cause.leak, risk_leak=cause.risk_leak, is_state=cause.cause_kind == "state")
        for cause in schema.causes.values()
    ]
    links = [
        RiskLink(
            link_id=link.link_id,
            from_code=link.from_cause,
            to_code=link.to_cause,
            strength=link.strength,
            lag_days=link.lag_days,
            is_feedback=link.is_feedback,
            amplifiers=tuple(
                RiskAmplifier(
                    factor=item.factor,
                    cause=item.cause,
                    property_rule=None if item.cause else f"{item.reads} {item.rule}",
                )
                for item in link.amplified_by
            ),
        )
        for link in schema.links.values()
    ]
    return checked_network(nodes, links)


def checked_network(nodes: Sequence[RiskNode], links: Sequence[RiskLink]) -> RiskNetwork:
    """Return the network of nodes and links. Raises QuestionError, naming the link, for the first fault."""
    position = _positions(nodes)
    _check_links(position, links)
    onward = [link for link in links if not link.is_feedback]
    _check_circles(onward)
    _check_reach(nodes, onward, links)
    states = [node.code for node in nodes if node.is_state]
    left = {link.from_code for link in onward}
    last = [code for code in states if code not in left]
    return RiskNetwork(
        nodes=tuple(nodes),
        links=tuple(link for link in onward if link.lag_days <= RISK_HORIZON_DAYS),
        slow_links=tuple(link for link in onward if link.lag_days > RISK_HORIZON_DAYS),
        feedback_links=tuple(link for link in links if link.is_feedback),
        property_rules=tuple(
            dict.fromkeys(item.property_rule for link in links for item in link.amplifiers if item.property_rule)
        ),
        position=position,
        default_target=last[0] if len(last) == 1 else None,
    )


def _positions(nodes: Sequence[RiskNode]) -> dict[str, int]:
    position: dict[str, int] = {}
    for index, node in enumerate(nodes):
        if node.code in position:
            raise QuestionError("risk_code_twice", cause=node.code)
        for name in ("leak", "risk_leak"):
            if not 0 <= getattr(node, name) < 1:
                raise QuestionError("risk_wrong_leak", cause=node.code, name=name, value=getattr(node, name))
        position[node.code] = index
    return position


def _check_links(position: dict[str, int], links: Sequence[RiskLink]) -> None:
    ids: set[str] = set()
    joined: dict[tuple[str, str], str] = {}
    for link in links:
        if link.link_id in ids:
            raise QuestionError("risk_link_twice", link=link.link_id)
        ids.add(link.link_id)
        amplifying = [item.cause for item in link.amplifiers if item.cause is not None]
        for code in (link.from_code, link.to_code, *amplifying):
            if code not in position:
                raise QuestionError("risk_link_unknown_code", link=link.link_id, cause=code)
        other = joined.setdefault((link.from_code, link.to_code), link.link_id)
        if other != link.link_id:
            raise QuestionError("risk_links_alike", link=link.link_id, other=other)
        if not 0 < link.strength <= 1:
            raise QuestionError("risk_wrong_strength", link=link.link_id, value=link.strength)
        for item in link.amplifiers:
            if not 0 < item.factor < float("inf"):
                raise QuestionError("risk_wrong_factor", link=link.link_id, value=item.factor)
            if (item.cause is None) == (item.property_rule is None):
                raise QuestionError("risk_unclear_amplifier", link=link.link_id)


def _check_circles(onward: Sequence[RiskLink]) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for link in onward:
        graph.add_edge(link.from_code, link.to_code, link_id=link.link_id)
    try:
        circle = nx.find_cycle(graph)
    except nx.NetworkXNoCycle:
        return
    codes = [circle[0][0], *(step[1] for step in circle)]
    last = graph.edges[circle[-1][0], circle[-1][1]]["link_id"]
    raise QuestionError("risk_circle", link=last, circle=" -> ".join(codes))


def _check_reach(nodes: Sequence[RiskNode], onward: Sequence[RiskLink], links: Sequence[RiskLink]) -> None:
    useful = {node.code for node in nodes if node.is_state}
    if not useful:
        raise QuestionError("risk_no_state")
    before: dict[str, list[str]] = {}
    for link in onward:
        before.setdefault(link.to_code, []).append(link.from_code)
    waiting = list(useful)
    for code in waiting:
        fresh = [start for start in before.get(code, ()) if start not in useful]
        useful.update(fresh)
        waiting.extend(dict.fromkeys(fresh))
    useful.update(item.cause for link in links for item in link.amplifiers if item.cause is not None)
    for node in nodes:
        if node.code not in useful:
            raise QuestionError("risk_leads_nowhere", cause=node.code)
