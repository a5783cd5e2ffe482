"""A process that plans as the server's children do, on made-up frames: the program of `produce_2m`, and its index."""

from __future__ import annotations

import os
import sys

from analysis.produce.plan.solve import solve
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.why.frames import PlanFrames
from analysis.produce.plan.why.index import why_index
from api.plans.child import NICENESS
from benchmarks.produce_2m import DEMANDS, LOTS, REACH_KM, SECONDS, SEED
from benchmarks.produce_frames import DAY, made_up_market
from graph_schema import load_schema


def main() -> int:
    """Make the frames, say so, and wait for a line; then plan, index the plan, and end."""
    os.nice(NICENESS)
    market = made_up_market(LOTS, DEMANDS, REACH_KM, seed=SEED)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    program = program_of(market.lots, market.demands, day=DAY)
    plan = solve(program, seconds=SECONDS)
    index = why_index(program, plan, PlanFrames(market.lots, market.demands, DAY), load_schema())
    return 0 if len(index.lots) == LOTS else 1


if __name__ == "__main__":
    sys.exit(main())
