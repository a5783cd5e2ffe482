"""The spring plan is told as it comes out: the commands of its page are run in their order."""

from __future__ import annotations

import pytest

from tests.cli.calls import ROOT
from tests.cli.tutorials import missing_lines, played
from tests.demonstration import copy_of_demonstration

PAGE = (ROOT / "docs" / "tutorial-the-spring-plan.md").read_text(encoding="utf-8")


# Ten commands, one after the other; each by itself has quick tests.
@pytest.mark.soak
def test_the_spring_plan_shows_what_its_commands_print(tmp_path_factory: pytest.TempPathFactory) -> None:
    spring = copy_of_demonstration(tmp_path_factory).folder
    told = played(PAGE, tmp_path_factory.mktemp("spring_plan"), made={"spring": spring})
    assert len(told) == 9
    assert [missing_lines(shown, printed) for shown, printed in told] == [[]] * len(told)
