from __future__ import annotations

import json

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.drawing.graphml import graphml
from analysis.drawing.node_link import node_link

# What XML can hold; a line end may come back as another one.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=12
)
VALUES = st.one_of(
    TEXTS, st.booleans(), st.integers(-(2**31), 2**31 - 1), st.floats(allow_nan=False, allow_infinity=False)
)
NAMES = st.sampled_from(["name", "strength", "is_sensitive", "evidence_json"])
GRAPHS = st.builds(
    lambda nodes, links: (nodes, links),
    st.dictionaries(TEXTS.filter(str.strip), st.dictionaries(NAMES, TEXTS), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.dictionaries(NAMES, VALUES)), max_size=8),
).map(
    lambda parts: graph_of(*parts),
)


def graph_of(nodes: dict[str, dict[str, str]], links: list[tuple[int, int, dict[str, object]]]) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    names = list(nodes)
    for name, texts in nodes.items():
        graph.add_node(name, **texts)
    for start, end, data in links:
        graph.add_edge(names[start % len(names)], names[end % len(names)], **data)
    return graph


@given(GRAPHS)
@settings(deadline=None)
def test_node_link_is_read_back_with_the_same_nodes_and_links(graph: nx.DiGraph[str]) -> None:
    back = nx.node_link_graph(json.loads(json.dumps(node_link(graph))), edges="edges")
    assert sorted(back.nodes(data=True), key=str) == sorted(graph.nodes(data=True), key=str)
    assert sorted(back.edges(data=True), key=str) == sorted(graph.edges(data=True), key=str)


@given(GRAPHS)
@settings(deadline=None)
def test_graphml_is_read_back_with_the_same_nodes_and_links(graph: nx.DiGraph[str]) -> None:
    back = nx.parse_graphml(graphml(graph))
    assert sorted(back.nodes(data=True), key=str) == sorted(graph.nodes(data=True), key=str)
    assert sorted(back.edges(data=True), key=str) == sorted(graph.edges(data=True), key=str)


def test_a_character_that_xml_cannot_hold_is_replaced() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("M03", answer="a\x00b")
    assert nx.parse_graphml(graphml(graph)).nodes["M03"]["answer"] == "a\ufffdb"
