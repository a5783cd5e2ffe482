"""What people decide of contradictions: the police count four members in h1, a visit counts five."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.loaders.graph.contradictions_told import JUNE, MAY, POLICE_OR_VISIT, ends, found, told
from tests.loaders.graph.written_facts import Facts


def state(facts: Facts, status: str, resolved_on: date | None = None, **values: object) -> Facts:
    whole = {"id": POLICE_OR_VISIT, "rule_id": "property", "feed": "office", **values}
    return facts.add("Contradiction", contradiction_status=status, resolved_on=resolved_on, **whole)


@pytest.mark.parametrize(
    ("status", "resolved_on", "is_open"),
    [
        ("accepted", None, False),
        ("accepted", date(2025, 6, 1), False),
        ("resolved", None, False),
        ("resolved", date(2025, 6, 20), False),
        # The visit spoke on 20 June, after it was decided.
        ("resolved", date(2025, 6, 19), True),
        ("open", None, True),
    ],
)
def test_a_statement_closes_a_contradiction_unless_a_feed_spoke_later(
    two_counts: Facts, status: str, resolved_on: date | None, is_open: bool
) -> None:
    frames = state(two_counts, status, resolved_on).graph()
    assert (found(frames), len(ends(frames, "OF_HOUSEHOLD"))) == ([POLICE_OR_VISIT] * is_open, int(is_open))
    # What is closed is still counted among what the facts do not fit together on.
    assert len(frames.disagreeing) == 1


def test_a_feed_that_repeats_itself_opens_nothing_again(two_counts: Facts) -> None:
    state(two_counts, "resolved", date(2025, 6, 22))
    two_counts.add("Household", id="h1", member_count=5, feed="visit", recorded_at=datetime(2025, 6, 25, tzinfo=UTC))
    two_counts.add("Household", id="h1", member_count=4, recorded_at=datetime(2025, 6, 26, tzinfo=UTC))
    repeated = found(two_counts.graph())
    two_counts.add("Household", id="h1", member_count=6, feed="visit", recorded_at=datetime(2025, 6, 27, tzinfo=UTC))
    assert (repeated, found(two_counts.graph())) == ([], [POLICE_OR_VISIT])


def test_a_feed_that_comes_back_to_its_value_says_it_anew(two_counts: Facts) -> None:
    state(two_counts, "resolved", date(2025, 6, 22))
    for day, count in ((24, 4), (26, 5)):
        when = datetime(2025, 6, day, tzinfo=UTC)
        two_counts.add("Household", id="h1", member_count=count, feed="visit", recorded_at=when)
    assert found(two_counts.graph()) == [POLICE_OR_VISIT]


@pytest.mark.parametrize(("value", "is_open"), [(0.2, False), (0.3, True)])
def test_an_observation_opens_a_resolved_contradiction_only_with_a_new_value(
    facts: Facts, value: float, is_open: bool
) -> None:
    facts.household().observe("I25", 0.9, MAY, feed="agriculture").observe("I25", 0.2, JUNE, feed="visit")
    state(facts, "resolved", JUNE, id="Household-h1-I25-agriculture-visit")
    facts.observe("I25", value, date(2025, 6, 20), feed="visit")
    assert (found(facts.graph()) != []) == is_open


def test_a_newer_statement_opens_a_contradiction_again(two_counts: Facts) -> None:
    state(two_counts, "accepted", recorded_at=datetime(2025, 6, 21, tzinfo=UTC))
    closed = found(two_counts.graph())
    state(two_counts, "open", recorded_at=datetime(2025, 6, 22, tzinfo=UTC))
    assert (closed, found(two_counts.graph())) == ([], [POLICE_OR_VISIT])


def test_a_statement_says_nothing_of_other_contradictions(two_counts: Facts) -> None:
    two_counts.add("Household", id="h1", member_count=6, feed="village")
    assert found(state(two_counts, "accepted").graph()) == ["Household-h1-member_count-police-village"]


def test_observations_of_a_closed_contradiction_leave_the_graph(facts: Facts) -> None:
    facts.household().observe("I25", 0.1, MAY, feed="agriculture").observe("I25", 0.2, JUNE, feed="visit")
    state(facts, "resolved", JUNE, id="Household-h1-I25-agriculture-visit")
    frames = facts.graph()
    assert (found(frames), len(frames.nodes["Observation"]), len(frames.relationships["COMPARES"])) == ([], 0, 0)


def test_what_is_found_stands_before_what_is_stated_of_it(two_counts: Facts) -> None:
    two_counts.household("h2")
    frames = state(two_counts, "open", held_text="17", household_id="h2").graph()
    assert (told(frames, "held_text"), ends(frames, "OF_HOUSEHOLD")) == ([("4",)], [(POLICE_OR_VISIT, "h1")])


def test_a_contradiction_that_only_people_see_is_shown_as_they_state_it(facts: Facts) -> None:
    frames = state(facts.household(), "open", id="office-17", rule_id="neighbours", household_id="h1").graph()
    assert (found(frames), ends(frames, "OF_HOUSEHOLD")) == (["office-17"], [("office-17", "h1")])


def test_one_that_was_opened_again_is_gone_when_the_feeds_agree(facts: Facts) -> None:
    assert found(state(facts.household(), "open", household_id="h1").graph()) == []
