"""Which state a commitment may go to, and what it holds of its lot and its demand in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from graph_schema.meta import Form, Names
from graph_schema.yaml_forms import read_form
from graph_schema.yaml_lines import read_document
from policy.errors import NotAllowed, ParameterError, faults_of_policy

NOTHING_YET = "none"
PROPOSED, AGREED, SHIPPED = "proposed", "agreed", "shipped"
DELIVERED, FAILED, CANCELLED = "delivered", "failed", "cancelled"

STANDING = (PROPOSED, AGREED, SHIPPED)
"""Still to come: each holds the quantity agreed."""

BINDING = (AGREED, SHIPPED, DELIVERED)
"""What somebody is bound by: of what is delivered, the quantity delivered is held of the lot, the one accepted of the
demand. What is proposed binds nobody, what failed or was cancelled is free again."""

HOLDING = (*STANDING, DELIVERED)
"""All that holds something of its lot and its demand."""


class CommitmentStep(Form):
    """A step of a commitment. `old_states`: the states it may come from, `none` when nothing was promised yet."""

    code: str
    old_states: tuple[str, ...]
    new_state: str
    valid_from: date
    guard: Names


def load_commitment_steps(folder: Path | None = None) -> tuple[CommitmentStep, ...]:
    """Return every step, from `commitment_transitions.yaml` of the folder, or of the product. Raises ParameterError."""
    with faults_of_policy():
        document = read_document(folder or Path(__file__).parent, "commitment_transitions.yaml")
        return tuple(read_form(document, code, CommitmentStep, {"code": code}) for code in document.entries)


def commitment_step(
    steps: Sequence[CommitmentStep], old_status: str | None, new_status: str, day: date
) -> CommitmentStep:
    """Return the step from one state to another on a day; `old_status` is None when nothing was promised yet.

    Raises ParameterError if a state is unknown, NotAllowed if there is no such step, telling which there are.
    """
    old = NOTHING_YET if old_status is None else old_status
    known = {state for step in steps for state in (*step.old_states, step.new_state)}
    for state in (old, new_status):
        if state not in known:
            states = ", ".join(sorted(known - {NOTHING_YET}))
            raise ParameterError("unknown_commitment_state", state=state, states=states)
    for step in steps:
        if step.new_state == new_status and old in step.old_states and step.valid_from <= day:
            return step
    onward = next_statuses(steps, old_status, day)
    nowhere = ParameterError.catalogue.messages["nowhere"].what
    raise NotAllowed(
        "commitment_step_not_allowed", old=old, new=new_status, allowed=", ".join(onward) if onward else nowhere
    )


def next_statuses(steps: Sequence[CommitmentStep], old_status: str | None, day: date) -> tuple[str, ...]:
    """Return the states that a commitment may go to on a day, in the order of the steps."""
    old = NOTHING_YET if old_status is None else old_status
    return tuple(dict.fromkeys(step.new_state for step in steps if old in step.old_states and step.valid_from <= day))
