"""An explanation as a graph for other programs: node-link and GraphML. JSON is the answer itself."""

from __future__ import annotations

import networkx as nx

from analysis.drawing.graphml import graphml
from analysis.drawing.layout import Box, layered
from analysis.drawing.node_link import node_link
from analysis.questions.explain_answer import ExplainAnswer
from analysis.why.parts import FoundCause, WhyLink, WhyNode


def explain_node_link(answer: ExplainAnswer) -> dict[str, object]:
    """Return the node-link form of `explain_as_networkx`."""
    return node_link(explain_as_networkx(answer))


def explain_graphml(answer: ExplainAnswer) -> str:
    """Return the GraphML of `explain_as_networkx`."""
    return graphml(explain_as_networkx(answer))


def explain_as_networkx(answer: ExplainAnswer) -> nx.DiGraph[str]:
    """Return what is found and the links of its chains as networkx, with plain attributes; what is unknown is absent.

    On the graph: version, network_version, id of the household, day, is_made_up, hidden_count, the risks and the level.
    On a node: names, dimension, cause_kind, `chance` (findings forced) and `posterior` (given what was seen), the
    finding with what it adds, and x and y as in a drawing. On a link: the strength of the network and at the household,
    lag_days, evidence_grade, sources and opposing_sources joined by commas.
    """
    graph: nx.DiGraph[str] = nx.DiGraph(
        version=answer.version,
        network_version=answer.network_version,
        subject_kind=answer.asked.kind,
        subject_id=answer.asked.id,
        as_of=answer.as_of.isoformat(),
        is_made_up=answer.is_made_up,
        hidden_count=answer.hidden_count,
        risk=answer.risk,
        risk_with_help=answer.risk_with_help,
        leak_risk=answer.leak_risk,
        level=answer.level,
    )
    placed = layered(
        [node.code for node in answer.nodes], [(link.from_code, link.to_code) for link in answer.links], box=Box()
    )
    found = {each.code: each for each in answer.findings}
    for node in answer.nodes:
        across, down = placed.centres[node.code]
        graph.add_node(node.code, **_node_attributes(node, found.get(node.code)), x=round(across, 1), y=round(down, 1))
    for link in answer.links:
        graph.add_edge(link.from_code, link.to_code, **_link_attributes(link))
    return graph


def _node_attributes(node: WhyNode, found: FoundCause | None) -> dict[str, object]:
    told: dict[str, object] = {
        "name_en": node.name_en,
        "name_zh": node.name_zh,
        "dimension": node.dimension,
        "cause_kind": node.cause_kind,
        "is_sensitive": node.is_sensitive,
        "chance": node.chance,
        "posterior": node.posterior,
    }
    if found is not None:
        told |= {
            "status": found.status,
            "severity": found.severity,
            "confidence": found.confidence,
            "onset_on": found.since.isoformat() if found.since else None,
            "shapley": found.shapley,
            "drop": found.drop,
        }
    return {name: value for name, value in told.items() if value is not None}


def _link_attributes(link: WhyLink) -> dict[str, object]:
    told: dict[str, object] = {
        "link_id": link.link_id,
        "strength": link.strength,
        "household_strength": link.household_strength,
        "lag_days": link.lag_days,
        "acts_within_year": link.acts_within_year,
        "is_definition": link.is_definition,
        "evidence_grade": link.evidence_grade,
        "sources": ",".join(source.key for source in link.sources),
        "opposing_sources": ",".join(source.key for source in link.opposing_sources),
    }
    return {name: value for name, value in told.items() if value is not None}
