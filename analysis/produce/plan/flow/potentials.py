"""The proof that a flow is best: a potential for each node, by which no arc has anything left to gain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.produce.plan.flow.network import Network, Whole

# No path of the network costs as much.
UNREACHED = 2**62


class NotOptimalError(ValueError):
    """The flow is not one of least cost: somewhere going round would make it cheaper."""


def potentials(
    network: Network, flows: Whole, costs: Whole, *, root: int | None = None, sweeps: int | None = None
) -> Whole:
    """Return a potential per node, by which each arc's cost less what the potential rises along it proves the flow.

    Where an arc can carry more this reduced cost is not below 0, where it carries something not above 0. With a
    `root` the potential is the least cost of bringing one unit more from there to the node, `UNREACHED` where nothing
    can be brought: of a demand from the market, it is what one kg more of it would change.
    Raises NotOptimalError where no potential exists, which is so exactly when the flow is not of least cost, or where
    none is found in so many `sweeps` over the arcs.

    Source: Ahuja, Magnanti, Orlin, Network Flows (1993), sections 5.3 (label correcting) and 9.3 (optimality).
    """
    forward, back = np.flatnonzero(flows < network.capacities), np.flatnonzero(flows > 0)
    tails = np.concatenate([network.tails[forward], network.heads[back]])
    heads = np.concatenate([network.heads[forward], network.tails[back]])
    lengths = np.concatenate([costs[forward], -costs[back]])
    labels = np.zeros(len(network.supplies), dtype=np.int64)
    is_new = np.ones(len(labels), dtype=bool)
    if root is not None:
        labels[:] = UNREACHED
        labels[root] = 0
        is_new[:] = False
        is_new[root] = True
    # A shortest path has fewer arcs than there are nodes: labels that still fall then go round for ever.
    most = len(labels) + 1
    for _ in range(most if sweeps is None else min(sweeps, most)):
        arcs = np.flatnonzero(is_new[tails])
        if not len(arcs):
            return labels
        before = labels.copy()
        np.minimum.at(labels, heads[arcs], before[tails[arcs]] + lengths[arcs])
        is_new = labels < before
    raise NotOptimalError("no potentials: the flow is not of least cost, or the sweeps were too few")


def reduced_costs(network: Network, costs: Whole, labels: Whole) -> Whole:
    """Return per arc its cost less the rise of the potential along it."""
    reduced: Whole = costs + labels[network.tails] - labels[network.heads]
    return reduced


def is_proof(network: Network, flows: Whole, costs: Whole, labels: Whole) -> bool:
    """Return whether the potentials prove that the flow meets all supplies within all capacities at least cost.

    Complementary slackness, in whole numbers: nothing to gain where an arc can carry more, nothing to save where it
    carries something.
    """
    reduced = reduced_costs(network, costs, labels)
    is_within = (flows >= 0) & (flows <= network.capacities)
    is_settled: NDArray[np.bool_] = ((flows == network.capacities) | (reduced >= 0)) & ((flows == 0) | (reduced <= 0))
    return bool(is_within.all() and is_settled.all() and (balance(network, flows) == network.supplies).all())


def balance(network: Network, flows: Whole) -> Whole:
    """Return per node what leaves it less what enters it."""
    net = np.zeros(len(network.supplies), dtype=np.int64)
    np.add.at(net, network.tails, flows)
    np.subtract.at(net, network.heads, flows)
    return net
