"""A graph of links with at most so many boxes: the smallest ones of a layer become one that says how many they are."""

from __future__ import annotations

from dataclasses import replace

from analysis.drawing.links_graph import LAST, LinksEdge, LinksGraph, LinksNode


def grouped(graph: LinksGraph, max_nodes: int) -> LinksGraph:
    """Return the graph with at most `max_nodes` boxes, but one for each layer at least.

    In each layer the boxes with most households stay. Households go where their cooperative goes.
    """
    room = max(max_nodes, 2 * (LAST + 1))
    if len(graph.nodes) <= room:
        return graph
    renamed = _renamed(graph, _kept(graph, room))
    result = LinksGraph()
    for node in graph.nodes.values():
        name = renamed.get(node.id, node.id)
        found = result.nodes.get(name)
        result.nodes[name] = _one_more(found, node, name) if name != node.id else node
    for edge in graph.edges.values():
        ends = renamed.get(edge.from_id, edge.from_id), renamed.get(edge.to_id, edge.to_id)
        result.edges[ends] = _joined(result.edges.get(ends), replace(edge, from_id=ends[0], to_id=ends[1]))
    return result


def _kept(graph: LinksGraph, room: int) -> list[int]:
    """Return how many boxes of each layer stay: those behind which no household stands go first."""
    layers = [_mergeable(graph, layer) for layer in range(LAST + 1)]
    full = [len(nodes) for nodes in layers]
    missing = sum(node.kind == "missing" for node in graph.nodes.values())
    kept = list(full)
    while missing + sum(count + (count < every) for count, every in zip(kept, full, strict=True)) > room:
        fullest = max(range(LAST + 1), key=lambda layer: (_is_idle(layers[layer], kept[layer]), kept[layer]))
        if not kept[fullest]:
            break
        kept[fullest] -= 1
        # The households of a cooperative and the cooperative go together.
        if fullest >= LAST - 1:
            other = LAST if fullest == LAST - 1 else LAST - 1
            kept[other] = min(kept[other], max(kept[fullest], 1))
    return kept


def _is_idle(nodes: list[LinksNode], kept: int) -> bool:
    return kept > 0 and nodes[kept - 1].weight == 0


def _mergeable(graph: LinksGraph, layer: int) -> list[LinksNode]:
    found = [node for node in graph.nodes.values() if node.layer == layer and node.kind != "missing"]
    return sorted(found, key=lambda node: (-node.weight, node.id))


def _renamed(graph: LinksGraph, kept: list[int]) -> dict[str, str]:
    renamed: dict[str, str] = {}
    for layer in range(LAST + 1):
        for node in _mergeable(graph, layer)[kept[layer] :]:
            renamed[node.id] = f"more/{layer}"
    for node in list(graph.nodes.values()):
        if node.kind == "Households" and f"Cooperative/{node.party_id}" in renamed:
            renamed[node.id] = f"more/{LAST}"
        elif node.kind == "Cooperative" and renamed.get(f"Households/{node.id}"):
            renamed[node.id] = f"more/{LAST - 1}"
    return renamed


def _one_more(found: LinksNode | None, node: LinksNode, name: str) -> LinksNode:
    counts = (node.household_count, node.without_help_count)
    if found is None:
        return replace(node, id=name, kind="more", party_id=node.kind, name=None, more_count=1, measures=())
    return replace(
        found,
        more_count=found.more_count + 1,
        weight=found.weight + node.weight,
        household_count=_sum(found.household_count, counts[0]),
        without_help_count=_sum(found.without_help_count, counts[1]),
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _joined(found: LinksEdge | None, edge: LinksEdge) -> LinksEdge:
    if found is None:
        return edge
    return replace(
        found,
        household_count=found.household_count + edge.household_count,
        # Among several links one that holds is enough to draw a whole line.
        missing=found.missing and edge.missing,
        contracts=(*found.contracts, *edge.contracts),
    )
