"""How severe a finding is, by hand from section 5 of the vocabulary."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema import Schema
from policy import Policy
from tests.loaders.graph.written_facts import Facts

MARCH, MAY = date(2025, 3, 10), date(2025, 5, 10)

CASES = (
    # States and the causes that are always extreme.
    ("I13a", 0, "L01", 1.0),
    ("I06", 1, "H06", 1.0),
    ("I07", "D", "A05", 1.0),
    ("I04", 1.01, "O03", 1.0),
    # By grade of disability.
    ("I14c", "1", "H03", 1.0),
    ("I14c", "2", "H03", 0.8),
    ("I14c", "3", "H03", 0.6),
    ("I14c", "4", "H03", 0.4),
    # The loss by weather rounded up to a band.
    ("I56", 0.01, "V01", 0.2),
    ("I56", 0.2, "V01", 0.2),
    ("I56", 0.21, "V01", 0.4),
    ("I56", 0.9, "V01", 1.0),
    # Counts, yes or no, codes.
    ("I14a", 3, "H01", 0.6),
    ("I39", 0, "E02", 0.6),
    ("I22", "no", "E05", 0.6),
    ("I29", "H01", "H01", 0.6),
    # Other numbers by (value - threshold) / threshold: below 0.25, 0.5, 1, 2 and beyond. Share of costs, line 0.40.
    ("I03b", 0.40, "H07", 0.2),
    ("I03b", 0.49, "H07", 0.2),
    ("I03b", 0.50, "H07", 0.4),
    ("I03b", 0.59, "H07", 0.4),
    ("I03b", 0.60, "H07", 0.6),
    ("I03b", 0.79, "H07", 0.6),
    ("I03b", 0.80, "H07", 0.8),
    # Debt, line 1.
    ("I19", 2.9, "F03", 0.8),
    ("I19", 3.0, "F03", 1.0),
    # Below the threshold the distance counts as well: 3 of 6 months is half.
    ("I15", 3, "L07", 0.6),
)


@pytest.fixture(scope="module")
def severities(schema: Schema, policy: Policy) -> dict[tuple[str, str], float]:
    """One household for each case, named by its place; severity by household and cause."""
    facts = Facts(schema, policy)
    for place, (indicator, value, _, _) in enumerate(CASES):
        facts.household(str(place)).observe(indicator, value, MAY, household_id=str(place))
    rows = facts.held().affected
    return {
        (household, cause): severity for household, cause, severity in rows[["from_id", "to_id", "severity"]].values
    }


@pytest.mark.parametrize("place", range(len(CASES)))
def test_severity_follows_the_bands(severities: dict[tuple[str, str], float], place: int) -> None:
    _, _, cause, severity = CASES[place]
    assert severities[str(place), cause] == severity


def test_income_far_below_the_line_is_extreme_as_every_state(facts: Facts) -> None:
    facts.household().line("35", 2025, 800_000).observe("I01", 790_000, MAY)
    assert facts.findings()["O02"]["severity"] == 1.0


def test_the_newest_observation_of_the_run_decides(facts: Facts) -> None:
    facts.household().observe("I03b", 0.9, MARCH).observe("I03b", 0.5, MAY)
    assert facts.findings()["H07"]["severity"] == 0.4


@pytest.mark.parametrize("seen", [0.2, 1.0])
def test_a_visit_sets_what_no_number_told(facts: Facts, seen: float) -> None:
    facts.household().observe("I14a", 1, MARCH, feed="health")
    facts.state("H01", "confirmed", MAY, feed="visit", severity=seen)
    assert facts.findings()["H01"]["severity"] == seen


def test_a_visit_does_not_lower_what_a_number_told(facts: Facts) -> None:
    # 0.9 is 1.25 times the line of 0.40 above it.
    facts.household().observe("I03b", 0.9, MARCH)
    facts.state("H07", "confirmed", MAY, feed="visit", severity=0.2)
    assert facts.findings()["H07"]["severity"] == 0.8


def test_another_feed_does_not_set_the_severity(facts: Facts) -> None:
    facts.household().observe("I14a", 1, MARCH, feed="health")
    facts.state("H01", "confirmed", MAY, feed="village", severity=0.2)
    assert facts.findings()["H01"]["severity"] == 0.6
