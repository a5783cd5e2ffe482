"""A graph in networkx's node-link form, as a plain dictionary for JSON."""

from __future__ import annotations

import networkx as nx


def node_link(graph: nx.DiGraph[str]) -> dict[str, object]:
    """Return the node-link form, with the arrows under `edges`; `networkx.node_link_graph` reads it back."""
    return dict(nx.node_link_data(graph, edges="edges"))
