"""The network of causes as the vocabulary has it, kept in memory: small, and the same for every household.

It is for pictures and evidence: names, sources and grades. `analysis.risk.network` holds the same causes and links for
sums, checked and by place, and can come from a file or carry learned strengths.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from analysis.causes.parts import Amplification, CauseLink
from graph_schema import Schema
from graph_schema.meta import Cause, EvidenceRule, Feed, Indicator, Names


@dataclass(frozen=True)
class CauseNetwork:
    """The causes and links of one vocabulary.

    `graph`: an acyclic networkx graph; a node carries its `cause`, a link its `link`. The rest is the same, laid out
    for quick reading: `after` the links out of a cause, `order` causes before effects, `position` their place in the
    vocabulary, `feedback` the links left out of the graph, `amplifies` the links a cause makes stronger or weaker,
    `rules` what the observation of an indicator can raise, `from_areas` the causes that the observation of an area can
    raise at the households there.
    """

    graph: nx.DiGraph[str]
    causes: Mapping[str, Cause]
    after: Mapping[str, tuple[CauseLink, ...]]
    order: tuple[str, ...]
    position: Mapping[str, int]
    feedback: tuple[CauseLink, ...]
    amplifies: Mapping[str, tuple[Amplification, ...]]
    rules: Mapping[str, tuple[EvidenceRule, ...]]
    indicators: Mapping[str, Indicator]
    feeds: Mapping[str, Feed]
    units: Mapping[str, Names]
    shock_kinds: Mapping[str, Names]
    from_areas: frozenset[str]
    sensitive: frozenset[str]
    sensitive_indicators: frozenset[str]
    states: frozenset[str]


def cause_network(schema: Schema) -> CauseNetwork:
    """Return the network of a vocabulary. Build it once and pass it to each question that needs it."""
    links = [_cause_link(schema, link_id) for link_id in schema.links]
    graph = cause_graph_of(schema.causes, (link for link in links if not link.is_feedback))
    return CauseNetwork(
        graph=graph,
        causes=schema.causes,
        after={
            code: tuple(sorted((data["link"] for _, _, data in graph.out_edges(code, data=True)), key=_link_key))
            for code in graph
        },
        order=tuple(nx.lexicographical_topological_sort(graph)),
        position={code: index for index, code in enumerate(schema.causes)},
        feedback=tuple(sorted((link for link in links if link.is_feedback), key=_link_key)),
        amplifies={code: _amplifications(schema, code) for code in schema.causes},
        rules={code: indicator.raises for code, indicator in schema.indicators.items()},
        indicators=schema.indicators,
        feeds=schema.feeds,
        units=schema.units,
        shock_kinds={code.code: code.label for code in schema.code_list("shock_kind").codes},
        from_areas=frozenset(
            rule.cause
            for indicator in schema.indicators.values()
            if indicator.scope != "household"
            for rule in indicator.raises
        ),
        sensitive=frozenset(code for code, cause in schema.causes.items() if cause.is_sensitive),
        sensitive_indicators=frozenset(code for code, entry in schema.indicators.items() if entry.is_sensitive),
        states=frozenset(code for code, cause in schema.causes.items() if cause.cause_kind == "state"),
    )


def cause_graph_of(causes: Mapping[str, Cause], links: Iterable[CauseLink]) -> nx.DiGraph[str]:
    """Return causes and links as a networkx graph: `cause` on each node, `link` on each link."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for code, cause in causes.items():
        graph.add_node(code, cause=cause)
    for link in links:
        graph.add_edge(link.from_code, link.to_code, link=link)
    return graph


def _cause_link(schema: Schema, link_id: str) -> CauseLink:
    link = schema.links[link_id]
    return CauseLink(
        link_id=link.link_id,
        from_code=link.from_cause,
        to_code=link.to_cause,
        strength=link.strength,
        is_definition=link.is_definition,
        lag_days=link.lag_days,
        is_feedback=link.is_feedback,
        evidence_grade=link.evidence_grade,
        sources=link.sources,
        opposing_sources=link.opposing_sources,
    )


def _amplifications(schema: Schema, code: str) -> tuple[Amplification, ...]:
    return tuple(
        Amplification(link_id=link_id, factor=amplifier.factor)
        for link_id in sorted(schema.links)
        for amplifier in schema.links[link_id].amplified_by
        if amplifier.cause == code
    )


def _link_key(link: CauseLink) -> str:
    return link.link_id
