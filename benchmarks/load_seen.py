"""How long after a load counts a running server shows it, on the demonstration's data and the embedded engine.

The server is a real `plumline serve`. The loads are made by this process, as another command would make them: the time
runs from when the load counts in the ledger to the first answer given from a graph that has it.
"""

from __future__ import annotations

import csv
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.county_server import Client
from benchmarks.measurement import Measurement
from loaders.load_options import FilesGiven
from loaders.run import load_files
from loaders.settings import Settings
from loaders.workspace import Workspace

LOADS, ROWS_OF_A_LOAD = 5, 3
LIMIT_SECONDS = 1.0
COUNTED_EVERY_SECONDS, ASKED_EVERY_SECONDS, GIVE_UP_SECONDS = 0.005, 0.02, 60.0
# What the server prepares for the next load, and for questions, is done by then.
PAUSE_SECONDS = 3.0
FIRST_DAY = date(2026, 5, 10)
FEED_FILE = Path("feeds", "2_made_up", "visit.Observation.csv")
QUESTION = "/v1/areas"


def measure() -> Measurement:
    """Return the longest of five small loads in seconds, with the median and what each took of the processor."""
    with tempfile.TemporaryDirectory() as own:
        data = Path(own) / "demo"
        if _plumline("--data", str(data), "demo").wait():
            raise RuntimeError("the demonstration could not be made")
        workspace = Workspace(Settings(data=data))
        # What is made ready once, such as the vocabulary, is no part of a load.
        workspace.load_place()
        with _served(data) as (process, port), closing(Client(port)) as client:
            seen = [_seen_after(workspace, _feed_file(data, number), process.pid, client) for number in range(LOADS)]
    seconds = [each for each, _ in seen]
    details = {
        "loads": float(LOADS),
        "median_s": round(statistics.median(seconds), 2),
        "processor_s": round(statistics.median(each for _, each in seen), 2),
    }
    return Measurement("load_seen", round(max(seconds), 2), "s", LIMIT_SECONDS, details)


def _seen_after(workspace: Workspace, file: Path, server: int, client: Client) -> tuple[float, float]:
    """Return how many seconds after the file counts it is seen, and the seconds of processor the server took for it."""
    time.sleep(PAUSE_SECONDS)
    ledger = workspace.open_ledger()
    before, processor = ledger.version, _processor_seconds(server)
    with ThreadPoolExecutor(max_workers=1) as loader:
        given, now = FilesGiven((file,)), datetime.now(UTC)
        loading = loader.submit(load_files, given, workspace.load_place(), recorded_at=now)
        while ledger.version == before and not loading.done():
            time.sleep(COUNTED_EVERY_SECONDS)
        begun = time.monotonic()
        if ledger.version == before:
            raise RuntimeError(f"nothing was loaded: {loading.result()}")
        while (client.get(QUESTION).loads or 0) <= before:
            if time.monotonic() - begun > GIVE_UP_SECONDS:
                raise RuntimeError("the load did not come into the graph")
            time.sleep(ASKED_EVERY_SECONDS)
        return time.monotonic() - begun, _processor_seconds(server) - processor


def _feed_file(data: Path, number: int) -> Path:
    """Write what visits saw again on another day: a few rows of the feed."""
    with (data / FEED_FILE).open(encoding="utf-8", newline="") as text:
        head, *rows = csv.reader(text)
    on, day = head.index("observed_on"), FIRST_DAY + timedelta(days=number)
    chosen = rows[number * ROWS_OF_A_LOAD : (number + 1) * ROWS_OF_A_LOAD]
    file = data.parent / f"visit.Observation.{day}.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([head, *([*row[:on], day.isoformat(), *row[on + 1 :]] for row in chosen)])
    return file


@contextmanager
def _served(data: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Yield the process and the port of a server that can be asked; it is ended afterwards."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = _plumline("--data", str(data), "serve", "--port", str(port))
    try:
        give_up_at = time.monotonic() + GIVE_UP_SECONDS
        while not _is_ready(port):
            if process.poll() is not None or time.monotonic() > give_up_at:
                raise RuntimeError("the server did not become ready")
            time.sleep(ASKED_EVERY_SECONDS)
        yield process, port
    finally:
        process.terminate()
        process.wait()


def _is_ready(port: int) -> bool:
    try:
        with closing(Client(port)) as client:
            return bool(client.told("/readyz"))
    except (OSError, RuntimeError):
        return False


def _plumline(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own


def _processor_seconds(process: int) -> float:
    """Return the processor time that a process and those it started have taken."""
    tasks = Path("/proc", str(process), "task").glob("*/children")
    children = [child for task in tasks for child in task.read_text(encoding="ascii").split()]
    ticks = 0
    for number in (str(process), *children):
        # The name of the program stands in brackets and may hold spaces; user and system time are the 12th and 13th
        # field after it.
        fields = Path("/proc", number, "stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
