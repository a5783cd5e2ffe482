"""The tutorial says what comes out: its commands are run, and the numbers of its sums are theirs."""

from __future__ import annotations

import re

import pytest

from tests.cli.calls import ROOT
from tests.cli.tutorials import missing_lines, played

PAGE = (ROOT / "docs" / "tutorial-why-a-household-is-at-risk.md").read_text(encoding="utf-8")
PSEUDONYM = re.compile(r"\bh[a-z2-7]{16}\b")


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Return each block of output on the page, with all that the commands before it printed; in English."""
    return played(PAGE, tmp_path_factory.mktemp("tutorial"))


def test_the_tutorial_shows_what_its_commands_print(typed: list[tuple[str, str]]) -> None:
    assert len(typed) > 5
    assert [missing_lines(shown, printed) for shown, printed in typed] == [[]] * len(typed)


def test_the_results_by_hand_are_those_that_the_commands_print(typed: list[tuple[str, str]]) -> None:
    printed = {float(number) for _, text in typed for number in re.findall(r"\b0\.\d{4}\b", text)}
    by_hand = [float(number) for number in re.findall(r"\*\*(0\.\d{6})\*\*\|$", PAGE, re.MULTILINE)]
    assert len(by_hand) > 10
    assert [number for number in by_hand if not any(abs(number - shown) < 6e-5 for shown in printed)] == []


def test_the_tutorial_names_no_household_by_its_pseudonym() -> None:
    # It is another one in every data folder.
    assert PSEUDONYM.search(PAGE) is None
