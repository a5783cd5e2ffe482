"""The program as a process of its own: on a terminal, in a pipe, and stopped."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

from rich.cells import cell_len
from rich.text import Text

from tests.cli.calls import Demonstration, clean_environment

COLOUR = "\x1b["


def on_terminal(width: int, *arguments: str) -> list[str]:
    """Return the lines that the program prints on a terminal of that width, with their colours."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "cli", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**clean_environment(), "TERM": "xterm-256color"},
    ):
        os.close(theirs)
        printed = b""
        while chunk := _chunk(ours):
            printed += chunk
    os.close(ours)
    return printed.decode("utf-8").splitlines()


def _chunk(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        # The other end is closed.
        return b""


def test_lines_fit_a_terminal_of_80_columns(demonstration: Demonstration) -> None:
    lines = on_terminal(80, "--data", str(demonstration.folder), "chains", "--area", "350624105", "--lang", "zh")
    shown = [Text.from_ansi(line).plain for line in lines]
    assert any(COLOUR in line for line in lines)
    assert [line for line in shown if cell_len(line) > 80] == []


def test_a_reader_that_goes_away_is_no_fault(demonstration: Demonstration) -> None:
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "cli", "--data", str(demonstration.folder), "chains", "--area", "350624"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=clean_environment(),
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.wait(timeout=60)
        assert process.stderr is not None
        assert (process.returncode, process.stderr.read()) == (141, "")


def test_ctrl_c_ends_it_without_a_traceback(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "cli", "--data", str(tmp_path / "data"), "demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=clean_environment(),
    ) as process:
        assert process.stdout is not None
        assert "Everything is kept in the folder" in process.stdout.readline()
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.startswith("Stopped.\n")
    assert "Traceback" not in told
