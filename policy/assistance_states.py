"""Which state help may go to, and what it holds of a budget in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from policy.steps import Step, StepMessages, load_steps, next_states, step_between

PLANNED, RUNNING, DONE, STOPPED = "planned", "running", "done", "stopped"

STANDING = (PLANNED, RUNNING)
"""Still to come or under way: each holds its place, its amount and what it uses."""

HOLDING = (*STANDING, DONE)
"""All that holds its amount of the budget; of what was stopped only what was paid is gone."""

_MESSAGES = StepMessages("unknown_assistance_state", "assistance_step_not_allowed")


def load_assistance_steps(folder: Path | None = None) -> tuple[Step, ...]:
    """Return every step, from `assistance_transitions.yaml` of the folder, or of the product. Raises ParameterError."""
    return load_steps("assistance_transitions.yaml", folder)


def assistance_step(steps: Sequence[Step], old_status: str | None, new_status: str, day: date) -> Step:
    """Return the step from one state to another on a day; `old_status` is None when nothing was promised yet.

    Raises ParameterError if a state is unknown, NotAllowed if there is no such step, telling which there are.
    """
    return step_between(steps, old_status, new_status, day, _MESSAGES)


def next_assistance_states(steps: Sequence[Step], old_status: str | None, day: date) -> tuple[str, ...]:
    """Return the states that help may go to on a day, in the order of the steps."""
    return next_states(steps, old_status, day)


def held_fen(status: str, amount_fen: int, approved_fen: int | None = None, paid_fen: int | None = None) -> int:
    """Return what one help holds of a budget, in fen.

    `amount_fen`: what was promised. `approved_fen`, `paid_fen`: the sums of its payments, without those that were
    returned; None where no payment is told. What is still to come holds the greatest of the three. What is done holds
    what was approved or paid, the greater, and what was promised where no payment is told. What was stopped holds what
    was paid.

    >>> held_fen("running", 1000, 600, 600), held_fen("done", 1000, 800, 800), held_fen("stopped", 1000, 800, 300)
    (1000, 800, 300)
    """
    approved, paid = approved_fen or 0, paid_fen or 0
    if status in STANDING:
        return max(amount_fen, approved, paid)
    if status == DONE:
        is_told = approved_fen is not None or paid_fen is not None
        return max(approved, paid) if is_told else amount_fen
    return paid
