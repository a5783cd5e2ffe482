"""Children of a plan room that are no processes: one that plans in this process, one that says what a test says."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Queue
from threading import Thread
from typing import IO

from starlette.testclient import TestClient

from api.plans.child import PlanChild
from api.plans.jobs import LAST_STATES
from api.plans.process import PipedChild
from api.plans.produce.answers import PlanJob
from api.plans.wire import Head
from loaders.workspace import Workspace

WITHIN_SECONDS = 60.0


class InThisProcess(PipedChild):
    """Plans in threads of this process, over the same pipes as a process of its own."""

    def __init__(self, workspace: Workspace) -> None:
        (hears, asks), (listens, answers) = os.pipe(), os.pipe()
        super().__init__(os.fdopen(asks, "wb"), os.fdopen(listens, "rb"))
        given = (workspace, os.fdopen(hears, "rb"), os.fdopen(answers, "wb"))
        self._thread = Thread(target=_serve, args=given, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self.close()
        self._thread.join()


def _serve(workspace: Workspace, asked: IO[bytes], answered: IO[bytes]) -> None:
    # As a process of its own, it has a workspace of its own.
    with asked, suppress(EOFError, OSError):
        PlanChild(Workspace(workspace.settings), answered).serve(asked)
    with suppress(OSError):
        answered.close()


class Scripted:
    """Says what a test has it say, and notes what it hears."""

    def __init__(self, workspace: Workspace | None = None) -> None:
        self.heard: Queue[tuple[Head, bytes]] = Queue()
        self._said: Queue[tuple[Head, bytes] | None] = Queue()
        self.is_ended = False

    def say(self, head: Head, body: bytes = b"") -> None:
        self._said.put((head, body))

    def die(self) -> None:
        self._said.put(None)

    def send(self, head: Head, body: bytes) -> None:
        if self.is_ended:
            raise BrokenPipeError
        self.heard.put((head, body))

    def receive(self) -> tuple[Head, bytes]:
        said = self._said.get()
        if said is None:
            raise EOFError
        return said

    def end(self) -> None:
        self.is_ended = True
        self.die()


def made(client: TestClient, address: str) -> PlanJob:
    """Return the job of a plan once it is made or has failed."""
    return until(lambda: PlanJob.model_validate_json(client.get(address).content), lambda job: job.state in LAST_STATES)


def until(look: Callable[[], PlanJob], is_so: Callable[[PlanJob], bool]) -> PlanJob:
    """Return a job as soon as something is so of it."""
    give_up_at = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < give_up_at:
        job = look()
        if is_so(job):
            return job
        time.sleep(0.01)
    raise AssertionError(f"still {job.state}")
