"""Every page at 100,000 households, in both languages, as a browser gets it from a real server on this machine."""

from __future__ import annotations

import http.client

import numpy as np

from benchmarks.county_server import HOUSEHOLDS, Client, county_server
from benchmarks.measurement import Measurement
from benchmarks.page_addresses import page_addresses

WARM_UP, ROUNDS = 1, 12
LIMIT_MS = 300.0
LANGUAGES = ("en", "zh")


def measure() -> Measurement:
    """Return the 95th percentile in milliseconds of the slowest page; `details` has that of each."""
    with county_server() as server, server.client() as client:
        found = {name: _p95(client, asked) for name, asked in page_addresses(client).items()}
    worst = max(found.values())
    details = {"households": float(HOUSEHOLDS), **{f"{name}_ms": found[name] for name in found}}
    return Measurement(name="page_p95", value=worst, unit="ms p95", limit=LIMIT_MS, details=details)


def _p95(client: Client, addresses: list[str]) -> float:
    seconds = []
    for turn in range(WARM_UP + ROUNDS):
        for address in addresses:
            for language in LANGUAGES:
                answer = client.get(address, language=language)
                if answer.status != http.client.OK:
                    raise RuntimeError(f"{address}: {answer.status}")
                seconds.append(answer.seconds if turn >= WARM_UP else 0.0)
    timed = seconds[WARM_UP * len(addresses) * len(LANGUAGES) :]
    return round(float(np.percentile(timed, 95)) * 1000, 1)
