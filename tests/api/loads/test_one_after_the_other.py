"""Files are loaded one after the other, by processes that may be stopped or killed at any moment."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.loads.answers import LoadJob
from api.loads.desk import KEPT, MOST_JOBS, Process, Start, start_child
from api.loads.job_files import End, JobFolder, Order, Progress
from loaders.spool import make_job_folder
from loaders.workspace import Workspace
from tests.api.loads.office import DONE_WITHIN_SECONDS, HOUSEHOLDS, Idle, InThisProcess, Office

NEW = "id,member_count\n9001,3\n"


def sent(office: Office, content: str = NEW) -> str:
    return str(office.send(content).headers["location"])


def is_begun(job: LoadJob) -> bool:
    return job.ahead is None


def test_a_file_waits_for_those_before_it_and_can_be_taken_out(idle_office: Office) -> None:
    first, second, third = (sent(idle_office) for _ in range(3))
    idle_office.until(first, is_begun)
    assert [idle_office.until(job, lambda _: True).ahead for job in (second, third)] == [1, 2]
    stopped = idle_office.client.post(f"{second}/cancel").json()
    assert (stopped["state"], stopped["failure"]["code"]) == ("failed", "load_cancelled")
    assert idle_office.until(third, lambda _: True).ahead == 1
    assert [job["job"] for job in idle_office.client.get("/v1/loads/jobs").json()["jobs"]] == [
        address.rpartition("/")[2] for address in (third, second, first)
    ]


def test_a_load_under_way_can_be_stopped_and_the_next_one_begins(idle_office: Office) -> None:
    first, second = sent(idle_office), sent(idle_office)
    idle_office.until(first, is_begun)
    assert idle_office.client.post(f"{first}/cancel").status_code == 200
    job = idle_office.ended(first)
    assert job.failure is not None
    assert (job.state, job.failure.code) == ("failed", "load_cancelled")
    idle_office.until(second, is_begun)
    assert idle_office.problem(idle_office.client.post(f"{first}/cancel")) == (409, "job_over")


def test_when_too_many_wait_the_next_one_is_told_to_come_back(idle_office: Office) -> None:
    for _ in range(MOST_JOBS):
        sent(idle_office)
    answer = idle_office.send()
    assert idle_office.problem(answer) == (503, "load_queue_full")
    assert int(answer.headers["retry-after"]) > 0
    assert len(idle_office.spool) == MOST_JOBS


def test_a_server_that_is_stopped_says_so_of_the_load_under_way_and_the_next_one_takes_up_what_waits(
    open_office: Callable[[Start], Office],
) -> None:
    office = open_office(Idle)
    under_way, waiting = sent(office), sent(office)
    office.until(under_way, is_begun)
    office.stop()
    office = open_office(InThisProcess)
    assert office.load_of(waiting).rows.accepted == 1
    stopped = office.until(under_way, lambda job: job.state == "failed")
    assert stopped.failure is not None
    assert stopped.failure.code == "load_stopped"


def test_a_load_of_a_server_that_died_is_told_as_stopped(idle_office: Office) -> None:
    folder = left_behind(idle_office)
    folder.put(Progress(state="writing"))
    job = idle_office.until(f"/v1/loads/jobs/{folder.name}", lambda _: True)
    assert job.failure is not None
    assert (job.state, job.failure.code) == ("failed", "load_stopped")


def test_what_ended_long_ago_is_forgotten_and_what_is_new_is_kept(open_office: Callable[[Start], Office]) -> None:
    office = open_office(InThisProcess)
    old, new = left_behind(office), left_behind(office)
    old.put(End(ended_at=datetime.now(UTC) - KEPT - timedelta(minutes=1)))
    new.put(End(ended_at=datetime.now(UTC) - KEPT + timedelta(minutes=1)))
    broken_off = make_job_folder(office.workspace.settings.data / "spool", "f" * 32)
    os.utime(broken_off, (0, 0))
    office.stop()
    open_office(InThisProcess)
    assert [folder.name for folder in office.spool] == [new.name]


def left_behind(office: Office) -> JobFolder:
    """Return the folder of a job that no living server owns, with a file that can be loaded."""
    name = secrets.token_hex(16)
    folder = JobFolder(make_job_folder(office.workspace.settings.data / "spool", name))
    folder.upload.mkdir()
    (folder.upload / HOUSEHOLDS).write_text(NEW, encoding="utf-8")
    folder.put(Order(job=name, file_name=HOUSEHOLDS, placed_at=datetime.now(UTC)))
    return folder


@pytest.fixture
def children() -> Iterator[list[subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for child in started:
        child.wait(timeout=DONE_WITHIN_SECONDS)


@pytest.fixture
def real_start(children: list[subprocess.Popen[bytes]]) -> Start:
    """Return what starts real processes and keeps them at hand."""

    def start(workspace: Workspace, folder: Path) -> Process:
        child = start_child(workspace, folder)
        assert isinstance(child, subprocess.Popen)
        children.append(child)
        return child

    return start


def test_a_process_of_its_own_loads_the_file(open_office: Callable[[Start], Office], real_start: Start) -> None:
    office = open_office(real_start)
    job = office.ended(sent(office, "id,member_count\n9201,3\n9202,four\n"))
    assert (job.state, job.rows.read, job.rows.accepted, job.rows.rejected) == ("done", 2, 1, 1)
    household = office.workspace.identity.pseudonym("Household", "9201")
    assert office.client.get(f"/v1/chains/Household/{household}").status_code == 200


@pytest.mark.soak
def test_a_killed_process_leaves_nothing_half_counted(
    open_office: Callable[[Start], Office], real_start: Start, children: list[subprocess.Popen[bytes]]
) -> None:
    office = open_office(real_start)
    before = office.count()
    # While another process writes, the child waits with everything checked.
    with office.workspace.open_ledger().writing():
        address = sent(office)
        office.until(address, lambda job: job.step.en.startswith("Waiting for another process"))
        children[0].send_signal(signal.SIGKILL)
        job = office.ended(address)
    assert job.failure is not None
    assert (job.state, job.failure.code) == ("failed", "load_killed")
    assert office.count() == before
    assert office.load(NEW).rows.accepted == 1


@pytest.mark.soak
def test_a_load_that_outlives_its_killed_server_is_found_again(
    open_office: Callable[[Start], Office], real_start: Start
) -> None:
    office = open_office(InThisProcess)
    folder = left_behind(office)
    address = f"/v1/loads/jobs/{folder.name}"
    with office.workspace.open_ledger().writing():
        real_start(office.workspace, folder.path)
        office.until(address, lambda job: job.step.en.startswith("Waiting for another process"))
        office.stop()
        office = open_office(InThisProcess)
        assert office.until(address, lambda _: True).state == "writing"
        assert office.problem(office.client.post(f"{address}/cancel")) == (409, "job_over")
    assert office.load_of(address).rows.accepted == 1
