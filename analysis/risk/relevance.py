"""Which findings, property rules and measures can change the risk of one state: the others make no pattern."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from analysis.risk.findings import Cells, Flags, Places
from analysis.risk.measures import RiskMeasures
from analysis.risk.network import RiskNetwork


class Relevance:
    """What can change the risk of one target.

    A cause does when links lead from it to the target. What amplifies a link does when, besides, the cause of that link
    can be active at the household: something that leads to it is open there, or has a leak.
    """

    def __init__(self, network: RiskNetwork, target: int) -> None:
        """`target`: the place of the state."""
        self.above = above(network, [target])
        self._network = network
        self._leaks = leaks = {place for place, node in enumerate(network.nodes) if node.risk_leak}
        self._leads_on = _mask(network, self.above)
        # Per cause of an amplified link: what can make it active (None = a leak does), what amplifies it.
        self._amplified: dict[int, tuple[Flags | None, set[int], set[int]]] = {}
        for link in network.links:
            if network.position[link.to_code] not in self.above or not link.amplifiers:
                continue
            start = network.position[link.from_code]
            makers = above(network, [start])
            waking = None if makers & leaks else _mask(network, makers)
            _, causes, rules = self._amplified.setdefault(start, (waking, set(), set()))
            causes.update(network.position[item.cause] for item in link.amplifiers if item.cause is not None)
            rules.update(
                network.property_rules.index(item.property_rule) for item in link.amplifiers if item.property_rule
            )

    def of_cells(self, cells: Cells) -> Flags:
        """Return, per cell, whether it can change the risk."""
        matters = self._leads_on[cells.cause]
        for waking, causes, _ in self._amplified.values():
            if causes:
                can_act = _awake(cells, waking)[cells.household]
                matters |= can_act & np.isin(cells.cause, list(causes))
        return matters

    def of_measures(self, counted: Cells, measures: RiskMeasures, used: Places) -> Flags:
        """Return whether a measure can change the risk: shape (households, measures), False where not `used` (places).

        It does where its cause, or the cause its link comes from, leads to the target and can be active; or where its
        cause is found and amplifies a link that can act. `counted`: the cells that can change the risk.
        """
        matters = np.zeros((counted.household_count, len(measures)), dtype=np.bool_)
        found: dict[int, Flags] = {}
        for place in used.tolist():
            node, start = int(measures.node[place]), -1
            if measures.link[place] >= 0:
                link = self._network.links[measures.link[place]]
                if self._network.position[link.to_code] in self.above:
                    start = self._network.position[link.from_code]
            if (chosen := max(node, start)) >= 0:
                if chosen not in found:
                    found[chosen] = self._can_act(counted, chosen)
                matters[:, place] = found[chosen]
        return matters

    def _can_act(self, counted: Cells, place: int) -> Flags:
        if place not in self.above:
            return _awake(counted, _mask(self._network, [place]))
        makers = above(self._network, [place])
        return _awake(counted, None if makers & self._leaks else _mask(self._network, makers))

    def counting(self, cells: Cells) -> Cells:
        """Return the cells with False for every property rule that cannot change the risk of its household."""
        if not cells.properties.any():
            return cells
        matters = np.zeros(cells.properties.shape, dtype=np.bool_)
        for waking, _, rules in self._amplified.values():
            if rules:
                matters[:, list(rules)] |= _awake(cells, waking)[:, None]
        return replace(cells, properties=cells.properties & matters)


def above(network: RiskNetwork, places: Collection[int]) -> set[int]:
    """Return the places themselves and every place from which acting links lead to them."""
    before: dict[int, list[int]] = {}
    for link in network.links:
        before.setdefault(network.position[link.to_code], []).append(network.position[link.from_code])
    waiting = list(places)
    found = set(waiting)
    for place in waiting:
        fresh = set(before.get(place, ())) - found
        found |= fresh
        waiting.extend(sorted(fresh))
    return found


def _mask(network: RiskNetwork, places: Collection[int]) -> Flags:
    mask = np.zeros(len(network.nodes), dtype=np.bool_)
    mask[list(places)] = True
    return mask


def _awake(cells: Cells, waking: Flags | None) -> Flags:
    if waking is None:
        return np.ones(cells.household_count, dtype=np.bool_)
    awake = np.zeros(cells.household_count, dtype=np.bool_)
    awake[cells.household[waking[cells.cause] & ~cells.is_closed]] = True
    return awake
