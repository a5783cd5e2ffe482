"""Holds the plans of a server: one is made at a time, the last few are held by their processes and can be asked."""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from logging import getLogger
from threading import Condition, Thread

from pydantic import ValidationError

from api.errors import SECONDS_UNTIL_NEXT_TRY, PlanBusy, PlanNotDone, PlanUnknown, QueueFull, RequestError
from api.plans.asked import AnyQuestion
from api.plans.faults import told_fault
from api.plans.kind import AnyKind, Job, Order, PlanKind, Question
from api.plans.process import Child, StartPlan, start_plan
from api.plans.record import IDLE_SECONDS, MOST_HELD, PlanRecord, unknown_plan, unused
from api.plans.wire import Head
from graph_schema.errors import PlumlineError
from loaders.load_answers import Reason, reason_of
from loaders.workspace import Workspace

logger = getLogger(__name__)

MOST_QUEUED, MOST_FAILED = 8, 16
PLAN_BYTES = 16
# What reading the graph and telling the plan may take beside the search; then it is ended.
SECONDS_BESIDE = 600.0
# What an answer may take, below what a request to the graph may; so many may wait for a long one at a time, so that
# the threads of the server are left to others.
ANSWER_SECONDS, MOST_WAITING = 8.0, 4
LOOK_SECONDS = 5.0


class PlanRoom:
    """The plans of one server. They live in processes of their own and end with it; what shall stay is kept.

    Plans of every kind wait in one queue. `shows_sensitive`: whether sensitive causes may stand in what is told;
    `is_erased_since`: whether anything was erased after so many loads; plans made before are given up.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        start: StartPlan = start_plan,
        shows_sensitive: bool = False,
        is_erased_since: Callable[[int], bool] = lambda loads_version: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.workspace = workspace
        self._start = start
        self._shows_sensitive = shows_sensitive
        self._is_erased_since = is_erased_since
        self._clock = clock
        # Guards all that follows; told of every change of it.
        self._changed = Condition()
        self._plans: dict[str, PlanRecord] = {}
        self._queue: deque[PlanRecord] = deque()
        self._under_way: PlanRecord | None = None
        self._waiting = 0
        self._numbers = count(1)
        self._is_closing = False
        self._listeners: list[Thread] = []
        self._thread: Thread | None = None

    def submit(self, kind: PlanKind[Order, Question, Job], order: Order) -> Job:
        """Have a plan made when its turn comes. Raises QueueFull."""
        with self._changed:
            if len(self._queue) >= MOST_QUEUED or self._is_closing:
                raise QueueFull("plan_queue_full", count=MOST_QUEUED, seconds=SECONDS_UNTIL_NEXT_TRY)
            record = PlanRecord(secrets.token_hex(PLAN_BYTES), kind, order, datetime.now(UTC), asked_at=self._clock())
            self._plans[record.plan] = record
            self._queue.append(record)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="plans", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            return self._told(kind, record)

    def job(self, kind: PlanKind[Order, Question, Job], plan: str) -> Job:
        """Return how far a plan is, and what it comes to. Raises PlanUnknown."""
        with self._changed:
            return self._told(kind, self._record(kind, plan))

    def jobs(self, kind: PlanKind[Order, Question, Job]) -> tuple[Job, ...]:
        """Return how far each plan of a kind is, the newest first."""
        with self._changed:
            return tuple(self._told(kind, each) for each in reversed(self._plans.values()) if each.kind is kind)

    def ask(self, kind: AnyKind, plan: str, question: AnyQuestion) -> bytes:
        """Return the answer as the process of the plan wrote it.

        Raises PlanUnknown; PlanNotDone before it is made and where there is none; PlanBusy where the answer takes
        longer than a request may wait, which the next one then finds ready; and ToldFault with what the process says.
        """
        record, child, number, answer = self._asked(kind, plan, question)
        try:
            child.send(Head(kind="question", number=number), question.model_dump_json().encode())
            head, body = answer.result(ANSWER_SECONDS)
        except TimeoutError:
            raise PlanBusy("plan_busy", seconds=SECONDS_UNTIL_NEXT_TRY) from None
        except (OSError, EOFError):
            raise self._not_done(record) from None
        finally:
            with self._changed:
                self._waiting -= question.is_long
                record.waiting.pop(number, None)
        if head.kind == "fault":
            raise told_fault(head.status, body)
        return body

    def cancel(self, kind: AnyKind, plan: str) -> None:
        """Give a plan up, whatever it is at, and forget it. Raises PlanUnknown."""
        with self._changed:
            child = self._forget(self._record(kind, plan))
            self._changed.notify_all()
        if child is not None:
            child.end()

    def close(self) -> None:
        """End every process and make no more."""
        with self._changed:
            self._is_closing = True
            self._queue.clear()
            children = [child for record in [*self._plans.values()] if (child := self._forget(record)) is not None]
            self._changed.notify_all()
        for child in children:
            child.end()
        if self._thread is not None:
            self._thread.join()
        for listener in self._listeners:
            listener.join()

    # How a question comes to its process.

    def _asked(
        self, kind: AnyKind, plan: str, question: AnyQuestion
    ) -> tuple[PlanRecord, Child, int, Future[tuple[Head, bytes]]]:
        with self._changed:
            is_erased = self._is_erased(self._record(kind, plan))
        if is_erased:
            # Who was erased may stand in it.
            with suppress(PlanUnknown):
                self.cancel(kind, plan)
        with self._changed:
            record = self._record(kind, plan)
            if record.state != "done" or record.child is None:
                raise self._not_done(record)
            if question.is_long and self._waiting >= MOST_WAITING:
                raise PlanBusy("plan_busy", seconds=SECONDS_UNTIL_NEXT_TRY)
            self._waiting += question.is_long
            record.asked_at = self._clock()
            number, answer = next(self._numbers), Future[tuple[Head, bytes]]()
            record.waiting[number] = answer
            return record, record.child, number, answer

    def _is_erased(self, record: PlanRecord) -> bool:
        try:
            return record.loads_version is not None and self._is_erased_since(record.loads_version)
        except PlumlineError:
            # Where the ledger cannot be read nobody can tell.
            return True

    def _record(self, kind: AnyKind, plan: str) -> PlanRecord:
        record = self._plans.get(plan)
        if record is None or record.kind is not kind:
            raise unknown_plan()
        return record

    def _not_done(self, record: PlanRecord) -> RequestError:
        if record.plan not in self._plans:
            return unknown_plan()
        return PlanNotDone("plan_failed" if record.state == "failed" else "plan_not_done")

    def _told(self, kind: PlanKind[Order, Question, Job], record: PlanRecord) -> Job:
        is_waiting = record in self._queue
        return record.told(kind, self._queue.index(record) + (self._under_way is not None) if is_waiting else None)

    def _forget(self, record: PlanRecord) -> Child | None:
        """Know nothing of a plan any more, and return its process, which is to be ended without the lock."""
        self._plans.pop(record.plan, None)
        with suppress(ValueError):
            self._queue.remove(record)
        child, record.child = record.child, None
        return child

    # What the thread does: one plan after the other.

    def _work(self) -> None:
        while (record := self._next()) is not None:
            self._make(record)

    def _next(self) -> PlanRecord | None:
        """Return the next plan to make, None at the end; meanwhile those that nobody asks are given up."""
        while True:
            with self._changed:
                if not self._queue and not self._is_closing:
                    self._changed.wait(LOOK_SECONDS)
                record = self._queue.popleft() if self._queue else None
                self._under_way, is_closing = record, self._is_closing
                unused = self._unused(MOST_HELD if record is None else MOST_HELD - 1)
            for child in unused:
                child.end()
            if record is not None or is_closing:
                return record

    def _unused(self, most: int) -> list[Child]:
        """Forget the plans that are not held any more, and return their processes."""
        gone = unused(self._plans.values(), most, asked_before=self._clock() - IDLE_SECONDS)
        gone += [record for record in self._plans.values() if record.is_held and self._is_erased(record)]
        return [child for record in gone if (child := self._forget(record)) is not None]

    def _make(self, record: PlanRecord) -> None:
        try:
            child = self._start(self.workspace)
        except OSError as error:
            logger.error("plan not begun: %s", error.strerror)
            with self._changed:
                self._fail(record, reason_of(RequestError("plan_killed")))
            return
        with self._changed:
            is_wanted = record.plan in self._plans
            record.child = child if is_wanted else None
        if is_wanted:
            self._listen_to(record, child)
            with suppress(OSError):
                head = Head(kind="order", of=record.kind.name, shows_sensitive=self._shows_sensitive)
                child.send(head, record.order.model_dump_json().encode())
            is_wanted = self._wait_for(record)
        if not is_wanted:
            child.end()

    def _wait_for(self, record: PlanRecord) -> bool:
        """Wait until the plan is made, or is not wanted any more; return whether its process may stay."""
        ends_at = self._clock() + record.order.seconds + SECONDS_BESIDE
        with self._changed:
            while not record.is_over and record.plan in self._plans and self._clock() < ends_at:
                self._changed.wait(LOOK_SECONDS)
            self._under_way = None
            if not record.is_over:
                self._fail(record, reason_of(RequestError("plan_too_slow")))
            return record.state == "done"

    def _fail(self, record: PlanRecord, reason: Reason) -> None:
        record.state, record.failure, record.ended_at = "failed", reason, datetime.now(UTC)
        failed = [each for each in self._plans.values() if each.state == "failed"]
        for old in failed[: max(0, len(failed) - MOST_FAILED)]:
            self._plans.pop(old.plan)
        self._changed.notify_all()

    # What the thread of a process does: it hears what that says.

    def _listen_to(self, record: PlanRecord, child: Child) -> None:
        listener = Thread(target=self._listen, args=(record, child), name="plan", daemon=True)
        with self._changed:
            self._listeners = [*(each for each in self._listeners if each.is_alive()), listener]
            listener.start()

    def _listen(self, record: PlanRecord, child: Child) -> None:
        with suppress(EOFError, OSError, ValidationError):
            while record.state != "failed":
                self._hear(record, *child.receive())
        child.end()
        with self._changed:
            record.child = None
            if record.state != "failed":
                self._fail(record, reason_of(RequestError("plan_killed")))
            waiting = [*record.waiting.values()]
        logger.info("plan ended code=%s", record.failure.code if record.failure else "-")
        for answer in waiting:
            if not answer.done():
                answer.set_exception(EOFError())

    def _hear(self, record: PlanRecord, head: Head, body: bytes) -> None:
        with self._changed:
            match head.kind:
                case "reading":
                    record.state = "reading"
                case "solving":
                    record.state, record.loads_version = "solving", head.loads_version
                case "done":
                    record.summary = record.kind.summary.model_validate_json(body)
                    record.state, record.ended_at, record.asked_at = "done", datetime.now(UTC), self._clock()
                case "failed":
                    self._fail(record, Reason.model_validate_json(body))
                case "answer" | "fault":
                    answer = record.waiting.get(head.number)
                    if answer is not None and not answer.done():
                        answer.set_result((head, body))
                case _:
                    raise EOFError
            self._changed.notify_all()
