"""Both axes of time, what was taken back, pages and days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from analysis.errors import QuestionError, SubjectNotFound
from analysis.history.entries import Ordering
from analysis.page import Page
from analysis.questions.history import HistoryAsked, history
from analysis.subject import Subject
from tests.analysis.history.told import Told, household

MARCH_1, MARCH_5, APRIL_2, MAY_6 = date(2024, 3, 1), date(2024, 3, 5), date(2024, 4, 2), date(2024, 5, 6)


def seen(on: date, value: float = 0.5) -> dict[str, object]:
    """Return how much of the harvest is unsold on a day."""
    told = {"indicator_id": "I25", "household_id": "h1", "observed_on": on, "number_value": value}
    return {"id": f"I25-h1-{on}", **told}


def test_entries_come_in_the_order_in_which_they_became_known(told: Told) -> None:
    told.tell("agriculture", APRIL_2, Observation=[seen(MARCH_1)])
    told.tell("agriculture", MARCH_5, Observation=[seen(date(2024, 2, 1))])
    told.tell("police", MAY_6, Household=[household()])
    assert [entry.recorded_on for entry in told.answer().entries] == [MARCH_5, APRIL_2, MAY_6]


def test_by_world_they_come_by_the_day_they_speak_of(told: Told) -> None:
    told.tell("agriculture", MARCH_5, Observation=[seen(MARCH_5)])
    told.tell("agriculture", APRIL_2, Observation=[seen(MARCH_1)])
    told.tell("police", date(2024, 3, 3), Household=[household()])
    days = [(entry.world_on, entry.recorded_on) for entry in told.answer(by="world").entries]
    assert days == [(MARCH_1, APRIL_2), (None, date(2024, 3, 3)), (MARCH_5, MARCH_5)]


def test_what_was_taken_back_stays_marked_and_its_withdrawal_is_an_entry(told: Told) -> None:
    told.tell("police", MARCH_1, Household=[household()])
    load = told.tell("agriculture", MARCH_5, Observation=[seen(MARCH_1), seen(MARCH_5)])
    told.take_back(load, MAY_6, "wrong county")
    told_first, *observed, withdrawal = told.answer().entries
    assert told_first.withdrawn_on is None
    assert [(entry.withdrawn_on, entry.why) for entry in observed] == [(MAY_6, "wrong county")] * 2
    assert (withdrawal.happening, withdrawal.recorded_on, withdrawal.load_id) == ("withdrawn", MAY_6, load)
    expected = "the load of 2024-03-05 was taken back (wrong county); it said of this household: 2"
    assert withdrawal.text_en == expected


def test_loads_taken_back_one_after_the_other_are_all_told(told: Told) -> None:
    days = [MARCH_1 + timedelta(days=number) for number in range(6)]
    loads = []
    for day in days:
        loads.append(told.tell("agriculture", day, Observation=[seen(day)]))
        if len(loads) in (2, 4, 6):
            told.take_back(loads[-2], day)
    happened = [(entry.happening, entry.withdrawn_on is not None) for entry in told.answer().entries]
    assert happened.count(("told", True)) == happened.count(("withdrawn", True)) == 3
    assert happened.count(("told", False)) == 3


def test_a_change_is_told_from_what_still_stood_when_it_was_told(told: Told) -> None:
    told.tell("police", MARCH_1, Household=[household(member_count=4)])
    wrong = told.tell("police", MARCH_5, Household=[household(member_count=9)])
    told.take_back(wrong, APRIL_2)
    told.tell("police", MAY_6, Household=[household(member_count=5)])
    changes = [entry.text_en for entry in told.answer().entries if entry.happening == "changed"]
    expected = ["from 4 to 9", "from 4 to 5"]
    assert changes == [f"Household - number of members {change}" for change in expected]


def test_a_history_of_a_past_day_knows_nothing_of_what_came_later(told: Told) -> None:
    load = told.tell("police", MARCH_1, Household=[household()])
    told.take_back(load, APRIL_2)
    (entry,) = told.answer(day=MARCH_5).entries
    assert (entry.happening, entry.withdrawn_on) == ("told", None)
    assert [entry.happening for entry in told.answer(day=APRIL_2).entries] == ["told", "withdrawn"]


def test_days_bound_the_axis_asked_for(told: Told) -> None:
    told.tell("agriculture", MARCH_5, Observation=[seen(MARCH_1)])
    told.tell("agriculture", APRIL_2, Observation=[seen(APRIL_2)])
    between = (date(2024, 3, 4), date(2024, 3, 31))
    assert [entry.world_on for entry in told.answer(between=between).entries] == [MARCH_1]
    assert told.answer(between=between, by="world").entries == ()
    assert told.answer(between=(APRIL_2, None)).entry_count == 1


def test_pages_go_on_after_the_key(told: Told) -> None:
    for number in range(7):
        day = MARCH_1 + timedelta(days=number // 3)
        told.tell("agriculture", day, Observation=[seen(MARCH_1 + timedelta(days=number))])
    whole = told.answer().entries
    pages, after = [], None
    while True:
        answer = told.answer(page=Page(3, after))
        assert answer.entry_count == 7
        pages.append(answer.entries)
        after = answer.next_after
        if after is None:
            break
    assert [len(page) for page in pages] == [3, 3, 1]
    assert tuple(entry for page in pages for entry in page) == whole


def test_a_key_stays_when_more_becomes_known(told: Told) -> None:
    told.tell("agriculture", MARCH_1, Observation=[seen(MARCH_1)])
    key = told.answer().entries[0].key
    told.tell("agriculture", MARCH_5, Observation=[seen(MARCH_5)])
    assert told.answer().entries[0].key == key == "2024-03-01.000001"


def test_a_day_begins_where_the_question_is_asked(told: Told) -> None:
    told.tell("police", MARCH_1, Household=[household()])
    far_west = timezone(timedelta(hours=-10))
    asked = HistoryAsked(Ordering(zone=far_west))
    answer = history(told.ledger, told.schema, Subject("Household", "h1"), day=MARCH_1, asked=asked)
    # Eight o'clock in UTC is ten in the evening of the day before.
    assert [entry.recorded_on for entry in answer.entries] == [date(2024, 2, 29)]
    assert answer.entries[0].recorded_at == datetime(2024, 3, 1, 8, tzinfo=UTC)


def test_a_made_up_fact_is_told_as_such(told: Told) -> None:
    told.tell("police", MARCH_1, Household=[household()])
    told.tell("agriculture", MARCH_5, is_made_up=True, Observation=[seen(MARCH_1)])
    answer = told.answer()
    assert ([entry.is_made_up for entry in answer.entries], answer.is_made_up) == ([False, True], True)
    assert answer.notices[0].code == "notice_made_up"


def test_a_household_of_whom_nothing_was_known_is_not_found(told: Told) -> None:
    told.tell("police", MARCH_5, Household=[household()])
    with pytest.raises(SubjectNotFound, match="Nothing was known"):
        told.answer("h2")
    with pytest.raises(SubjectNotFound, match="Nothing was known"):
        told.answer("h1", day=MARCH_1)


def test_only_a_household_has_a_history(told: Told) -> None:
    with pytest.raises(QuestionError, match="cannot be asked about Area"):
        history(told.ledger, told.schema, Subject("Area", "35"), day=MARCH_1)


def test_what_is_said_of_other_households_is_not_told(told: Told) -> None:
    told.tell("police", MARCH_5, Household=[household("h1"), household("h2", member_count=9)])
    told.tell("agriculture", APRIL_2, Observation=[{**seen(MARCH_1), "id": "x", "household_id": "h2"}])
    assert len(told.texts("h1")) == 1


def test_what_a_snapshot_lacks_is_told_as_its_end_and_what_comes_back_as_new(told: Told) -> None:
    told.tell("police", MARCH_1, Household=[household()])
    missing = {"id": "x-1", "absent_kind": "Household", "absent_key": "h1", "absent_on": MARCH_5, "household_id": "h1"}
    told.tell("police", MARCH_5, Absence=[missing])
    told.tell("police", APRIL_2, Household=[household()])
    first, end, again = told.answer().entries
    assert (end.happening, end.world_on) == ("ended", MARCH_5)
    assert end.text_en == "Household: missing in the snapshot of 2024-03-05, so it has ended"
    assert (again.happening, again.text_en) == ("told", first.text_en)


def test_a_series_of_observations_that_a_snapshot_lacks_is_told(told: Told) -> None:
    told.tell("agriculture", MARCH_1, Observation=[seen(MARCH_1)])
    missing = {"id": "x-1", "absent_kind": "Observation", "absent_key": "I25|h1||", "absent_on": MARCH_5}
    told.tell("agriculture", MARCH_5, Absence=[{**missing, "household_id": "h1"}])
    assert told.texts()[-1].endswith(
        "(unsold share of the harvest): missing in the snapshot of 2024-03-05, so it has ended"
    )


def test_the_absence_of_something_sensitive_is_not_told(told: Told) -> None:
    told.tell("police", MARCH_1, Household=[household()])
    told.tell("health", MARCH_1, Observation=[{**seen(MARCH_1), "id": "i", "indicator_id": "I14a"}])
    missing = {"id": "x-1", "absent_kind": "Observation", "absent_key": "I14a|h1||", "absent_on": MARCH_5}
    told.tell("health", MARCH_5, Absence=[{**missing, "household_id": "h1"}])
    assert (len(told.answer().entries), told.answer().hidden_count) == (1, 2)
    assert len(told.answer(show_sensitive=True).entries) == 3
