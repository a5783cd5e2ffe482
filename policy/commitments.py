"""Which state a commitment may go to, and what it holds of its lot and its demand in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from policy.steps import Step, StepMessages, load_steps, next_states, step_between

PROPOSED, AGREED, SHIPPED = "proposed", "agreed", "shipped"
DELIVERED, FAILED, CANCELLED = "delivered", "failed", "cancelled"

STANDING = (PROPOSED, AGREED, SHIPPED)
"""Still to come: each holds the quantity agreed."""

BINDING = (AGREED, SHIPPED, DELIVERED)
"""What somebody is bound by: of what is delivered, the quantity delivered is held of the lot, the one accepted of the
demand. What is proposed binds nobody, what failed or was cancelled is free again."""

HOLDING = (*STANDING, DELIVERED)
"""All that holds something of its lot and its demand."""

CommitmentStep = Step

_MESSAGES = StepMessages("unknown_commitment_state", "commitment_step_not_allowed")


def load_commitment_steps(folder: Path | None = None) -> tuple[CommitmentStep, ...]:
    """Return every step, from `commitment_transitions.yaml` of the folder, or of the product. Raises ParameterError."""
    return load_steps("commitment_transitions.yaml", folder)


def commitment_step(
    steps: Sequence[CommitmentStep], old_status: str | None, new_status: str, day: date
) -> CommitmentStep:
    """Return the step from one state to another on a day; `old_status` is None when nothing was promised yet.

    Raises ParameterError if a state is unknown, NotAllowed if there is no such step, telling which there are.
    """
    return step_between(steps, old_status, new_status, day, _MESSAGES)


def next_statuses(steps: Sequence[CommitmentStep], old_status: str | None, day: date) -> tuple[str, ...]:
    """Return the states that a commitment may go to on a day, in the order of the steps."""
    return next_states(steps, old_status, day)
