"""Shapley value and drop of every finding of 1,000,000 households, in one process."""

from __future__ import annotations

import resource
import time

from analysis.risk.engine import RiskEngine
from analysis.risk.network import network_of_schema
from benchmarks.measurement import Measurement
from benchmarks.risk_county import county_findings
from graph_schema import load_schema

HOUSEHOLDS = 1_000_000
LIMIT_SECONDS = 15.0


def measure() -> Measurement:
    """Return the seconds of one round."""
    network = network_of_schema(load_schema())
    engine, findings = RiskEngine(network), county_findings(network, HOUSEHOLDS)
    started, cpu_started = time.perf_counter(), time.process_time()
    engine.attribute(findings)
    seconds = time.perf_counter() - started
    details = {
        "households": float(HOUSEHOLDS),
        "findings": float(len(findings.household)),
        "processor_seconds": round(time.process_time() - cpu_started, 2),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }
    return Measurement("attribution_bulk", round(seconds, 2), "s", LIMIT_SECONDS, details)
