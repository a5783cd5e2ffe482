"""The chains of an answer to `assistance` as one graph: parties in fixed layers, and what is missing between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from analysis.assistance.parts import Party
from analysis.links.parts import TrunkChain

NodeKind = Literal["Agency", "Programme", "Enterprise", "Cooperative", "Households", "missing", "more"]
LAYERS: tuple[NodeKind, ...] = ("Agency", "Programme", "Enterprise", "Cooperative", "Households")
AGENCY, PROGRAMME, ENTERPRISE, COOPERATIVE, LAST = range(len(LAYERS))
# A missing link stands in the layer of the party that it would bring; a contract in that of whoever would sign it.
LAYER_OF_LINK = {
    "agency": AGENCY,
    "programme": PROGRAMME,
    "enterprise": ENTERPRISE,
    "cooperative": COOPERATIVE,
    "household": LAST,
}


@dataclass(frozen=True)
class LinksNode:
    """A party, the households behind a cooperative, or what is missing in a layer.

    `party_id`: id of the party, of the cooperative of households, or the missing link. `household_count` and
    `without_help_count`: of households behind it, None for a party further up: one household may stand behind several
    of its links. `weight` orders what is drawn first. `more_count`: how many boxes this one stands for.
    """

    id: str
    kind: NodeKind
    layer: int
    party_id: str
    name: str | None = None
    household_count: int | None = None
    without_help_count: int | None = None
    weight: int = 0
    measures: tuple[tuple[str, str], ...] = ()
    more_count: int = 0


@dataclass(frozen=True)
class LinksEdge:
    """A link between two boxes; `missing`: the link that is not there between them, None for one that holds."""

    from_id: str
    to_id: str
    household_count: int
    missing: str | None = None
    contracts: tuple[str, ...] = ()


@dataclass
class LinksGraph:
    """Boxes by id, and links by the ids of their ends."""

    nodes: dict[str, LinksNode] = field(default_factory=dict)
    edges: dict[tuple[str, str], LinksEdge] = field(default_factory=dict)

    def add(self, node: LinksNode) -> str:
        """Keep the box, or add to the one that is there, and return its id."""
        found = self.nodes.get(node.id)
        self.nodes[node.id] = node if found is None else replace(found, weight=max(found.weight, node.weight))
        return node.id

    def join(self, edge: LinksEdge) -> None:
        """Keep the link; one that holds takes the place of one that is missing between the same boxes."""
        key = (edge.from_id, edge.to_id)
        found = self.edges.get(key)
        if found is None or (found.missing and not edge.missing):
            self.edges[key] = edge
        elif found.missing == edge.missing:
            contracts = tuple(dict.fromkeys((*found.contracts, *edge.contracts)))
            # Several contracts lead to the same households.
            self.edges[key] = replace(
                found, contracts=contracts, household_count=max(found.household_count, edge.household_count)
            )


def links_graph(chains: Iterable[TrunkChain]) -> LinksGraph:
    """Return the parties of the chains, the links between them, and a box for what is missing at the ends."""
    graph = LinksGraph()
    for chain in chains:
        _add_chain(graph, chain)
    return graph


def _add_chain(graph: LinksGraph, chain: TrunkChain) -> None:
    parties = (chain.agency, chain.programme, chain.enterprise, chain.cooperative)
    placed = [
        (layer, graph.add(_party_node(party, layer, chain))) for layer, party in enumerate(parties) if party is not None
    ]
    if chain.household_count:
        placed.append((LAST, graph.add(_households_node(chain))))
    missing = _missing_layers(chain, placed[0][0] if placed else LAST)
    first = placed[0][0] if placed else LAST
    for layer, link in missing.items():
        # Between two parties a broken line is enough; at an end a box says what is missing.
        if layer < first or layer > placed[-1][0]:
            placed.append((layer, graph.add(_missing_node(link, layer, chain))))
    placed.sort()
    for (layer, from_id), (next_layer, to_id) in pairwise(placed):
        skipped = [missing[between] for between in range(layer, next_layer + 1) if between in missing]
        graph.join(
            LinksEdge(
                from_id,
                to_id,
                household_count=chain.household_count,
                missing=skipped[0] if skipped else None,
                contracts=(chain.contract.id,) if chain.contract and layer == ENTERPRISE else (),
            )
        )


def _missing_layers(chain: TrunkChain, first: int) -> dict[int, str]:
    layers: dict[int, str] = {}
    for link in chain.missing:
        # Without a cooperative behind it the enterprise lacks one to sign with, else the cooperative an enterprise.
        at_contract = COOPERATIVE if first <= ENTERPRISE else ENTERPRISE
        layers[LAYER_OF_LINK.get(link, at_contract)] = link
    return layers


def _party_node(party: Party, layer: int, chain: TrunkChain) -> LinksNode:
    is_cooperative = layer == COOPERATIVE
    measures = tuple((each.measure.name_en, each.measure.name_zh) for each in chain.measures)
    return LinksNode(
        id=f"{party.kind}/{party.id}",
        kind=LAYERS[layer],
        layer=layer,
        party_id=party.id,
        name=party.name,
        household_count=chain.household_count if is_cooperative else None,
        without_help_count=chain.without_help_count if is_cooperative else None,
        weight=chain.household_count + int(chain.is_whole),
        measures=measures if layer == PROGRAMME else (),
    )


def _households_node(chain: TrunkChain) -> LinksNode:
    at = chain.cooperative or (chain.enterprise if chain.household_contract_count else None)
    return LinksNode(
        id=f"Households/{at.kind}/{at.id}" if at else "Households",
        kind="Households",
        layer=LAST,
        party_id=at.id if at else "",
        name=at.name if at else None,
        household_count=chain.household_count,
        without_help_count=chain.without_help_count,
        weight=chain.household_count,
    )


def _missing_node(link: str, layer: int, chain: TrunkChain) -> LinksNode:
    return LinksNode(
        id=f"missing/{link}/{layer}",
        kind="missing",
        layer=layer,
        party_id=link,
        weight=chain.household_count,
    )
