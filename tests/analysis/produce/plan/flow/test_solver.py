from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from analysis.produce.plan.flow.solver import FlowRangeError, fits, min_cost_flow


def test_the_cheap_road_is_used_first_and_the_dear_one_for_the_rest() -> None:
    # 10 units; 6 fit through the road at cost 1, the other 4 go through the one at cost 5.
    flows = min_cost_flow(*whole([0, 0], [1, 1], [6, 9], [1, 5], [10, -10]))
    assert flows.tolist() == [6, 4]


def test_the_most_is_sent_even_where_it_costs() -> None:
    # Only 3 of 10 units can go; they go although each costs 7.
    assert min_cost_flow(*whole([0], [1], [3], [7], [10, -10])).tolist() == [3]


def test_without_arcs_nothing_flows() -> None:
    assert min_cost_flow(*whole([], [], [], [], [5, -5])).tolist() == []


@pytest.mark.parametrize("seed", range(100))
def test_the_cost_is_that_of_the_network_simplex(seed: int) -> None:
    draw = np.random.default_rng(seed)
    nodes, arcs = int(draw.integers(2, 9)), int(draw.integers(1, 25))
    pairs = sorted({(int(a), int(b)) for a, b in draw.integers(0, nodes, (arcs, 2)) if a != b} | {(0, nodes - 1)})
    supplies = draw.integers(-9, 10, nodes)
    supplies[-1] -= supplies.sum()
    # A dear arc in both directions between neighbours, so that every supply can be met.
    pairs += [(a + i, a + 1 - i) for a in range(nodes - 1) for i in (0, 1) if (a + i, a + 1 - i) not in pairs]
    capacities = draw.integers(0, 12, len(pairs))
    is_dear = np.array([abs(a - b) == 1 for a, b in pairs])
    capacities[is_dear] = 1000
    costs = draw.integers(0, 50, len(pairs)) + np.where(is_dear, 1000, 0)
    tails, heads = np.array(pairs).T
    flows = min_cost_flow(tails, heads, capacities, costs, supplies)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from((node, {"demand": -int(supply)}) for node, supply in enumerate(supplies))
    for (tail, head), capacity, cost in zip(pairs, capacities.tolist(), costs.tolist(), strict=True):
        graph.add_edge(tail, head, capacity=capacity, weight=cost)
    assert int(flows @ costs) == nx.network_simplex(graph)[0]


def test_costs_too_large_to_be_exact_are_refused_before_the_solver_sees_them() -> None:
    # Five nodes with the two that the solver adds, and one more: 6 x 2e16 is above 1e17, 6 x 1.6e16 is not.
    assert fits(np.array([16 * 10**15]), 3)
    assert not fits(np.array([2 * 10**16]), 3)
    arc = whole([0], [1], [1], [10**17], [1, -1])
    with pytest.raises(FlowRangeError):
        min_cost_flow(*arc)


def whole(*columns: list[int]) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    return [np.array(column, dtype=np.int64) for column in columns]
