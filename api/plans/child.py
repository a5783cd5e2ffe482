"""The process that makes one plan and stays to answer questions about it: `python -m api.plans.child`.

It hears its order and questions on standard input and answers on standard output. It ends when its input does, so it
does not outlive its server, however that ended.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from logging import getLogger
from threading import Lock
from typing import IO, Any

from api.errors import SECONDS_UNTIL_NEXT_TRY, PlanBusy, RequestError
from api.log import told_without_values, write_log
from api.plans.asked import AnyQuestion
from api.plans.makers import MAKERS
from api.plans.making import Held, Maker, Setting
from api.plans.whole_graph import whole_graph
from api.plans.wire import Head, receive, send
from graph_schema.errors import PlumlineError
from loaders.load_answers import reason_of
from loaders.settings import read_settings
from loaders.workspace import Workspace

# Pages are answered meanwhile, and whoever asks for one waits; a plan may take a little longer.
NICENESS = 10
# Pages of lists never wait for what is planned anew.
QUICK_AT_ONCE = 2
# So many long questions wait at most, and so many of their answers are kept for who asks again.
MOST_LONG, MOST_KEPT, MOST_KEPT_BYTES = 8, 8, 64 * 1024 * 1024
# An answer as it goes out: its line and its bytes.
Reply = tuple[Head, bytes]

logger = getLogger(__name__)


def main() -> None:
    """Serve until the server is gone, then end at once."""
    write_log()
    # Whoever stops the server by the keyboard reaches this process too; the server ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(NICENESS)
    # A library may print; where answers go out nothing else may.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with suppress(EOFError, OSError):
        PlanChild(Workspace(read_settings(os.environ)), answers).serve(sys.stdin.buffer)
    # Without waiting for a search under way: nobody hears what it finds.
    os._exit(0)


class PlanChild:
    """Makes one plan and answers questions about it, the quick ones beside the long ones."""

    def __init__(self, workspace: Workspace, answers: IO[bytes]) -> None:
        self._workspace = workspace
        self._answers = answers
        self._sending = Lock()
        self._quick = ThreadPoolExecutor(QUICK_AT_ONCE, thread_name_prefix="quick")
        self._long = ThreadPoolExecutor(1, thread_name_prefix="long")
        self._held: Held[Any] | None = None
        # Guards the two below: who waits for a long answer, and the last of those answers.
        self._asking = Lock()
        self._waiting: dict[AnyQuestion, list[int]] = {}
        self._kept: OrderedDict[AnyQuestion, Reply] = OrderedDict()

    def serve(self, asked: IO[bytes]) -> None:
        """Make the plan that is ordered and answer what is asked. Raises EOFError or OSError once nobody asks more."""
        head, order = receive(asked)
        maker = MAKERS[head.of]
        self._long.submit(self._make, maker, order, shows_sensitive=head.shows_sensitive)
        try:
            while True:
                head, body = receive(asked)
                question = maker.question.model_validate_json(body)
                if question.is_long:
                    self._ask_long(head.number, question)
                else:
                    self._quick.submit(self._answer, head.number, question)
        finally:
            self._quick.shutdown(wait=False, cancel_futures=True)
            self._long.shutdown(wait=False, cancel_futures=True)

    def _make(self, maker: Maker[Any, Any, Any], body: bytes, *, shows_sensitive: bool) -> None:
        started_at = datetime.now(UTC)
        try:
            order = maker.order.model_validate_json(body)
            self._send(Head(kind="reading"))
            with whole_graph(self._workspace) as graph:
                day = order.day or graph.day
                setting = Setting(self._workspace, day, graph.day, started_at, graph.known_at, shows_sensitive)
                source = maker.read(graph.store, order, setting)
            self._send(Head(kind="solving", loads_version=graph.loads_version))
            held = maker.make(source, order, setting)
            self._held = held
            summary = held.summary.model_dump_json().encode()
        except PlumlineError as error:
            self._send(Head(kind="failed"), _reason(error))
        except Exception as error:  # noqa: BLE001 - the last net: whatever it is, the asker hears that it failed
            logger.error("plan failed: %s", told_without_values(error))
            self._send(Head(kind="failed"), _reason(RequestError("plan_unexpected")))
        else:
            self._send(Head(kind="done"), summary)
            held.prepare()

    def _ask_long(self, number: int, question: AnyQuestion) -> None:
        """Have a long question answered once for all who ask it meanwhile; who comes later gets what is kept."""
        with self._asking:
            kept = self._kept.get(question)
            is_busy = kept is None and question not in self._waiting and len(self._waiting) >= MOST_LONG
            is_first = kept is None and not is_busy and question not in self._waiting
            if kept is None and not is_busy:
                self._waiting.setdefault(question, []).append(number)
        if is_busy:
            kept = _fault(PlanBusy("plan_busy", seconds=SECONDS_UNTIL_NEXT_TRY))
        if kept is not None:
            self._reply(number, kept)
        elif is_first:
            self._long.submit(self._answer_long, question)

    def _answer_long(self, question: AnyQuestion) -> None:
        reply = self._replied(question)
        with self._asking:
            numbers = self._waiting.pop(question)
            if reply[0].kind == "answer" and question.stays_true:
                self._keep(question, reply)
        for number in numbers:
            self._reply(number, reply)

    def _keep(self, question: AnyQuestion, reply: Reply) -> None:
        """Keep an answer, and forget the oldest where they are too many or too large; this one stays."""
        self._kept[question] = reply
        while len(self._kept) > 1 and (
            len(self._kept) > MOST_KEPT or sum(len(body) for _, body in self._kept.values()) > MOST_KEPT_BYTES
        ):
            self._kept.popitem(last=False)

    def _answer(self, number: int, question: AnyQuestion) -> None:
        self._reply(number, self._replied(question))

    def _replied(self, question: AnyQuestion) -> Reply:
        try:
            if self._held is None:
                raise RequestError("plan_unexpected")
            return Head(kind="answer"), self._held.answered(question)
        except PlumlineError as error:
            return _fault(error)
        except Exception as error:  # noqa: BLE001 - the last net: whatever it is, the asker gets an answer
            logger.error("question about a plan failed: %s", told_without_values(error))
            return _fault(RequestError("plan_unexpected"), status=500)

    def _reply(self, number: int, reply: Reply) -> None:
        head, body = reply
        self._send(head.model_copy(update={"number": number}), body)

    def _send(self, head: Head, body: bytes = b"") -> None:
        # Where nobody reads any more, the other thread meets the end of the input.
        with self._sending, suppress(OSError, ValueError):
            send(self._answers, head, body)


def _reason(error: PlumlineError) -> bytes:
    return reason_of(error).model_dump_json().encode()


def _fault(error: PlumlineError, *, status: int | None = None) -> Reply:
    return Head(kind="fault", status=status or error.status), _reason(error)


if __name__ == "__main__":
    # Under this name its classes would be others than those that the rest of the program knows.
    from api.plans import child

    child.main()
