"""What came of a year, worked out by hand: one household for each way in which something is known or is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.learning.from_history import past_of, state_indicators
from analysis.learning.outcomes import CAME, DID_NOT_COME, NOT_LOOKED_INTO, check_outcomes
from analysis.risk.findings import STATUSES
from analysis.risk.measures import RiskMeasure, RiskMeasures
from analysis.risk.network import RiskAmplifier, RiskLink, RiskNetwork, RiskNode, checked_network
from graph_schema import Schema

START, END = date(2024, 6, 30), date(2025, 6, 30)
MIGRANT = "Household.migrant_worker_count >= 1"
LOOKED_AT_BY = {"S": frozenset({"I01"}), "T": frozenset({"I69"})}


@dataclass(frozen=True)
class Year:
    """A year written down by hand, as the protocol asks."""

    people: dict[str, int | None]
    held_rows: list[tuple[str, str, str]] = field(default_factory=list)
    found_rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    observed_rows: list[tuple[str, str]] = field(default_factory=list)
    visited_rows: list[str] = field(default_factory=list)
    help_rows: list[tuple[str, str]] = field(default_factory=list)
    start: date = START
    end: date = END

    @property
    def households(self) -> pd.DataFrame:
        counts = pd.array([count if count is not None else pd.NA for count in self.people.values()], dtype="Int64")
        return pd.DataFrame({"household_id": list(self.people), "migrant_worker_count": counts})

    @property
    def held(self) -> pd.DataFrame:
        rows = pd.DataFrame(self.held_rows, columns=["household_id", "cause_id", "status"])
        return rows.assign(severity=0.6, confidence=np.where(rows["status"] == "suspected", 0.4, 1.0))

    @property
    def found(self) -> pd.DataFrame:
        rows = pd.DataFrame(self.found_rows, columns=["household_id", "cause_id", "status", "onset_on"])
        return rows.assign(onset_on=pd.to_datetime(rows["onset_on"]))

    @property
    def observed(self) -> pd.DataFrame:
        return pd.DataFrame(self.observed_rows, columns=["household_id", "indicator_id"])

    @property
    def visited(self) -> pd.DataFrame:
        return pd.DataFrame({"household_id": self.visited_rows}, dtype="object")

    @property
    def help(self) -> pd.DataFrame:
        return pd.DataFrame(self.help_rows, columns=["household_id", "measure_id"])


@pytest.fixture(scope="module")
def network() -> RiskNetwork:
    """C leads to S, which is T by definition; the link is stronger where somebody migrates for work."""
    nodes = [RiskNode("C"), RiskNode("S", is_state=True), RiskNode("T", is_state=True)]
    migrants = (RiskAmplifier(2.0, property_rule=MIGRANT),)
    return checked_network(nodes, [RiskLink("K1", "C", "S", 0.4, amplifiers=migrants), RiskLink("K2", "S", "T", 1.0)])


@pytest.fixture(scope="module")
def measures(network: RiskNetwork) -> RiskMeasures:
    return RiskMeasures(network, [RiskMeasure("X1", "C", 0.5, 100), RiskMeasure("X2", "K1", 0.5, 100)])


def one(network: RiskNetwork, measures: RiskMeasures, *years: Year) -> dict[str, tuple[int, ...]]:
    past = past_of(network, measures, years, LOOKED_AT_BY)
    check_outcomes(network, past.outcomes)
    return {each: tuple(row) for each, row in zip(past.ids, past.outcomes.outcome.tolist(), strict=True)}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, (NOT_LOOKED_INTO, NOT_LOOKED_INTO, NOT_LOOKED_INTO)),
        # One who was visited was asked about every state; a cause has to be refuted.
        ({"visited_rows": ["h"]}, (NOT_LOOKED_INTO, DID_NOT_COME, DID_NOT_COME)),
        ({"observed_rows": [("h", "I01")]}, (NOT_LOOKED_INTO, DID_NOT_COME, NOT_LOOKED_INTO)),
        ({"observed_rows": [("h", "I02")]}, (NOT_LOOKED_INTO, NOT_LOOKED_INTO, NOT_LOOKED_INTO)),
        # What is true by definition came too, though nobody wrote it down.
        ({"found_rows": [("h", "S", "confirmed", "2025-01-05")]}, (NOT_LOOKED_INTO, CAME, CAME)),
        ({"found_rows": [("h", "T", "confirmed", "2025-01-05")]}, (NOT_LOOKED_INTO, NOT_LOOKED_INTO, CAME)),
        ({"found_rows": [("h", "C", "refuted", "2025-01-05")]}, (DID_NOT_COME, NOT_LOOKED_INTO, NOT_LOOKED_INTO)),
        # A suspicion leaves it open, though somebody looked.
        (
            {"found_rows": [("h", "S", "suspected", "2025-01-05")], "visited_rows": ["h"]},
            (NOT_LOOKED_INTO, NOT_LOOKED_INTO, DID_NOT_COME),
        ),
        # What a later visit refuted did not come; what was confirmed after it did.
        (
            {"found_rows": [("h", "C", "confirmed", "2025-01-05"), ("h", "C", "refuted", "2025-02-05")]},
            (DID_NOT_COME, NOT_LOOKED_INTO, NOT_LOOKED_INTO),
        ),
        (
            {"found_rows": [("h", "C", "refuted", "2025-01-05"), ("h", "C", "confirmed", "2025-02-05")]},
            (CAME, NOT_LOOKED_INTO, NOT_LOOKED_INTO),
        ),
        # A cause that the network does not have says nothing.
        ({"found_rows": [("h", "Q", "confirmed", "2025-01-05")]}, (NOT_LOOKED_INTO, NOT_LOOKED_INTO, NOT_LOOKED_INTO)),
    ],
)
def test_what_came_and_what_was_looked_at(
    network: RiskNetwork, measures: RiskMeasures, told: dict[str, list[object]], expected: tuple[int, ...]
) -> None:
    assert one(network, measures, Year({"h": None}, **told)) == {"h": expected}  # type: ignore[arg-type]


def test_the_first_day_comes_with_severity_help_and_properties(network: RiskNetwork, measures: RiskMeasures) -> None:
    year = Year(
        {"h1": 2, "h2": 0, "h3": None},
        held_rows=[("h3", "C", "suspected"), ("h1", "C", "confirmed"), ("h1", "Q", "confirmed")],
        help_rows=[("h2", "X2"), ("h2", "unknown")],
    )
    past = past_of(network, measures, [year], LOOKED_AT_BY)
    findings = past.outcomes.findings

    told = [(past.ids[at], STATUSES[status]) for at, status in zip(findings.household, findings.status, strict=True)]
    assert told == [("h3", "suspected"), ("h1", "confirmed")]
    assert findings.severity.tolist() == [0.6, 0.6]
    assert findings.properties is not None
    assert findings.properties.tolist() == [[True], [False], [False]]
    assert past.outcomes.running is not None
    assert past.outcomes.running.tolist() == [[False, False], [False, True], [False, False]]


def test_a_household_of_two_years_stands_twice_and_in_one_half(network: RiskNetwork, measures: RiskMeasures) -> None:
    first = Year({"h1": None, "h2": None, "h3": None}, held_rows=[("h3", "C", "confirmed")])
    second = Year({"h2": None, "h3": None}, held_rows=[("h3", "C", "refuted")], visited_rows=["h2"])
    past = past_of(network, measures, [first, second], LOOKED_AT_BY)

    assert past.ids == ("h1", "h2", "h3", "h2", "h3")
    assert past.household_count == 3
    assert past.outcomes.findings.household.tolist() == [2, 4]
    assert past.outcomes.half is not None
    assert past.outcomes.half.tolist() == [0, 1, 0, 1, 0]
    assert past.outcomes.outcome[:, 1].tolist() == [-1, -1, -1, 0, -1]


def test_no_year_and_no_household_give_outcomes_of_nobody(network: RiskNetwork, measures: RiskMeasures) -> None:
    for years in ([], [Year({})]):
        past = past_of(network, measures, years, LOOKED_AT_BY)
        check_outcomes(network, past.outcomes)
        assert (past.ids, past.outcomes.outcome.shape) == ((), (0, 3))


def test_income_is_looked_at_by_income_and_a_return_by_its_own_indicator(schema: Schema) -> None:
    shown = state_indicators(schema)
    assert "I01" in shown["O02"]
    assert "I69" in shown["O06"]
    assert "I01" not in shown["O06"]
