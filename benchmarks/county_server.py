"""A made-up county behind a real `plumline serve`, for measuring pages; and clients that keep their connection.

The county is made once a run, or taken from the folder that the environment names, so that several runs share one: it
holds `feeds`, as `plumline synth` wrote them, and `data`, which they were loaded into.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

COUNTY, HOUSEHOLDS, YEARS, SEED = "350624", 100_000, 2, 1
SHARED = "BENCHMARK_COUNTY"
"""The variable of the environment that names a folder with a county."""

READY_WITHIN_SECONDS, ANSWERED_WITHIN_SECONDS = 180.0, 60.0
LOADS_HEADER = "X-Graph-Loads"


@dataclass(frozen=True)
class Answer:
    """An answer: its status, how long it took, the ledger version that the graph showed, and the body."""

    status: int
    seconds: float
    loads: int | None
    body: bytes


class Client:
    """One connection that stays open, as a browser's does."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWERED_WITHIN_SECONDS)
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, address: str, *, language: str = "en") -> Answer:
        """Return the answer to a question, whatever its status."""
        begun = time.perf_counter()
        self._connection.request("GET", address, headers={"Accept-Language": language})
        answer = self._connection.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - begun
        loads = answer.getheader(LOADS_HEADER)
        return Answer(answer.status, seconds, None if loads is None else int(loads), body)

    def told(self, address: str) -> dict[str, object]:
        """Return what a route of the API tells. Raises RuntimeError for any other status than 200."""
        answer = self.get(address)
        if answer.status != http.client.OK:
            raise RuntimeError(f"{address}: {answer.status} {answer.body[:300]!r}")
        found: dict[str, object] = json.loads(answer.body)
        return found

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@dataclass(frozen=True)
class CountyServer:
    """A running server: its port, its data folder, and the feed files that are in it."""

    port: int
    data: Path
    feeds: Path

    @contextmanager
    def client(self) -> Iterator[Client]:
        """Yield a client."""
        with closing(Client(self.port)) as client:
            yield client

    def load(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Begin `plumline load` in another process."""
        return _plumline("--data", str(self.data), "load", *arguments)


@contextmanager
def county_server() -> Iterator[CountyServer]:
    """Yield a server on the county once it can be asked; it is ended afterwards, and its data folder is gone."""
    with tempfile.TemporaryDirectory() as own:
        county = _county(Path(own))
        data = Path(own) / "served"
        shutil.copytree(county / "data", data)
        port = _free_port()
        process = _plumline("--data", str(data), "serve", "--port", str(port))
        try:
            _wait_until_ready(port, process)
            yield CountyServer(port, data, county / "feeds")
        finally:
            process.terminate()
            process.wait()


def _county(own: Path) -> Path:
    shared = os.environ.get(SHARED)
    if shared is not None:
        return Path(shared)
    wanted = ["--county", COUNTY, "--households", str(HOUSEHOLDS), "--years", str(YEARS), "--seed", str(SEED)]
    _done("synth", *wanted, str(own / "feeds"))
    _done("--data", str(own / "data"), "load", "--ends-all", str(own / "feeds"))
    return own


# 0: done. 1: done, and something is to be looked at: the made-up files have faulty rows on purpose.
DONE = (0, 1)


def _done(*arguments: str) -> None:
    code = _plumline(*arguments).wait()
    if code not in DONE:
        raise RuntimeError(f"plumline {arguments[0]} ended with {code}")


def _plumline(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + READY_WITHIN_SECONDS
    while process.poll() is None and time.monotonic() < give_up_at:
        try:
            with closing(Client(port)) as client:
                ready = client.told("/readyz")
                if ready:
                    return
        except (OSError, RuntimeError):
            time.sleep(0.2)
    raise RuntimeError("the server did not become ready")
