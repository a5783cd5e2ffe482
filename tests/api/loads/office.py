"""A server that files are sent to, and processes that load: in this process, or none at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

from httpx2 import Response
from starlette.testclient import TestClient

from api.loads.answers import LAST_STATES, LoadJob
from api.loads.child import work
from api.loads.job_files import JobFolder
from loaders.loads_answers import LoadEntry
from loaders.workspace import Workspace

HOUSEHOLDS = "police.Household.csv"
# 2001 can be accepted, 2002 not.
ONE_WRONG = "id,member_count\n2001,3\n2002,four\n"
DONE_WITHIN_SECONDS = 60.0


class InThisProcess:
    """Loads where it stands, when it is waited for."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self._workspace, self._folder = workspace, folder

    def wait(self, timeout: float | None = None) -> int:
        work(JobFolder(self._folder), self._workspace)
        return 0

    def terminate(self) -> None:
        raise AssertionError("nobody stops what is done at once")

    kill = terminate


class Idle:
    """Does nothing until it is ended."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self._is_ended = Event()

    def wait(self, timeout: float | None = None) -> int:
        assert self._is_ended.wait(DONE_WITHIN_SECONDS)
        return -15

    def terminate(self) -> None:
        self._is_ended.set()

    kill = terminate


class Office:
    """A client of a server, and the data folder behind it."""

    def __init__(self, client: TestClient, workspace: Workspace) -> None:
        self.client = client
        self.workspace = workspace
        self._is_open = False

    def begin(self) -> None:
        """Start the server."""
        self.client.__enter__()
        self._is_open = True

    def stop(self) -> None:
        """Stop the server in order, if it runs."""
        if self._is_open:
            self.client.__exit__(None, None, None)
        self._is_open = False

    @property
    def spool(self) -> list[Path]:
        """Return the folders of all jobs."""
        return sorted((self.workspace.settings.data / "spool").glob("*"))

    def send(
        self, content: str | bytes = ONE_WRONG, name: str = HOUSEHOLDS, *, language: str = "en", **fields: str
    ) -> Response:
        """Send a file with the fields of the form."""
        data = content.encode() if isinstance(content, str) else content
        answer: Response = self.client.post(
            "/v1/loads", files={"file": (name, data)}, data=fields, headers={"Accept-Language": language}
        )
        return answer

    def load(self, content: str | bytes = ONE_WRONG, name: str = HOUSEHOLDS, **fields: str) -> LoadJob:
        """Send a file and return what came of it, as soon as that is known; the graph may have yet to take it in."""
        answer = self.send(content, name, **fields)
        assert answer.status_code == 202, answer.text
        return self.load_of(answer.headers["location"])

    def load_of(self, address: str) -> LoadJob:
        """Return a job as soon as it is known what came of its file."""
        return self.until(address, lambda job: job.outcome is not None)

    def ended(self, address: str) -> LoadJob:
        """Return a job once it has ended and the graph shows what it brought."""
        return self.until(address, lambda job: job.state in LAST_STATES)

    def until(self, address: str, is_so: Callable[[LoadJob], bool]) -> LoadJob:
        """Return a job as soon as something is so of it."""
        give_up_at = time.monotonic() + DONE_WITHIN_SECONDS
        while time.monotonic() < give_up_at:
            job = LoadJob.model_validate_json(self.client.get(address).content)
            if is_so(job):
                return job
            time.sleep(0.02)
        raise AssertionError(f"still {job.state}")

    def wait_for_graph(self, version: int) -> None:
        """Wait until the graph shows a version of the ledger."""
        give_up_at = time.monotonic() + DONE_WITHIN_SECONDS
        while self.client.get("/readyz").json()["loads_version"] < version:
            assert time.monotonic() < give_up_at
            time.sleep(0.02)

    def problem(self, answer: Response) -> tuple[int, str]:
        """Return status and code of a problem."""
        body: Mapping[str, str] = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.status_code, body["code"]

    def newest(self) -> LoadEntry:
        """Return the newest load."""
        return LoadEntry.model_validate(self.client.get("/v1/loads?limit=1").json()["loads"][0])

    def count(self) -> int:
        """Return how many loads there are."""
        return int(self.client.get("/v1/loads?limit=1").json()["count"])
