"""The best flow of a network in stages, each keeping the ones before exactly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.produce.plan.flow.costs import Combined, combined_costs
from analysis.produce.plan.flow.network import Network, Whole
from analysis.produce.plan.flow.potentials import NotOptimalError, balance, potentials, reduced_costs
from analysis.produce.plan.flow.solver import min_cost_flow

# From so many ways on, the stages after the first two are quicker solved among the best flows of those than together
# with them.
_MANY_WAYS = 50_000
_FRONT = 2
# Ways that a cycle which tells two flows apart has in practice; what follows from it is proved or solved anew.
_SHORT_CYCLE = 8
# Sweeps in which the potentials of a best flow are found in practice.
_SWEEPS = 400


def staged_flow(network: Network) -> Whole:
    """Return the flow per arc that is best in the first stage, of those in the second, and so on.

    Stages are solved together where their costs fit into one; in a large network those after the first two are solved
    by themselves.
    """
    if network.way_count < _MANY_WAYS:
        return staged_flow_of(network, combined_costs(network))
    front = replace(network, costs=network.costs[:_FRONT])
    stages = (*combined_costs(front), *combined_costs(replace(network, costs=network.costs[_FRONT:])))
    return staged_flow_of(network, stages, trial=combined_costs(front, longest_cycle=_SHORT_CYCLE)[0])


def staged_flow_of(network: Network, stages: tuple[Combined, ...], *, trial: Combined | None = None) -> Whole:
    """Return the flow per arc that is best in each of the costs, one after the other.

    After each cost the network keeps only its best flows: an arc whose reduced cost is not 0 carries the same in all
    of them, so it is fixed and leaves the network (complementary slackness, as in `potentials`). `trial`: smaller
    costs to solve for the first ones, quicker; the flow is kept where potentials prove it best by the first ones.
    """
    first, *others = stages
    if not others:
        return _solved(network, first)
    flows, labels = _with_potentials(network, first, trial)
    reduced = reduced_costs(network, first.costs, labels)
    free = np.flatnonzero(reduced == 0)
    face = _kept(network, np.where(reduced == 0, 0, flows), free)
    flows[free] = staged_flow_of(face, tuple(replace(stage, costs=stage.costs[free]) for stage in others))
    return flows


def _solved(network: Network, stage: Combined) -> Whole:
    """Return a flow of least cost. Where the ways stand in the network, they alone are solved, which is quicker.

    Every kg counts in the first stage, so a best flow sells as many kg as can be sold at all.
    """
    count = network.way_count
    if not count:
        return min_cost_flow(network.tails, network.heads, network.capacities, stage.costs, network.supplies)
    sides = network.lot_count, network.lot_count + network.demand_count
    quantity, room = network.supplies[: sides[0]], network.capacities[count + sides[0] :]
    tails, heads = network.tails[:count], network.heads[:count]
    most = np.minimum(network.capacities[:count], room[heads - sides[0]])
    kg = min_cost_flow(tails, heads, most, stage.costs[:count], np.concatenate([quantity, -room]))
    moved = np.zeros(sides[1], dtype=np.int64)
    np.add.at(moved, tails, kg)
    np.add.at(moved, heads, kg)
    return np.concatenate([kg, quantity - moved[: sides[0]], moved[sides[0] :]])


def _with_potentials(network: Network, stage: Combined, trial: Combined | None) -> tuple[Whole, Whole]:
    if trial is not None and len(trial.units) == len(stage.units):
        flows = _solved(network, trial)
        try:
            return flows, potentials(network, flows, stage.costs, sweeps=_SWEEPS)
        except NotOptimalError:
            # A cycle was longer after all.
            return _with_potentials(network, stage, None)
    flows = _solved(network, stage)
    return flows, potentials(network, flows, stage.costs)


def _kept(network: Network, fixed: Whole, free: Whole) -> Network:
    """Return the network of the free arcs, in which the fixed ones have already carried what they carry."""
    return replace(
        network,
        tails=network.tails[free],
        heads=network.heads[free],
        capacities=network.capacities[free],
        supplies=network.supplies - balance(network, fixed),
        costs=(),
        way_count=0,
    )
