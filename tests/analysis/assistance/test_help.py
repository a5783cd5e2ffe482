from __future__ import annotations

from datetime import date

import pytest

from analysis.assistance.frames import HELP
from analysis.assistance.help import running_help
from analysis.frames import frame_of

DAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("status", "ends_on", "counts"),
    [
        ("running", None, True),
        ("planned", None, True),
        ("running", DAY, True),
        ("running", date(2026, 5, 19), False),
        ("done", None, False),
        ("stopped", None, False),
    ],
)
def test_help_counts_while_it_is_planned_or_running(status: str, ends_on: date | None, counts: bool) -> None:
    row = dict.fromkeys(HELP) | {"assistance_status": status, "ends_on": ends_on, "is_made_up": False}
    assert bool(len(running_help(frame_of([row], HELP), DAY))) is counts
