"""The plan of 10,000 lots and 2,000 demands against the network simplex of networkx: the same optimum, and how long."""

from __future__ import annotations

import time

import networkx as nx
import numpy as np

from analysis.produce.plan.check import stage_values
from analysis.produce.plan.program import Program
from analysis.produce.plan.solve import solve
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.ways.terms import PlanTerms
from benchmarks.against_greedy import gained_over_greedy
from benchmarks.measurement import Measurement
from benchmarks.produce_frames import DAY, made_up_market

LOTS, DEMANDS, SEED, ROUNDS = 10_000, 2_000, 1, 3
# So far demands reach on the whole for about 179,000 ways.
REACH_KM = 227.0
SECONDS = 60.0
# The plan may take at most this share of what networkx takes.
LIMIT_SHARE = 1 / 75


def measure() -> Measurement:
    """Return the processor time of the plan as a share of networkx's, the best of three rounds against one.

    networkx solves all three stages at once, as one cost in Python's whole numbers; its graph is ready-made, and
    making it is not counted.
    """
    market = made_up_market(LOTS, DEMANDS, REACH_KM, seed=SEED)
    program = program_of(market.lots, market.demands, day=DAY, terms=PlanTerms(at_risk_weight=1.2))
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        plan = solve(program, seconds=SECONDS)
        seconds.append(time.process_time() - started)
    graph = _graph(program)
    started = time.process_time()
    _, flow = nx.network_simplex(graph)
    theirs = time.process_time() - started
    pairs = zip(program.ways["lot"].tolist(), program.ways["demand"].tolist(), strict=True)
    values = stage_values(program, np.array([flow[lot][LOTS + demand] for lot, demand in pairs], dtype=np.int64))
    details = {
        "ways": float(len(program.ways)),
        "plan_seconds": round(min(seconds), 3),
        "networkx_seconds": round(theirs, 1),
        "times": round(theirs / min(seconds), 1),
        **gained_over_greedy(program, plan),
        "stages_equal": float(sum(stage.value == value for stage, value in zip(plan.stages, values, strict=True))),
    }
    is_same = [stage.value for stage in plan.stages] == list(values)
    share = min(seconds) / theirs if is_same else 1.0
    return Measurement("produce_10k", round(share, 4), "of networkx", round(LIMIT_SHARE, 4), details)


def _graph(program: Program) -> nx.DiGraph[int]:
    """Return the program as networkx takes it: what is not sold, and what is bought, goes on to the market.

    There are no cooperatives in it, so that between a lot and a demand there is one way at most.
    """
    ways = program.ways
    weights = program.lots["weight"].to_numpy()[ways["lot"].to_numpy()].tolist()
    incomes, distances = ways["income_fen_per_kg"].tolist(), ways["distance_hm"].tolist()
    # One unit of a stage outdoes all that the later ones can change along a cycle.
    earned, driven = (2 * DEMANDS * (max(column) + 1) for column in (incomes, distances))
    total = int(program.lots["quantity_kg"].sum())
    market = LOTS + DEMANDS
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_node(market, demand=total)
    for lot, quantity in enumerate(program.lots["quantity_kg"].tolist()):
        graph.add_node(lot, demand=-quantity)
        graph.add_edge(lot, market, weight=0)
    for demand, quantity in enumerate(program.demands["quantity_kg"].tolist()):
        graph.add_edge(LOTS + demand, market, weight=0, capacity=quantity)
    columns = (ways["lot"].tolist(), ways["demand"].tolist(), weights, incomes, distances)
    for lot, demand, weight, income, distance in zip(*columns, strict=True):
        graph.add_edge(lot, LOTS + demand, weight=-(weight * earned + income) * driven + distance)
    return graph
