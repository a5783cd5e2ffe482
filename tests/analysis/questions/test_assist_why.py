"""Why a plan does what it does for a household: followed by hand through the small county."""

from __future__ import annotations

import pytest

from analysis.assistance.plan.rules import Forbidden, Rules
from analysis.errors import SensitiveSubject, SubjectNotFound
from analysis.page import Page
from analysis.questions.assist_second import told_assist_second
from analysis.questions.assist_telling import AssistIndex
from analysis.questions.assist_uncovered import told_assist_uncovered
from analysis.questions.assist_why import told_assist_why
from graph_schema import Schema, load_schema
from tests.analysis.questions.made_assist import made_assist_plan


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="module")
def index(schema: Schema) -> AssistIndex:
    return AssistIndex(made_assist_plan(schema))


def test_money_that_went_to_who_is_worse_off_is_told_with_the_sum_that_would_do(
    index: AssistIndex, schema: Schema
) -> None:
    answer = told_assist_why(index, schema, "h0")
    (need,) = answer.needs
    assert (need.need_fen, need.covered_fen, need.left_fen, need.reason) == (71_429, 0, 71_429, "budget")
    (opening,) = need.openings
    assert [(each.kind, each.id, each.amount, each.unit) for each in opening.changes] == [
        ("budget", "p1", 50_000, "fen")
    ]
    assert opening.text_en == (
        "If links has 500 yuan more to spend: links can give joining a cooperative; "
        "it covers 500 yuan and costs 500 yuan. Nobody loses anything by it."
    )
    assert need.text_en == (
        "weak coop link: 714 yuan of 714 yuan stay open. Too little money is left in what could reach it."
    )
    assert answer.village.name == "Shanhe village"
    assert answer.text_en == "Of 714 yuan of need the plan covers 0 yuan; 714 yuan stay open."


def test_a_household_that_gets_all_there_is_against_a_cause_is_told_so(index: AssistIndex, schema: Schema) -> None:
    answer = told_assist_why(index, schema, "h1")
    assert [(need.cause.id, need.covered_fen, need.reason) for need in answer.needs] == [
        ("M06", 50_000, "nothing_more"),
        ("M01", 20_000, "nothing_more"),
    ]
    (way,) = answer.needs[1].helps
    assert [way.programme.name, way.enterprise and way.enterprise.name, way.cooperative and way.cooperative.name] == [
        "markets",
        "the mill",
        "the orchard",
    ]
    assert answer.needs[0].openings == ()
    assert "on top of other help" in answer.second_helps[0].text_en


def test_a_place_that_somebody_else_has_is_told_with_one_place_more(index: AssistIndex, schema: Schema) -> None:
    (need,) = told_assist_why(index, schema, "h5").needs
    assert need.reason == "capacity"
    assert need.openings[0].text_en.startswith("If the places that markets has for ")
    assert need.openings[0].changes[0].unit == "place"


@pytest.mark.parametrize(
    ("household", "link", "said"),
    [
        ("h3", "membership", "markets gives through partners; the household is in no cooperative and has no contract."),
        ("h6", "contract", "markets gives through enterprises; none of them has a contract with the terrace."),
    ],
)
def test_a_link_that_is_missing_is_named(
    index: AssistIndex, schema: Schema, household: str, link: str, said: str
) -> None:
    answer = told_assist_why(index, schema, household)
    (need,) = answer.needs
    assert (need.reason, need.openings, need.opening_count) == ("no_partner_link", (), 0)
    assert [(each.missing_link, each.text_en) for each in need.refused] == [(link, said)]
    assert [word.id for word in answer.without_measure] == (["A01"] if household == "h3" else [])


def test_a_rule_that_keeps_help_from_a_household_is_told_as_such(schema: Schema) -> None:
    made = made_assist_plan(schema, rules=Rules(forbidden=(Forbidden("h2", "p3"),)))
    (need, *_) = told_assist_why(AssistIndex(made), schema, "h2", show_sensitive=True).needs
    assert (need.cause.id, need.reason) == ("H02", "rule")
    assert "the rule that keeps health from the household is taken back" in need.openings[0].text_en


def test_a_sensitive_cause_is_neither_named_nor_counted_into_sums_unless_it_may_be_shown(
    index: AssistIndex, schema: Schema
) -> None:
    hidden, shown = (told_assist_why(index, schema, "h2", show_sensitive=show) for show in (False, True))
    assert [need.cause.id for need in hidden.needs] == ["M06"]
    assert [need.cause.id for need in shown.needs] == ["H02", "M06"]
    assert (hidden.need_fen, shown.need_fen) == (71_429, 171_429)
    assert (hidden.hidden_count > 0, shown.hidden_count) == (True, 0)
    text = hidden.model_dump_json()
    assert "H02" not in text
    assert "B05" not in text
    assert "health" not in text
    with pytest.raises(SensitiveSubject):
        told_assist_why(index, schema, "h2", cause_id="H02")


def test_who_is_not_planned_for_and_a_cause_that_is_not_there_are_refused(index: AssistIndex, schema: Schema) -> None:
    with pytest.raises(SubjectNotFound, match="h9"):
        told_assist_why(index, schema, "h9")
    with pytest.raises(SubjectNotFound, match="h0/M01"):
        told_assist_why(index, schema, "h0", cause_id="M01")
    without = told_assist_why(index, schema, "h4")
    assert (without.needs, without.text_en) == ((), "No cause that a measure acts on is held open at this household.")
    assert told_assist_why(index, schema, "h3", cause_id="A01").without_measure[0].id == "A01"


def test_all_needs_that_stay_open_are_listed_with_their_reasons_page_by_page(
    index: AssistIndex, schema: Schema
) -> None:
    answer = told_assist_uncovered(index, schema)
    assert [(need.need_id, need.reason, need.left_fen) for need in answer.needs] == [
        ("h0/M06", "budget", 71_429),
        ("h1/M01", "nothing_more", 20_000),
        ("h1/M06", "nothing_more", 21_429),
        ("h2/M06", "nothing_more", 21_429),
        ("h3/M01", "no_partner_link", 40_000),
        ("h5/M01", "capacity", 40_000),
        ("h6/M01", "no_partner_link", 40_000),
    ]
    assert (answer.total, answer.hidden_count, answer.next_after) == (7, 1, None)
    first = told_assist_uncovered(index, schema, page=Page(limit=2), village_id="v2")
    assert ([need.household_id for need in first.needs], first.next_after) == (["h3", "h5"], "h5")
    assert [need.household_id for need in told_assist_uncovered(index, schema, reason="budget").needs] == ["h0"]
    assert len(told_assist_uncovered(index, schema, show_sensitive=True).needs) == 8


def test_a_second_help_is_told_beside_whom_it_could_have_reached(index: AssistIndex, schema: Schema) -> None:
    answer = told_assist_second(index, schema)
    assert answer.counts == {"covers_more": 1}
    (second,) = answer.second_helps
    assert (second.household_id, second.other_household_id) == ("h1", "h5")
    # 200 yuan at a severity of 0.4, and of 0.3: by yuan paid, 0.4 and 0.3.
    assert (second.worth_yuan, second.other_worth_yuan) == (80.0, 60.0)
    assert (second.per_yuan, second.other_per_yuan) == (0.4, 0.3)
