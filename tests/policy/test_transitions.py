from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from graph_schema import Schema, load_schema
from policy import NotAllowed, ParameterError, load_policy
from policy.transitions import Transition, allowed, load_invariants, load_transitions


@pytest.fixture(scope="module")
def transitions() -> Sequence[Transition]:
    return load_transitions()


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def test_a_first_clue_opens_a_case(transitions: Sequence[Transition]) -> None:
    step = allowed(transitions, None, "CLUE", "entry")

    assert (step.actors, step.starts_clocks) == ((), ("triage", "recognise", "help"))


def test_recognition_needs_both_assessments_and_the_county(transitions: Sequence[Transition]) -> None:
    step = allowed(transitions, "TOWN_REVIEWED", "MONITORED", "entry")

    assert step.actors == ("county_officer",)
    assert step.invariants == ("two_assessments", "disagreement")


def test_a_verdict_out_refuses_on_the_way_in_and_keeps_on_the_way_out(transitions: Sequence[Transition]) -> None:
    assert allowed(transitions, "APPRAISED", "REFUSED", "entry").code == "refuse_in_town"
    assert allowed(transitions, "APPRAISED", "ASSISTING", "exit").code == "keep_after_appraisal"


def test_two_new_assessments_turn_the_case_to_exit_and_a_rollback_turns_it_back(
    transitions: Sequence[Transition],
) -> None:
    assert allowed(transitions, "EXIT_PROPOSED", "APPRAISED", "entry").sets_direction == "exit"
    assert allowed(transitions, "ROLLED_BACK", "ASSISTING", "exit").sets_direction == "entry"


def test_a_household_without_a_worker_cannot_be_let_go(transitions: Sequence[Transition]) -> None:
    with pytest.raises(NotAllowed) as fault:
        allowed(transitions, "HOLD_NO_LABOUR", "EXIT_PROPOSED", "entry")

    assert fault.value.what("en") == "A case cannot go from HOLD_NO_LABOUR to EXIT_PROPOSED."
    assert fault.value.remedy("en") == "From HOLD_NO_LABOUR it can go to: ASSISTING, ENDED."


def test_a_case_cannot_be_refused_on_the_way_out(transitions: Sequence[Transition]) -> None:
    with pytest.raises(NotAllowed) as fault:
        allowed(transitions, "TOWN_REVIEWED", "REFUSED", "exit")

    assert fault.value.code == "wrong_direction"
    assert "纳入" in fault.value.what("zh")
    assert fault.value.remedy("en") == ("From TOWN_REVIEWED this case can go to: RISK_ELIMINATED, ASSISTING, ENDED.")


def test_from_the_end_a_case_goes_nowhere(transitions: Sequence[Transition]) -> None:
    with pytest.raises(NotAllowed) as fault:
        allowed(transitions, "ENDED", "ASSISTING", "entry")

    assert fault.value.remedy("en") == "From ENDED it can go to: no other state."
    assert fault.value.remedy("zh") == "从 ENDED 可以转为：无。"


def test_an_unknown_state_is_told(transitions: Sequence[Transition]) -> None:
    with pytest.raises(ParameterError) as fault:
        allowed(transitions, "CLUE", "MONITORD", "entry")

    assert fault.value.code == "unknown_state"
    assert "MONITORED" in fault.value.remedy("en")


def test_between_two_states_there_is_one_step_for_each_way(transitions: Sequence[Transition]) -> None:
    steps = [
        (old, step.new_state, direction)
        for step in transitions
        for old in step.old_states
        for direction in (("entry", "exit") if step.direction is None else (step.direction,))
    ]

    assert len(steps) == len(set(steps))
    assert len(transitions) == 26


def test_every_state_of_the_vocabulary_can_be_reached_and_no_other(
    transitions: Sequence[Transition], schema: Schema
) -> None:
    assert {step.new_state for step in transitions} == set(schema.case_states)


def test_every_open_case_can_end_and_no_closed_one(transitions: Sequence[Transition], schema: Schema) -> None:
    end = next(step for step in transitions if step.new_state == "ENDED")

    assert set(end.old_states) == {code for code, state in schema.case_states.items() if not state.is_closed}


def test_steps_name_only_roles_kinds_clocks_sources_and_invariants_that_there_are(
    transitions: Sequence[Transition], schema: Schema
) -> None:
    clocks = {f"clock.{clock}" for step in transitions for clock in (*step.clocks, *step.starts_clocks)}

    assert {role for step in transitions for role in step.actors} <= set(schema.roles)
    assert {kind for step in transitions for kind in step.records} <= set(schema.node_kinds)
    assert {key for step in transitions for key in step.sources} <= set(schema.sources)
    assert {code for step in transitions for code in step.invariants} <= set(load_invariants())
    assert clocks <= set(load_policy().keys)


def test_no_household_is_decided_about_without_two_assessments(transitions: Sequence[Transition]) -> None:
    decided = [step for step in transitions if step.new_state in {"MONITORED", "REFUSED", "RISK_ELIMINATED"}]

    assert len(decided) == 4
    assert all("two_assessments" in step.invariants for step in decided)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("go: {old_states: [A], new_state: B}\n", "guard"),
        ("go: {old_states: [A], new_state: B, guard: {en: a, zh: b}, direction: in}\n", "direction"),
        ("go: {old_states: [A], new_state: B, guard: {en: a, zh: b}, actor: x}\n", "actor"),
    ],
)
def test_a_faulty_step_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "transitions.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(ParameterError) as fault:
        load_transitions(tmp_path)

    assert "transitions.yaml, line 1" in fault.value.what("en")
    assert told in fault.value.what("en")
