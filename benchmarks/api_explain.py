"""Why one household is at risk over HTTP, without the search of the cut, on one connection, of 100,000 households."""

from __future__ import annotations

import random

import numpy as np

from benchmarks.county_server import COUNTY, Client, county_server
from benchmarks.measurement import Measurement

QUESTIONS, WARM_UP, ROUNDS, SEED = 500, 50, 3, 20260520
# So many different households are asked about.
HOUSEHOLDS, AT_ONCE = 400, 100
LIMIT_MS = 50.0


def measure() -> Measurement:
    """Return the 95th percentile in milliseconds of 500 questions about households with findings, drawn from a seed.

    It is the best of three rounds: what else runs on the machine can only add time.
    """
    with county_server() as server, server.client() as client:
        households = _with_findings(client)
        rounds = [_seconds(client, households, seed=SEED + turn) for turn in range(ROUNDS)]
        bodies = [len(client.get(f"/v1/explain/{household}").body) for household in households[:100]]
    p95, median = (min(float(np.percentile(seconds, share)) for seconds in rounds) * 1000 for share in (95, 50))
    details = {"median_ms": round(median, 3), "body_kb": round(float(np.median(bodies)) / 1000, 1)}
    return Measurement(name="api_explain", value=round(p95, 3), unit="ms p95", limit=LIMIT_MS, details=details)


def _with_findings(client: Client) -> list[str]:
    found: list[str] = []
    after = ""
    while len(found) < HOUSEHOLDS:
        told = client.told(f"/v1/households?area={COUNTY}&help=without&limit={AT_ONCE}{after}")
        rows = told["households"]
        if not isinstance(rows, list):
            raise TypeError("households come as a list")
        found += [str(row["household_id"]) for row in rows]
        if told["next_after"] is None:
            break
        after = f"&after={told['next_after']}"
    return found


def _seconds(client: Client, households: list[str], *, seed: int) -> list[float]:
    draw = random.Random(seed)
    asked = draw.choices(households, k=WARM_UP + QUESTIONS)
    answers = [client.get(f"/v1/explain/{household}") for household in asked]
    if any(answer.status != 200 for answer in answers):
        raise RuntimeError(f"status {next(answer.status for answer in answers if answer.status != 200)}")
    return [answer.seconds for answer in answers][WARM_UP:]
