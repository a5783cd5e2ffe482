"""The process that makes a plan: it answers over its pipes, and ends with whoever started it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from threading import Event

import pytest

from api.errors import PlanBusy
from api.plans import room as rooms
from api.plans.plans_of import PlansOf
from api.plans.process import Child, ChildProcess, start_plan
from api.plans.produce import answering
from api.plans.produce.answers import PlanLots
from api.plans.produce.asked import PlanOrder, PlanQuestion
from api.plans.produce.held import HeldPlan
from api.plans.produce.kind import PRODUCE
from api.plans.room import PlanRoom
from loaders.workspace import Workspace
from tests.api.plans.planning_here import WITHIN_SECONDS, InThisProcess, until


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Return the processes that are started meanwhile."""
    started: list[subprocess.Popen[bytes]] = []
    begin = ChildProcess.__init__

    def noted(self: ChildProcess, process: subprocess.Popen[bytes]) -> None:
        started.append(process)
        begin(self, process)

    monkeypatch.setattr(ChildProcess, "__init__", noted)
    yield started
    for process in started:
        process.kill()
        process.wait()


def test_a_process_of_its_own_plans_answers_and_ends_with_its_server(
    workspace: Workspace, processes: list[subprocess.Popen[bytes]]
) -> None:
    room = PlanRoom(workspace, start=start_plan)
    plans = PlansOf(room, PRODUCE)
    plan = plans.submit(PlanOrder()).plan
    job = until(lambda: plans.job(plan), lambda job: job.state in ("done", "failed"))
    assert job.summary is not None, job.failure
    # One lot of plums is on offer in the small ledger.
    page = PlanLots.model_validate_json(plans.ask(plan, PlanQuestion(what="lots")))
    assert (job.summary.totals.lot_count, page.count) == (1, 1)
    processes[0].kill()
    failed = until(lambda: plans.job(plan), lambda job: job.state == "failed")
    assert failed.failure is not None
    assert failed.failure.code == "plan_killed"
    plans.submit(PlanOrder())
    until(lambda: plans.jobs()[0], lambda job: job.state == "reading" or job.state == "done")
    room.close()
    assert all(process.poll() is not None for process in processes)


def test_a_process_whose_server_was_killed_ends_by_itself(
    workspace: Workspace, processes: list[subprocess.Popen[bytes]]
) -> None:
    child: Child = start_plan(workspace)
    stdin = processes[0].stdin
    assert stdin is not None
    # What the system does with the pipe of a server that is no more.
    stdin.close()
    assert processes[0].wait(timeout=WITHIN_SECONDS) == 0
    child.end()


def test_what_takes_long_is_worked_out_once_and_is_there_for_who_asks_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, asked = Event(), list[PlanQuestion]()

    def answered(held: HeldPlan, question: PlanQuestion) -> bytes:
        asked.append(question)
        assert question.what == "lots" or may_end.wait(WITHIN_SECONDS)
        return question.what.encode()

    monkeypatch.setattr(answering, "answered", answered)
    room = PlanRoom(workspace, start=InThisProcess)
    plans = PlansOf(room, PRODUCE)
    plan = plans.submit(PlanOrder()).plan
    until(lambda: plans.job(plan), lambda job: job.state == "done")
    beside = PlanQuestion(what="compare")
    monkeypatch.setattr(rooms, "ANSWER_SECONDS", 0.05)
    for _ in range(2):
        with pytest.raises(PlanBusy):
            plans.ask(plan, beside)
    monkeypatch.setattr(rooms, "ANSWER_SECONDS", WITHIN_SECONDS)
    # A page of a list does not wait for it.
    assert plans.ask(plan, PlanQuestion(what="lots")) == b"lots"
    may_end.set()
    assert plans.ask(plan, beside) == b"compare"
    assert [question.what for question in asked] == ["compare", "lots"]
    room.close()
