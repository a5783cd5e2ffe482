"""The tutorial says what comes out: its commands are run, and the numbers of its sums are theirs."""

from __future__ import annotations

import io
import os
import re
import shlex
from contextlib import redirect_stdout

import pytest

from cli.main import perform
from tests.cli.calls import ROOT, clean_environment

PAGE = (ROOT / "docs" / "tutorial-why-a-household-is-at-risk.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PSEUDONYM = re.compile(r"\bh[a-z2-7]{16}\b")


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


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Return each block of output on the page, with all that the commands before it printed; in English."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "examples").symlink_to(ROOT / "examples")
    printed, told = "", []
    with pytest.MonkeyPatch.context() as here:
        for name in set(os.environ) - set(clean_environment()):
            here.delenv(name)
        here.setenv("LANG", "C.UTF-8")
        here.chdir(folder)
        for block in BLOCKS:
            if typed_here := commands(block):
                printed = "".join(printed_by(words) for words in typed_here)
            else:
                told.append((block, printed))
    return told


def test_the_tutorial_shows_what_its_commands_print(typed: list[tuple[str, str]]) -> None:
    assert len(typed) > 5
    for shown, printed in typed:
        lines = iter(printed.splitlines())
        # Each line in its order; lines between them are left out on the page.
        assert [line for line in shown.splitlines() if line not in lines] == []


def test_the_results_by_hand_are_those_that_the_commands_print(typed: list[tuple[str, str]]) -> None:
    printed = {float(number) for _, text in typed for number in re.findall(r"\b0\.\d{4}\b", text)}
    by_hand = [float(number) for number in re.findall(r"\*\*(0\.\d{6})\*\*\|$", PAGE, re.MULTILINE)]
    assert len(by_hand) > 10
    assert [number for number in by_hand if not any(abs(number - shown) < 6e-5 for shown in printed)] == []


def test_the_tutorial_names_no_household_by_its_pseudonym() -> None:
    # It is another one in every data folder.
    assert PSEUDONYM.search(PAGE) is None
