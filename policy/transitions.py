"""Which step a monitoring case may take, and what each step needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from graph_schema.messages import Label
from graph_schema.meta import Form, Names
from graph_schema.yaml_forms import read_form
from graph_schema.yaml_lines import read_document
from policy.errors import NotAllowed, ParameterError, faults_of_policy

Direction = Literal["entry", "exit"]
NO_CASE = "none"


class Transition(Form):
    """A step of a case.

    `old_states`: the states it may come from, `none` when there is no case yet. `guard`: what must hold. `actors`: the
    roles that may do it, empty for any feed. `clocks` govern the step, `starts_clocks` begin with it. `direction`: only
    a case on that way may take it; `sets_direction`: the case is on that way afterwards.
    """

    code: str
    old_states: tuple[str, ...]
    new_state: str
    guard: Names
    actors: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    starts_clocks: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    direction: Direction | None = None
    sets_direction: Direction | None = None
    invariants: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def load_transitions(folder: Path | None = None) -> tuple[Transition, ...]:
    """Return every step, from `transitions.yaml` of the folder, or of the product. Raises ParameterError."""
    with faults_of_policy():
        document = read_document(folder or Path(__file__).parent, "transitions.yaml")
        return tuple(read_form(document, code, Transition, {"code": code}) for code in document.entries)


def load_invariants(folder: Path | None = None) -> dict[str, Names]:
    """Return what no step may break, by code, from `invariants.yaml`. Raises ParameterError."""
    with faults_of_policy():
        document = read_document(folder or Path(__file__).parent, "invariants.yaml")
        return {code: read_form(document, code, Names, {}) for code in document.entries}


def allowed(
    transitions: Sequence[Transition], old_state: str | None, new_state: str, direction: Direction
) -> Transition:
    """Return the step from one state to another for a case on that way; `old_state` is None when there is no case.

    Raises ParameterError if a state is unknown, NotAllowed if there is no such step for a case on that way.
    """
    old = NO_CASE if old_state is None else old_state
    _must_be_known(transitions, old, new_state)
    onward = [step for step in transitions if old in step.old_states]
    between = [step for step in onward if step.new_state == new_state]
    fitting = [step for step in between if step.direction in (None, direction)]
    if fitting:
        return fitting[0]
    open_to_case = [step.new_state for step in onward if step.direction in (None, direction)]
    if not between:
        raise NotAllowed("transition_not_allowed", old=old, new=new_state, allowed=_listed(open_to_case))
    raise NotAllowed(
        "wrong_direction",
        old=old,
        new=new_state,
        needed=_way(between[0].direction or direction),
        direction=_way(direction),
        allowed=_listed(open_to_case),
    )


def _must_be_known(transitions: Sequence[Transition], *states: str) -> None:
    known = {state for step in transitions for state in (*step.old_states, step.new_state)}
    for state in states:
        if state not in known:
            raise ParameterError("unknown_state", state=state, states=", ".join(sorted(known - {NO_CASE})))


def _listed(states: Sequence[str]) -> str | Label:
    return ", ".join(states) if states else ParameterError.catalogue.messages["nowhere"].what


def _way(direction: Direction) -> Label:
    return ParameterError.catalogue.messages[f"direction_{direction}"].what
