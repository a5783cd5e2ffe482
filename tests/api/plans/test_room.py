"""Plans are made one after the other by children that may be slow or die; nobody who asks is left waiting."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from api.errors import PlanBusy, PlanNotDone, PlanUnknown, QueueFull, RequestError
from api.plans import room as rooms
from api.plans.assistance.asked import AssistOrder
from api.plans.assistance.kind import AssistPlansHeld
from api.plans.faults import PlanAnswerUnknown
from api.plans.plans_of import PlansOf
from api.plans.process import Child
from api.plans.produce.answers import PlanJob
from api.plans.produce.asked import PlanOrder, PlanQuestion
from api.plans.produce.kind import PRODUCE, ProducePlans
from api.plans.record import IDLE_SECONDS, MOST_HELD
from api.plans.room import MOST_QUEUED, SECONDS_BESIDE, PlanRoom
from api.plans.wire import Head
from loaders.load_answers import reason_of
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.plans.planning_here import SUMMARY, WITHIN_SECONDS, Scripted, until

LOTS = PlanQuestion(what="lots")


@dataclass
class Stage:
    """A room, its children in the order in which they were started, its clock, and after which loads was erased."""

    room: PlanRoom
    plans: ProducePlans
    children: Queue[Scripted]
    clock: list[float]
    erased_after: list[int]

    def ordered(self) -> tuple[str, Scripted]:
        """Return a plan and its child, which has got the order."""
        plan = self.plans.submit(PlanOrder()).plan
        child = self.children.get(timeout=WITHIN_SECONDS)
        assert child.heard.get(timeout=WITHIN_SECONDS)[0].kind == "order"
        return plan, child

    def held(self) -> tuple[str, Scripted]:
        """Return a plan that is made, and its child."""
        plan, child = self.ordered()
        child.say(Head(kind="done"), SUMMARY.model_dump_json().encode())
        self.until(plan, "done")
        return plan, child

    def until(self, plan: str, state: str) -> PlanJob:
        return until(lambda: self.plans.job(plan), lambda job: job.state == state)

    def is_forgotten(self, plan: str) -> bool:
        give_up_at = time.monotonic() + WITHIN_SECONDS
        while plan in {job.plan for job in self.plans.jobs()}:
            assert time.monotonic() < give_up_at
            time.sleep(0.01)
        return True


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(rooms, "LOOK_SECONDS", 0.02)
    children: Queue[Scripted] = Queue()
    clock = [0.0]

    def start(workspace: Workspace) -> Child:
        child = Scripted()
        children.put(child)
        return child

    erased_after: list[int] = []
    room = PlanRoom(
        Workspace(Settings(data=tmp_path / "none")),
        start=start,
        is_erased_since=lambda version: any(version <= each for each in erased_after),
        clock=lambda: clock[0],
    )
    yield Stage(room, PlansOf(room, PRODUCE), children, clock, erased_after)
    room.close()


def test_plans_are_made_one_after_the_other_and_one_that_waits_can_be_taken_out(stage: Stage) -> None:
    first, child = stage.ordered()
    second, third = (stage.plans.submit(PlanOrder()).plan for _ in range(2))
    assert [stage.plans.job(plan).ahead for plan in (first, second, third)] == [None, 1, 2]
    stage.plans.cancel(second)
    assert stage.plans.job(third).ahead == 1
    assert stage.children.empty()
    child.say(Head(kind="done"), SUMMARY.model_dump_json().encode())
    stage.children.get(timeout=WITHIN_SECONDS)
    assert [job.plan for job in stage.plans.jobs()] == [third, first]


def test_plans_of_two_kinds_wait_in_one_queue_and_each_is_known_as_one_of_its_own_kind(stage: Stage) -> None:
    first, child = stage.ordered()
    others = AssistPlansHeld(stage.room)
    other = others.submit(AssistOrder()).plan
    assert ([job.plan for job in stage.plans.jobs()], [job.plan for job in others.jobs()]) == ([first], [other])
    assert others.job(other).ahead == 1
    for unknown, plans in ((first, others), (other, stage.plans)):
        with pytest.raises(PlanUnknown):
            plans.job(unknown)
        with pytest.raises(PlanUnknown):
            plans.cancel(unknown)
    child.die()
    next_child = stage.children.get(timeout=WITHIN_SECONDS)
    head, order = next_child.heard.get(timeout=WITHIN_SECONDS)
    assert (head.of, AssistOrder.model_validate_json(order)) == ("assistance", AssistOrder())


def test_how_far_a_plan_is_is_told_as_its_child_says(stage: Stage) -> None:
    plan, child = stage.ordered()
    child.say(Head(kind="reading"))
    assert stage.until(plan, "reading").loads_version is None
    child.say(Head(kind="solving", loads_version=7))
    assert stage.until(plan, "solving").loads_version == 7
    child.say(Head(kind="done"), SUMMARY.model_dump_json().encode())
    assert stage.until(plan, "done").summary == SUMMARY


def test_when_too_many_wait_the_next_one_is_told_to_come_back(stage: Stage) -> None:
    stage.ordered()
    for _ in range(MOST_QUEUED):
        stage.plans.submit(PlanOrder())
    with pytest.raises(QueueFull):
        stage.plans.submit(PlanOrder())


def test_a_plan_under_way_can_be_given_up_and_the_next_one_begins(stage: Stage) -> None:
    first, child = stage.ordered()
    stage.plans.submit(PlanOrder())
    stage.plans.cancel(first)
    assert child.is_ended
    stage.children.get(timeout=WITHIN_SECONDS)
    with pytest.raises(PlanUnknown):
        stage.plans.job(first)


def test_a_child_that_dies_while_planning_is_told_and_the_next_plan_begins(stage: Stage) -> None:
    first, child = stage.ordered()
    stage.plans.submit(PlanOrder())
    child.die()
    job = stage.until(first, "failed")
    assert job.failure is not None
    assert job.failure.code == "plan_killed"
    stage.children.get(timeout=WITHIN_SECONDS)


def test_who_waits_for_an_answer_of_a_child_that_dies_is_told_at_once(stage: Stage) -> None:
    plan, child = stage.held()

    def die_when_asked() -> None:
        child.heard.get(timeout=WITHIN_SECONDS)
        child.die()

    Thread(target=die_when_asked).start()
    begun = time.monotonic()
    with pytest.raises(PlanNotDone, match="cannot be asked"):
        stage.plans.ask(plan, LOTS)
    assert time.monotonic() - begun < rooms.ANSWER_SECONDS
    assert stage.until(plan, "failed").summary == SUMMARY


def test_what_the_child_fails_with_is_the_failure_of_the_plan(stage: Stage) -> None:
    plan, child = stage.ordered()
    reason = reason_of(RequestError("plan_unexpected"))
    child.say(Head(kind="failed"), reason.model_dump_json().encode())
    assert stage.until(plan, "failed").failure == reason
    assert child.is_ended


def test_an_answer_is_handed_on_byte_by_byte_and_a_fault_with_its_words(stage: Stage) -> None:
    plan, child = stage.held()
    reason = reason_of(RequestError("plan_not_done"))
    replies = ((Head(kind="answer"), b"\x00\n{"), (Head(kind="fault", status=404), reason.model_dump_json().encode()))

    def reply() -> None:
        for head, body in replies:
            asked, _ = child.heard.get(timeout=WITHIN_SECONDS)
            child.say(head.model_copy(update={"number": asked.number}), body)

    Thread(target=reply).start()
    assert stage.plans.ask(plan, LOTS) == b"\x00\n{"
    with pytest.raises(PlanAnswerUnknown) as fault:
        stage.plans.ask(plan, LOTS)
    assert (fault.value.code, fault.value.text("zh")) == (reason.code, reason.what.zh + reason.remedy.zh)


def test_an_answer_that_takes_long_is_told_as_such_and_the_next_question_is_answered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, child = stage.held()
    monkeypatch.setattr(rooms, "ANSWER_SECONDS", 0.02)
    with pytest.raises(PlanBusy):
        stage.plans.ask(plan, LOTS)
    late, _ = child.heard.get(timeout=WITHIN_SECONDS)
    monkeypatch.setattr(rooms, "ANSWER_SECONDS", WITHIN_SECONDS)

    def reply() -> None:
        asked, _ = child.heard.get(timeout=WITHIN_SECONDS)
        # The answer to the first question comes now, when nobody waits for it any more.
        child.say(Head(kind="answer", number=late.number), b"late")
        child.say(Head(kind="answer", number=asked.number), b"new")

    Thread(target=reply).start()
    assert stage.plans.ask(plan, LOTS) == b"new"


def test_a_plan_that_is_not_made_yet_cannot_be_asked(stage: Stage) -> None:
    plan, _ = stage.ordered()
    with pytest.raises(PlanNotDone, match="not made yet"):
        stage.plans.ask(plan, LOTS)


def test_of_too_many_plans_the_one_asked_longest_ago_is_given_up(stage: Stage) -> None:
    plans = []
    for _ in range(MOST_HELD):
        plans.append(stage.held())
        stage.clock[0] += 1.0
    first, child = plans[0]
    Thread(target=_answer_once, args=(child,)).start()
    stage.plans.ask(first, LOTS)
    stage.ordered()
    assert plans[1][1].is_ended
    assert not child.is_ended
    assert stage.is_forgotten(plans[1][0])


def _answer_once(child: Scripted) -> None:
    asked, _ = child.heard.get(timeout=WITHIN_SECONDS)
    child.say(Head(kind="answer", number=asked.number), b"{}")


def test_a_plan_that_nobody_asks_is_given_up_after_a_while(stage: Stage) -> None:
    plan, child = stage.held()
    stage.clock[0] += IDLE_SECONDS - 1
    time.sleep(0.1)
    assert stage.plans.job(plan).state == "done"
    stage.clock[0] += 2
    assert stage.is_forgotten(plan)
    assert child.is_ended


def test_a_plan_made_before_somebody_was_erased_is_given_up_at_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "LOOK_SECONDS", WITHIN_SECONDS)
    plan, child = stage.ordered()
    child.say(Head(kind="solving", loads_version=7))
    child.say(Head(kind="done"), SUMMARY.model_dump_json().encode())
    stage.until(plan, "done")
    stage.erased_after.append(7)
    with pytest.raises(PlanUnknown):
        stage.plans.ask(plan, LOTS)
    assert child.is_ended


def test_a_plan_that_takes_too_long_is_ended_and_told(stage: Stage) -> None:
    plan, child = stage.ordered()
    stage.clock[0] += PlanOrder().seconds + SECONDS_BESIDE + 1
    job = stage.until(plan, "failed")
    assert job.failure is not None
    assert (job.failure.code, child.is_ended) == ("plan_too_slow", True)


def test_a_room_that_closes_ends_every_child_and_takes_nothing_more(stage: Stage) -> None:
    _, held = stage.held()
    _, under_way = stage.ordered()
    stage.plans.submit(PlanOrder())
    stage.room.close()
    assert held.is_ended
    assert under_way.is_ended
    assert stage.children.empty()
    with pytest.raises(QueueFull):
        stage.plans.submit(PlanOrder())
