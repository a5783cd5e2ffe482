"""What a flood, a frost or a closure suggests for the households of the areas it hit."""

from __future__ import annotations

from datetime import date

import pytest

from tests.loaders.graph.written_facts import VILLAGE, Facts

APRIL, MAY, JUNE = (date(2025, month, 10) for month in (4, 5, 6))


def frost(facts: Facts, exposure: float, area_id: str = "350624", ends_on: date | None = None) -> Facts:
    """Add household h1 and a frost of May that hit an area."""
    if "Household" not in facts.rows:
        facts.household()
        shock = {"shock_kind": "weather", "severity": 0.6, "starts_on": MAY, "ends_on": ends_on}
        facts.add("Shock", id="frost", feed="emergency", **shock)
        facts.add("TRIGGERS", from_id="frost", to_id="V01", strength=1.0, feed="emergency")
    return facts.add("HIT", from_id="frost", to_id=area_id, exposure_share=exposure, feed="emergency")


def test_a_household_of_a_hit_area_is_suspected_of_the_cause(facts: Facts) -> None:
    assert frost(facts, 0.6).findings()["V01"] == {
        "status": "suspected",
        "severity": 0.6,
        "confidence": 0.6,
        "onset_on": MAY,
        "ended_on": None,
    }


@pytest.mark.parametrize(("exposure", "confidence"), [(0.2, 0.2), (0.39, 0.2), (0.8, 0.8), (1.0, 0.8)])
def test_the_confidence_is_the_exposure_rounded_down_to_a_band_and_capped(
    facts: Facts, exposure: float, confidence: float
) -> None:
    assert frost(facts, exposure).findings()["V01"]["confidence"] == confidence


def test_below_the_lowest_band_nothing_is_suspected(facts: Facts) -> None:
    assert frost(facts, 0.19).findings() == {}


def test_another_area_is_not_hit(facts: Facts) -> None:
    assert frost(facts, 0.6, area_id="350624101202").findings() == {}


def test_of_two_hit_areas_the_nearest_counts(facts: Facts) -> None:
    frost(facts, 0.8, area_id="350624")
    assert frost(facts, 0.2, area_id=VILLAGE).findings()["V01"]["confidence"] == 0.2


def test_it_begins_with_the_shock(facts: Facts) -> None:
    assert frost(facts, 0.6).findings(day=date(2025, 5, 9)) == {}


def test_it_ends_with_the_shock(facts: Facts) -> None:
    assert frost(facts, 0.6, ends_on=JUNE).findings()["V01"]["ended_on"] == JUNE


@pytest.mark.parametrize(("observed_on", "found"), [(JUNE, []), (APRIL, ["V01"])])
def test_what_the_household_itself_shows_since_goes_before(facts: Facts, observed_on: date, found: list[str]) -> None:
    frost(facts, 0.6).observe("I56", 0.0, observed_on)
    assert sorted(facts.findings()) == found


def test_a_loss_seen_at_the_household_is_not_joined_with_the_suspicion(facts: Facts) -> None:
    found = frost(facts, 0.6).observe("I56", 0.3, JUNE).findings()["V01"]
    assert (found["status"], found["onset_on"]) == ("confirmed", JUNE)


def test_what_is_held_already_is_not_suspected_again(facts: Facts) -> None:
    found = frost(facts, 0.6).state("V01", "suspected", APRIL, confidence=0.4).findings()["V01"]
    assert (found["confidence"], found["onset_on"]) == (0.4, APRIL)


def test_what_has_ended_before_the_shock_does_not_hold_it_back(facts: Facts) -> None:
    frost(facts, 0.6).state("V01", "confirmed", date(2024, 1, 1), ended_on=APRIL)
    assert facts.findings()["V01"]["onset_on"] == MAY
