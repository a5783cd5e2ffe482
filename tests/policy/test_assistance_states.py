from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from graph_schema import load_schema
from policy import NotAllowed, ParameterError
from policy.assistance_states import (
    HOLDING,
    STANDING,
    assistance_step,
    held_fen,
    load_assistance_steps,
    next_assistance_states,
)
from policy.steps import Step

DAY = date(2026, 5, 20)
# By hand: help that has begun cannot be only planned again, and what has ended stays as it is.
ALLOWED = {
    None: {"planned"},
    "planned": {"running", "stopped"},
    "running": {"done", "stopped"},
    "done": set(),
    "stopped": set(),
}


@pytest.fixture(scope="module")
def steps() -> Sequence[Step]:
    return load_assistance_steps()


@pytest.mark.parametrize("old", ALLOWED, ids=str)
def test_help_goes_where_it_may_and_nowhere_else(steps: Sequence[Step], old: str | None) -> None:
    assert set(next_assistance_states(steps, old, DAY)) == ALLOWED[old]
    for new in ("planned", "running", "done", "stopped"):
        if new in ALLOWED[old]:
            assert assistance_step(steps, old, new, DAY).new_state == new
        else:
            with pytest.raises(NotAllowed):
                assistance_step(steps, old, new, DAY)


def test_who_may_not_is_told_what_he_may_in_both_languages(steps: Sequence[Step]) -> None:
    with pytest.raises(NotAllowed) as fault:
        assistance_step(steps, "planned", "done", DAY)
    assert fault.value.text("en") == (
        "Help cannot go from planned to done. From planned it can go to: running, stopped."
    )
    with pytest.raises(NotAllowed) as ended:
        assistance_step(steps, "done", "running", DAY)
    assert "无" in ended.value.remedy("zh")


def test_an_unknown_state_and_a_day_before_the_rules_are_refused(steps: Sequence[Step]) -> None:
    with pytest.raises(ParameterError, match="no state paused"):
        assistance_step(steps, "running", "paused", DAY)
    with pytest.raises(NotAllowed):
        assistance_step(steps, None, "planned", date(2020, 12, 31))


def test_every_state_is_a_code_of_the_schema_and_the_other_way_round(steps: Sequence[Step]) -> None:
    states = {state for step in steps for state in (*step.old_states, step.new_state)} - {"none"}
    assert states == {code.code for code in load_schema().code_list("assistance_status").codes}
    assert set(HOLDING) == states - {"stopped"}
    assert set(STANDING) == {"planned", "running"}


@pytest.mark.parametrize(
    ("status", "approved", "paid", "held"),
    [
        ("planned", None, None, 1000),
        ("running", 400, 100, 1000),
        ("running", 1200, 100, 1200),
        ("done", None, None, 1000),
        # Approved and not yet paid is still owed.
        ("done", 900, 400, 900),
        # All of it came back.
        ("done", 0, 0, 0),
        ("stopped", None, None, 0),
        ("stopped", 900, 400, 400),
    ],
)
def test_help_holds_of_a_budget_what_is_promised_owed_or_gone(
    status: str, approved: int | None, paid: int | None, held: int
) -> None:
    assert held_fen(status, 1000, approved, paid) == held
