"""A process that plans as the server's children do: the made-up program of `assist_plan`, and where the plan stands."""

from __future__ import annotations

import os
import sys

from analysis.assistance.plan.solve import solve
from analysis.assistance.plan.why.standing import standing
from api.plans.child import NICENESS
from benchmarks.assist_plan import MOST_PROGRAMMES, SECONDS, SEED, county_plan


def main() -> int:
    """Make the program, say so, and wait for a line; then plan, see what is still free, and end."""
    os.nice(NICENESS)
    program = county_plan(SEED)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    plan = solve(program, seconds=SECONDS, most_programmes=MOST_PROGRAMMES)
    stands = standing(program, plan.units, most_programmes=MOST_PROGRAMMES)
    return 0 if len(stands.starts) == len(program.needs) + 1 else 1


if __name__ == "__main__":
    sys.exit(main())
