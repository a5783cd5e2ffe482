"""How many households stand behind each link of help, as bands from government to households."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from analysis.assistance.parts import Party
from analysis.links.parts import TrunkChain

COLUMNS = ("Agency", "Enterprise", "Cooperative", "Households")
Ending = Literal["left_out", "others"]


@dataclass(frozen=True)
class FlowNode:
    """A party, what is missing in its place, several parties as one, or one of the two kinds of households.

    `missing`: the link that is not there. `more_count`: how many parties it stands for.
    """

    id: str
    column: int
    party: Party | None = None
    missing: str | None = None
    ending: Ending | None = None
    more_count: int = 0


@dataclass
class Flows:
    """Nodes by id, and the number of households on the band between two of them.

    `reached`: of each node, the households at the cooperatives, or with a contract of their own, that it leads to.
    """

    nodes: dict[str, FlowNode] = field(default_factory=dict)
    bands: dict[tuple[str, str], int] = field(default_factory=dict)
    reached: dict[str, dict[str, int]] = field(default_factory=dict)

    def households(self, node_id: str) -> int:
        """Return how many households a node leads to, each cooperative counted once; of households, how many."""
        counts = self.reached.get(node_id)
        return sum(counts.values()) if counts else self.size(node_id)

    def size(self, node_id: str) -> int:
        """Return the households of a node: the larger of what comes in and what goes out."""
        comes = sum(count for (_, end), count in self.bands.items() if end == node_id)
        goes = sum(count for (start, _), count in self.bands.items() if start == node_id)
        return max(comes, goes)


def flows_of(chains: Iterable[TrunkChain], most_in_column: int) -> Flows:
    """Return the bands of the chains that have households; the smallest nodes of a column become one.

    Each household is counted on every chain that reaches it. Several contracts between the same two count once.
    """
    flows, seen = Flows(), set[tuple[str, ...]]()
    for chain in chains:
        if not chain.household_count:
            continue
        way = [*_upper_nodes(chain), _cooperative_node(chain)]
        for node in way:
            flows.nodes.setdefault(node.id, node)
            flows.reached.setdefault(node.id, {})[way[-1].id] = chain.household_count
        for number in range(len(way) - 1):
            if (part := tuple(node.id for node in way[number:])) not in seen:
                seen.add(part)
                ends = (way[number].id, way[number + 1].id)
                flows.bands[ends] = flows.bands.get(ends, 0) + chain.household_count
        if (end := f"end {way[-1].id}") not in flows.nodes and (end,) not in seen:
            seen.add((end,))
            _add_endings(flows, way[-1].id, chain)
    return _narrowed(flows, most_in_column)


def _upper_nodes(chain: TrunkChain) -> list[FlowNode]:
    if chain.enterprise is None and chain.programme is None:
        # Nothing above the cooperative is known; where there is one, it lacks a contract.
        return [_missing(1, "contract")] if chain.cooperative else []
    government = _party(0, chain.agency) if chain.agency else _missing(0, "agency" if chain.programme else "programme")
    return [government, _party(1, chain.enterprise) if chain.enterprise else _missing(1, "enterprise")]


def _cooperative_node(chain: TrunkChain) -> FlowNode:
    if chain.cooperative is not None:
        return _party(2, chain.cooperative)
    # Households with a contract of their own are others than those with nothing at all.
    own = FlowNode(f"own {chain.enterprise.id}", 2, missing="cooperative") if chain.enterprise else None
    return own or _missing(2, "cooperative")


def _party(column: int, party: Party) -> FlowNode:
    return FlowNode(f"{party.kind}/{party.id}", column, party=party)


def _missing(column: int, link: str) -> FlowNode:
    return FlowNode(f"missing/{link}/{column}", column, missing=link)


def _add_endings(flows: Flows, start: str, chain: TrunkChain) -> None:
    endings: tuple[tuple[Ending, int], ...] = (
        ("left_out", chain.without_help_count),
        ("others", chain.household_count - chain.without_help_count),
    )
    for ending, count in endings:
        if count:
            flows.nodes.setdefault(ending, FlowNode(ending, len(COLUMNS) - 1, ending=ending))
            flows.bands[start, ending] = flows.bands.get((start, ending), 0) + count


def _narrowed(flows: Flows, most_in_column: int) -> Flows:
    renamed: dict[str, str] = {}
    for column in range(len(COLUMNS) - 1):
        parties = [node for node in flows.nodes.values() if node.column == column and node.party]
        parties.sort(key=lambda node: (-flows.size(node.id), node.id))
        if len(parties) > most_in_column:
            renamed |= {node.id: f"more/{column}" for node in parties[most_in_column - 1 :]}
    if not renamed:
        return flows
    result = Flows()
    for node in flows.nodes.values():
        name = renamed.get(node.id)
        if name is None:
            result.nodes[node.id] = node
            continue
        found = result.nodes.get(name) or FlowNode(name, node.column)
        result.nodes[name] = replace(found, more_count=found.more_count + 1)
    for node_id, counts in flows.reached.items():
        result.reached.setdefault(renamed.get(node_id, node_id), {}).update(counts)
    for (start, end), count in flows.bands.items():
        ends = renamed.get(start, start), renamed.get(end, end)
        result.bands[ends] = result.bands.get(ends, 0) + count
    return result
