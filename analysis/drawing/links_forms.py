"""The forms in which the links of help are handed on: SVG, HTML, node-link and GraphML. JSON is the answer itself."""

from __future__ import annotations

from typing import Literal

import networkx as nx

from analysis.drawing.graphml import graphml
from analysis.drawing.html import html
from analysis.drawing.links_graph import links_graph
from analysis.drawing.links_picture import SHOWN_NODES, Href, links_picture, nowhere
from analysis.drawing.node_link import node_link
from analysis.drawing.picture import MOST_NODES
from analysis.drawing.sankey import sankey_svg
from analysis.drawing.svg import svg
from analysis.questions.assistance_answer import AssistanceAnswer
from graph_schema.messages import Language

LinksDrawing = Literal["links", "flow"]


def links_svg(
    answer: AssistanceAnswer,
    language: Language,
    drawing: LinksDrawing = "links",
    *,
    href: Href = nowhere,
    max_nodes: int = SHOWN_NODES,
) -> str:
    """Return who is linked to whom as a layered drawing, or how many households stand behind each link as a flow."""
    if drawing == "flow":
        return sankey_svg(answer, language, href=href, id_prefix="flow")
    return svg(links_picture(answer, language, href=href, max_nodes=max_nodes), max_nodes=MOST_NODES, id_prefix="links")


def links_html(answer: AssistanceAnswer, language: Language, *, max_nodes: int = SHOWN_NODES) -> str:
    """Return one HTML file to send by mail. Raises QuestionError("needs_extra") without pyvis."""
    return html(links_picture(answer, language, max_nodes=max_nodes), max_nodes=MOST_NODES)


def links_node_link(answer: AssistanceAnswer) -> dict[str, object]:
    """Return the node-link form of `links_as_networkx`."""
    return node_link(links_as_networkx(answer))


def links_graphml(answer: AssistanceAnswer) -> str:
    """Return the GraphML of `links_as_networkx`."""
    return graphml(links_as_networkx(answer))


def links_as_networkx(answer: AssistanceAnswer) -> nx.DiGraph[str]:
    """Return the chains of the answer as networkx; what is unknown is absent.

    On the graph: version, the filters, day, is_made_up. On a node: kind, name, layer (0 government to 4 households),
    household_count and without_help_count from the cooperative on. On a link: household_count, is_missing, and which
    link is missing, or the contracts.
    """
    asked = answer.asked
    graph: nx.DiGraph[str] = nx.DiGraph(
        version=answer.version, as_of=answer.as_of.isoformat(), is_made_up=answer.is_made_up
    )
    for found in (asked.area, asked.programme, asked.measure, asked.cause):
        if found is not None:
            graph.graph[found.kind.lower()] = found.id
    if asked.help is not None:
        graph.graph["help"] = asked.help
    found_graph = links_graph(answer.chains.rows)
    for node in found_graph.nodes.values():
        told = {
            "kind": node.kind,
            "party_id": node.party_id,
            "name": node.name,
            "layer": node.layer,
            "household_count": node.household_count,
            "without_help_count": node.without_help_count,
        }
        graph.add_node(node.id, **{name: value for name, value in told.items() if value not in (None, "")})
    for edge in found_graph.edges.values():
        told_edge = {
            "household_count": edge.household_count,
            "is_missing": edge.missing is not None,
            "missing": edge.missing,
            "contracts": ",".join(edge.contracts),
        }
        graph.add_edge(
            edge.from_id, edge.to_id, **{name: value for name, value in told_edge.items() if value not in (None, "")}
        )
    return graph
