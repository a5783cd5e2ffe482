"""Lots, demands and the ways between them as a network: what is not sold, too, has a place to go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.produce.plan.program import BEFORE, Program

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """A network whose flows are the plans of a program without batches, parts, capacities and rules.

    Nodes: the lots, the demands, and last the market, in which everything ends. Arcs: first the ways (lot to demand),
    then one from each lot to the market (what it does not sell), then one from each demand to the market (what it
    buys). `supplies`: each lot gives its quantity, the market takes all of it. Costs are per arc, one array a stage,
    to be made small: minus weight, minus income, distance; 0 on the arcs to the market.

    Beside a plan before, a way that this plan used is two arcs: one for as many kg as it gave, each of which costs -1
    in a fourth stage, and behind the arcs of all ways one for what is more. `more_of`: the ways of those arcs.
    """

    tails: Whole
    heads: Whole
    capacities: Whole
    supplies: Whole
    costs: tuple[Whole, ...]
    way_count: int
    lot_count: int
    demand_count: int
    more_of: Whole

    def way_kg(self, flows: Whole) -> Whole:
        """Return the kg by each way, given the flow per arc."""
        first = self.way_count - len(self.more_of)
        kg = flows[:first].copy()
        kg[self.more_of] += flows[first : self.way_count]
        return kg

    @property
    def longest_cycle(self) -> int:
        """Return on how many ways a cycle that meets no node twice can go forward, or back, at most."""
        return min(self.lot_count, self.demand_count)


def network_of(program: Program, rows: Whole | None = None) -> Network:
    """Return the network of a program, or of these of its ways (positions, sorted) with their lots and demands."""
    lot, demand, weight, income, distance = (_column(program, name, rows) for name in _COLUMNS)
    lots, lot_place = _numbered(lot, len(program.lots))
    demands, demand_place = _numbered(demand, len(program.demands))
    quantity = program.lots["quantity_kg"].to_numpy(dtype=np.int64)[lots]
    room = program.demands["quantity_kg"].to_numpy(dtype=np.int64)[demands]
    capacities, costs, more_of = quantity[lot_place], [-weight, -income, distance], np.empty(0, dtype=np.int64)
    if BEFORE in program.ways:
        before = np.minimum(_column(program, BEFORE, rows), capacities)
        more_of = np.flatnonzero((before > 0) & (before < capacities))
        more = (capacities - before)[more_of]
        capacities = np.concatenate([np.where(before > 0, before, capacities), more])
        costs = [np.concatenate([cost, cost[more_of]]) for cost in costs]
        costs.append(np.concatenate([-(before > 0).astype(np.int64), np.zeros_like(more)]))
        lot_place, demand_place = (np.concatenate([each, each[more_of]]) for each in (lot_place, demand_place))
    count, market = len(lots), len(lots) + len(demands)
    nothing = np.zeros(market, dtype=np.int64)
    return Network(
        tails=np.concatenate([lot_place, np.arange(market)]),
        heads=np.concatenate([demand_place + count, np.full(market, market)]),
        capacities=np.concatenate([capacities, quantity, room]),
        supplies=np.concatenate([quantity, np.zeros(len(demands), dtype=np.int64), [-quantity.sum()]]),
        costs=tuple(np.concatenate([cost, nothing]) for cost in costs),
        way_count=len(lot_place),
        lot_count=count,
        demand_count=len(demands),
        more_of=more_of,
    )


_COLUMNS = ("lot", "demand", "weight", "income_fen_per_kg", "distance_hm")


def _column(program: Program, name: str, rows: Whole | None) -> Whole:
    if name == "weight":
        weights: Whole = program.lots["weight"].to_numpy(dtype=np.int64)[_column(program, "lot", rows)]
        return weights
    column = program.ways[name].to_numpy()
    chosen: Whole = (column if rows is None else column[rows]).astype(np.int64)
    return chosen


def _numbered(places: Whole, count: int) -> tuple[Whole, Whole]:
    """Return which of the places occur, in order, and the number of each entry among them."""
    occurs = np.zeros(count, dtype=bool)
    occurs[places] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[places]
