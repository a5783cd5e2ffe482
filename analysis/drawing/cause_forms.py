"""The forms in which a cause graph is handed on: SVG, HTML, node-link and GraphML. JSON is the answer itself."""

from __future__ import annotations

import json
from collections.abc import Callable

import networkx as nx

from analysis.causes.parts import CauseNode, Finding
from analysis.drawing.cause_picture import cause_picture
from analysis.drawing.graphml import graphml
from analysis.drawing.html import html
from analysis.drawing.layout import Box, layered
from analysis.drawing.node_link import node_link
from analysis.drawing.svg import svg
from analysis.questions.cause_graph import CauseGraphAnswer
from graph_schema.messages import Language


def cause_graph_svg(
    answer: CauseGraphAnswer,
    language: Language,
    *,
    max_nodes: int = 60,
    id_prefix: str = "causes",
    address_of: Callable[[str], str] | None = None,
) -> str:
    """Return the drawing of a cause graph, at most `max_nodes` boxes of it, links where `address_of` is given."""
    picture = cause_picture(answer, language, address_of=address_of)
    return svg(picture, max_nodes=max_nodes, id_prefix=id_prefix)


def cause_graph_html(answer: CauseGraphAnswer, language: Language, *, max_nodes: int = 60) -> str:
    """Return one HTML file to send by mail. Raises QuestionError("needs_extra") without pyvis."""
    return html(cause_picture(answer, language), max_nodes=max_nodes)


def cause_graph_node_link(answer: CauseGraphAnswer) -> dict[str, object]:
    """Return the node-link form of `cause_graph_as_networkx`."""
    return node_link(cause_graph_as_networkx(answer))


def cause_graph_graphml(answer: CauseGraphAnswer) -> str:
    """Return the GraphML of `cause_graph_as_networkx`."""
    return graphml(cause_graph_as_networkx(answer))


def cause_graph_as_networkx(answer: CauseGraphAnswer) -> nx.DiGraph[str]:
    """Return the cause graph as networkx: causes, states and links with plain attributes; what is unknown is absent.

    On the graph: version, kind and id of the subject, day, is_made_up, hidden_count. On a node: names, dimension,
    cause_kind, the finding or the counts, `evidence_json`, and x and y as in the drawing. On a link: link_id, strength,
    lag_days, is_feedback, evidence_grade, sources and opposing_sources joined by commas.
    """
    graph: nx.DiGraph[str] = nx.DiGraph(
        version=answer.version,
        subject_kind=answer.asked.kind,
        subject_id=answer.asked.id,
        as_of=answer.as_of.isoformat(),
        is_made_up=answer.is_made_up,
        hidden_count=answer.hidden_count,
    )
    placed = layered(
        [node.code for node in answer.nodes], [(link.from_code, link.to_code) for link in answer.links], box=Box()
    )
    for node in answer.nodes:
        across, down = placed.centres[node.code]
        graph.add_node(node.code, **_node_attributes(node), x=round(across, 1), y=round(down, 1))
    for link in (*answer.links, *answer.feedback_links):
        graph.add_edge(
            link.from_code,
            link.to_code,
            link_id=link.link_id,
            strength=link.strength,
            is_definition=link.is_definition,
            lag_days=link.lag_days,
            is_feedback=link.is_feedback,
            evidence_grade=link.evidence_grade,
            sources=",".join(link.sources),
            opposing_sources=",".join(link.opposing_sources),
        )
    return graph


def _node_attributes(node: CauseNode) -> dict[str, object]:
    found: dict[str, object] = {
        "name_en": node.name_en,
        "name_zh": node.name_zh,
        "dimension": node.dimension,
        "cause_kind": node.cause_kind,
        "is_sensitive": node.is_sensitive,
        "is_reached": node.is_reached,
    }
    if node.finding is not None:
        found.update(_finding_attributes(node.finding))
    if node.households is not None:
        found["confirmed_count"] = node.households.confirmed
        found["suspected_count"] = node.households.suspected
    return found


def _finding_attributes(finding: Finding) -> dict[str, object]:
    evidence = [entry.model_dump(mode="json") for entry in (*finding.evidence, *finding.shocks)]
    return {
        "status": finding.status,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "onset_on": finding.onset_on.isoformat(),
        "evidence_json": json.dumps(evidence, ensure_ascii=False, sort_keys=True),
    }
