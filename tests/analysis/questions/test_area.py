"""Asked of the tiny graph; every number is worked out by hand from tests/tiny/README.md. The day is 2026-05-20."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.errors import SubjectNotFound
from analysis.page import Page
from analysis.places.counted import CountedPlaces
from analysis.questions.area import AreaAnswer, area, areas
from analysis.questions.cause_graph import cause_graph
from analysis.questions.chains import chains
from analysis.questions.households import HouseholdsAsked, households
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore

DAY = date(2026, 5, 20)
COUNTY, SIDU, QINGMEI, HAMLET, TAIPING = "350624", "350624101", "350624101201", "350624101201-01", "350624105"


def counted(answer: AreaAnswer) -> dict[str, tuple[int, int, int, int]]:
    """Return the counts of each place, the area itself under None."""
    parts = [("", answer.counts), *((each.area_id, each.counts) for each in answer.places)]
    return {
        area_id: (each.household_count, each.with_finding_count, each.with_help_count, each.without_help_count)
        for area_id, each in parts
    }


def test_an_area_tells_the_households_of_the_places_below_it(tiny_store: GraphStore, schema: Schema) -> None:
    answer = area(tiny_store, schema, COUNTY, day=DAY)
    # Sidu: h1, h2 and h6 have help; h3 and h4 have none; h5 has no finding. Taiping: h7 has no help, h8 no finding.
    assert counted(answer) == {"": (8, 6, 4, 3), SIDU: (6, 5, 3, 2), TAIPING: (2, 1, 1, 1)}
    assert [each.area_id for each in answer.path] == ["350000", "350600", COUNTY]
    assert (answer.asked.name_zh, answer.level, answer.is_made_up) == ("诏安县", "county", True)


def test_who_lives_in_no_place_below_counts_for_the_area_itself(tiny_store: GraphStore, schema: Schema) -> None:
    answer = area(tiny_store, schema, QINGMEI, day=DAY)
    # h1, h2 and h3 live in the village, h4 in its hamlet.
    assert counted(answer) == {"": (4, 4, 2, 2), QINGMEI: (3, 3, 2, 1), HAMLET: (1, 1, 0, 1)}
    assert [each.is_itself for each in answer.places] == [True, False]


def test_the_commonest_causes_come_first_and_sensitive_ones_are_counted_only(
    tiny_store: GraphStore, schema: Schema
) -> None:
    answer = area(tiny_store, schema, SIDU, day=DAY)
    # M03 at h1 (confirmed) and h3; L06 at h6; M02 at h1. Hidden: H01, H07 and F05.
    told = [(each.cause.id, each.household_count, each.confirmed_count) for each in answer.causes]
    assert told == [("M03", 2, 1), ("L06", 1, 1), ("M02", 1, 0)]
    assert answer.hidden_cause_count == 3
    shown = area(tiny_store, schema, SIDU, day=DAY, show_sensitive=True)
    assert [(each.cause.id, each.household_count) for each in shown.causes[:2]] == [("H07", 2), ("M03", 2)]


def test_hiding_what_is_sensitive_changes_no_count_of_households(tiny_store: GraphStore, schema: Schema) -> None:
    hidden, shown = (area(tiny_store, schema, COUNTY, day=DAY, show_sensitive=each) for each in (False, True))
    assert counted(hidden) == counted(shown)
    assert all(code not in hidden.model_dump_json() for code in ('"H01"', '"H07"', '"F05"'))


@pytest.mark.parametrize("area_id", [COUNTY, SIDU, QINGMEI, TAIPING, "350000"])
def test_the_places_add_up_to_the_area_and_other_questions_count_the_same(
    tiny_store: GraphStore, schema: Schema, area_id: str
) -> None:
    known = CountedPlaces(tiny_store)
    answer = area(tiny_store, schema, area_id, day=DAY, show_sensitive=True, counted=known)
    numbers = counted(answer)
    whole = numbers.pop("")
    assert whole == tuple(sum(part) for part in zip(*numbers.values(), strict=True))
    reached = chains(tiny_store, schema, Subject("Area", area_id), day=DAY)
    assert (reached.counts.households, reached.without_help.total) == (whole[0], whole[3])
    assert sum(row.help_count > 0 for row in reached.households.rows) == whole[2]
    subject = Subject("Area", area_id)
    graph = cause_graph(tiny_store, schema, subject, day=DAY, show_sensitive=True, counted=known)
    assert graph.household_count == whole[0]
    found = {node.code: node.households for node in graph.nodes if node.households}
    assert {each.cause.id: each.confirmed_count for each in answer.causes} == {
        code: counts.confirmed for code, counts in found.items() if counts.confirmed + counts.suspected
    }


def test_what_hit_an_area_and_what_serves_it_is_told(tiny_store: GraphStore, schema: Schema) -> None:
    answer = area(tiny_store, schema, QINGMEI, day=DAY)
    assert [(each.kind.name_en, each.place.name) for each in answer.shocks] == [("closure of a firm", "四都镇")]
    assert [(each.name, each.status.id) for each in answer.works] == [("四都冷库", "open")]


def test_an_area_without_households_says_so(tiny_store: GraphStore, schema: Schema) -> None:
    answer = area(tiny_store, schema, "445200", day=DAY)
    assert (answer.counts.household_count, answer.causes, answer.places) == (0, (), ())
    assert "notice_nobody_lives_here" in {each.code for each in answer.notices}


def test_an_unknown_area_is_not_found(tiny_store: GraphStore, schema: Schema) -> None:
    with pytest.raises(SubjectNotFound):
        area(tiny_store, schema, "999999", day=DAY)


def test_the_areas_to_begin_with_say_where_their_households_are(tiny_store: GraphStore, schema: Schema) -> None:
    told = areas(tiny_store, schema, day=DAY)
    first, second = told.areas
    # All eight live in Zhao'an, in two towns of it; nobody in Guangdong.
    assert (first.area_id, first.household_count, first.narrowest.area_id) == ("350000", 8, COUNTY)
    assert (second.area_id, second.household_count, second.narrowest.area_id) == ("440000", 0, "440000")
    assert told.is_made_up


def test_counts_are_asked_for_once(tiny_store: GraphStore, schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    known = CountedPlaces(tiny_store)
    listed = HouseholdsAsked("without", page=Page(2))

    def look() -> None:
        area(tiny_store, schema, COUNTY, day=DAY, counted=known)
        households(tiny_store, schema, COUNTY, day=DAY, counted=known, asked=listed)

    look()
    asked: list[str] = []
    ask = tiny_store.ask

    def noted(name: str, **parameters: object) -> list[dict[str, object]]:
        asked.append(name)
        return ask(name, **parameters)

    monkeypatch.setattr(tiny_store, "ask", noted)
    look()
    assert asked
    assert not {"places/living", "causes/causes_by_home", "assistance/help_by_home"} & {*asked}
