"""Several stages as one cost, where whole numbers are large enough to keep them apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.produce.plan.flow.network import Network, Whole
from analysis.produce.plan.flow.solver import LARGEST_COST_TIMES_NODES, fits


@dataclass(frozen=True)
class Combined:
    """Some stages that follow each other as one cost per arc; how many they are, and what one unit of each counts."""

    costs: Whole
    units: tuple[int, ...]


def combined_costs(network: Network, *, longest_cycle: int | None = None) -> tuple[Combined, ...]:
    """Return the stages of a network as few costs, each least flow of which is best in all of its stages in order.

    One unit of a stage counts more than all that the stages after it can change along a cycle of the network. Two
    flows differ by such cycles, so a flow of least combined cost has no cycle that would better an earlier stage, at
    whatever loss to a later one. A stage that would make the costs too large for the solver begins a new cost.
    With a `longest_cycle` shorter than the network's the costs are smaller, and a least flow may not be best.
    """
    cycle = network.longest_cycle if longest_cycle is None else min(longest_cycle, network.longest_cycle)
    found: list[Combined] = []
    for stage in network.costs:
        costs = _reduced(stage)
        unit = _unit(costs[: network.way_count], cycle)
        if found and _is_small(found[-1].costs, unit):
            joined = found[-1].costs * unit + costs
            if fits(joined, len(network.supplies)):
                found[-1] = Combined(joined, (*(each * unit for each in found[-1].units), 1))
                continue
        found.append(Combined(costs, (1,)))
    return tuple(found)


def _reduced(costs: Whole) -> Whole:
    divisor = int(np.gcd.reduce(costs)) if len(costs) else 0
    return costs // divisor if divisor > 1 else costs


def _unit(costs: Whole, longest_cycle: int) -> int:
    """Return a number above all that the costs can change along a cycle.

    It goes forward on at most so many ways, back on as many, and on one way more of either when it passes the market.
    """
    if not len(costs):
        return 1
    least, most = int(costs.min()), int(costs.max())
    return longest_cycle * (most - least) + max(abs(least), abs(most)) + 1


def _is_small(costs: Whole, unit: int) -> bool:
    """Return whether the product stays far inside 64 bits."""
    return not len(costs) or int(np.abs(costs).max()) * unit < LARGEST_COST_TIMES_NODES
