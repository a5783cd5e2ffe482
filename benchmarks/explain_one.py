"""All that is said of one household with six findings: 500 households one after another.

The risk, what lies behind the low income that was seen, what each of the six findings adds, and the chains with what
each link is at this household. The findings are made up: the households of the made-up county with six different causes
each, half of them confirmed, the rest suspected, so that every one of the six takes part in the attribution.
"""

from __future__ import annotations

import time

import numpy as np

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import findings_of
from analysis.risk.network import RiskNetwork, network_of_schema
from analysis.risk.trace import Tracer
from benchmarks.measurement import Measurement
from benchmarks.risk_county import county_rows
from graph_schema import load_schema

QUESTIONS, WARM_UP, ROUNDS = 500, 20, 3
# Of so many households more than enough have six findings.
COUNTY = 40_000
FINDINGS, MOST_CHAINS = 6, 200
SEEN = {"O02": True}
LIMIT_MS = 25.0


def measure() -> Measurement:
    """Return the 95th percentile in milliseconds, from plain rows to all four answers; the best of three rounds.

    The details give the median, the median of each of the four alone, and the time of the processor, which other
    work on the machine lengthens less.
    """
    network = network_of_schema(load_schema())
    engine, tracer, households = RiskEngine(network), Tracer(network), _households(network)
    rounds, processor, chains = [], [], 0
    for _ in range(ROUNDS):
        seconds = []
        for rows in households:
            started, times = time.process_time(), [time.perf_counter()]
            findings = findings_of(network, [rows])
            engine.risk(findings)
            times.append(time.perf_counter())
            engine.explain(findings, SEEN)
            times.append(time.perf_counter())
            engine.attribute(findings)
            times.append(time.perf_counter())
            trace = tracer.trace(findings, max_chains=MOST_CHAINS)
            times.append(time.perf_counter())
            processor.append(time.process_time() - started)
            seconds.append([times[-1] - times[0], *np.diff(times)])
            chains = max(chains, len(trace.chains))
        rounds.append(np.array(seconds[WARM_UP:]) * 1000)
    p95 = min(float(np.percentile(each[:, 0], 95)) for each in rounds)
    median = np.min([np.median(each, axis=0) for each in rounds], axis=0)
    names = ("median_ms", "risk_ms", "explanation_ms", "attribution_ms", "trace_ms")
    details = {name: round(float(value), 3) for name, value in zip(names, median, strict=True)}
    details |= {"processor_p95_ms": round(float(np.percentile(processor, 95)) * 1000, 3)}
    details |= {"households": float(len(households) - WARM_UP), "most_chains": float(chains)}
    return Measurement("explain_one", round(p95, 3), "ms p95", LIMIT_MS, details)


def _households(network: RiskNetwork) -> list[list[dict[str, object]]]:
    """Return the households of the made-up county that have six findings, each of another cause."""
    found = [
        rows
        for rows in county_rows(network, COUNTY)
        if len(rows) == FINDINGS and len({row["cause"] for row in rows}) == FINDINGS
    ]
    return found[: QUESTIONS + WARM_UP]
