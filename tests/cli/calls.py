"""Calls of the program: what came of them, and how to start it as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    """How a call of the program ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def body(self) -> dict[str, object]:
        """Return the one JSON body of standard output."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def problem(self) -> dict[str, object]:
        """Return the one JSON problem of standard error."""
        found = json.loads(self.err)
        assert isinstance(found, dict)
        return found


Plumline = Callable[..., Said]


def clean_environment() -> dict[str, str]:
    """Return the environment of this process without settings of Plumline and of the terminal."""
    ours = ("PLUMLINE_", "LC_", "LANG", "COLUMNS", "NO_COLOR", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}


def started(*arguments: str, environment: Mapping[str, str] | None = None) -> Said:
    """Start the program as a process of its own."""
    process = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "cli", *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**clean_environment(), **(environment or {})},
        timeout=120,
    )
    return Said(process.returncode, process.stdout, process.stderr)


@dataclass(frozen=True)
class Demonstration:
    """The data folder of the demonstration, and what the first run said."""

    folder: Path
    first_run: Said
