"""The command line in a process of its own that was forked and not started anew, which saves some seconds each time.

It tells over a pipe what it prints, which loads count and to which moments it comes, so that what was told before it
died is known.
"""

from __future__ import annotations

import ctypes
import importlib
import io
import logging
import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Lock

import pytest

from cli.context import Context
from cli.main import perform
from ledger import LoadRecord, Writer
from loaders import workspace
from loaders.identity import KEY_BYTES
from tests.faults import moments
from tests.faults.moments import Act

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 5, 20, 8, tzinfo=UTC)
PATIENCE_SECONDS = 120
PRELOADED = "tests.faults.preloaded"
CAPABILITIES_VERSION = 0x20080522
STARTING = Lock()


@dataclass(frozen=True)
class Order:
    """A command, and what happens to its process at the moment of this number, 1 the first.

    `is_plain_user`: root may write where it has no right to; this process may not. `growing`: a file that somebody is
    still writing, so that it has one more line each time it is opened.
    """

    arguments: tuple[str, ...]
    moment: int | None = None
    act: Act = "kill"
    environment: Mapping[str, str] = field(default_factory=dict)
    is_plain_user: bool = False
    growing: Path | None = None


@dataclass
class Told:
    """How a process ended (negative: by which signal), what it printed, and what it had done before that."""

    code: int | None = None
    out: str = ""
    err: str = ""
    moments: list[str] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)


class Running:
    """A process at work."""

    def __init__(self, order: Order) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__, PRELOADED])
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_obey, args=(order, theirs), daemon=True)
        self.told = Told()
        # Who forks the others starts with the first of them, and must find the tests. Two threads may do so at once.
        with STARTING, pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", str(ROOT))
            self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        """Return the number of the process."""
        return self._process.pid

    def until_it_waits(self) -> None:
        """Listen until the process waits at its moment."""
        assert self._listen() == "waiting", f"it has ended with {self.told}"

    def go_on(self) -> None:
        """Let the process go on that waits."""
        self._pipe.send("go on")

    def kill_after(self, seconds: float) -> Told:
        """Kill the process so many seconds after it began, unless it has ended by then."""
        assert self._listen(until="begun") == "begun"
        if not wait([self._process.sentinel], seconds):
            self._process.kill()
        return self.ended()

    def ended(self) -> Told:
        """Return what the process told until its end."""
        while self._listen() is not None:
            self.go_on()
        wait([self._process.sentinel], PATIENCE_SECONDS)
        # How a process ended can be read once only, and whoever starts another one looks for who has ended: of two
        # that read at once one would be told 255.
        with STARTING:
            self.told.code = self._process.exitcode
            self._process.close()
        self._pipe.close()
        return self.told

    def _listen(self, until: str = "waiting") -> str | None:
        """Take down what is told until it tells this; None when the process has ended."""
        while True:
            assert self._pipe.poll(PATIENCE_SECONDS), f"it tells nothing any more: {self.told}"
            try:
                kind, text = self._pipe.recv()
            except (EOFError, ConnectionResetError):
                return None
            if kind == "out":
                self.told.out += text
            elif kind == "err":
                self.told.err += text
            elif kind == "moment":
                self.told.moments.append(text)
            elif kind == "counted":
                self.told.counted.append(text)
            if kind == until:
                return until


def run(*arguments: str | Path, **chosen: object) -> Told:
    """Run a command and return how it ended."""
    return Running(Order(tuple(map(str, arguments)), **chosen)).ended()  # type: ignore[arg-type] # fields of an order


class _Stream(io.RawIOBase):
    """Sends what is printed at once."""

    def __init__(self, pipe: Connection, name: str) -> None:
        self._pipe, self._name = pipe, name

    def writable(self) -> bool:
        return True

    def write(self, text: object) -> int:
        printed = bytes(text)  # type: ignore[call-overload] # what a text file writes are bytes
        self._pipe.send((self._name, printed.decode("utf-8")))
        return len(printed)


def _obey(order: Order, pipe: Connection) -> None:
    os.environ.update(order.environment)
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(_Stream(pipe, name), encoding="utf-8", write_through=True)  # type: ignore[type-var] # a raw stream will do
        for name in ("out", "err")
    )
    # As `cli.main.run` does.
    logging.getLogger().addHandler(logging.NullHandler())
    _hold_still(pipe)
    if order.is_plain_user and os.geteuid() == 0:
        _give_up_the_rights_of_root()
    if order.growing is not None:
        moments.let_grow(order.growing)
    moments.watch(_counter(order, pipe))
    pipe.send(("begun", ""))
    sys.exit(perform(order.arguments))


def _counter(order: Order, pipe: Connection) -> Callable[[str], None]:
    count = 0

    def reached(name: str) -> None:
        nonlocal count
        count += 1
        pipe.send(("moment", name))
        if count == order.moment:
            act(name)

    def act(name: str) -> None:
        if order.act == "kill":
            moments.die()
        elif order.act == "tear":
            moments.tear_the_next_file()
        elif order.act == "fill":
            moments.fill_the_disk()
        else:
            pipe.send(("waiting", name))
            pipe.recv()

    return reached


def _hold_still(pipe: Connection) -> None:
    """Give every process the same day, instant and key, so that what they come to can be compared."""
    known = importlib.import_module(PRELOADED)
    random_bytes, count = os.urandom, Writer.count

    def counted(writer: Writer, record: LoadRecord) -> None:
        count(writer, record)
        pipe.send(("counted", record.load_id))

    # For this process only, which ends soon.
    patch = pytest.MonkeyPatch()
    patch.setattr(workspace, "load_schema", lambda: known.SCHEMA)
    patch.setattr(workspace, "load_policy", lambda overlay: known.POLICY)
    patch.setattr(Context, "now", NOW)
    patch.setattr(Context, "today", NOW.date())
    patch.setattr(os, "urandom", lambda size: b"k" * size if size == KEY_BYTES else random_bytes(size))
    patch.setattr(Writer, "count", counted)


def _give_up_the_rights_of_root() -> None:
    """Be bound by the rights of files like everybody else, which root is not (`man 7 capabilities`)."""
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if ctypes.CDLL(None, use_errno=True).capset(header, nothing):
        raise OSError(ctypes.get_errno(), "capset")
