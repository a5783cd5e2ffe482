"""The cause graph put together: which causes and links are shown, and how many stay hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass

from analysis.causes.chains import states_reached, strongest_chains
from analysis.causes.findings import HouseholdFindings
from analysis.causes.network import CauseNetwork
from analysis.causes.parts import (
    CauseLink,
    CauseNode,
    Chain,
    EndedFinding,
    Finding,
    HouseholdCounts,
    StateReached,
)
from analysis.causes.reach import Reach, reached


@dataclass(frozen=True)
class CauseGraph:
    """All parts of a cause graph. `hidden_count`: sensitive causes that it would show to someone who may see them."""

    nodes: tuple[CauseNode, ...]
    links: tuple[CauseLink, ...]
    feedback_links: tuple[CauseLink, ...]
    states: tuple[StateReached, ...]
    chains: tuple[Chain, ...] = ()
    is_capped: bool = False
    ended: tuple[EndedFinding, ...] = ()
    hidden_count: int = 0


def household_graph(
    network: CauseNetwork, findings: HouseholdFindings, *, show_sensitive: bool, max_chains: int
) -> CauseGraph:
    """Return the cause graph of one household.

    Open findings are followed to what they lead to. A refuted cause is shown and not gone through; a refuted state can
    still come about, so it is. An ended finding is listed.
    """
    hidden = frozenset() if show_sensitive else network.sensitive
    closed = findings.refuted.keys() - network.states
    reach = reached(network, findings.opened, closed=closed, hidden=hidden)
    known = {**findings.refuted, **findings.opened}
    shown = reach.codes | (findings.refuted.keys() - hidden)
    opened = {code: finding.confidence for code, finding in findings.opened.items() if code not in hidden}
    chains = strongest_chains(network, reach, confidences=opened, max_chains=max_chains)
    return CauseGraph(
        nodes=_nodes(network, reach, shown=shown, findings=known, counts=None),
        links=reach.links,
        feedback_links=_feedback(network, reach),
        states=states_reached(network, reach, chains=chains.chains, findings=opened.keys()),
        chains=chains.chains,
        is_capped=chains.is_capped,
        ended=tuple(
            EndedFinding(code=code, name_en=cause.label.en, name_zh=cause.label.zh, finding=findings.ended[code])
            for code in _in_order(network, findings.ended.keys() - hidden)
            for cause in [network.causes[code]]
        ),
        hidden_count=_hidden_count(network, hidden, findings.opened, closed, known.keys() | findings.ended.keys()),
    )


def area_graph(network: CauseNetwork, counts: Mapping[str, tuple[int, int]], *, show_sensitive: bool) -> CauseGraph:
    """Return the cause graph of an area: causes with households confirmed and suspected, and what can follow."""
    hidden = frozenset() if show_sensitive else network.sensitive
    starts = counts.keys() & network.causes.keys()
    reach = reached(network, starts, closed=frozenset(), hidden=hidden)
    return CauseGraph(
        nodes=_nodes(network, reach, shown=reach.codes, findings={}, counts=counts),
        links=reach.links,
        feedback_links=_feedback(network, reach),
        states=states_reached(network, reach, chains=(), findings=frozenset()),
        hidden_count=_hidden_count(network, hidden, starts, frozenset(), starts),
    )


def _nodes(
    network: CauseNetwork,
    reach: Reach,
    *,
    shown: Collection[str],
    findings: Mapping[str, Finding],
    counts: Mapping[str, tuple[int, int]] | None,
) -> tuple[CauseNode, ...]:
    link_ids = {link.link_id for link in reach.links}
    nodes = []
    for code in _in_order(network, shown):
        cause = network.causes[code]
        finding = findings.get(code)
        households = None if counts is None else _counts(*counts.get(code, (0, 0)))
        is_present = code in (counts or {}) or (finding is not None and finding.status != "refuted")
        nodes.append(
            CauseNode(
                code=code,
                name_en=cause.label.en,
                name_zh=cause.label.zh,
                dimension=cause.dimension,
                cause_kind=cause.cause_kind,
                is_sensitive=cause.is_sensitive,
                is_reached=code in reach.codes,
                finding=finding,
                households=households,
                amplifies=tuple(each for each in network.amplifies[code] if each.link_id in link_ids)
                if is_present
                else (),
            )
        )
    return tuple(nodes)


def _counts(confirmed: int, suspected: int) -> HouseholdCounts:
    return HouseholdCounts(confirmed=confirmed, suspected=suspected)


def _feedback(network: CauseNetwork, reach: Reach) -> tuple[CauseLink, ...]:
    return tuple(link for link in network.feedback if link.from_code in reach.codes and link.to_code in reach.codes)


def _hidden_count(
    network: CauseNetwork, hidden: Set[str], starts: Collection[str], closed: Set[str], known: Iterable[str]
) -> int:
    if not hidden:
        return 0
    everything = reached(network, starts, closed=closed).codes | set(known)
    return len(everything & hidden)


def _in_order(network: CauseNetwork, codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda code: network.position[code])
