"""How long pages take while another process, which gives way as the server's own children do, makes a plan.

Pages are asked of a server on the embedded engine with 100,000 households, first with nothing else going on, then while
the plan is made.
"""

from __future__ import annotations

import http.client
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from benchmarks.county_server import HOUSEHOLDS, Client, county_server
from benchmarks.measurement import Measurement
from benchmarks.page_addresses import page_addresses

PAGES = ("household", "village", "town", "search", "lot", "produce", "loads", "chains_town")
SEED, IDLE_SECONDS = 20260520, 15.0
# A person reads a page before asking for the next one.
PAUSE_SECONDS = 0.02
LIMIT_MS = 300.0


def pages_beside(child_module: str, name: str) -> Measurement:
    """Return the 95th percentile in ms while a plan is made; that of the same pages before stands in the details.

    `child_module`: what makes the plan. It writes a line once it has what it plans for, and begins at a line.
    """
    with county_server() as server, _planning_child(child_module) as child:
        # Only now, for the server does not keep a connection on which nothing is asked while the child reads.
        with server.client() as client:
            addresses = [each for page in PAGES for each in page_addresses(client)[page]]
            for address in addresses:
                client.get(address)
            until = time.monotonic() + IDLE_SECONDS
            idle = _asked(client, addresses, lambda: time.monotonic() < until)
            begun = time.monotonic()
            _begin(child)
            during = _asked(client, addresses, lambda: child.poll() is None)
            planned = time.monotonic() - begun
        if child.returncode:
            raise RuntimeError("no plan was made")
    p95 = [float(np.percentile(seconds, 95)) * 1000 for seconds in (idle, during)]
    details = {
        "households": float(HOUSEHOLDS),
        "ratio": round(p95[1] / p95[0], 2),
        "idle_p95_ms": round(p95[0], 1),
        "planning_slowest_ms": round(max(during) * 1000, 1),
        "idle_answers": float(len(idle)),
        "planning_answers": float(len(during)),
        "plan_and_index_s": round(planned, 1),
    }
    return Measurement(name, round(p95[1], 1), "ms p95", LIMIT_MS, details)


@contextmanager
def _planning_child(module: str) -> Iterator[subprocess.Popen[bytes]]:
    """Yield a process that has what it plans for and waits; it is gone afterwards."""
    command = [sys.executable, "-m", module]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:  # noqa: S603 - our own
        try:
            if child.stdout is None or not child.stdout.readline():
                raise RuntimeError("there is nothing to plan for")
            yield child
        finally:
            child.kill()


def _begin(child: subprocess.Popen[bytes]) -> None:
    if child.stdin is None:
        raise RuntimeError("no pipe")
    child.stdin.write(b"go\n")
    child.stdin.flush()


def _asked(client: Client, addresses: list[str], goes_on: Callable[[], bool]) -> list[float]:
    """Return the seconds of each answer, page after page as long as it goes on."""
    draw, seconds = random.Random(SEED), []
    while goes_on():
        answer = client.get(draw.choice(addresses))
        if answer.status != http.client.OK:
            raise RuntimeError(f"{answer.status}")
        seconds.append(answer.seconds)
        time.sleep(PAUSE_SECONDS)
    return seconds
