"""The made-up county of 100,000 households behind a real server process, and a client that keeps its connection."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.cause_graph import DAY, fill, relate
from graph_schema import Schema
from graph_store import GraphStore, Marker
from loaders.graph_plan import AS_OF, GROUND, LOADS, ground_of
from loaders.graph_plan import DAY as SHOWN_DAY
from loaders.settings import Settings
from loaders.workspace import Workspace

READY_WITHIN_SECONDS, ANSWERED_WITHIN_SECONDS = 120.0, 60.0
# Chains of help that make a graph of 200 boxes: agencies, programmes, enterprises, cooperatives, households behind each
# cooperative, and one box for all others with one for what they lack.
AGENCIES, PROGRAMMES, ENTERPRISES, COOPERATIVES, MEMBERS = 20, 40, 40, 49, 10_000
STARTS_ON = pd.Timestamp(2025, 1, 1)


@dataclass(frozen=True)
class Server:
    """A server process on a loopback port, and the households that it knows."""

    port: int
    households: list[str]

    @contextmanager
    def connected(self) -> Iterator[http.client.HTTPConnection]:
        """Yield one connection, which stays open between questions."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWERED_WITHIN_SECONDS)) as connection:
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            yield connection


def ask(connection: http.client.HTTPConnection, address: str) -> bytes:
    """Return the body of an answer. Raises RuntimeError for any other status than 200."""
    connection.request("GET", address)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{answer.status} {body[:500]!r}")
    return body


@contextmanager
def served_county() -> Iterator[Server]:
    """Yield a server on the county once it can be asked; it is ended afterwards."""
    with tempfile.TemporaryDirectory() as folder, closing(socket.socket()) as probe:
        households = make_county(Path(folder))
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        command = [sys.executable, "-m", "benchmarks.county_app", folder, str(port)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
        try:
            server = Server(port, households)
            _wait_until_ready(server, process)
            yield server
        finally:
            process.terminate()
            process.wait()


def make_county(folder: Path) -> list[str]:
    """Make a data folder whose ledger is empty and whose graph is the county; return its households."""
    workspace = Workspace(Settings(data=folder))
    workspace.open_ledger(create=True)
    with closing(workspace.open_graph()) as store:
        households = fill(store, workspace.schema)
        _fill_help(store, workspace.schema, households)
        # The graph shows all of the empty ledger, so that the server leaves it as it is.
        for name, value in (
            (GROUND, ground_of(workspace.schema, workspace.policy)),
            (SHOWN_DAY, DAY.toordinal()),
            (AS_OF, 0),
            (LOADS, workspace.open_ledger().version),
        ):
            store.mark(Marker(name, value))
        store.save()
    return households


def _fill_help(store: GraphStore, schema: Schema, households: list[str]) -> None:
    agencies, programmes = _ids("AG", AGENCIES), _ids("PR", PROGRAMMES)
    enterprises, cooperatives = _ids("EN", ENTERPRISES), _ids("CO", COOPERATIVES)
    contracts = _ids("CT", COOPERATIVES)
    measures = sorted(schema.measures)
    store.merge_nodes("Measure", pd.DataFrame({"id": measures}))
    for kind, ids in (("Agency", agencies), ("Enterprise", enterprises), ("Cooperative", cooperatives)):
        store.merge_nodes(kind, pd.DataFrame({"id": ids, "name": ids, "is_made_up": True}))
    running = {"starts_on": STARTS_ON, "is_made_up": True}
    store.merge_nodes("Programme", pd.DataFrame({"id": programmes, "name": programmes, **running}))
    store.merge_nodes("Contract", pd.DataFrame({"id": contracts, "contract_kind": "purchase", **running}))
    relate(store, "RUNS", ("Agency", _turn(agencies, PROGRAMMES)), ("Programme", programmes))
    relate(store, "OFFERS", ("Programme", programmes), ("Measure", _turn(measures, PROGRAMMES)))
    partners = pd.Series([STARTS_ON] * PROGRAMMES)
    relate(
        store,
        "PARTNERS_WITH",
        ("Programme", programmes),
        ("Enterprise", _turn(enterprises, PROGRAMMES)),
        starts_on=partners,
    )
    relate(store, "SIGNS", ("Enterprise", _turn(enterprises, COOPERATIVES)), ("Contract", contracts))
    relate(store, "BINDS", ("Contract", contracts), ("Cooperative", cooperatives))
    members = households[:MEMBERS]
    relate(store, "MEMBER_OF", ("Household", members), ("Cooperative", _turn(cooperatives, MEMBERS)))


def _ids(prefix: str, count: int) -> list[str]:
    return [f"{prefix}-{number:03d}" for number in range(count)]


def _turn(ids: list[str], count: int) -> list[str]:
    return [ids[number % len(ids)] for number in range(count)]


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + READY_WITHIN_SECONDS
    while process.poll() is None and time.monotonic() < give_up_at:
        try:
            with server.connected() as connection:
                ask(connection, "/readyz")
            return
        except (OSError, RuntimeError):
            time.sleep(0.2)
    raise RuntimeError("the server did not become ready")
