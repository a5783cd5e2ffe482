"""Least-cost flow in whole numbers, the one place that knows the solver."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow as ortools_flow

Whole = NDArray[np.int64]

# OR-tools multiplies costs by the number of nodes and reckons in 64 bits; far below that nothing can overflow.
LARGEST_COST_TIMES_NODES = 10**17
# OR-tools adds a source and a sink, and scales by one more than the number of nodes.
_ADDED_NODES = 3
_LARGEST_TOTAL = 2**62


class FlowRangeError(ValueError):
    """Costs or capacities are too large for the solver's whole numbers, or it refused them."""


def min_cost_flow(tails: Whole, heads: Whole, capacities: Whole, costs: Whole, supplies: Whole) -> Whole:
    """Return the flow per arc: the most that the supplies allow, and of those flows one of least cost, exactly.

    Arcs go from `tails` to `heads` (node numbers), carry 0 to `capacities` and cost `costs` per unit, negative ones
    too. `supplies` per node: what it gives (above 0) or takes (below 0); where they come to 0 and can be met they are
    met. The same input gives the same flow. Raises FlowRangeError where a number is too large to be exact.

    Solver: cost-scaling push-relabel of OR-tools (Goldberg 1997).
    """
    if not len(tails):
        return np.zeros(0, dtype=np.int64)
    if not fits(costs, len(supplies)) or float(np.abs(supplies).astype(np.float64).sum()) > _LARGEST_TOTAL:
        raise FlowRangeError("costs or quantities are too large to be planned exactly")
    # Never more than the supplies can flow through an arc; a larger capacity could overflow a sum.
    most = int(supplies[supplies > 0].sum())
    graph = ortools_flow.SimpleMinCostFlow()
    arcs = graph.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), np.minimum(capacities, most), costs
    )
    graph.set_nodes_supplies(np.arange(len(supplies), dtype=np.int32), supplies)
    status = graph.solve_max_flow_with_min_cost()
    if status != graph.OPTIMAL:
        raise FlowRangeError(f"the flow could not be solved: {status.name}")
    flows: Whole = np.asarray(graph.flows(arcs), dtype=np.int64)
    return flows


def fits(costs: Whole, node_count: int) -> bool:
    """Return whether the solver is exact with these costs on so many nodes."""
    # Python's whole numbers: the product itself may be too large for 64 bits.
    largest = max(abs(int(costs.max())), abs(int(costs.min()))) if len(costs) else 0
    return largest * (node_count + _ADDED_NODES) < LARGEST_COST_TIMES_NODES
