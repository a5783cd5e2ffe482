"""Asked of the tiny graph on both engines; numbers are worked out by hand on the pages about decisions 15 and 18.

Nothing found, nothing done: 1 - 0.9941 x 0.994609 = 0.011260. A cause that leads to low income at 0.6, fully severe:
1 - 0.9941 x 0.4 x 0.994609 = 0.604504; at severity 0.6: 0.429418. The day is 2026-05-20.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.errors import QuestionError, SensitiveSubject, SubjectNotFound
from analysis.fetch.risk import risk_of_all
from analysis.questions.household_what_if import household_what_if
from analysis.questions.household_what_if_answer import HouseholdWhatIfAnswer
from analysis.questions.household_what_if_asked import HouseholdChanges, written_changes
from analysis.risk.model import RiskModel, expert_model
from graph_schema import Schema
from graph_store import GraphStore
from policy import Policy

DAY = date(2026, 5, 20)
NOTHING, SEVERE, MARKED = 0.011260, 0.604504, 0.429418
Ask = Callable[..., HouseholdWhatIfAnswer]


@pytest.fixture(scope="module")
def model(schema: Schema) -> RiskModel:
    return expert_model(schema)


@pytest.fixture
def ask(tiny_store: GraphStore, schema: Schema, policy: Policy, model: RiskModel) -> Ask:
    def asked(household: str, *, show_sensitive: bool = False, **changes: object) -> HouseholdWhatIfAnswer:
        return household_what_if(
            tiny_store,
            schema,
            policy,
            model,
            household,
            HouseholdChanges(**changes),  # type: ignore[arg-type] # fields by name
            day=DAY,
            show_sensitive=show_sensitive,
        )

    return asked


def codes(answer: HouseholdWhatIfAnswer) -> set[str]:
    return {each.code for each in answer.notices}


def test_nothing_changed_is_told_and_leaves_the_risk_as_it_is(ask: Ask) -> None:
    answer = ask("h5")
    assert answer.before == answer.after
    assert answer.before.with_help == pytest.approx(NOTHING, abs=1e-6)
    assert (answer.changes, answer.crosses, answer.change) == ((), None, 0)
    assert codes(answer) >= {"notice_what_if_unchanged", "notice_score_not_decision", "notice_made_up"}
    # What each state comes about by alone, as the page about decision 15 has it.
    chances = {each.code: each.before for each in answer.states}
    assert [chances[code] for code in ("O02", "O03", "O05")] == pytest.approx([0.0059, 0.003, 0.0012], abs=1e-9)


def test_a_cause_that_was_refuted_may_be_confirmed_and_lifts_the_household_over_the_level(ask: Ask) -> None:
    answer = ask("h5", confirmed={"M01": None})
    assert answer.after.with_help == pytest.approx(SEVERE, abs=1e-6)
    assert answer.after.without_help == pytest.approx(SEVERE, abs=1e-6)
    assert (answer.crosses, answer.is_high_before, answer.is_high_after) == ("upward", False, True)
    (change,) = answer.changes
    assert (change.kind, change.name_en, change.value, change.value_now, change.status_now, change.is_same) == (
        "confirmed",
        "price drop",
        1.0,
        None,
        "refuted",
        False,
    )
    assert {each.code for each in answer.states if each.is_moved} == {"O02", "O06"}


def test_the_severity_that_is_given_counts_and_a_weaker_link_too(ask: Ask) -> None:
    assert ask("h5", confirmed={"M01": 0.6}).after.with_help == pytest.approx(MARKED, abs=1e-6)
    weaker = ask("h5", confirmed={"M01": None}, strengths={"K50": 0.3})
    assert weaker.after.with_help == pytest.approx(1 - 0.9941 * 0.7 * 0.994609, abs=1e-6)
    assert [(each.code, each.value, each.value_now) for each in weaker.changes] == [
        ("M01", 1.0, None),
        ("K50", 0.3, 0.6),
    ]


def test_what_is_confirmed_takes_the_place_of_a_more_severe_finding(ask: Ask) -> None:
    # L06 is confirmed at h6 with 0.8; confirmed with 0.6 it is the same as its severity changed to 0.6.
    milder, changed = ask("h6", confirmed={"L06": 0.6}), ask("h6", severity={"L06": 0.6})
    assert milder.after == changed.after
    assert milder.after.with_help < milder.before.with_help
    assert milder.changes[0].value_now == 0.8


def test_what_is_closed_is_as_if_nobody_had_looked(ask: Ask) -> None:
    # Without L06 nothing is found at h6 but F05, which has no link of its own.
    for changes in ({"closed": ["L06"]}, {"refuted": ["L06"]}):
        answer = ask("h6", **changes)
        assert answer.after.without_help == pytest.approx(NOTHING, abs=1e-3)
        assert answer.crosses == "downward"


def test_help_that_stops_no_longer_lowers_the_risk(ask: Ask) -> None:
    # B06 runs at h8 against O03; it tells of no sensitive cause.
    answer = ask("h8", taken=["B06"])
    assert answer.before.with_help < answer.before.without_help
    assert answer.before.without_help == pytest.approx(NOTHING, abs=1e-6)
    assert answer.after.with_help == pytest.approx(NOTHING, abs=1e-6)
    assert answer.after.without_help == answer.before.without_help


def test_help_is_told_with_what_it_asks_and_whether_it_runs_already(ask: Ask) -> None:
    answer = ask("h1", given=["B36", "B38"], taken=["B46"])
    assert [(each.kind, each.code, each.is_same) for each in answer.changes] == [
        ("given", "B36", True),
        ("given", "B38", False),
        ("taken", "B46", True),
    ]
    assert answer.after.with_help < answer.before.with_help
    assert answer.after.without_help == answer.before.without_help


def test_the_same_household_among_all_gives_the_same_answer(
    ask: Ask, tiny_store: GraphStore, schema: Schema, policy: Policy, model: RiskModel
) -> None:
    everybody = risk_of_all(tiny_store, model.network, model.measures, DAY)
    changes = HouseholdChanges(confirmed={"M01": 0.8}, taken=("B36",))
    among = household_what_if(tiny_store, schema, policy, model, "h1", changes, day=DAY, households=everybody)
    alone = ask("h1", confirmed={"M01": 0.8}, taken=("B36",))
    assert among.after.with_help == pytest.approx(alone.after.with_help, abs=1e-12)
    assert among.changes == alone.changes


def test_what_is_sensitive_may_be_changed_by_who_may_see_it(ask: Ask) -> None:
    answer = ask("h5", confirmed={"H01": 0.8}, strengths={"K01": 0.4}, given=["B03"], show_sensitive=True)
    assert [each.code for each in answer.changes] == ["H01", "B03", "K01"]
    assert answer.after.without_help > NOTHING
    assert "notice_risk_sensitive_hidden" not in codes(answer)


@pytest.mark.parametrize(
    "changes", [{"confirmed": {"H01": 0.8}}, {"refuted": ["H07"]}, {"given": ["B03"]}, {"strengths": {"K01": 0.4}}]
)
def test_a_change_that_would_tell_of_a_sensitive_cause_is_refused(ask: Ask, changes: dict[str, object]) -> None:
    with pytest.raises(SensitiveSubject) as fault:
        ask("h2", **changes)
    assert fault.value.code == "sensitive_what_if"
    assert "--show-sensitive" in fault.value.remedy("en")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"confirmed": {"Z99": None}}, "risk_unknown_code"),
        ({"given": ["B99"]}, "risk_measure_unknown"),
        ({"strengths": {"K999": 0.5}}, "scenario_unknown_link"),
        ({"strengths": {"K50": 2}}, "risk_wrong_strength"),
        ({"confirmed": {"M01": 1.5}}, "scenario_share_out_of_range"),
        ({"confirmed": {"M01": None}, "refuted": ["M01"]}, "what_if_twice"),
        ({"given": ["B36"], "taken": ["B36"]}, "what_if_twice"),
        ({"severity": {"M01": 0.4}}, "what_if_not_found_there"),
    ],
)
def test_what_cannot_be_is_refused_in_both_languages(ask: Ask, changes: dict[str, object], code: str) -> None:
    with pytest.raises(QuestionError) as fault:
        ask("h5", **changes)
    assert fault.value.code == code
    assert all(fault.value.what(each) and fault.value.remedy(each) for each in ("en", "zh"))


def test_a_household_that_is_not_there_is_not_found(ask: Ask) -> None:
    with pytest.raises(SubjectNotFound):
        ask("h99", confirmed={"M01": None})


def test_changes_are_read_as_they_are_written() -> None:
    assert written_changes(
        confirm=["M02:0.8", " M03 "], refute=["L06"], severity=["M01=0.4"], give=["B36"], strength=["K50=0.3"]
    ) == HouseholdChanges(
        confirmed={"M02": 0.8, "M03": None},
        refuted=("L06",),
        severity={"M01": 0.4},
        given=("B36",),
        strengths={"K50": 0.3},
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"confirm": ["M02:much"]}, "what_if_unreadable"),
        ({"confirm": [":0.8"]}, "what_if_unreadable"),
        ({"strength": ["K50"]}, "what_if_unreadable"),
        ({"refute": [" "]}, "what_if_unreadable"),
        ({"confirm": ["M02", "M02:0.4"]}, "what_if_twice"),
        ({"take": ["B36", "B36"]}, "what_if_twice"),
    ],
)
def test_what_cannot_be_read_is_refused(written: dict[str, list[str]], code: str) -> None:
    with pytest.raises(QuestionError) as fault:
        written_changes(**written)
    assert fault.value.code == code
