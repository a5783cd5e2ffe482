"""Children of a plan room that are no processes: one that plans in this process, one that says what a test says."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from queue import Queue
from threading import Thread
from typing import IO, Any, TypeVar

from starlette.testclient import TestClient

from analysis.questions.produce_plan_answer import PlanAsked, PlanTermsUsed, PlanTotals
from api.plans.child import PlanChild
from api.plans.jobs import LAST_STATES, AnyJob
from api.plans.process import PipedChild
from api.plans.produce.answers import PlanJob, PlanSummary
from api.plans.wire import Head
from loaders.workspace import Workspace

WITHIN_SECONDS = 60.0

AnyMade = TypeVar("AnyMade", bound=AnyJob)

SUMMARY = PlanSummary(
    asked=PlanAsked(source="graph", files=(), area=None, product=None),
    as_of=date(2026, 5, 20),
    is_made_up=True,
    notices=(),
    terms=PlanTermsUsed(
        at_risk_weight=1.5,
        pool_fee_fen_per_kg=0,
        road_factor=(),
        transport_fen_per_t_km=(),
        travel_km_per_day=(),
        loading_days=(),
    ),
    totals=PlanTotals(**dict.fromkeys(PlanTotals.model_fields, 0)),
    stages=(),
    lots_left_out_count=0,
    demands_left_out_count=0,
)


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
    """Return the job of a plan of surplus produce once it is made or has failed."""
    return made_as(PlanJob, client, address)


def made_as(form: type[AnyMade], client: TestClient, address: str) -> AnyMade:
    """Return the job of a plan of a kind once it is made or has failed."""
    return until(lambda: form.model_validate_json(client.get(address).content), lambda job: job.state in LAST_STATES)


def until(look: Callable[[], AnyMade], is_so: Callable[[AnyMade], bool]) -> AnyMade:
    """Return a job as soon as something is so of it."""
    give_up_at = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < give_up_at:
        job = look()
        if is_so(job):
            return job
        time.sleep(0.01)
    raise AssertionError(f"still {job.state}")


def told(client: TestClient, address: str) -> Mapping[str, Any]:
    """Return an answer that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    body: Mapping[str, Any] = answer.json()
    return body


def refused(client: TestClient, address: str, **sent: Any) -> tuple[int, str]:  # noqa: ANN401 - JSON as it goes out
    """Return status and code of a problem."""
    answer = client.request("POST" if sent else "GET", address, **sent)
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]
