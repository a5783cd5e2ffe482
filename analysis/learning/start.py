"""What is known of each cause and state of households at the start of the period, and of it during the period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analysis.learning.outcomes import CAME, DID_NOT_COME, HALVES, Outcomes
from analysis.risk.findings import STATUSES, Cells, Flags, Numbers, Places
from analysis.risk.network import RiskNetwork
from analysis.risk.tables import TableMaker

_CONFIRMED, _REFUTED = STATUSES.index("confirmed"), STATUSES.index("refuted")
# With this strength the doubt (1 - strength)^x of a link is e^-x, and its exponent x can be read off.
_READABLE = -np.expm1(-1.0)


@dataclass(frozen=True)
class Start:
    """A chunk of households; flags have the shape (nodes, households), unless said otherwise.

    `is_active`: confirmed at the start. `is_open`: confirmed or suspected at the start. `is_closed`: a cause refuted at
    the start. `is_absent`: refuted at the start and not come up in the period; of a state, which a refutation leaves
    open, seen not to have come. `turned_up`: not confirmed at the start, confirmed in the period. `helped_node`: a
    measure on it ran; `helped_link`: the same, shape (links, households).
    `exponent`: x of each link, shape (links, households). `half`: shape (households,), 0 or 1.
    """

    outcome: npt.NDArray[np.int8]
    is_active: Flags
    is_open: Flags
    is_closed: Flags
    is_absent: Flags
    turned_up: Flags
    helped_node: Flags
    helped_link: Flags
    exponent: Numbers
    half: Places

    def exponents(self, links: Sequence[int], households: Places) -> Numbers:
        """Return x of some links at some households, shape (links, households)."""
        return self.exponent[np.ix_(np.array(links, dtype=np.int64), households)]


def starts_of(network: RiskNetwork, outcomes: Outcomes, cells: Cells, chunk: int) -> Iterator[Start]:
    """Yield the households, so many at a time. `cells`: of their findings."""
    findings = outcomes.findings
    exponents = _Exponents(network, cells)
    is_state = np.array([[node.is_state] for node in network.nodes])
    order = np.argsort(findings.household, kind="stable")
    household, cause, status = findings.household[order], findings.cause[order], findings.status[order]
    for first in range(0, findings.household_count, chunk):
        size = min(chunk, findings.household_count - first)
        part = slice(*np.searchsorted(household, [first, first + size]))

        def said(*verdicts: int, part: slice = part, first: int = first, size: int = size) -> Flags:
            flags = np.zeros((len(network.nodes), size), dtype=np.bool_)
            chosen = np.isin(status[part], verdicts)
            flags[cause[part][chosen], household[part][chosen] - first] = True
            return flags

        outcome = outcomes.outcome[first : first + size].T
        is_active, refuted = said(_CONFIRMED), said(_REFUTED)
        suspected = said(STATUSES.index("suspected"))
        is_closed = refuted & ~is_state
        did_not_come = np.where(is_state, ~suspected & (outcome == DID_NOT_COME), outcome != CAME)
        helped_node, helped_link = _helped(network, outcomes, first, size)
        yield Start(
            outcome=outcome,
            is_active=is_active,
            is_open=(is_active | suspected) & ~is_closed,
            is_closed=is_closed,
            is_absent=refuted & did_not_come,
            turned_up=~is_active & (outcome == CAME),
            helped_node=helped_node,
            helped_link=helped_link,
            exponent=exponents.of(first, size),
            half=np.arange(first, first + size) % HALVES
            if outcomes.half is None
            else outcomes.half[first : first + size],
        )


def _helped(network: RiskNetwork, outcomes: Outcomes, first: int, size: int) -> tuple[Flags, Flags]:
    nodes = np.zeros((len(network.nodes), size), dtype=np.bool_)
    links = np.zeros((len(network.links), size), dtype=np.bool_)
    if outcomes.measures is not None and outcomes.running is not None:
        for place, running in enumerate(outcomes.running[first : first + size].T):
            node, link = outcomes.measures.node[place], outcomes.measures.link[place]
            if node >= 0:
                nodes[node] |= running
            if link >= 0:
                links[link] |= running
    return nodes, links


class _Exponents:
    """The exponents of the engine: severity of the cause times what amplifies the link."""

    def __init__(self, network: RiskNetwork, cells: Cells) -> None:
        readable = replace(network, links=tuple(replace(link, strength=float(_READABLE)) for link in network.links))
        self._maker = TableMaker(readable, "risk_leak")
        self._cells = cells
        self._nodes = len(network.nodes)

    def of(self, first: int, size: int) -> Numbers:
        """Return x, shape (links, households)."""
        cells, shape = self._cells, (self._nodes, size)
        part = slice(*np.searchsorted(cells.household, [first, first + size]))
        source, severity, is_closed = np.zeros(shape), np.ones(shape), np.zeros(shape, dtype=np.bool_)
        place = (cells.cause[part], cells.household[part] - first)
        source[place], severity[place] = cells.source[part], cells.severity[part]
        is_closed[place] = cells.is_closed[part]
        tables = self._maker.tables(source, severity, is_closed, cells.properties[first : first + size].T, {})
        return -np.log(tables.doubts)
