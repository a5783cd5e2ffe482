"""Lots, demands and the ways between them as a network: what is not sold, too, has a place to go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.produce.plan.program import Program

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """A network whose flows are the plans of a program without batches, parts, capacities and rules.

    Nodes: the lots, the demands, and last the market, in which everything ends. Arcs: first the ways (lot to demand),
    then one from each lot to the market (what it does not sell), then one from each demand to the market (what it
    buys). `supplies`: each lot gives its quantity, the market takes all of it. Costs are per arc, one array a stage,
    to be made small: minus weight, minus income, distance; 0 on the arcs to the market.
    """

    tails: Whole
    heads: Whole
    capacities: Whole
    supplies: Whole
    costs: tuple[Whole, ...]
    way_count: int
    lot_count: int
    demand_count: int

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
    count, market = len(lots), len(lots) + len(demands)
    nothing = np.zeros(market, dtype=np.int64)
    return Network(
        tails=np.concatenate([lot_place, np.arange(market)]),
        heads=np.concatenate([demand_place + count, np.full(market, market)]),
        capacities=np.concatenate([quantity[lot_place], quantity, room]),
        supplies=np.concatenate([quantity, np.zeros(len(demands), dtype=np.int64), [-quantity.sum()]]),
        costs=tuple(np.concatenate([cost, nothing]) for cost in (-weight, -income, distance)),
        way_count=len(lot),
        lot_count=count,
        demand_count=len(demands),
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
