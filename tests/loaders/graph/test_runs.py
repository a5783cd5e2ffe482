"""When a finding begins and ends."""

from __future__ import annotations

from datetime import date

from tests.loaders.graph.written_facts import Facts

JANUARY, MARCH, MAY, JUNE = (date(2025, month, 10) for month in (1, 3, 5, 6))


def test_a_finding_begins_with_the_first_observation_that_meets_the_rule(facts: Facts) -> None:
    facts.household().observe("I14a", 0, JANUARY).observe("I14a", 1, MARCH).observe("I14a", 2, MAY)
    assert facts.findings()["H01"]["onset_on"] == MARCH


def test_it_ends_with_the_first_that_does_not(facts: Facts) -> None:
    facts.household().observe("I14a", 1, JANUARY).observe("I14a", 0, MARCH).observe("I14a", 0, MAY)
    assert facts.findings()["H01"]["ended_on"] == MARCH


def test_found_again_it_begins_with_the_current_run(facts: Facts) -> None:
    facts.household().observe("I14a", 1, JANUARY).observe("I14a", 0, MARCH).observe("I14a", 1, MAY)
    found = facts.findings()["H01"]
    assert (found["onset_on"], found["ended_on"]) == (MAY, None)


def test_the_order_in_which_observations_were_told_does_not_matter(facts: Facts) -> None:
    facts.household().observe("I14a", 1, MAY).observe("I14a", 0, MARCH).observe("I14a", 1, JANUARY)
    assert facts.findings()["H01"]["onset_on"] == MAY


def test_an_observation_without_a_value_ends_nothing(facts: Facts) -> None:
    facts.household().observe("I14a", 1, JANUARY).observe("I14a", None, MARCH)
    assert facts.findings()["H01"]["ended_on"] is None


def test_what_another_feed_does_not_see_ends_nothing(facts: Facts) -> None:
    facts.household().observe("I14a", 1, JANUARY, feed="insurance").observe("I14a", 0, MARCH, feed="health")
    assert facts.findings()["H01"]["ended_on"] is None


def test_a_visit_that_sees_otherwise_ends_what_other_feeds_saw(facts: Facts) -> None:
    facts.household().observe("I39", 0, JANUARY, feed="labour").observe("I39", 1, MARCH, feed="visit")
    assert facts.findings()["E02"]["ended_on"] == MARCH


def test_a_visit_of_the_same_day_is_read_last(facts: Facts) -> None:
    facts.household().observe("I39", 0, JANUARY, feed="labour").observe("I39", 1, JANUARY, feed="visit")
    assert facts.findings()["E02"]["ended_on"] == JANUARY


def test_what_a_feed_sees_after_the_visit_begins_anew(facts: Facts) -> None:
    facts.household().observe("I39", 0, JANUARY, feed="labour").observe("I39", 1, MARCH, feed="visit")
    facts.observe("I39", 0, MAY, feed="labour")
    found = facts.findings()["E02"]
    assert (found["onset_on"], found["ended_on"]) == (MAY, None)


def test_what_feeds_suspect_of_one_cause_is_joined(facts: Facts) -> None:
    # Both doubts of 0.4 multiplied leave 0.16.
    facts.household().observe("I39", 0, JANUARY, feed="labour").observe("I39", 0, MARCH, feed="visit")
    assert facts.findings()["E02"]["confidence"] == 0.84


def test_what_a_household_reports_is_only_suspected(facts: Facts) -> None:
    facts.household().observe("I32", 1, MARCH, feed="self_report")
    found = facts.findings()["H05"]
    assert (found["status"], found["confidence"]) == ("suspected", 0.4)


def test_what_a_hotline_reports_is_only_suspected(facts: Facts) -> None:
    facts.household().observe("I28b", "H01", MARCH, feed="hotline")
    assert facts.findings()["H01"]["confidence"] == 0.4


def test_a_stated_finding_joins_what_observations_show(facts: Facts) -> None:
    # The doubts 0.6 and 0.4 multiplied leave 0.24.
    facts.household().observe("I32", 1, MARCH, feed="self_report").state("H05", "suspected", JANUARY)
    found = facts.findings()["H05"]
    assert (found["confidence"], found["onset_on"]) == (0.76, JANUARY)


def test_a_stated_suspicion_is_held_at_the_cap_at_most(facts: Facts) -> None:
    facts.household().state("H05", "suspected", JANUARY, confidence=0.95)
    assert facts.findings()["H05"]["confidence"] == 0.8


def test_a_stated_confirmation_is_certain(facts: Facts) -> None:
    facts.household().state("H05", "confirmed", JANUARY, confidence=0.5)
    assert facts.findings()["H05"]["confidence"] == 1.0


def test_a_refutation_by_a_visit_closes_what_a_register_shows(facts: Facts) -> None:
    facts.household().observe("I14a", 1, JANUARY, feed="health").state("H01", "refuted", MARCH, feed="visit")
    assert facts.findings()["H01"]["status"] == "refuted"


def test_a_refutation_backed_by_an_assessment_counts(facts: Facts) -> None:
    facts.household().observe("I14a", 1, JANUARY, feed="health").state("H01", "refuted", MARCH, id="f1", feed="office")
    facts.add("SUPPORTED_BY", from_id="f1", to_kind="Assessment", to_id="a1", feed="office")
    assert facts.findings()["H01"]["status"] == "refuted"


def test_a_refutation_backed_by_an_observation_alone_does_not(facts: Facts) -> None:
    facts.household().observe("I14a", 1, JANUARY, feed="health").state("H01", "refuted", MARCH, id="f1", feed="office")
    facts.add("SUPPORTED_BY", from_id="f1", to_kind="Observation", to_id="o1", feed="office")
    assert facts.findings()["H01"]["status"] == "confirmed"
