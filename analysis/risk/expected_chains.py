"""The chains of a network to one state, and what part of its cause each has at a household."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.risk.alike import laid_out
from analysis.risk.findings import Findings, Numbers, Places
from analysis.risk.network import RiskNetwork
from analysis.risk.tables import TableMaker

# More chains than this are not listed: the vocabulary has some hundred.
MOST_CHAINS = 2000


def chains_to(network: RiskNetwork, target: int) -> tuple[tuple[int, ...], ...] | None:
    """Return every chain to the target (a place) as places of its links, by first cause, then links; None if too many.

    Only links that act within the year and are no feedback.
    """
    into: dict[int, list[int]] = {}
    for place, link in enumerate(network.links):
        into.setdefault(network.position[link.to_code], []).append(place)
    found: list[tuple[int, ...]] = []
    waiting: list[tuple[int, tuple[int, ...]]] = [(target, ())]
    for node, chain in waiting:
        for entering in into.get(node, ()):
            longer = (entering, *chain)
            found.append(longer)
            if len(found) > MOST_CHAINS:
                return None
            waiting.append((network.position[network.links[entering].from_code], longer))
    return tuple(sorted(found, key=lambda chain: (network.position[network.links[chain[0]].from_code], chain)))


class ChainStrengths:
    """How strong the chains are at households, by the engine's own formula."""

    def __init__(self, network: RiskNetwork, chains: Sequence[tuple[int, ...]]) -> None:
        """`chains`: places of links, by first cause, as `chains_to` returns them."""
        self.chains = tuple(chains)
        ends = [(network.position[link.from_code], network.position[link.to_code]) for link in network.links]
        # The place of the cause that each chain begins at.
        self.first: Places = np.array([ends[chain[0]][0] for chain in self.chains], dtype=np.int64)
        self._passed = [[ends[link][1] for link in chain] for chain in self.chains]
        self._network = network
        self._maker = TableMaker(network, "risk_leak")

    def strengths(self, findings: Findings) -> Numbers:
        """Return confidence x strengths of the links, 0 where a chain passes a closed cause: (households, chains)."""
        source, severity, is_closed, holds = laid_out(self._network, findings)
        acting = 1.0 - self._maker.tables(source, severity, is_closed, holds, {}).doubts
        strengths = np.zeros((findings.household_count, len(self.chains)))
        for place, (chain, passed) in enumerate(zip(self.chains, self._passed, strict=True)):
            strengths[:, place] = np.where(
                is_closed[passed].any(axis=0), 0.0, source[self.first[place]] * acting[list(chain)].prod(axis=0)
            )
        return strengths

    def shares(self, findings: Findings) -> Numbers:
        """Return each chain's part of all chains of its first cause, 0 where these have none: (households, chains)."""
        strengths = self.strengths(findings)
        total = np.zeros((len(strengths), len(self._network.nodes)))
        for place, first in enumerate(self.first):
            total[:, first] += strengths[:, place]
        of_first = total[:, self.first]
        return np.divide(strengths, of_first, out=np.zeros(strengths.shape), where=of_first > 0)
