"""The risk of one household alone, 2,000 of them one after another."""

from __future__ import annotations

import time

import numpy as np

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import findings_of
from analysis.risk.network import network_of_schema
from benchmarks.measurement import Measurement
from benchmarks.risk_county import county_rows
from graph_schema import load_schema

QUESTIONS, WARM_UP, ROUNDS = 2_000, 100, 3
LIMIT_MS = 5.0


def measure() -> Measurement:
    """Return the 95th percentile in milliseconds, from plain rows to the number; the best of three rounds."""
    network = network_of_schema(load_schema())
    engine, households = RiskEngine(network), county_rows(network, QUESTIONS + WARM_UP)
    rounds = []
    for _ in range(ROUNDS):
        seconds = []
        for rows in households:
            started = time.perf_counter()
            engine.risk(findings_of(network, [rows]))
            seconds.append(time.perf_counter() - started)
        rounds.append(seconds[WARM_UP:])
    p95, median = (min(float(np.percentile(seconds, share)) for seconds in rounds) * 1000 for share in (95, 50))
    details = {"households": float(QUESTIONS), "median_ms": round(median, 3)}
    return Measurement("risk_one", round(p95, 3), "ms p95", LIMIT_MS, details)
