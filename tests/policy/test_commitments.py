from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from graph_schema import load_schema
from policy import NotAllowed, ParameterError
from policy.commitments import BINDING, HOLDING, STANDING, CommitmentStep, commitment_step, load_commitment_steps
from policy.commitments import next_statuses as onward

DAY = date(2026, 5, 20)
# By hand, from how trade goes: what has left cannot be cancelled, and what has ended stays as it is.
ALLOWED = {
    None: {"proposed", "agreed"},
    "proposed": {"agreed", "failed", "cancelled"},
    "agreed": {"shipped", "delivered", "failed", "cancelled"},
    "shipped": {"delivered", "failed"},
    "delivered": set(),
    "failed": set(),
    "cancelled": set(),
}


@pytest.fixture(scope="module")
def steps() -> Sequence[CommitmentStep]:
    return load_commitment_steps()


@pytest.mark.parametrize("old", ALLOWED, ids=str)
def test_a_commitment_goes_where_it_may_and_nowhere_else(steps: Sequence[CommitmentStep], old: str | None) -> None:
    assert set(onward(steps, old, DAY)) == ALLOWED[old]
    for new in ("proposed", "agreed", "shipped", "delivered", "failed", "cancelled"):
        if new in ALLOWED[old]:
            assert commitment_step(steps, old, new, DAY).new_state == new
        else:
            with pytest.raises(NotAllowed):
                commitment_step(steps, old, new, DAY)


def test_who_may_not_is_told_what_he_may(steps: Sequence[CommitmentStep]) -> None:
    with pytest.raises(NotAllowed) as fault:
        commitment_step(steps, "shipped", "cancelled", DAY)
    assert fault.value.text("en") == (
        "A commitment cannot go from shipped to cancelled. From shipped it can go to: delivered, failed."
    )
    with pytest.raises(NotAllowed) as ended:
        commitment_step(steps, "failed", "agreed", DAY)
    assert "无" in ended.value.remedy("zh")


def test_an_unknown_state_and_a_day_before_the_rules_are_refused(steps: Sequence[CommitmentStep]) -> None:
    with pytest.raises(ParameterError, match="no state sold"):
        commitment_step(steps, "agreed", "sold", DAY)
    with pytest.raises(NotAllowed):
        commitment_step(steps, None, "agreed", date(2025, 12, 31))


def test_every_state_is_a_code_of_the_schema_and_the_other_way_round(steps: Sequence[CommitmentStep]) -> None:
    states = {state for step in steps for state in (*step.old_states, step.new_state)} - {"none"}
    assert states == {code.code for code in load_schema().code_list("commitment_status").codes}
    assert set(HOLDING) == states - {"failed", "cancelled"}
    assert (set(STANDING) | set(BINDING)) == set(HOLDING)
