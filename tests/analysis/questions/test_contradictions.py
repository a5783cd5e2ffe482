"""Asked of the tiny graph; every number is worked out by hand from tests/tiny/README.md. The day is 2026-05-20."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.errors import QuestionError, SubjectNotFound
from analysis.page import Page
from analysis.questions.cause_graph import cause_graph
from analysis.questions.contradictions import ContradictionsAnswer, contradictions
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore

DAY = date(2026, 5, 20)
OF_H1, OF_H7 = "Household-h1-member_count-police-visit", "Household-h7-member_count-police-visit"
OF_H2, OF_TOWN = "Household-h2-I03b-12m-insurance-visit", "Area-350624105-population_count-place-survey"


def codes(answer: ContradictionsAnswer) -> set[str]:
    return {notice.code for notice in answer.notices}


def ids(answer: ContradictionsAnswer) -> list[str]:
    return [each.contradiction_id for each in answer.contradictions]


def test_a_contradiction_tells_both_feeds_their_ages_and_who_is_believed(
    tiny_store: GraphStore, schema: Schema
) -> None:
    answer = contradictions(tiny_store, schema, Subject("Household", "h1"), day=DAY)
    (told,) = answer.contradictions
    assert told.believed is not None
    assert told.other is not None
    assert (told.aspect and told.aspect.zh, told.subject_id, told.household_id) == ("成员数", "h1", "h1")
    # 29 days of April and 20 of May; 10 days of May.
    assert (told.believed.feed.code, told.believed.value and told.believed.value.en) == ("police", "2")
    assert (told.believed.on, told.believed.age_days) == (date(2026, 4, 1), 49)
    assert (told.other.feed.code, told.other.value and told.other.value.en) == ("visit", "3")
    assert told.other.age_days == 10
    assert (told.reason and told.reason.code, told.effect) == ("feed_order", "value_held")
    assert codes(answer) == {"notice_made_up"}


def test_a_sensitive_contradiction_is_left_out_and_counted(tiny_store: GraphStore, schema: Schema) -> None:
    answer = contradictions(tiny_store, schema, Subject("Household", "h2"), day=DAY)
    assert (answer.contradiction_count, answer.hidden_count, answer.counts, ids(answer)) == (0, 1, (), [])
    assert codes(answer) == {"notice_made_up", "notice_hidden_contradictions", "notice_no_contradiction"}
    assert "I03b" not in answer.model_dump_json()


def test_who_may_see_it_is_told_of_a_sensitive_contradiction(tiny_store: GraphStore, schema: Schema) -> None:
    answer = contradictions(tiny_store, schema, Subject("Household", "h2"), day=DAY, show_sensitive=True)
    (told,) = answer.contradictions
    assert (told.contradiction_id, told.effect, told.is_sensitive) == (OF_H2, "both_count", True)
    assert told.believed is not None
    assert (told.believed.value and told.believed.value.en, answer.hidden_count) == ("45%", 0)


def test_an_area_counts_by_feeds_and_by_place(tiny_store: GraphStore, schema: Schema) -> None:
    answer = contradictions(tiny_store, schema, Subject("Area", "350624"), day=DAY)
    counts = [
        (
            each.subject_kind and each.subject_kind.code,
            each.aspect and each.aspect.code,
            each.believed_feed and each.believed_feed.code,
            each.other_feed and each.other_feed.code,
            each.count,
        )
        for each in answer.counts
    ]
    assert counts == [
        ("Household", "member_count", "police", "visit", 2),
        ("Area", "population_count", "place", "survey", 1),
    ]
    assert [(place.place_id, place.name, place.count, place.hidden_count) for place in answer.places] == [
        ("350624101", "四都镇", 1, 1),
        ("350624105", "太平镇", 2, 0),
    ]
    assert (answer.contradiction_count, answer.hidden_count) == (3, 1)
    assert ids(answer) == [OF_TOWN, OF_H1, OF_H7]


@pytest.mark.parametrize("show_sensitive", [False, True])
def test_the_places_and_the_counts_add_up_to_the_whole(
    tiny_store: GraphStore, schema: Schema, show_sensitive: bool
) -> None:
    for area in ("350000", "350624", "350624101", "350624105", "350624101201", "445200"):
        subject = Subject("Area", area)
        answer = contradictions(tiny_store, schema, subject, day=DAY, show_sensitive=show_sensitive)
        assert sum(place.count for place in answer.places) == answer.contradiction_count == len(ids(answer))
        assert sum(each.count for each in answer.counts) == answer.contradiction_count
        assert sum(place.hidden_count for place in answer.places) == answer.hidden_count


def test_pages_follow_each_other_without_a_gap(tiny_store: GraphStore, schema: Schema) -> None:
    found: list[str] = []
    after: str | None = None
    for _ in range(4):
        subject, page = Subject("Area", "350624"), Page(1, after)
        answer = contradictions(tiny_store, schema, subject, day=DAY, show_sensitive=True, page=page)
        found += ids(answer)
        after = answer.next_after
        assert (after is None) == (len(found) == 4)
        assert ("notice_capped" in codes(answer)) == (after is not None)
    assert found == [OF_TOWN, OF_H1, OF_H2, OF_H7]


def test_a_household_without_contradictions_has_none(tiny_store: GraphStore, schema: Schema) -> None:
    answer = contradictions(tiny_store, schema, Subject("Household", "h8"), day=DAY)
    assert (answer.contradiction_count, answer.places) == (0, ())
    assert "notice_no_contradiction" in codes(answer)


def test_other_kinds_and_unknown_ids_are_refused(tiny_store: GraphStore, schema: Schema) -> None:
    with pytest.raises(QuestionError):
        contradictions(tiny_store, schema, Subject("Cause", "H01"), day=DAY)
    with pytest.raises(SubjectNotFound):
        contradictions(tiny_store, schema, Subject("Household", "h99"), day=DAY)


@pytest.mark.parametrize(
    ("household", "show_sensitive", "count"), [("h1", False, 1), ("h2", False, 0), ("h2", True, 1), ("h8", False, 0)]
)
def test_the_cause_graph_of_a_household_counts_its_contradictions(
    tiny_store: GraphStore, schema: Schema, household: str, show_sensitive: bool, count: int
) -> None:
    subject = Subject("Household", household)
    answer = cause_graph(tiny_store, schema, subject, day=DAY, show_sensitive=show_sensitive)
    assert answer.contradiction_count == count


def test_the_cause_graph_of_an_area_counts_none(tiny_store: GraphStore, schema: Schema) -> None:
    assert cause_graph(tiny_store, schema, Subject("Area", "350624"), day=DAY).contradiction_count is None
