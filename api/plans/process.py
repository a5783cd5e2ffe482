"""The process of a plan as the server sees it: started, asked over its pipes, and ended."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import IO, Protocol

from api.child_environment import child_environment
from api.plans.wire import Head, receive, send
from loaders.workspace import Workspace


class Child(Protocol):
    """What makes one plan and answers questions about it."""

    def send(self, head: Head, body: bytes) -> None:
        """Say something to it; several threads may. Raises OSError where it has ended."""
        ...

    def receive(self) -> tuple[Head, bytes]:
        """Return what it says next; one thread listens. Raises EOFError or OSError once it has ended."""
        ...

    def end(self) -> None:
        """End it, whatever it is at, and return when it is gone."""
        ...


StartPlan = Callable[[Workspace], Child]


class PipedChild:
    """A child behind two pipes."""

    def __init__(self, asked: IO[bytes], answered: IO[bytes]) -> None:
        self._asked, self._answered = asked, answered
        self._sending = Lock()

    def send(self, head: Head, body: bytes) -> None:
        """Say something to it. See `Child`."""
        with self._sending:
            try:
                send(self._asked, head, body)
            except ValueError as fault:
                raise OSError("closed") from fault

    def receive(self) -> tuple[Head, bytes]:
        """Return what it says next. See `Child`."""
        return receive(self._answered)

    def close(self) -> None:
        """Close both pipes once the other side is gone."""
        with self._sending, suppress(OSError):
            self._asked.close()
        self._answered.close()


class ChildProcess(PipedChild):
    """A child that is a process of its own, which nobody but its server talks to."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("no pipes")
        super().__init__(process.stdin, process.stdout)
        self._process = process

    def end(self) -> None:
        """End it. See `Child`."""
        self._process.kill()
        self._process.wait()
        self.close()


def start_plan(workspace: Workspace) -> Child:
    """Return a new process that waits for its order, in a session of its own: Ctrl-C ends the server, which ends it."""
    return ChildProcess(
        subprocess.Popen(
            [sys.executable, "-m", "api.plans.child"],
            env=child_environment(workspace.settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
    )
