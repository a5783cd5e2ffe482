"""Households that split, merge, move and end, and people who go from one to another, as the graph shows them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.loaders.graph.written_facts import VILLAGE, Facts, plain

OTHER_VILLAGE = "350624101202"
JANUARY, MARCH, MAY = date(2025, 1, 10), date(2025, 3, 10), date(2025, 5, 10)


def stay(facts: Facts, household_id: str, since: date, person: str = "p1", **values: object) -> None:
    told = {"person_id": person, "household_id": household_id, "starts_on": since, "member_role": "head"}
    facts.add("Stay", **{"id": f"{person}-{household_id}-{since}", **told, "has_shared_budget": True, **values})


def shown(facts: Facts, kind: str, **options: date) -> list[list[object]]:
    rows = facts.graph(**options).relationships[kind][["from_id", "to_id", "ended_on"]]
    return [[plain(cell) for cell in row] for row in rows.to_numpy()]


def status(facts: Facts, household_id: str, **options: date) -> object:
    rows = facts.graph(**options).nodes["Household"].set_index("id")
    return plain(rows.at[household_id, "household_status"])


@pytest.fixture
def two(facts: Facts) -> Facts:
    """Two households, h1 with a person since January."""
    facts.household("h1").household("h2", OTHER_VILLAGE).add("Person", id="p1", birth_year=1974)
    stay(facts, "h1", JANUARY)
    return facts


def test_who_begins_to_stay_elsewhere_leaves_on_that_day_though_nobody_said_so(two: Facts) -> None:
    stay(two, "h2", MARCH)
    assert shown(two, "HAS_MEMBER") == [["h1", "p1", MARCH], ["h2", "p1", None]]


def test_before_that_day_the_person_is_in_the_old_household(two: Facts) -> None:
    stay(two, "h2", MARCH)
    assert shown(two, "HAS_MEMBER", day=date(2025, 3, 9)) == [["h1", "p1", None]]


@pytest.mark.parametrize("feed", ["visit", "village"])
def test_the_stay_begun_last_wins_whichever_feed_says_it(two: Facts, feed: str) -> None:
    stay(two, "h2", MARCH, feed=feed)
    assert shown(two, "HAS_MEMBER") == [["h1", "p1", MARCH], ["h2", "p1", None]]


def test_who_comes_back_from_a_stay_that_is_over_is_in_the_old_household_again(two: Facts) -> None:
    stay(two, "h2", MARCH, ends_on=MAY)
    assert shown(two, "HAS_MEMBER") == [["h1", "p1", None], ["h2", "p1", MAY]]


def test_who_moves_out_and_in_again_is_shown_where_the_last_stay_is(two: Facts) -> None:
    stay(two, "h2", MARCH)
    stay(two, "h1", MAY)
    assert shown(two, "HAS_MEMBER") == [["h1", "p1", None], ["h2", "p1", MAY]]


def test_help_to_a_person_follows_to_the_new_household(two: Facts) -> None:
    stay(two, "h2", MARCH)
    given = {"person_id": "p1", "measure_id": "B36", "assistance_status": "running", "starts_on": JANUARY}
    two.add("Assistance", id="a1", **given)
    rows = two.graph().relationships["OF_HOUSEHOLD"]
    assert rows.loc[rows["from_id"] == "a1", "to_id"].tolist() == ["h2"]


def test_a_household_that_merged_is_no_longer_active_whatever_its_register_says(two: Facts) -> None:
    two.add("MERGED_INTO", from_id="h2", to_id="h1", happened_on=MARCH)
    assert (status(two, "h2"), status(two, "h1")) == ("merged", "active")


def test_before_the_merger_it_is_active_and_no_merger_is_shown(two: Facts) -> None:
    two.add("MERGED_INTO", from_id="h2", to_id="h1", happened_on=MARCH)
    before = date(2025, 3, 9)
    assert status(two, "h2", day=before) == "active"
    assert two.graph(day=before).relationships["MERGED_INTO"].empty


def test_a_household_that_ended_stays_ended_when_it_merged_too(two: Facts) -> None:
    two.household("h2", OTHER_VILLAGE, household_status="ended", valid_from=MARCH)
    two.add("MERGED_INTO", from_id="h2", to_id="h1", happened_on=MARCH)
    assert status(two, "h2") == "ended"


def test_the_findings_of_a_merged_household_end_with_it(two: Facts) -> None:
    two.state("H05", "confirmed", JANUARY, household_id="h2")
    two.add("MERGED_INTO", from_id="h2", to_id="h1", happened_on=MARCH)
    found = two.findings(household_id="h2")["H05"]
    assert (found["status"], found["ended_on"]) == ("confirmed", MARCH)
    assert two.findings(household_id="h1") == {}


def test_a_finding_that_ended_before_the_merger_keeps_its_end(two: Facts) -> None:
    two.state("H05", "confirmed", JANUARY, household_id="h2", ended_on=date(2025, 2, 1))
    two.add("MERGED_INTO", from_id="h2", to_id="h1", happened_on=MARCH)
    assert two.findings(household_id="h2")["H05"]["ended_on"] == date(2025, 2, 1)


def test_a_finding_begun_after_the_merger_ends_as_it_begins(two: Facts) -> None:
    two.state("H05", "confirmed", MAY, household_id="h2")
    two.add("MERGED_INTO", from_id="h2", to_id="h1", happened_on=MARCH)
    found = two.findings(household_id="h2")["H05"]
    assert (found["onset_on"], found["ended_on"]) == (MAY, MAY)


def test_a_split_is_shown_with_its_day_from_that_day_on(two: Facts) -> None:
    two.add("SPLIT_FROM", from_id="h2", to_id="h1", happened_on=MARCH)
    rows = two.graph().relationships["SPLIT_FROM"]
    assert [[plain(cell) for cell in row] for row in rows[["from_id", "to_id", "happened_on"]].to_numpy()] == [
        ["h2", "h1", MARCH]
    ]
    assert two.graph(day=date(2025, 3, 9)).relationships["SPLIT_FROM"].empty


def test_a_household_lives_where_it_moved_to(two: Facts) -> None:
    spell = {"household_id": "h1", "area_id": OTHER_VILLAGE, "starts_on": MARCH}
    two.add("Residence", id="r2", **spell)
    assert shown(two, "LIVES_IN")[:2] == [["h1", VILLAGE, MARCH], ["h1", OTHER_VILLAGE, None]]


@pytest.mark.parametrize(("closed_on", "ended_on"), [(None, None), (date(2025, 6, 1), MAY)])
def test_a_household_that_moved_away_keeps_its_last_address_until_its_case_is_handed_over(
    facts: Facts, closed_on: date | None, ended_on: date | None
) -> None:
    facts.areas().add("Household", id="h1", member_count=1, household_status="moved")
    spell = {"household_id": "h1", "area_id": VILLAGE, "starts_on": JANUARY, "ends_on": MAY}
    facts.add("Residence", id="r1", **spell)
    facts.add("MonitoringCase", id="k1", household_id="h1", opened_on=MARCH, closed_on=closed_on)
    assert shown(facts, "LIVES_IN") == [["h1", VILLAGE, ended_on]]


@pytest.mark.parametrize("gone", ["split", "merged", "moved", "ended"])
def test_who_is_gone_is_not_reached_by_a_shock(facts: Facts, gone: str) -> None:
    facts.household("h1").household("h2", household_status=gone)
    facts.add("Shock", id="s1", shock_kind="weather", severity=0.8, starts_on=MARCH, feed="emergency")
    facts.add("TRIGGERS", from_id="s1", to_id="V01", strength=1.0, feed="emergency")
    facts.add("HIT", from_id="s1", to_id=VILLAGE, exposure_share=0.8, feed="emergency")
    assert (list(facts.findings(household_id="h1")), list(facts.findings(household_id="h2"))) == (["V01"], [])
