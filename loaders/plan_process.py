"""Plans made in a process of their own, so that the threads of a server go on answering meanwhile.

The two processes hand each other pickles over standard input and output. The child is started once, for loading the
libraries takes longer than most plans, and lets questions go first.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Protocol

from graph_schema import Schema, load_schema
from graph_schema.errors import PlumlineError
from graph_store.protocol import Engine
from ledger import Ledger
from loaders.errors import LoadError
from loaders.graph_plan import GraphPlan, KeptFrames, plan_update
from loaders.part.change import is_large
from policy import Policy, load_policy

PLAN, PREPARE = "plan", "prepare"
"""What a child can be asked."""

NICENESS = 5
"""Questions come before the plans of a large ledger where both want the processor; those of a small one are short."""

LARGEST_KB = 1_000_000
"""A child that has grown above this, as by making a large graph anew, gives its memory back by ending."""


class Planner(Protocol):
    """What makes the plans of a graph."""

    def plan(self, noted: Mapping[str, int], engine: Engine, day: date) -> GraphPlan:
        """Return what `graph_plan.plan_update` returns, or raise what it raises."""
        ...

    def prepare(self, day: date) -> None:
        """Make ready, so that the next plan for a graph that shows that day comes sooner."""
        ...

    def close(self) -> None:
        """Break off a plan under way and make no more."""
        ...


@dataclass(frozen=True)
class PlannerHere:
    """Makes plans in the thread that asks for them."""

    ledger: Ledger
    schema: Schema
    policy: Policy
    kept: KeptFrames = field(default_factory=KeptFrames)

    def plan(self, noted: Mapping[str, int], engine: Engine, day: date) -> GraphPlan:
        """Return the plan. See `Planner`."""
        return plan_update(noted, engine, self.ledger, self.schema, self.policy, day=day, kept=self.kept)

    def prepare(self, day: date) -> None:
        """Do nothing. See `Planner`."""

    def close(self) -> None:
        """Do nothing: a plan under way is waited for. See `Planner`."""


class PlannerApart:
    """Makes plans in a child process on a data folder; used by one thread, closed by any."""

    def __init__(self, folder: Path, policy_folder: Path | None) -> None:
        self._given = (folder, policy_folder)
        self._child: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    @property
    def child_number(self) -> int | None:
        """Return the number of the child process, None while there is none."""
        return self._child.pid if self._child is not None and self._child.poll() is None else None

    def plan(self, noted: Mapping[str, int], engine: Engine, day: date) -> GraphPlan:
        """Return the plan. Raises also LoadError `plan_broken_off` when the child ended before it was done."""
        answer = self._ask(PLAN, (dict(noted), engine, day))
        if isinstance(answer, GraphPlan):
            return answer
        raise _raised(answer)

    def prepare(self, day: date) -> None:
        """Start the child where none runs, and have it project what it will need. See `Planner`."""
        with suppress(LoadError):
            self._ask(PREPARE, day)

    def close(self) -> None:
        """End the child, whatever it is at."""
        self._is_closed = True
        self._end()

    def _ask(self, what: str, given: object) -> object:
        try:
            child = self._asked(what, given)
            # Nobody waits for what is only prepared.
            if what == PREPARE:
                return None
            answer, is_last = pickle.load(_pipe(child.stdout))  # noqa: S301 - our child wrote it
        except (OSError, EOFError, pickle.UnpicklingError) as fault:
            self._end()
            raise LoadError("plan_broken_off") from fault
        if is_last:
            self._end()
        return answer

    def _asked(self, what: str, given: object) -> subprocess.Popen[bytes]:
        """Return the child that has been asked; one that was just about to end is replaced."""
        try:
            _send(_pipe(self._started().stdin), (what, given))
        except BrokenPipeError:
            self._end()
            _send(_pipe(self._started().stdin), (what, given))
        return self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            if self._is_closed:
                raise LoadError("plan_broken_off")
            self._end()
            command = [sys.executable, "-m", __name__]
            self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - ours
            _send(_pipe(self._child.stdin), self._given)
        return self._child

    def _end(self) -> None:
        child = self._child
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                with suppress(OSError):
                    _pipe(pipe).close()


@dataclass(frozen=True)
class _Fault:
    """A fault of the child in a form that can be handed over."""

    kind: type[PlumlineError] | None
    code: str
    fields: Mapping[str, object]


def _raised(answer: object) -> Exception:
    if isinstance(answer, _Fault) and answer.kind is not None:
        return answer.kind(answer.code, **answer.fields)
    return RuntimeError(answer.code if isinstance(answer, _Fault) else type(answer).__name__)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("no pipe")
    return pipe


def _send(pipe: IO[bytes], told: object) -> None:
    pickle.dump(told, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _answers(asked: IO[bytes], answered: IO[bytes]) -> None:
    """Answer plan after plan until the parent is gone."""
    folder, policy_folder = pickle.load(asked)  # noqa: S301 - our own parent wrote it
    schema, policy = load_schema(), load_policy(policy_folder)
    planner = PlannerHere(Ledger.open(folder, schema), schema, policy)
    is_behind_questions = False
    while True:
        what, given = pickle.load(asked)  # noqa: S301 - our own parent wrote it
        if not is_behind_questions and is_large(planner.ledger):
            os.nice(NICENESS)
            is_behind_questions = True
        if what == PREPARE:
            with suppress(Exception):
                _prepare(planner, given)
            continue
        answer: GraphPlan | _Fault
        try:
            answer = planner.plan(*given)
        except PlumlineError as fault:
            answer = _Fault(type(fault), fault.code, {name: _plain(value) for name, value in fault.fields.items()})
        except Exception as fault:  # noqa: BLE001 - the parent decides what becomes of it; a text may hold an id
            answer = _Fault(None, type(fault).__name__, {})
        is_last = _resident_kb() > LARGEST_KB
        _send(answered, (answer, is_last))
        if is_last:
            return


def _resident_kb() -> int:
    """Return how much memory this process holds now, 0 where the system does not tell it here.

    The largest it ever held, which every system tells, begins on Linux with what its parent held.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() // 1024


def _prepare(planner: PlannerHere, day: date) -> None:
    """Project the graph as it is now, where it is small enough to be kept until the next plan."""
    ledger = planner.ledger
    if not is_large(ledger):
        planner.kept.frames(ledger, planner.schema, planner.policy, day=day, version=ledger.version)


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | date | Path | type(None)) else str(value)


def _serve() -> None:
    # Whoever stops the server by the keyboard reaches this process too; the parent ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _answers(sys.stdin.buffer, sys.stdout.buffer)
    except (EOFError, BrokenPipeError):
        os._exit(0)


if __name__ == "__main__":
    # Under this name what is pickled would not be found by the parent.
    from loaders import plan_process

    plan_process._serve()
