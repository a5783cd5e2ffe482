"""README and `.ci/run` say the same commands, and README names nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
LINKS = sorted({link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", README) if "://" not in link})


def test_readme_and_ci_run_the_same_test_command() -> None:
    assert re.search(r"^make test$", README, re.MULTILINE)
    assert re.search(r"^make test\b", CI, re.MULTILINE)


def test_readme_shows_the_demo_command() -> None:
    assert re.search(r"^make demo$", README, re.MULTILINE)


@pytest.mark.parametrize("link", LINKS)
def test_what_readme_links_to_is_there(link: str) -> None:
    assert (ROOT / link).exists()


def test_every_command_that_readme_shows_is_one_of_the_program() -> None:
    from cli.main import program_of

    commands = set(program_of().commands)
    shown = set(re.findall(r"^plumline (?:--[a-z]+ \S+ )*([a-z][a-z-]*)", README, re.MULTILINE))
    assert shown - commands == set()
