"""The real server process, started as a person starts it and asked over HTTP."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from loaders.workspace import Workspace
from tests.api.small_ledger import FEEDS, Households

PLUMLINE = Path(sys.executable).with_name("plumline")
SECONDS = 60


@dataclass
class RunningServer:
    """A server process on a loopback port, its data folder and the file that its log goes to."""

    process: subprocess.Popen[bytes]
    port: int
    data: Path
    log: Path

    def get(self, path: str) -> tuple[int, str, str]:
        """Return status, content type and body of an address."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=SECONDS) as answer:
                return answer.status, answer.headers["Content-Type"], answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers["Content-Type"], error.read().decode()


@contextmanager
def started(data: Path, log: Path) -> Iterator[RunningServer]:
    """Yield a server on the data folder when it is ready; it is stopped as Ctrl-C stops it."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(PLUMLINE), "--data", str(data), "serve", "--port", str(port)]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)  # noqa: S603 - our own command
    running = RunningServer(process, port, data, log)
    try:
        wait_until_ready(running)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=SECONDS)


@pytest.fixture(scope="module")
def server(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Yield one server for all tests of this page."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copytree(loaded_folder, folder / "data")
    with started(folder / "data", folder / "log.txt") as running:
        yield running


def wait_until_ready(server: RunningServer) -> None:
    """Return when the server can be asked and its graph shows every load."""
    give_up_at = time.monotonic() + SECONDS
    while server.process.poll() is None and time.monotonic() < give_up_at:
        # It does not listen yet where it is only just being started.
        with suppress(urllib.error.URLError):
            status, _, body = server.get("/readyz")
            if status == http.client.OK and json.loads(body)["loads_behind"] == 0:
                return
        time.sleep(0.1)
    pytest.fail(server.log.read_text(encoding="utf-8"))


def test_a_question_is_answered(server: RunningServer, households: Households) -> None:
    status, content_type, body = server.get(f"/v1/cause-graph/Household/{households.with_plums}")
    assert (status, content_type) == (200, "application/json")
    assert json.loads(body)["version"] == "cause-graph/1"


def test_a_problem_comes_as_a_problem(server: RunningServer) -> None:
    status, content_type, body = server.get("/v1/chains/Household/%00")
    assert (status, content_type) == (422, "application/problem+json")
    assert json.loads(body)["code"] == "bad_parameters"


def test_another_host_name_is_refused(server: RunningServer) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=SECONDS)) as connection:
        connection.request("GET", "/readyz", headers={"Host": "plumline.example"})
        assert connection.getresponse().status == 421


def test_only_the_loopback_address_is_listened_on(server: RunningServer) -> None:
    # Every address that begins with 127 leads to this machine; a server that listens everywhere would answer.
    with closing(socket.socket()) as other:
        other.settimeout(SECONDS)
        assert other.connect_ex(("127.0.0.2", server.port)) != 0


@pytest.mark.parametrize(
    "line",
    [
        b"GET /v1/chains/Area/%s HTTP/1.1" % (b"3" * 100_000),
        b"GET /nothing HTTP/9.9",
        b"\x00\x01\x02",
        b"GET  \x00 HTTP/1.1",
    ],
)
def test_what_is_no_request_is_refused_and_the_server_lives(server: RunningServer, line: bytes) -> None:
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS)) as connection:
        connection.sendall(line + b"\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert connection.recv(12)[9:10] == b"4"
    assert server.get("/healthz")[0] == 200


def test_a_load_by_the_command_line_comes_into_the_answers_by_itself(
    server: RunningServer, households: Households
) -> None:
    command = [str(PLUMLINE), "--data", str(server.data), "load", str(FEEDS / "later")]
    loaded = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own command
    assert loaded.returncode == 0, loaded.stderr.decode()
    wait_until_ready(server)
    _, _, body = server.get(f"/v1/cause-graph/Household/{households.other}")
    assert [node["code"] for node in json.loads(body)["nodes"] if node["finding"]] == ["M02"]


def test_the_log_names_routes_and_requests_but_no_household(server: RunningServer, households: Households) -> None:
    assert server.get(f"/v1/buyers/Household/{households.with_plums}")[0] == 200
    told, give_up_at = "GET /v1/buyers/{kind}/{subject_id} 200", time.monotonic() + SECONDS
    # The line is written once the answer is out.
    while told not in (log := server.log.read_text(encoding="utf-8")) and time.monotonic() < give_up_at:
        time.sleep(0.05)
    (line,) = [line for line in log.splitlines() if told in line]
    assert "INFO api.middleware request=" in line
    assert not [household for household in households if household in log]


@pytest.mark.soak
def test_a_server_that_was_stopped_lets_go_of_the_graph(workspace: Workspace, tmp_path: Path) -> None:
    with started(workspace.settings.data, tmp_path / "log.txt"):
        pass
    with closing(workspace.open_graph()) as graph:
        assert graph.ask("upkeep/counts")
