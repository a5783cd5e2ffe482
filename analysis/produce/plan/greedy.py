"""Cheapest pair first: what selling without a plan comes to, lot by lot to whoever pays most. A yardstick only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.produce.plan.check import DIRECT, NO_BOUND
from analysis.produce.plan.program import Program

Delivery = tuple[int, int]
LOCKED, RESERVED, FLOOR, FREE, FORBIDDEN = range(5)


def greedy_kg(program: Program) -> NDArray[np.int64]:
    """Return kg per way: ways in order of income (ties: the nearer, then by place), each with all that still fits.

    Smallest parts and batches, capacities and forbidden pairs are kept; a way that cannot keep them gets nothing. A
    delivery of a cooperative starts when the members' lots that are still there reach the smallest batch. Ways that a
    rule asks for come before all others: locked pairs, then reserved shares, then floors.
    """
    ways = program.ways
    ranks = _rule_ranks(program)
    order = np.lexsort(
        (
            ways["cooperative"].to_numpy(),
            ways["demand"].to_numpy(),
            ways["lot"].to_numpy(),
            ways["distance_hm"].to_numpy(),
            -ways["income_fen_per_kg"].to_numpy("int64"),
            ranks,
        )
    )
    order = order[ranks[order] < FORBIDDEN]
    market = _market(program, order)
    for way in order.tolist():
        market.sell(way)
    return np.array(market.kg, dtype="int64")


@dataclass
class _Market:
    """What is left of everything, and what has been sold."""

    lots: list[int]
    demands: list[int]
    capacities: list[int]
    way_lots: list[int]
    way_demands: list[int]
    way_cooperatives: list[int]
    splits: list[int]
    batches: list[int]
    kg: list[int]
    pooled: dict[Delivery, list[int]] = field(default_factory=dict)
    started: set[Delivery] = field(default_factory=set)
    hopeless: set[Delivery] = field(default_factory=set)

    def sell(self, way: int) -> None:
        """Sell what still fits by a way, with the rest of its batch where a cooperative must start one."""
        cooperative, demand = self.way_cooperatives[way], self.way_demands[way]
        smallest = self.batches[demand]
        if cooperative == DIRECT:
            self._give(way, self._fitting(way, smallest))
        elif smallest == 0 or (cooperative, demand) in self.started:
            self._give(way, self._fitting(way, 0))
        elif (cooperative, demand) not in self.hopeless:
            self._start((cooperative, demand), smallest)

    def _start(self, delivery: Delivery, smallest: int) -> None:
        """Sell of the members' lots, best income first, until the batch is reached; nothing where it cannot be."""
        given: list[tuple[int, int]] = []
        total = 0
        for way in self.pooled[delivery]:
            amount = self._fitting(way, 0)
            if amount > 0:
                self._give(way, amount)
                given.append((way, amount))
                total += amount
            if total >= smallest:
                self.started.add(delivery)
                return
        for way, amount in given:
            self._give(way, -amount)
        # What is left only becomes less, so what cannot be reached now never will be.
        self.hopeless.add(delivery)

    def _fitting(self, way: int, least: int) -> int:
        lot, cooperative = self.way_lots[way], self.way_cooperatives[way]
        amount = min(self.lots[lot], self.demands[self.way_demands[way]])
        if cooperative != DIRECT and self.capacities[cooperative] != NO_BOUND:
            amount = min(amount, self.capacities[cooperative])
        return amount if amount >= max(least, self.splits[lot]) else 0

    def _give(self, way: int, amount: int) -> None:
        lot, demand, cooperative = self.way_lots[way], self.way_demands[way], self.way_cooperatives[way]
        self.kg[way] += amount
        self.lots[lot] -= amount
        self.demands[demand] -= amount
        if cooperative != DIRECT and self.capacities[cooperative] != NO_BOUND:
            self.capacities[cooperative] -= amount


def _rule_ranks(program: Program) -> NDArray[np.int8]:
    """Return in which turn each way comes: what rules ask for first, what they forbid never."""
    ways, rules = program.ways, program.rules
    ranks = np.full(len(ways), FREE, dtype="int8")
    if rules.is_empty:
        return ranks
    lots = program.lots["lot_id"].to_numpy()[ways["lot"]]
    sellers = program.lots["seller_id"].to_numpy()[ways["lot"]]
    demands = program.demands["demand_id"].to_numpy()[ways["demand"]]
    buyers = program.demands["enterprise_id"].to_numpy()[ways["demand"]]
    # One more place at the end: what no cooperative carries has the position -1.
    carriers = np.array([*program.cooperatives["cooperative_id"], ""], dtype=object)[ways["cooperative"]]
    for floor in rules.floors:
        is_its = (carriers == floor.cooperative_id) | ((carriers == "") & (sellers == floor.cooperative_id))
        ranks[is_its] = FLOOR
    for share in rules.reserved:
        is_theirs = (demands == share.buyer_id) | (buyers == share.buyer_id)
        ranks[is_theirs & (np.isin(lots, share.lot_ids) if share.lot_ids else True)] = RESERVED
    for lock in rules.locked:
        ranks[(lots == lock.lot_id) & (demands == lock.demand_id)] = LOCKED
    for pair in rules.forbidden:
        ranks[(lots == pair.lot_id) & (demands == pair.demand_id)] = FORBIDDEN
    return ranks


def _market(program: Program, order: NDArray[np.intp]) -> _Market:
    ways = program.ways
    market = _Market(
        lots=program.lots["quantity_kg"].tolist(),
        demands=program.demands["quantity_kg"].tolist(),
        capacities=program.cooperatives["capacity_kg"].tolist(),
        way_lots=ways["lot"].tolist(),
        way_demands=ways["demand"].tolist(),
        way_cooperatives=ways["cooperative"].tolist(),
        splits=program.lots["min_split_kg"].tolist(),
        batches=program.demands["min_batch_kg"].tolist(),
        kg=[0] * len(ways),
    )
    pooled: dict[Delivery, list[int]] = defaultdict(list)
    carried = order[ways["cooperative"].to_numpy()[order] != DIRECT]
    for way in carried.tolist():
        pooled[market.way_cooperatives[way], market.way_demands[way]].append(way)
    market.pooled = pooled
    return market
