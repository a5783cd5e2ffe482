"""What a check of the graph finds, and how it tells it."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.messages import LANGUAGES
from loaders.graph_check import GraphFault, check_graph
from tests.loaders.graph.written_facts import VILLAGE, Facts

Told = tuple[str, str, int, tuple[str, ...]]


def faults(facts: Facts, *codes: str) -> list[Told]:
    found = check_graph(facts.graph(), facts.schema)
    return [(fault.code, fault.kind, fault.count, fault.ids) for fault in found if fault.code in codes or not codes]


def test_a_whole_household_has_no_fault(facts: Facts) -> None:
    assert faults(facts.household()) == []


def test_the_vocabulary_alone_has_no_fault(facts: Facts) -> None:
    assert faults(facts) == []


def test_missing_ends_are_told_with_the_id_that_is_missing(facts: Facts) -> None:
    facts.household().observe("I14a", 1, date(2025, 5, 10), household_id="h9")
    assert ("dangling_ends", "OF_HOUSEHOLD", 1, ("h9",)) in faults(facts, "dangling_ends")


def test_a_circle_of_areas_is_found(facts: Facts) -> None:
    for code, above in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        facts.add("Area", id=code, name=code, area_level="town", area_id=above, feed="place")
    assert faults(facts) == [("circle", "PART_OF", 3, ("a", "b", "c"))]


def test_a_lot_pooled_in_itself_is_a_circle(facts: Facts) -> None:
    facts.add("SupplyLot", id="l1", lot_status="open")
    facts.add("POOLED_IN", from_id="l1", to_id="l1", pooled_quantity_kg=1.0)
    assert faults(facts, "circle") == [("circle", "POOLED_IN", 1, ("l1",))]


def test_feedback_links_are_no_circle(facts: Facts) -> None:
    assert faults(facts, "circle") == []


def test_a_household_of_which_no_feed_tells_the_members_is_found(facts: Facts) -> None:
    facts.household("h1", member_count=None).household("h2", member_count=None).household("h3")
    assert faults(facts) == [("missing_property", "Household", 2, ("h1", "h2"))]


def test_a_property_that_a_second_feed_tells_is_not_missing(facts: Facts) -> None:
    facts.household("h1", member_count=None).household("h1", feed="visit")
    assert faults(facts, "missing_property") == []


def test_a_household_without_an_address_is_found(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, was_registered_poor=True, household_status="active")
    assert faults(facts) == [("missing_relationship", "Household", 1, ("h1",))]


def test_a_household_that_left_is_not_missing_an_address(facts: Facts) -> None:
    facts.areas().add("Household", id="h1", member_count=4, was_registered_poor=True, household_status="ended")
    spell = {"area_id": VILLAGE, "starts_on": date(2020, 1, 1), "ends_on": date(2024, 1, 1)}
    facts.add("Residence", id="r1", household_id="h1", **spell)
    assert faults(facts) == []


def test_a_programme_that_no_agency_runs_is_found(facts: Facts) -> None:
    facts.add("Programme", id="plums", name="plums", budget_fen=1, starts_on=date(2025, 1, 1))
    assert faults(facts) == [("missing_relationship", "Programme", 1, ("plums",))]


def test_a_person_in_two_households_at_once_is_found(facts: Facts) -> None:
    facts.household("h1").household("h2").add("Person", id="p1")
    for household in ("h1", "h2"):
        stay = {"household_id": household, "person_id": "p1", "starts_on": date(2020, 1, 1)}
        facts.add("Stay", id=f"p1-{household}", member_role="head", has_shared_budget=True, **stay)
    assert faults(facts) == [("two_open_spells", "HAS_MEMBER", 1, ("p1",))]


def test_only_the_first_ids_are_told(facts: Facts) -> None:
    for place in range(12):
        facts.household(f"h{place:02}", member_count=None)
    ((_, _, count, ids),) = faults(facts)
    assert (count, ids) == (12, tuple(f"h{place:02}" for place in range(10)))


@pytest.fixture
def one_of_each(facts: Facts) -> list[GraphFault]:
    facts.household("h1", member_count=None).household("h2").add("Person", id="p1").add("Person", id="p2")
    for household in ("h1", "h2", "h9"):
        stay = {"household_id": household, "person_id": "p1", "starts_on": date(2020, 1, 1)}
        facts.add("Stay", id=f"p1-{household}", member_role="head", has_shared_budget=True, **stay)
    facts.add("POOLED_IN", from_id="l1", to_id="l1").add("SupplyLot", id="l1", lot_status="open")
    return check_graph(facts.graph(), facts.schema)


def test_every_fault_is_told_in_both_languages(one_of_each: list[GraphFault]) -> None:
    codes = {"dangling_ends", "circle", "missing_property", "missing_relationship", "two_open_spells"}
    assert {fault.code for fault in one_of_each} == codes
    assert all(fault.what(language) and fault.remedy(language) for fault in one_of_each for language in LANGUAGES)


def test_a_fault_names_the_nouns_in_the_language_of_the_reader(one_of_each: list[GraphFault]) -> None:
    (fault,) = [each for each in one_of_each if each.code == "missing_property"]
    assert fault.what("zh") == "有 1 个农户缺少“成员数”，各来源均未提供：h1。"
