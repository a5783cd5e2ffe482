"""The measures that lower the expected returns of an area of 100,000 households most under a budget, two each."""

from __future__ import annotations

import resource
import time

import numpy as np

from analysis.risk.budget import budget_plan
from analysis.risk.engine import RiskEngine
from analysis.risk.measures import UNKNOWN, measures_of_schema
from analysis.risk.network import network_of_schema
from benchmarks.measurement import Measurement
from benchmarks.risk_county import county_findings
from graph_schema import load_schema

HOUSEHOLDS, MEASURES_EACH = 100_000, 2
# 1,000 yuan a household: too little for all, so that the choice matters.
BUDGET_FEN = HOUSEHOLDS * 100_000
LIMIT_SECONDS = 60.0


def measure() -> Measurement:
    """Return the seconds of one plan, from findings in arrays, every measure offered to every household.

    `gap` is what the plan may miss, as a share of the bound of the linear program. The memory is the most that the
    process held, the findings included.
    """
    schema = load_schema()
    network = network_of_schema(schema)
    engine, findings = RiskEngine(network), county_findings(network, HOUSEHOLDS)
    measures = measures_of_schema(schema, network)
    shape = (HOUSEHOLDS, len(measures))
    started, cpu_started = time.perf_counter(), time.process_time()
    plan = budget_plan(
        engine,
        findings,
        measures,
        BUDGET_FEN,
        most=MEASURES_EACH,
        given=np.zeros(shape, dtype=np.bool_),
        prerequisites=np.full(shape, UNKNOWN, dtype=np.int8),
    )
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu_started
    details = {
        "households": float(HOUSEHOLDS),
        "measures_each": float(MEASURES_EACH),
        "processor_seconds": round(cpu, 2),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
        "gap": plan.gap,
        "returns_before": round(plan.returns_before, 1),
        "returns_prevented": round(plan.prevented, 1),
        "spent_yuan": plan.spent_fen / 100,
        "returns_for_10000_yuan_more": round(plan.value_of_next, 4),
    }
    return Measurement("cut_area", round(seconds, 1), "s", LIMIT_SECONDS, details)
