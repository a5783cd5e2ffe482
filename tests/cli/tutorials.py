"""Plays a tutorial: runs the commands of its page in their order and tells what each block of output stands for."""

from __future__ import annotations

import io
import os
import re
import shlex
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from cli.main import perform
from tests.cli.calls import ROOT, clean_environment


def blocks_of(page: str) -> list[str]:
    """Return the blocks of commands and of output of a page."""
    return re.findall(r"^```\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def commands(block: str) -> list[list[str]]:
    """Return the words of each command of a block, without the name of the program; none for a block of output."""
    lines = block.splitlines()
    return [shlex.split(line)[1:] for line in lines] if lines[0].startswith("plumline ") else []


def printed_by(words: list[str]) -> str:
    """Return what a command prints on standard output."""
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as printed:
        assert perform(words) == 0
        printed.flush()
        printed.seek(0)
        return printed.read()


def played(page: str, folder: Path, *, made: dict[str, Path] | None = None) -> list[tuple[str, str]]:
    """Return each block of output on the page, with all that the commands before it printed; in English.

    `made`: what need not be made again, by the name of the data folder that the demonstration would be made in.
    """
    (folder / "examples").symlink_to(ROOT / "examples")
    for name, whole in (made or {}).items():
        whole.rename(folder / name)
    printed, told = "", []
    with pytest.MonkeyPatch.context() as here:
        for name in set(os.environ) - set(clean_environment()):
            here.delenv(name)
        here.setenv("LANG", "C.UTF-8")
        here.chdir(folder)
        for block in blocks_of(page):
            if typed := commands(block):
                printed = "".join(printed_by(words) for words in typed if words[-1] != "demo" or not made)
            else:
                told.append((block, printed))
    return told


def missing_lines(shown: str, printed: str) -> list[str]:
    """Return the lines of a block that were not printed in their order; lines between them may be left out."""
    lines = iter(printed.splitlines())
    return [line for line in shown.splitlines() if line not in lines]
