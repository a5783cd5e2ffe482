"""The chains from what was found at one household to the states it can bring about, strongest first.

    tracer = Tracer(network_of_schema(load_schema()))
    tracer.trace(findings_of(tracer.network, [[{"cause": "H01", "status": "confirmed"}]]), max_chains=100)

A chain tells one story; its strength is the chance that it comes true from its finding to its end. The risk of a state
counts all stories together: no chain within the year is stronger than it, and the strengths do not sum to it.
Links of more than a year count here though they are in no risk; feedback links count in neither.
Source: analyses, section 1, "Trace".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set

import networkx as nx

from analysis.errors import QuestionError
from analysis.risk.findings import Findings
from analysis.risk.network import RiskNetwork
from analysis.risk.trace_parts import Trace, TraceChain, TraceState
from analysis.risk.trace_strengths import HouseholdCells, LinkStrengths, household_cells
from analysis.risk.trace_ways import Ground, Way, strongest_ways

MOST_RIVALS = 2


class Tracer:
    """Traces any household on one network. Make it once."""

    def __init__(self, network: RiskNetwork) -> None:
        """`network` is not changed and can be shared by threads."""
        self.network = network
        self._strengths = LinkStrengths(network)
        self._links = self._strengths.links
        self._codes = network.codes
        self._ids = [link.link_id for link in self._links]
        self._heads = [network.position[link.to_code] for link in self._links]
        self._out: dict[int, list[int]] = {place: [] for place in range(len(network.nodes))}
        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_nodes_from(self._out)
        for place, link in enumerate(self._links):
            self._out[network.position[link.from_code]].append(place)
            graph.add_edge(network.position[link.from_code], self._heads[place])
        self._effects_first = list(nx.topological_sort(graph))[::-1]

    def trace(
        self,
        findings: Findings,
        household: int = 0,
        target: str | None = None,
        *,
        max_chains: int,
        hidden: Set[str] = frozenset(),
    ) -> Trace:
        """Return the chains of one household of the findings, from each that is not refuted to each state.

        `target`: only chains that end there. No chain runs through a closed cause or a `hidden` one; a refuted state is
        gone through. At most `max_chains` are listed, the strongest, and the trace says when there are more.
        Raises QuestionError for an unknown target, a household that is not there, or wrong findings.
        """
        if not 0 <= household < findings.household_count:
            raise QuestionError("trace_no_household", household=household, count=findings.household_count)
        if max_chains < 1:
            raise QuestionError("trace_no_chains", count=max_chains)
        ends = [self.network.node_position(target)] if target else map(self.network.node_position, self.network.states)
        cells = household_cells(self.network, findings, household)
        ground = self._ground(cells, frozenset(ends), hidden)
        starts = {place: float(cells.source[place]) for place in cells.found if self._codes[place] not in hidden}
        ways, is_capped = strongest_ways(ground, starts, max_chains)
        chains = tuple(self._chain(cells, way) for way in ways)
        used = {link for way in ways for link in way.links}
        return Trace(
            chains=chains,
            links=self._strengths.described(cells, used, hidden=hidden),
            states=self._states(chains, {self._codes[place] for place in starts}),
            is_capped=is_capped,
        )

    def _ground(self, cells: HouseholdCells, ends: frozenset[int], hidden: Set[str]) -> Ground:
        shut = {place for place, node in enumerate(self.network.nodes) if cells.is_closed[place] or node.code in hidden}
        ends = ends - shut
        after: dict[int, list[int]] = {}
        for node in self._effects_first:
            onward = [link for link in self._out[node] if self._heads[link] in after or self._heads[link] in ends]
            if onward and node not in shut:
                after[node] = onward
        return Ground(after, ends, self._heads, self._ids, self._strengths.at(cells).tolist())

    def _chain(self, cells: HouseholdCells, way: Way) -> TraceChain:
        onward = [self._heads[link] for link in way.links]
        return TraceChain(
            link_ids=way.ids,
            codes=tuple(self._codes[place] for place in (way.start, *onward)),
            confidence=float(cells.source[way.start]),
            strength=way.strength,
            lag_days=sum(self._links[link].lag_days for link in way.links),
            is_already_counted=any(cells.source[place] == 1 for place in onward),
            is_within_horizon=all(link < len(self.network.links) for link in way.links),
        )

    def _states(self, chains: Sequence[TraceChain], found: Set[str]) -> tuple[TraceState, ...]:
        by_state: dict[str, list[int]] = defaultdict(list)
        for place, chain in enumerate(chains):
            by_state[chain.codes[-1]].append(place)
        return tuple(
            _with_rivals(code, by_state[code], chains, found)
            for code in sorted(by_state, key=self.network.position.__getitem__)
        )


def _with_rivals(code: str, places: Sequence[int], chains: Sequence[TraceChain], found: Set[str]) -> TraceState:
    """Return the state with its rivals.

    A chain that only starts further down another tells the same story, so two chains are rivals only where they have
    no finding in common, wherever along the chain it stands. The state itself, when found, belongs to all of them.
    """
    stories: list[int] = []
    told: set[str] = set()
    for place in places:
        own = found & set(chains[place].codes[:-1])
        if told.isdisjoint(own):
            stories.append(place)
            told |= own
        if len(stories) > MOST_RIVALS:
            break
    return TraceState(code=code, strongest=stories[0], rivals=tuple(stories[1:]))
