"""From frames of 100,000 lots and 5,000 demands, with two million ways between them, to the plan."""

from __future__ import annotations

import resource
import time

from analysis.produce.plan.check import faults
from analysis.produce.plan.solve import solve
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.ways.terms import PlanTerms
from benchmarks.against_greedy import gained_over_greedy
from benchmarks.measurement import Measurement
from benchmarks.produce_frames import DAY, made_up_market

LOTS, DEMANDS, SEED = 100_000, 5_000, 1
# So far demands reach on the whole for two million ways.
REACH_KM = 120.0
LIMIT_SECONDS = 15.0
# What a plan may take at most: far more than it should.
SECONDS = 120.0


def measure() -> Measurement:
    """Return the seconds from frames to plan; its limit of memory is 2,000 MB.

    The memory is the most that the process held, the frames included. Whether every constraint is kept is looked at
    afterwards, and not counted.
    """
    market = made_up_market(LOTS, DEMANDS, REACH_KM, seed=SEED)
    started, cpu_started = time.perf_counter(), time.process_time()
    program = program_of(market.lots, market.demands, day=DAY, terms=PlanTerms(at_risk_weight=1.2))
    made, cpu_made = time.perf_counter(), time.process_time()
    plan = solve(program, seconds=SECONDS)
    ended, cpu_ended = time.perf_counter(), time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    details = {
        "ways": float(len(program.ways)),
        "program_seconds": round(made - started, 2),
        "program_processor_seconds": round(cpu_made - cpu_started, 2),
        "plan_seconds": round(ended - made, 2),
        "plan_processor_seconds": round(cpu_ended - cpu_made, 2),
        "memory_mb": round(memory),
        "offered_t": round(int(program.lots["quantity_kg"].sum()) / 1000),
        "wanted_t": round(int(program.demands["quantity_kg"].sum()) / 1000),
        "sold_t": round(int(plan.kg.sum()) / 1000),
        **gained_over_greedy(program, plan),
        "stages_proven": float(sum(stage.is_optimal for stage in plan.stages)),
        "faults": float(len(faults(program, plan))),
    }
    return Measurement("produce_2m", round(ended - started, 2), "s", LIMIT_SECONDS, details)
