"""The profiles that ship: complete, and true to the vocabulary."""

from __future__ import annotations

import re
from datetime import date

import pytest

from graph_schema import Schema, load_schema
from graph_schema.meta import EvidenceRule
from policy import Policy, load_policy

FIRST_DAY = date(2021, 1, 1)
# Rules whose number stands elsewhere: the line is a fact of the area, and an answer that names causes needs none.
WITHOUT_NUMBER = {"below_line", "names"}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy()


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def test_every_rule_that_compares_has_its_number_from_the_first_day(policy: Policy, schema: Schema) -> None:
    rules = [
        (f"{code}.{rule.cause}", rule)
        for code, indicator in schema.indicators.items()
        for rule in indicator.raises
        if rule.operator not in WITHOUT_NUMBER
    ]

    def holds(rule: EvidenceRule, key: str) -> str:
        coded = bool(schema.indicators[key.partition(".")[0]].answers)
        return "codes" if rule.operator == "in" else "code" if rule.operator == "=" and coded else "number"

    assert len(rules) > 60
    assert {key: policy.keys[key].holds for key, _ in rules} == {key: holds(rule, key) for key, rule in rules}
    assert all(policy.parameter(key, day=FIRST_DAY).profile == "generic" for key, _ in rules)


def test_no_threshold_is_left_without_its_rule(policy: Policy, schema: Schema) -> None:
    rules = {f"{code}.{rule.cause}" for code, indicator in schema.indicators.items() for rule in indicator.raises}
    clues = {f"{code}.clue" for code, indicator in schema.indicators.items() if indicator.use == "clue"}

    assert {key for key in policy.keys if re.match(r"I\d", key)} <= rules | clues
    assert clues <= set(policy.keys)


def test_a_coded_threshold_is_an_answer_of_its_indicator(policy: Policy, schema: Schema) -> None:
    for key in policy.keys:
        indicator = schema.indicators.get(key.partition(".")[0])
        value = policy.parameter(key, day=FIRST_DAY).value if indicator is not None and indicator.answers else []
        codes = [value] if isinstance(value, str) else value
        if indicator is not None and isinstance(codes, list):
            assert set(codes) <= set(indicator.answers), key


def test_every_parameter_has_a_generic_value_from_the_first_day(policy: Policy) -> None:
    keys = [key for key in policy.keys if not key.endswith("*")]

    assert {policy.parameter(key, day=FIRST_DAY).profile for key in keys} == {"generic"}


def test_every_reference_is_a_source_of_the_vocabulary(policy: Policy, schema: Schema) -> None:
    references = {
        key for values in policy.values.values() for one in values for key in one.reference.split(", ") if key
    }

    assert references <= set(schema.sources)


def test_every_unit_has_a_word(policy: Policy, schema: Schema) -> None:
    units = {unit for key in policy.keys.values() for unit in (key.unit, *key.also)}

    assert units <= set(schema.units) | set(policy.units)
    assert not set(schema.units) & set(policy.units)


def test_feed_orders_name_feeds_kinds_and_properties_that_there_are(policy: Policy, schema: Schema) -> None:
    orders = {key for _, key in policy.values if key.startswith("feed_order")}

    for key in sorted(orders):
        _, kind, name = (*key.split("."), "", "")[:3]
        assert set(policy.codes(key, day=FIRST_DAY)) <= set(schema.feeds), key
        assert not kind or kind in schema.node_kinds, key
        assert not name or name in {one.name for one in schema.node_kind(kind).properties}, key


def test_registers_win_over_self_reports(policy: Policy, schema: Schema) -> None:
    order = policy.feed_order("Person", day=FIRST_DAY)

    assert sorted(order) == sorted(schema.feeds)
    assert order.index("police") < order.index("visit") < order.index("self_report")


def test_causes_named_by_parameters_are_in_the_vocabulary(policy: Policy, schema: Schema) -> None:
    full = policy.codes("severity.full_causes", day=FIRST_DAY)
    blocking = policy.codes("exit.blocking_causes", day=FIRST_DAY)

    assert set(full) | set(blocking) <= set(schema.causes)
    assert set(full) >= {code for code, cause in schema.causes.items() if cause.cause_kind == "state"}


def test_every_kind_of_shock_triggers_a_cause(policy: Policy, schema: Schema) -> None:
    kinds = [code.code for code in schema.code_list("shock_kind").codes]

    assert {policy.code(f"shock.cause.{kind}", day=FIRST_DAY) for kind in kinds} <= set(schema.causes)


def test_grades_are_ordered_as_the_vocabulary_lists_them(policy: Policy, schema: Schema) -> None:
    assert policy.codes("trade.grade_order", day=FIRST_DAY) == [code.code for code in schema.code_list("grade").codes]


def test_the_profiles_are_those_a_case_may_name(policy: Policy, schema: Schema) -> None:
    assert set(policy.profiles) == {code.code for code in schema.code_list("policy_profile").codes}


@pytest.mark.parametrize(
    ("key", "area_id", "day", "expected"),
    [
        ("clock.home_check", "340000", date(2026, 1, 1), (2, "working_days")),
        ("clock.home_check", "620502", date(2026, 1, 1), (5, "working_days")),
        ("clock.recognise", "620502", date(2022, 1, 1), (25, "working_days")),
        ("clock.recognise", "620502", date(2026, 1, 1), (15, "working_days")),
        ("clock.recognise", "460100", date(2026, 1, 1), (20, "working_days")),
        ("clock.recognise", "350624", date(2026, 1, 1), (15, "days")),
        ("clock.recognise", "340825", date(2026, 1, 1), (20, "working_days")),
        ("clock.help", "522728", date(2026, 1, 1), (15, "days")),
        ("clock.notice", "340825", date(2026, 1, 1), (5, "days")),
        ("clock.exit_min", None, date(2026, 1, 1), (182, "days")),
        ("clock.visit_every", None, date(2026, 1, 1), (1, "months")),
        ("I08.A06", "620502", date(2026, 1, 1), (20, "L/head/day")),
        ("I08.A06", "350624", date(2026, 1, 1), (35, "L/head/day")),
    ],
)
def test_the_published_numbers_hold_where_they_were_published(
    policy: Policy, key: str, area_id: str | None, day: date, expected: tuple[int, str]
) -> None:
    found = policy.parameter(key, area_id=area_id, day=day)

    assert (found.value, found.unit) == expected


def test_the_bands_and_their_distances_rise(policy: Policy) -> None:
    names = ["slight", "moderate", "marked", "severe"]
    bands = [policy.number(f"band.{name}", day=FIRST_DAY) for name in (*names, "extreme")]
    distances = [policy.number(f"severity.distance.{name}", day=FIRST_DAY) for name in names]

    assert bands == [0.2, 0.4, 0.6, 0.8, 1.0]
    assert distances == [0.25, 0.5, 1, 2]
