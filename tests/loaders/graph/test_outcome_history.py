"""What the ledger tells of one year, from facts written by hand: 30 June 2024 to 30 June 2025."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from graph_schema import Schema
from ledger import Ledger
from loaders.outcome_history import OutcomeHistory, history_of, outcome_history
from policy import Policy
from tests.loaders.graph.written_facts import MONDAY, VILLAGE, Facts, load

START, END = date(2024, 6, 30), date(2025, 6, 30)
BEFORE, WITHIN, LATER = date(2024, 3, 1), date(2024, 12, 1), date(2025, 7, 1)


def year(facts: Facts, area_id: str | None = None) -> OutcomeHistory:
    return history_of(facts.read, facts.read, facts.schema, facts.policy, start=START, end=END, area_id=area_id)


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return sorted(tuple(row) for row in frame[list(columns)].itertuples(index=False))


def test_what_was_held_is_what_the_graph_of_the_first_day_shows(facts: Facts) -> None:
    facts.household().state("H01", "confirmed", BEFORE).state("E02", "suspected", WITHIN)
    facts.state("L01", "confirmed", BEFORE, ended_on=date(2024, 5, 1))

    assert rows(year(facts).held, "household_id", "cause_id", "status") == [("h1", "H01", "confirmed")]


def test_what_began_in_the_year_came_in_it(facts: Facts) -> None:
    facts.household().state("H01", "confirmed", BEFORE).state("E02", "confirmed", WITHIN).state("L01", "suspected", END)
    # It began and ended within the year, and came all the same; the next began a day late.
    facts.state("A01", "confirmed", WITHIN, ended_on=date(2025, 2, 1)).state("A02", "confirmed", LATER)

    assert rows(year(facts).found, "cause_id", "status") == [
        ("A01", "confirmed"),
        ("E02", "confirmed"),
        ("L01", "suspected"),
    ]


def test_only_a_visit_or_an_assessment_refutes(facts: Facts) -> None:
    facts.household().state("H01", "refuted", WITHIN, feed="visit").state("E02", "refuted", WITHIN, feed="village")

    assert rows(year(facts).found, "cause_id", "status") == [("H01", "refuted")]


def test_observations_and_visits_of_the_year_are_told(facts: Facts) -> None:
    facts.household().observe("I01", 900_000, BEFORE).observe("I04", 5, WITHIN).observe("I69", 1, LATER)
    for household, on in (("h1", BEFORE), ("h2", WITHIN)):
        facts.household(household) if household == "h2" else None
        told = {"visit_reason": "periodic", "visit_status": "done", "planned_on": on, "visited_on": on}
        facts.add("Visit", id=f"{household}-{on}", household_id=household, **told)

    assert rows(year(facts).observed, "household_id", "indicator_id") == [("h1", "I04")]
    assert rows(year(facts).visited, "household_id") == [("h2",)]


@pytest.mark.parametrize(
    ("status", "starts_on", "ends_on", "ran"),
    [
        ("running", BEFORE, None, True),
        ("done", BEFORE, WITHIN, True),
        ("stopped", WITHIN, WITHIN, True),
        ("done", BEFORE, date(2024, 6, 29), False),
        ("running", LATER, None, False),
        ("planned", WITHIN, None, False),
    ],
)
def test_help_that_ran_at_any_time_of_the_year_counts(
    facts: Facts, status: str, starts_on: date, ends_on: date | None, ran: bool
) -> None:
    spell = {"starts_on": starts_on, "ends_on": ends_on, "measure_id": "B01"}
    facts.household().add("Assistance", id="a", household_id="h1", assistance_status=status, **spell)

    assert rows(year(facts).help, "household_id", "measure_id") == ([("h1", "B01")] if ran else [])


def test_help_to_a_member_is_help_to_the_household(facts: Facts) -> None:
    facts.household().add("Person", id="p")
    facts.add("Stay", id="s", person_id="p", household_id="h1", member_role="head", starts_on=BEFORE)
    facts.add("Assistance", id="a", person_id="p", assistance_status="running", starts_on=WITHIN, measure_id="B01")

    assert rows(year(facts).help, "household_id", "measure_id") == [("h1", "B01")]


def test_households_are_those_of_the_area_on_the_first_day(facts: Facts) -> None:
    facts.household("h2").household("h1", "350624101202").household("h3", household_status="ended")

    assert rows(year(facts).households, "household_id") == [("h1",), ("h2",)]
    assert rows(year(facts, VILLAGE).households, "household_id") == [("h2",)]
    assert rows(year(facts, "350624").households, "household_id") == [("h1",), ("h2",)]
    assert rows(year(facts, "nowhere").households, "household_id") == []


def test_a_finding_told_later_counts_as_held_unless_only_what_was_known_is_asked(
    tmp_path: Path, schema: Schema, policy: Policy
) -> None:
    known, late = datetime(2024, 6, 1, 8, tzinfo=MONDAY.tzinfo), MONDAY
    ledger = Ledger.open(tmp_path / "data", schema)
    load(ledger, Facts(schema, policy).household(), known)
    load(ledger, Facts(schema, policy).state("H01", "confirmed", BEFORE), late)

    held = outcome_history(ledger, schema, policy, start=START, end=END).held
    then = outcome_history(ledger, schema, policy, start=START, end=END, known_at=known + timedelta(days=29)).held

    assert rows(held, "household_id", "cause_id") == [("h1", "H01")]
    assert rows(then, "household_id", "cause_id") == []
