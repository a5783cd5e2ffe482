"""Steps from one state of a thing to another: which there are on a day. What a state means is said elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph_schema.meta import Form, Names
from graph_schema.yaml_forms import read_form
from graph_schema.yaml_lines import read_document
from policy.errors import NotAllowed, ParameterError, faults_of_policy

NOTHING_YET = "none"


class Step(Form):
    """A step of a thing. `old_states`: the states it may come from, `none` when it was not there yet."""

    code: str
    old_states: tuple[str, ...]
    new_state: str
    valid_from: date
    guard: Names


@dataclass(frozen=True)
class StepMessages:
    """The codes of what is said where a state is unknown, and where a step is not allowed."""

    unknown_state: str
    not_allowed: str


def load_steps(file_name: str, folder: Path | None = None) -> tuple[Step, ...]:
    """Return every step of a file of the folder, or of the product. Raises ParameterError."""
    with faults_of_policy():
        document = read_document(folder or Path(__file__).parent, file_name)
        return tuple(read_form(document, code, Step, {"code": code}) for code in document.entries)


def step_between(
    steps: Sequence[Step], old_status: str | None, new_status: str, day: date, messages: StepMessages
) -> Step:
    """Return the step from one state to another on a day; `old_status` is None when the thing was not there yet.

    Raises ParameterError if a state is unknown, NotAllowed if there is no such step, telling which there are.
    """
    old = NOTHING_YET if old_status is None else old_status
    known = {state for step in steps for state in (*step.old_states, step.new_state)}
    for state in (old, new_status):
        if state not in known:
            raise ParameterError(messages.unknown_state, state=state, states=", ".join(sorted(known - {NOTHING_YET})))
    for step in steps:
        if step.new_state == new_status and old in step.old_states and step.valid_from <= day:
            return step
    onward = next_states(steps, old_status, day)
    nowhere = ParameterError.catalogue.messages["nowhere"].what
    raise NotAllowed(messages.not_allowed, old=old, new=new_status, allowed=", ".join(onward) if onward else nowhere)


def next_states(steps: Sequence[Step], old_status: str | None, day: date) -> tuple[str, ...]:
    """Return the states that a thing may go to on a day, in the order of the steps."""
    old = NOTHING_YET if old_status is None else old_status
    return tuple(dict.fromkeys(step.new_state for step in steps if old in step.old_states and step.valid_from <= day))
