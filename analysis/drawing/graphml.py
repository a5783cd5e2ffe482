"""A graph as GraphML, as Gephi, yEd, Cytoscape and networkx read it."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from analysis.drawing.text_fit import writable


def graphml(graph: nx.DiGraph[str]) -> str:
    """Return the graph as GraphML; `networkx.parse_graphml` reads it back.

    Attributes must be text, numbers or flags. Characters that XML cannot hold are replaced.
    """
    clean: nx.DiGraph[str] = nx.DiGraph()
    clean.graph.update(_clean(graph.graph))
    for name, data in graph.nodes(data=True):
        clean.add_node(writable(name), **_clean(data))
    for start, end, data in graph.edges(data=True):
        clean.add_edge(writable(start), writable(end), **_clean(data))
    return "\n".join(nx.generate_graphml(clean)) + "\n"


def _clean(data: Mapping[str, object]) -> dict[str, object]:
    return {name: writable(value) if isinstance(value, str) else value for name, value in data.items()}
