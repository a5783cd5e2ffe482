from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.produce.plan.check import stage_values
from analysis.produce.plan.flow import staged as staging
from analysis.produce.plan.flow.costs import Combined, combined_costs
from analysis.produce.plan.flow.network import network_of
from analysis.produce.plan.flow.potentials import NotOptimalError, is_proof, potentials
from analysis.produce.plan.flow.staged import staged_flow, staged_flow_of
from analysis.produce.plan.program import Program
from tests.analysis.produce.plan.made import beside_before, made_program, random_program

SEEDS = range(200)


def test_more_is_sold_before_more_is_earned_and_more_earned_before_less_is_driven() -> None:
    # The first lot can go to either demand, the second only to the first. Selling both means that the first goes to
    # the second demand, at 1 fen instead of 900. There it has two ways of equal income; the shorter one is taken.
    program = made_program(
        [10, 10],
        [10, 10],
        [(0, 0, -1, 900), (0, 1, -1, 1), (0, 1, 0, 1), (1, 0, -1, 1)],
        distances=[0, 50, 20, 99],
        capacities=[-1],
    )
    assert staged(program).tolist() == [0, 0, 10, 10]


@pytest.mark.parametrize("seed", SEEDS)
def test_all_stages_are_those_of_the_network_simplex(seed: int) -> None:
    program = random_program(seed, size=7, is_flow=True)
    assert stage_values(program, staged(program)) == by_network_simplex(program)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_stages_are_those_of_linear_programs_one_after_the_other(seed: int) -> None:
    program = random_program(seed, size=6, is_flow=True)
    assert stage_values(program, staged(program)) == pytest.approx(by_linear_programs(program), abs=1e-5)


@pytest.mark.parametrize("seed", range(100))
def test_stages_solved_one_after_the_other_give_what_they_give_together(seed: int) -> None:
    program = random_program(seed, size=9, is_flow=True)
    network = network_of(program)
    apart = tuple(Combined(costs, (1,)) for costs in network.costs)
    kg = staged_flow_of(network, apart)[: network.way_count]
    assert stage_values(program, kg) == stage_values(program, staged(program))


def test_numbers_too_large_for_one_cost_are_solved_apart_and_stay_exact() -> None:
    # Kilograms and prices near the largest that a frame holds: no cost could join them.
    fen, metres = 2_000_000_000, 2_000_000_000
    program = made_program(
        [10**9] * 3,
        [10**9] * 2,
        [(lot, demand, -1, fen - lot - demand) for lot in range(3) for demand in range(2)],
        weights=[10, 12, 10],
        distances=[metres - 7 * place for place in range(6)],
    )
    assert len(combined_costs(network_of(program))) > 1
    assert stage_values(program, staged(program)) == by_network_simplex(program)


@pytest.mark.parametrize("seed", range(100))
def test_potentials_prove_the_plan_and_no_plan_that_is_worse(seed: int) -> None:
    program = random_program(seed, size=7, is_flow=True)
    if not len(program.ways):
        program = made_program([5], [3], [(0, 0, -1, 10)])
    network = network_of(program)
    (combined,) = combined_costs(network)
    flows = staged_flow(network)
    labels = potentials(network, flows, combined.costs)
    assert is_proof(network, flows, combined.costs, labels)
    # Nothing sold at all is a plan, too, and a worse one.
    unsold = network.supplies[: network.lot_count]
    nothing = np.concatenate([np.zeros(network.way_count), unsold, np.zeros(network.demand_count)])
    assert not is_proof(network, nothing.astype(np.int64), combined.costs, labels)
    with pytest.raises(NotOptimalError):
        potentials(network, nothing.astype(np.int64), combined.costs)


@pytest.mark.parametrize("seed", range(60))
def test_the_potential_of_a_demand_from_the_market_is_what_one_kg_more_changes(seed: int) -> None:
    program = random_program(seed, size=6, is_flow=True)
    network = network_of(program)
    # Of the second stage alone this would pay no heed to the first, so it is asked of the first.
    sold = network.costs[0]
    flows = staged_flow_of(network, (Combined(sold, (1,)),))
    labels = potentials(network, flows, sold, root=len(network.supplies) - 1)
    for demand in range(network.demand_count):
        capacities = network.capacities.copy()
        capacities[network.way_count + network.lot_count + demand] += 1
        changed = staged_flow_of(replace(network, capacities=capacities), (Combined(sold, (1,)),))
        assert int(changed @ sold - flows @ sold) == min(int(labels[network.lot_count + demand]), 0)


@pytest.mark.parametrize("cycle", [1, 8])
@pytest.mark.parametrize("seed", range(60))
def test_a_large_network_is_planned_as_a_small_one_is_whether_or_not_short_cycles_suffice(
    monkeypatch: pytest.MonkeyPatch, seed: int, cycle: int
) -> None:
    program = random_program(seed, size=9, is_flow=True)
    expected = stage_values(program, staged(program))
    monkeypatch.setattr(staging, "_MANY_WAYS", 0)
    monkeypatch.setattr(staging, "_SHORT_CYCLE", cycle)
    assert stage_values(program, staged(program)) == expected


@pytest.mark.parametrize("seed", range(40))
def test_a_large_network_resembles_the_plan_before_as_a_small_one_does(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    program = beside_before(random_program(seed, size=9, is_flow=True), seed)
    network = network_of(program)
    expected = stage_values(program, network.way_kg(staged_flow(network)))
    monkeypatch.setattr(staging, "_MANY_WAYS", 0)
    assert stage_values(program, network.way_kg(staged_flow(network))) == expected


def test_a_trial_that_is_not_best_is_proved_wrong_and_solved_anew() -> None:
    # Costs that say nothing let the solver sell to the first demand; potentials find the better one out.
    program = made_program([10], [10, 10], [(0, 0, -1, 1), (0, 1, -1, 900)])
    network = network_of(program)
    stages = (*combined_costs(network), Combined(network.costs[2], (1,)))
    backwards = Combined(np.where(network.costs[1] == -900, 0, -1), (1, 1, 1))
    assert staged_flow_of(network, stages, trial=backwards)[: network.way_count].tolist() == [0, 10]


def staged(program: Program) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    network = network_of(program)
    return staged_flow(network)[: network.way_count]


def by_network_simplex(program: Program) -> tuple[int, ...]:
    """Return the stage values by one weighted cost in Python's whole numbers, which know no bound."""
    weights, lots = program.lots["weight"].tolist(), program.ways["lot"].tolist()
    incomes, distances = (program.ways[name].tolist() for name in ("income_fen_per_kg", "distance_hm"))
    kilograms = int(program.lots["quantity_kg"].sum())
    unit = kilograms * max([1, *incomes, *distances]) + 1
    graph: nx.MultiDiGraph[object] = nx.MultiDiGraph()
    graph.add_node("market", demand=kilograms)
    for lot, quantity in enumerate(program.lots["quantity_kg"].tolist()):
        graph.add_node(("lot", lot), demand=-quantity)
        graph.add_edge(("lot", lot), "market", weight=0)
    for demand, quantity in enumerate(program.demands["quantity_kg"].tolist()):
        graph.add_edge(("demand", demand), "market", weight=0, capacity=quantity)
    for place, (lot, demand) in enumerate(zip(lots, program.ways["demand"].tolist(), strict=True)):
        cost = (-weights[lot] * unit - incomes[place]) * unit + distances[place]
        graph.add_edge(("lot", lot), ("demand", demand), key=f"way {place}", weight=cost, capacity=kilograms)
    _, flow = nx.network_simplex(graph)
    kg = [
        flow[("lot", lot)][("demand", demand)][f"way {place}"]
        for place, (lot, demand) in enumerate(zip(lots, program.ways["demand"].tolist(), strict=True))
    ]
    return stage_values(program, np.array(kg, dtype=np.int64))


def by_linear_programs(program: Program) -> tuple[float, ...]:
    """Return the stage values by HiGHS: each stage a linear program that keeps the values before as rows."""
    ways = program.ways
    if not len(ways):
        return (0.0, 0.0, 0.0)
    weights = program.lots["weight"].to_numpy()[ways["lot"].to_numpy()]
    costs = [-weights, -ways["income_fen_per_kg"].to_numpy(), ways["distance_hm"].to_numpy()]
    rows = [ways["lot"].to_numpy() == lot for lot in range(len(program.lots))]
    rows += [ways["demand"].to_numpy() == demand for demand in range(len(program.demands))]
    limits = [*program.lots["quantity_kg"].tolist(), *program.demands["quantity_kg"].tolist()]
    values: list[float] = []
    for cost in costs:
        answer = linprog(cost, np.array(rows, dtype=float), limits, method="highs")
        values.append(answer.fun)
        rows.append(cost.astype(float))
        limits.append(answer.fun + 1e-7)
    return -values[0], -values[1], values[2]
