"""What a history keeps to itself."""

from __future__ import annotations

from datetime import date

import pytest

from tests.analysis.history.told import Told, household, stay

DAY, LATER = date(2024, 3, 5), date(2024, 4, 2)
SINCE = date(2020, 1, 1)
FINDING = {"id": "f1", "cause_id": "H01", "status": "confirmed", "onset_on": DAY, "severity": 0.6, "confidence": 1.0}
ILL = {"id": "o1", "indicator_id": "I14a", "observed_on": DAY, "number_value": 1.0}
MEDICAL = {"id": "a1", "measure_id": "B03", "assistance_status": "running", "starts_on": DAY}


def test_no_name_is_told_by_anybody(told: Told) -> None:
    told.tell("police", DAY, Household=[household(head_name="陈某")], Stay=[stay("p1", "h1", SINCE, "head")])
    told.tell("police", DAY, Person=[{"id": "p1", "name": "郑某某", "birth_year": 1974}])
    told.tell("police", LATER, Household=[household(head_name="林某")])
    text = told.answer(show_sensitive=True).model_dump_json()
    assert [name for name in ("陈某", "郑某某", "林某") if name in text] == []
    assert "name of the head of household changed (not shown)" in text


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("CauseFinding", FINDING),
        ("Observation", ILL),
        ("Observation", {**ILL, "indicator_id": "I30", "answer": "H07;M02"}),
        ("Assistance", MEDICAL),
        ("IncomeComponent", {"id": "i1", "income_year": 2023, "income_kind": "wage", "low_fen": 1, "high_fen": 2}),
        ("Clue", {"id": "c1", "rule_id": "I14a-H01", "clue_route": "department", "clue_status": "open"}),
    ],
)
def test_what_is_sensitive_is_counted_and_not_told(told: Told, kind: str, row: dict[str, object]) -> None:
    told.tell("police", DAY, Household=[household()])
    told.tell_rows("visit", LATER, {kind: [{"household_id": "h1", **row}]})
    answer = told.answer()
    assert ([entry.kind for entry in answer.entries], answer.hidden_count) == (["Household"], 1)
    assert "notice_hidden_in_history" in [notice.code for notice in answer.notices]
    assert [entry.kind for entry in told.answer(show_sensitive=True).entries] == ["Household", kind]


def test_what_hangs_on_sensitive_help_is_not_told_either(told: Told) -> None:
    told.tell("police", DAY, Household=[household()])
    told.tell("revitalisation", DAY, Assistance=[{"household_id": "h1", **MEDICAL}])
    rating = {"id": "w1", "assistance_id": "a1", "rating_number": 4, "given_on": LATER, "is_by_proxy": False}
    told.tell("village", LATER, Feedback=[rating], TARGETS=[{"from_id": "a1", "to_id": "H07"}])
    answer = told.answer()
    assert ([entry.kind for entry in answer.entries], answer.hidden_count) == (["Household"], 3)


def test_help_aimed_only_at_a_sensitive_cause_is_sensitive(told: Told) -> None:
    told.tell("police", DAY, Household=[household()])
    told.tell("revitalisation", DAY, Assistance=[{"household_id": "h1", **MEDICAL, "measure_id": "B36"}])
    assert [entry.kind for entry in told.answer().entries] == ["Household", "Assistance"]
    told.tell("village", LATER, TARGETS=[{"from_id": "a1", "to_id": "H07"}])
    assert [entry.kind for entry in told.answer().entries] == ["Household"]


def test_a_contradiction_between_sensitive_observations_is_sensitive(told: Told) -> None:
    told.tell("police", DAY, Household=[household()])
    told.tell("health", DAY, Observation=[{"household_id": "h1", **ILL}])
    doubt = {"id": "o1+o2", "household_id": "h1", "rule_id": "differs", "contradiction_status": "open"}
    told.tell("own", LATER, Contradiction=[doubt], COMPARES=[{"from_id": "o1+o2", "to_id": "o1"}])
    assert [entry.kind for entry in told.answer().entries] == ["Household"]


def test_a_sensitive_value_is_left_out_of_what_else_is_told(told: Told) -> None:
    told.tell("police", DAY, Household=[household()], Stay=[stay("p1", "h1", SINCE, "head")])
    told.tell("disability", LATER, Person=[{"id": "p1", "disability_grade": "1", "birth_year": 1974}])
    entry = told.answer().entries[-1]
    assert entry.text_en == "member 1 (head of household, born 1974) - year of birth: 1974"
    assert told.answer().hidden_count == 1
    assert "most severe" in told.answer(show_sensitive=True).entries[-1].text_en


def test_what_people_wrote_in_their_own_words_is_sensitive(told: Told) -> None:
    visit = {"id": "v1", "household_id": "h1", "visit_reason": "clue", "visit_status": "done", "planned_on": DAY}
    told.tell("visit", LATER, Visit=[visit])
    told.tell("visit", LATER, Visit=[{**visit, "note": "癌症复发"}])
    assert "癌症" not in told.answer().model_dump_json()
    assert (len(told.answer().entries), told.answer().hidden_count) == (1, 1)


def test_the_withdrawal_of_something_sensitive_is_not_told(told: Told) -> None:
    told.tell("police", DAY, Household=[household()])
    load = told.tell("health", DAY, Observation=[{"household_id": "h1", **ILL}])
    told.take_back(load, LATER)
    assert [entry.happening for entry in told.answer().entries] == ["told"]
    assert [entry.happening for entry in told.answer(show_sensitive=True).entries] == ["told", "told", "withdrawn"]


def test_no_id_of_a_person_is_told(told: Told) -> None:
    told.tell("police", DAY, Household=[household()], Stay=[stay("person-1", "h1", SINCE, "head")])
    kin = {"from_id": "person-1", "to_id": "person-2", "kin_role": "sibling"}
    told.tell("police", LATER, KIN_OF=[kin], Person=[{"id": "person-1", "sex": "male"}])
    text = told.answer(show_sensitive=True).model_dump_json()
    assert "person-" not in text
    assert "another person" in text
