"""The assistance plan of 100,000 households and about a million chains, beside first come, first served."""

from __future__ import annotations

import resource
import time

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.assistance.plan.check import faults, stage_values
from analysis.assistance.plan.greedy import greedy_units
from analysis.assistance.plan.program import NONE, SLOTS, AssistProgram
from analysis.assistance.plan.solve import solve
from benchmarks.measurement import Measurement

HOUSEHOLDS, PROGRAMMES, ENTERPRISES, COOPERATIVES, COUNTIES, CAUSES = 100_000, 500, 5_000, 3_000, 60, 8
SEED, LIMIT_SECONDS, SECONDS, MOST_PROGRAMMES = 1, 90.0, 140.0, 3
# Programmes pay in whole yuan; one in ten gives what costs a hundred yuan undivided. Capacities are in yuan.
YUAN_FEN, UNDIVIDED_YUAN = 100, 100
# So many programmes are of one county; the others reach everywhere, so nothing falls apart.
OWN_SHARE = 0.8
# Of the causes, so many are ones that a programme helps with.
HELPED_SHARE = 0.6
# Of all need, what budgets and capacities would suffice for if everything could reach everyone.
BUDGET_SHARE, CAPACITY_SHARE = 0.75, 1.1
ENTERPRISES_PER_COOPERATIVE, PROGRAMMES_PER_ENTERPRISE = 4, 4

Places = NDArray[np.int64]


def county_plan(seed: int) -> AssistProgram:
    """Return a made-up program: every household has one or two causes, one need each, and belongs to a cooperative.

    Cooperatives work with enterprises of their county, enterprises with programmes of their county and of the
    province; a programme helps with six causes in ten and covers 0.6 to 1 of what it costs. One programme in ten
    pays at most so much for one household.
    """
    random = np.random.default_rng(seed)
    county = np.sort(random.integers(0, COUNTIES, COOPERATIVES))
    enterprise_county = np.sort(random.integers(0, COUNTIES, ENTERPRISES))
    needs, member = _needs(random, county)
    helps = random.random((PROGRAMMES, CAUSES)) < HELPED_SHARE
    links = _links(random, county, enterprise_county)
    cause = needs["cause"].to_numpy()
    needs = needs.drop(columns="cause")
    chains = _chains(links, member, cause, helps)
    unit_yuan = np.where(random.random(PROGRAMMES) < 0.1, UNDIVIDED_YUAN, 1)
    effect = random.integers(60, 101, PROGRAMMES)
    total = int(needs["need_fen"].sum())
    limit = np.where(random.random(PROGRAMMES) < 0.1, random.integers(8_000, 24_000, PROGRAMMES) * YUAN_FEN, NONE)
    budget = _parts(random, total * BUDGET_SHARE / 0.8, PROGRAMMES)
    capacity = [_parts(random, total * CAPACITY_SHARE / YUAN_FEN, size) for size in (ENTERPRISES, COOPERATIVES)]
    giver = chains["programme"].to_numpy()
    none = {slot: np.full(len(chains), NONE, dtype=np.int32) for slot in SLOTS if slot not in chains}
    used = {f"{slot}_use": unit_yuan[giver] if slot in chains else np.zeros(len(chains), np.int64) for slot in SLOTS}
    names = [f"enterprise{number:04d}" for number in range(ENTERPRISES)]
    names += [f"the_cooperative{number:04d}" for number in range(COOPERATIVES)]
    return AssistProgram(
        needs=needs,
        programmes=pd.DataFrame(
            {
                "programme_id": [f"programme{number:03d}" for number in range(PROGRAMMES)],
                "agency_id": [f"agency{number % 40:02d}" for number in range(PROGRAMMES)],
                "budget_fen": budget,
                "household_limit_fen": limit,
            }
        ),
        resources=pd.DataFrame(
            {
                "resource_id": names,
                "holder_id": names,
                "layer": ["enterprise"] * ENTERPRISES + ["cooperative"] * COOPERATIVES,
                "capacity": np.concatenate(capacity),
            }
        ),
        chains=chains.assign(
            cooperative=(chains["cooperative"] + ENTERPRISES).astype(np.int32),
            cost_fen=unit_yuan[giver] * YUAN_FEN,
            cover_fen=effect[giver] * unit_yuan[giver] * YUAN_FEN // 100,
            most=NONE,
            measure=np.int32(NONE),
            **none,
            **used,
        ),
    )


def _chains(links: pd.DataFrame, member: Places, cause: Places, helps: NDArray[np.bool_]) -> pd.DataFrame:
    """Return every way to every need that its programme helps with, over the cooperative of the household."""
    per = links.groupby("cooperative").indices
    parts = []
    for cooperative in range(COOPERATIVES):
        own, ways = np.flatnonzero(member == cooperative), links.iloc[per.get(cooperative, [])]
        giver = ways["programme"].to_numpy()
        need, way = np.nonzero(helps[giver].T[cause[own]])
        parts.append(ways.iloc[way].assign(need=own[need]))
    return pd.concat(parts).sort_values(["need", "programme", "enterprise", "cooperative"], ignore_index=True)


def _needs(random: np.random.Generator, county: Places) -> tuple[pd.DataFrame, Places]:
    """Return needs with their cause, and per need the cooperative of its household."""
    home = np.sort(random.integers(0, COOPERATIVES, HOUSEHOLDS))
    household = np.repeat(np.arange(HOUSEHOLDS), np.where(random.random(HOUSEHOLDS) < 0.3, 2, 1))
    first = np.flatnonzero(np.diff(household, prepend=-1))
    cause = random.integers(0, CAUSES, len(household))
    second = np.setdiff1d(np.arange(len(household)), first)
    cause[second] = (cause[second - 1] + 1 + random.integers(0, CAUSES - 1, len(second))) % CAUSES
    tier = random.choice([5, 4, 3, 2, 1], len(household), p=[0.07, 0.13, 0.23, 0.3, 0.27])
    needs = pd.DataFrame(
        {
            "need_id": [f"need{number:06d}" for number in range(len(household))],
            "household_id": [f"household{number:06d}" for number in household.tolist()],
            "village_id": [f"village{number:04d}" for number in (home[household] // 2).tolist()],
            "cause_id": [f"cause{number}" for number in cause.tolist()],
            "severity_weight": 10 + 2 * tier,
            "tier": tier,
            "need_fen": ((random.lognormal(8.2, 0.6, len(household))).astype(np.int64) + UNDIVIDED_YUAN) * YUAN_FEN,
            "cause": cause,
        }
    )
    return needs, home[household]


def _links(random: np.random.Generator, county: Places, enterprise_county: Places) -> pd.DataFrame:
    """Return the different ways of programme, enterprise and cooperative."""
    of_all = PROGRAMMES - COUNTIES * int(PROGRAMMES * OWN_SHARE / COUNTIES)
    begins, ends = (np.searchsorted(enterprise_county, county, side=side) for side in ("left", "right"))
    cooperative = np.repeat(np.arange(COOPERATIVES), ENTERPRISES_PER_COOPERATIVE)
    reach = np.maximum(ends - begins, 1)[cooperative]
    enterprise = np.minimum(begins[cooperative] + random.integers(0, reach), ENTERPRISES - 1)
    serves = random.integers(0, of_all, (ENTERPRISES, PROGRAMMES_PER_ENTERPRISE))
    per_county = (PROGRAMMES - of_all) // COUNTIES
    own = of_all + enterprise_county[:, None] * per_county + random.integers(0, per_county, serves.shape)
    serves = np.where(random.random(serves.shape) < OWN_SHARE, own, serves)
    frame = pd.DataFrame(
        {
            "programme": serves[enterprise].ravel().astype(np.int32),
            "enterprise": np.repeat(enterprise, PROGRAMMES_PER_ENTERPRISE).astype(np.int32),
            "cooperative": np.repeat(cooperative, PROGRAMMES_PER_ENTERPRISE).astype(np.int32),
        }
    )
    return frame.drop_duplicates(ignore_index=True)


def _parts(random: np.random.Generator, total: float, count: int) -> Places:
    """Return so many unlike parts of a total."""
    drawn = random.lognormal(0.0, 0.7, count)
    parts: Places = (total * drawn / drawn.sum()).astype(np.int64)
    return parts


def measure() -> Measurement:
    """Return the seconds from program to plan; its limits are 2,000 MB and a gap of 0.1 percent at three programmes.

    `worst_tier_percent`: of the need of the worst tier, what the plan covers; `first_come_` is the same instance
    served in an order drawn by lot. Whether every constraint is kept is looked at afterwards, and not counted.
    """
    program = county_plan(SEED)
    started, cpu_started = time.perf_counter(), time.process_time()
    plan = solve(program, seconds=SECONDS, most_programmes=MOST_PROGRAMMES)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu_started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    first_come = stage_values(program, greedy_units(program, most_programmes=MOST_PROGRAMMES, seed=SEED))
    weighted = program.needs["need_fen"] * program.needs["severity_weight"]
    all_need, worst = int(weighted.sum()), int(weighted[program.needs["tier"] == program.needs["tier"].max()].sum())
    details = {
        "needs": float(len(program.needs)),
        "chains": float(len(program.chains)),
        "processor_seconds": round(cpu, 1),
        "memory_mb": round(memory),
        "gap_percent": round(100 * plan.gap_share, 4),
        "need_percent": round(100 * plan.stages[0].value / all_need, 2),
        "worst_tier_percent": round(100 * plan.stages[1].value / worst, 2),
        "first_come_need_percent": round(100 * first_come[0] / all_need, 2),
        "first_come_worst_tier_percent": round(100 * first_come[1] / worst, 2),
        "cost_yuan": float(plan.stages[-1].value // 100),
        "first_come_cost_yuan": float(first_come[-1] // 100),
        "faults": float(len(faults(program, plan, most_programmes=MOST_PROGRAMMES))),
    }
    return Measurement("assist_plan", round(seconds, 1), "s", LIMIT_SECONDS, details)
