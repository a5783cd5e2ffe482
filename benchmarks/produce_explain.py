"""Why one lot stays unsold, asked of a plan with two million ways: 200 lots one after another."""

from __future__ import annotations

import resource
import time
from collections import Counter

import numpy as np

from analysis.produce.plan.solve import solve
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.why.explain import why_lot
from analysis.produce.plan.why.frames import PlanFrames
from analysis.produce.plan.why.index import why_index
from benchmarks.measurement import Measurement
from benchmarks.produce_frames import DAY, made_up_market
from graph_schema import load_schema

LOTS, DEMANDS, REACH_KM, SEED = 100_000, 5_000, 125.0, 1
QUESTIONS, PLAN_SECONDS = 200, 60.0
LIMIT_SECONDS = 1.0


def measure() -> Measurement:
    """Return the 95th percentile in seconds for a lot of which something stays unsold, each dimension solved.

    Making the plan and its index, once per plan, stands in the details.
    """
    schema, market = load_schema(), made_up_market(LOTS, DEMANDS, REACH_KM, seed=SEED)
    program = program_of(market.lots, market.demands, day=DAY)
    plan = solve(program, seconds=PLAN_SECONDS)
    started = time.perf_counter()
    index = why_index(program, plan, PlanFrames(market.lots, market.demands, DAY), schema)
    index_seconds = time.perf_counter() - started
    unsold = np.flatnonzero(index.planned.residual.unsold > 0)
    asked = np.random.default_rng(SEED).choice(unsold, min(QUESTIONS, len(unsold)), replace=False)
    seconds, changes = [], Counter[str]()
    for lot_id in program.lots["lot_id"].iloc[asked]:
        started = time.perf_counter()
        told = why_lot(index, lot_id)
        seconds.append(time.perf_counter() - started)
        changes.update(change.dimension for change in told.changes)
    p95, median, most = (float(np.percentile(seconds, share)) for share in (95, 50, 100))
    details = {
        "ways": float(len(program.ways)),
        "unsold_lots": float(len(unsold)),
        "asked": float(len(asked)),
        "index_seconds": round(index_seconds, 2),
        "median_seconds": round(median, 3),
        "most_seconds": round(most, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        **{f"changes_{name}": float(count) for name, count in sorted(changes.items())},
    }
    return Measurement("produce_explain", round(p95, 3), "s p95", LIMIT_SECONDS, details)
