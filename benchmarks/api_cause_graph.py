"""The cause graph of one household over HTTP, asked one after the other on one connection, of 100,000 households."""

from __future__ import annotations

import random
import time

import numpy as np

from benchmarks.measurement import Measurement
from benchmarks.served_county import Server, ask, served_county

QUESTIONS, WARM_UP, ROUNDS, SEED = 1_000, 200, 3, 20260520
LIMIT_MS = 15.0


def measure() -> Measurement:
    """Return the 95th percentile in milliseconds of 1,000 questions about households drawn from a seed.

    It is the best of three rounds: what else runs on the machine can only add time.
    """
    with served_county() as server:
        rounds = [_seconds(server, seed=SEED + turn) for turn in range(ROUNDS)]
    p95, median = (min(float(np.percentile(seconds, share)) for seconds in rounds) * 1000 for share in (95, 50))
    details = {"households": float(len(server.households)), "median_ms": round(median, 3)}
    return Measurement(name="api_cause_graph", value=round(p95, 3), unit="ms p95", limit=LIMIT_MS, details=details)


def _seconds(server: Server, *, seed: int) -> list[float]:
    draw = random.Random(seed)
    seconds = []
    with server.connected() as connection:
        for household in draw.choices(server.households, k=WARM_UP + QUESTIONS):
            started = time.perf_counter()
            ask(connection, f"/v1/cause-graph/Household/{household}")
            seconds.append(time.perf_counter() - started)
    return seconds[WARM_UP:]
