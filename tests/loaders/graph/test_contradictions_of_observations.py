"""Observations of two feeds that contradict each other, worked out by hand; the day is 2025-06-30."""

from __future__ import annotations

from datetime import date

import pytest

from policy import Policy
from tests.loaders.graph.contradictions_told import APRIL, JUNE, MAY, ends, found, told
from tests.loaders.graph.written_facts import VILLAGE, Facts


def test_two_numbers_that_lie_apart_are_a_contradiction(facts: Facts) -> None:
    # Half the plums unsold by the agriculture office, a fifth by the visit 30 days later.
    facts.household().observe("I25", 0.5, MAY, feed="agriculture").observe("I25", 0.2, JUNE, feed="visit")
    frames = facts.graph()
    assert found(frames) == ["Household-h1-I25-agriculture-visit"]
    assert told(frames, "rule_id", "subject_kind", "subject_id", "aspect", "held_text", "other_text") == [
        ("observation", "Household", "h1", "I25", "0.5", "0.2")
    ]
    assert told(frames, "held_on", "other_on", "held_reason") == [(MAY, JUNE, "feed_order")]


def test_a_contradiction_compares_its_two_observations_and_keeps_them_in_the_graph(facts: Facts) -> None:
    # At or below 0.3 unsold nothing is found, so no finding would hold them.
    facts.household().observe("I25", 0.1, MAY, feed="agriculture").observe("I25", 0.2, JUNE, feed="visit")
    frames = facts.graph()
    observations = ["I25-h1-2025-05-10-agriculture", "I25-h1-2025-06-10-visit"]
    assert list(frames.nodes["Observation"]["id"]) == observations
    assert [end for _, end in ends(frames, "COMPARES")] == observations
    assert ends(frames, "OF_HOUSEHOLD") == [("Household-h1-I25-agriculture-visit", "h1")]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    # A tenth of the larger is tolerated: 100 beside 90, not beside 89.
    [(100.0, 90.0, 0), (100.0, 89.0, 1), (0.0, 0.0, 0), (0.0, 0.01, 1), (-100.0, -90.0, 0), (-100.0, 100.0, 1)],
)
def test_numbers_may_differ_by_the_tolerated_share_of_the_larger(
    facts: Facts, one: float, other: float, count: int
) -> None:
    facts.household().observe("I03a", one, MAY, feed="insurance").observe("I03a", other, JUNE, feed="visit")
    assert len(found(facts.graph())) == count


def test_an_indicator_may_have_a_tolerance_of_its_own(facts: Facts, policy: Policy) -> None:
    (general,) = policy.values["generic", "contradiction.tolerance_share"]
    key = "contradiction.tolerance_share.I03a"
    own = type(general)(**{**vars(general), "key": key, "value": 0.6})
    facts.policy = Policy(policy.keys, policy.profiles, policy.units, {**policy.values, ("generic", key): (own,)})
    facts.household()
    for indicator in ("I03a", "I03b"):
        facts.observe(indicator, 1.0, MAY, feed="insurance").observe(indicator, 0.5, JUNE, feed="visit")
    assert told(facts.graph(), "aspect") == [("I03b",)]


@pytest.mark.parametrize(("low", "high", "count"), [(0.2, 0.5, 0), (0.1, 0.2, 1)])
def test_a_range_that_reaches_the_other_value_contradicts_nothing(
    facts: Facts, low: float, high: float, count: int
) -> None:
    facts.household().observe("I25", 0.5, MAY, feed="agriculture")
    facts.observe("I25", 0.2, JUNE, feed="visit", number_value=None, low_value=low, high_value=high)
    frames = facts.graph()
    assert len(found(frames)) == count
    assert told(frames, "other_text") == ([("0.1..0.2",)] if count else [])


@pytest.mark.parametrize(("on", "count"), [(date(2025, 3, 10), 1), (date(2025, 3, 9), 0)])
def test_observations_more_than_92_days_apart_are_not_compared(facts: Facts, on: date, count: int) -> None:
    facts.household().observe("I25", 0.5, on, feed="agriculture").observe("I25", 0.2, JUNE, feed="visit")
    assert len(found(facts.graph())) == count


def test_two_feeds_contradict_each_other_though_an_older_one_is_believed_more(facts: Facts) -> None:
    facts.household().observe("I25", 0.5, date(2024, 6, 1), feed="agriculture")
    facts.observe("I25", 0.9, MAY, feed="trade").observe("I25", 0.2, JUNE, feed="visit")
    assert found(facts.graph()) == ["Household-h1-I25-trade-visit"]


def test_only_the_newest_of_each_feed_counts(facts: Facts) -> None:
    facts.household().observe("I25", 0.9, APRIL, feed="agriculture").observe("I25", 0.2, MAY, feed="agriculture")
    assert found(facts.observe("I25", 0.2, JUNE, feed="visit").graph()) == []


def test_one_feed_does_not_contradict_itself(facts: Facts) -> None:
    facts.household().observe("I25", 0.9, MAY, feed="agriculture").observe("I25", 0.2, JUNE, feed="agriculture")
    assert found(facts.graph()) == []


def test_an_observation_of_a_later_day_does_not_count_yet(facts: Facts) -> None:
    facts.household().observe("I25", 0.5, MAY, feed="agriculture").observe("I25", 0.2, JUNE, feed="visit")
    assert (len(found(facts.graph(date(2025, 6, 9)))), len(found(facts.graph(JUNE)))) == (0, 1)


@pytest.mark.parametrize("differs", [{"product_id": "lychee"}, {"household_id": "h2"}, {"period_months": 1}])
def test_what_is_measured_must_be_the_same(facts: Facts, differs: dict[str, object]) -> None:
    whole: dict[str, object] = {"product_id": "green_plum", "period_months": 12}
    facts.household().household("h2").observe("I25", 0.5, MAY, feed="agriculture", **whole)
    assert found(facts.observe("I25", 0.2, JUNE, feed="visit", **{**whole, **differs}).graph()) == []


def test_the_product_and_the_months_stand_in_the_id(facts: Facts) -> None:
    whole: dict[str, object] = {"product_id": "green_plum", "period_months": 12}
    facts.household().observe("I25", 0.5, MAY, feed="agriculture", **whole)
    frames = facts.observe("I25", 0.2, JUNE, feed="visit", **whole).graph()
    assert found(frames) == ["Household-h1-I25-green_plum-12m-agriculture-visit"]


def test_a_grade_given_as_a_number_is_the_code(facts: Facts) -> None:
    facts.household().observe("I14c", "2", MAY, feed="disability").observe("I14c", 2, JUNE, feed="visit")
    same = found(facts.graph())
    facts.observe("I14c", "3", date(2025, 6, 11), feed="visit")
    frames = facts.graph()
    assert (same, told(frames, "held_text", "other_text", "is_sensitive")) == ([], [("2", "3", True)])


def test_an_answer_that_names_causes_may_name_a_sensitive_one(facts: Facts) -> None:
    facts.household().observe("I30", "M02", MAY, feed="visit").observe("I30", "H01", JUNE, feed="survey")
    assert told(facts.graph(), "aspect", "is_sensitive") == [("I30", True)]


def test_observations_of_an_area_belong_to_no_household(facts: Facts) -> None:
    for feed, days, on in (("transport", 9, MAY), ("visit", 2, JUNE)):
        facts.areas().observe("I59", days, on, feed=feed, area_id=VILLAGE)
    frames = facts.graph()
    assert (found(frames), ends(frames, "OF_HOUSEHOLD")) == ([f"Area-{VILLAGE}-I59-transport-visit"], [])
