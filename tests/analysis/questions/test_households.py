"""Asked of the tiny graph; every row is worked out by hand from tests/tiny/README.md. The day is 2026-05-20."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.errors import SensitiveSubject, SubjectNotFound
from analysis.fetch import people
from analysis.page import Page
from analysis.questions.households import HelpFilter, HouseholdsAnswer, HouseholdsAsked, households
from graph_schema import Schema
from graph_store import GraphStore

DAY = date(2026, 5, 20)
COUNTY, SIDU = "350624", "350624101"


def ids(answer: HouseholdsAnswer) -> list[str]:
    return [each.household_id for each in answer.households]


def test_a_household_tells_where_it_lives_its_causes_and_its_help(tiny_store: GraphStore, schema: Schema) -> None:
    answer = households(tiny_store, schema, SIDU, day=DAY)
    assert (ids(answer), answer.total) == (["h1", "h2", "h3", "h4", "h5", "h6"], 6)
    told = {each.household_id: each for each in answer.households}
    assert [cause.id for cause in told["h1"].causes] == ["M02", "M03"]
    assert (told["h1"].area_name, told["h1"].open_cause_count, told["h1"].help_count) == ("青梅村", 2, 2)
    # H01 and H07 of h2 are sensitive; p8 of h6 has help.
    assert (told["h2"].causes, told["h2"].hidden_cause_count, told["h2"].open_cause_count) == ((), 2, 2)
    assert (told["h5"].open_cause_count, told["h5"].help_count, told["h6"].help_count) == (0, 0, 1)


@pytest.mark.parametrize(
    ("help_", "cause", "expected", "total"),
    [
        ("with", None, ["h1", "h2", "h6", "h8"], 4),
        # h5 has neither a finding nor help.
        ("without", None, ["h3", "h4", "h7"], 3),
        (None, "M03", ["h1", "h3"], 2),
        ("without", "M03", ["h3"], None),
        ("with", "M03", ["h1"], None),
        (None, "S01", [], 0),
    ],
)
def test_lists_hold_who_has_help_or_not_and_a_cause(
    tiny_store: GraphStore, schema: Schema, help_: HelpFilter | None, cause: str | None, expected: list[str], total: int
) -> None:
    answer = households(tiny_store, schema, COUNTY, day=DAY, asked=HouseholdsAsked(help_, cause))
    assert (ids(answer), answer.total, answer.next_after) == (expected, total, None)


@pytest.mark.parametrize("help_", [None, "with", "without"])
@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("many", [1, people.MANY_HOUSEHOLDS])
def test_the_pages_put_together_are_the_whole_list(
    tiny_store: GraphStore,
    schema: Schema,
    monkeypatch: pytest.MonkeyPatch,
    help_: HelpFilter | None,
    size: int,
    many: int,
) -> None:
    # With one household being many, the list is gathered by walking through the whole graph.
    monkeypatch.setattr(people, "MANY_HOUSEHOLDS", many)
    monkeypatch.setattr(people, "FIRST_LOOK", 1)
    whole = ids(households(tiny_store, schema, SIDU, day=DAY, asked=HouseholdsAsked(help_)))
    found: list[str] = []
    after = None
    while True:
        asked = HouseholdsAsked(help_, page=Page(size, after))
        answer = households(tiny_store, schema, SIDU, day=DAY, asked=asked)
        assert len(answer.households) <= size
        found += ids(answer)
        after = answer.next_after
        if after is None:
            break
    assert found == whole


def test_a_list_that_goes_on_says_how_much_there_is(tiny_store: GraphStore, schema: Schema) -> None:
    first = households(tiny_store, schema, SIDU, day=DAY, asked=HouseholdsAsked(page=Page(2)))
    assert [each.text_en for each in first.notices if each.code == "notice_capped"] == [
        "Households: 2 of 6 are shown on this page."
    ]
    last = households(tiny_store, schema, SIDU, day=DAY, asked=HouseholdsAsked(page=Page(2, "h4")))
    assert "notice_capped" not in {each.code for each in last.notices}


def test_hiding_what_is_sensitive_changes_no_row(tiny_store: GraphStore, schema: Schema) -> None:
    hidden, shown = (
        households(tiny_store, schema, COUNTY, day=DAY, asked=HouseholdsAsked(show_sensitive=each))
        for each in (False, True)
    )
    counts = [
        [(each.household_id, each.open_cause_count, each.help_count) for each in one.households]
        for one in (hidden, shown)
    ]
    assert counts[0] == counts[1]
    assert all(code not in hidden.model_dump_json() for code in ('"H01"', '"H07"', '"F05"'))
    assert "notice_hidden_causes" in {each.code for each in hidden.notices}


def test_who_has_a_sensitive_cause_is_told_only_to_who_may_see_it(tiny_store: GraphStore, schema: Schema) -> None:
    with pytest.raises(SensitiveSubject):
        households(tiny_store, schema, COUNTY, day=DAY, asked=HouseholdsAsked(cause_id="H01"))
    shown = HouseholdsAsked(cause_id="H01", show_sensitive=True)
    assert ids(households(tiny_store, schema, COUNTY, day=DAY, asked=shown)) == ["h2"]


@pytest.mark.parametrize(("area_id", "cause"), [("999999", None), (COUNTY, "X99")])
def test_an_unknown_area_or_cause_is_not_found(
    tiny_store: GraphStore, schema: Schema, area_id: str, cause: str | None
) -> None:
    with pytest.raises(SubjectNotFound):
        households(tiny_store, schema, area_id, day=DAY, asked=HouseholdsAsked(cause_id=cause))
