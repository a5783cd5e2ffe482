"""What each kind of rule finds at a household of Zhao'an. The numbers are those of the policy profiles."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema import Schema
from policy import Policy
from tests.loaders.graph.written_facts import VILLAGE, Facts

MAY = date(2025, 5, 10)


SINGLE = (
    ("I03b", 0.40, "H07"),
    ("I03b", 0.39, None),
    ("I04", 1.01, "O03"),
    ("I04", 1.0, None),
    ("I13a", 0, "L01"),
    ("I13a", 1, None),
    ("I15", 5.9, "L07"),
    ("I15", 6, None),
    ("I68", 0.5, "O04"),
    ("I68", 0.51, None),
    ("I07", "C", "A05"),
    ("I07", "B", None),
    ("I11", "fail", "A06"),
    ("I11", "pass", None),
    ("I12", "no", "O05"),
    ("I12", "yes", None),
    ("I14c", "4", "H03"),
    ("I69", "returned", "O06"),
    ("I69", "slipping", None),
    ("I14a", None, None),
)


@pytest.fixture(scope="module")
def causes_of_single_observations(schema: Schema, policy: Policy) -> dict[str, list[str]]:
    """One household for each of SINGLE, named by its place, with the causes that are found there."""
    facts = Facts(schema, policy)
    for place, (indicator, value, _) in enumerate(SINGLE):
        facts.household(str(place)).observe(indicator, value, MAY, household_id=str(place))
    rows = facts.held().affected
    return {str(household): sorted(own["to_id"]) for household, own in rows.groupby("from_id")}


@pytest.mark.parametrize("place", range(len(SINGLE)))
def test_an_observation_is_compared_with_the_number_or_code_of_the_policy(
    causes_of_single_observations: dict[str, list[str]], place: int
) -> None:
    cause = SINGLE[place][2]
    assert causes_of_single_observations.get(str(place), []) == ([cause] if cause else [])


def test_one_observation_may_raise_two_causes(facts: Facts) -> None:
    facts.household().observe("I03a", 1_000_000, MAY)
    found = facts.findings()
    assert {cause: found[cause]["confidence"] for cause in found} == {"H07": 0.6, "H01": 0.4}


def test_a_confirmed_rule_confirms_with_certainty(facts: Facts) -> None:
    facts.household().observe("I14a", 1, MAY)
    found = facts.findings()["H01"]
    assert (found["status"], found["confidence"], found["onset_on"]) == ("confirmed", 1.0, MAY)


def test_an_observation_after_the_day_is_not_read(facts: Facts) -> None:
    facts.household().observe("I14a", 1, MAY)
    assert facts.findings(day=date(2025, 5, 9)) == {}


def test_a_grade_given_as_a_number_is_read_as_its_code(facts: Facts) -> None:
    facts.household().observe("I14c", 2, MAY)
    assert facts.findings()["H03"]["severity"] == 0.8


# The monitoring line.


def test_income_below_the_line_of_the_year_is_found(facts: Facts) -> None:
    facts.household().line("35", 2025, 800_000).observe("I01", 799_999, MAY)
    assert facts.findings()["O02"]["status"] == "confirmed"


def test_income_at_the_line_is_not_below_it(facts: Facts) -> None:
    facts.household().line("35", 2025, 800_000).observe("I01", 800_000, MAY)
    assert facts.findings() == {}


def test_the_line_of_the_nearest_area_upward_counts(facts: Facts) -> None:
    facts.household().line("35", 2025, 800_000).line("350624", 2025, 700_000).observe("I01", 750_000, MAY)
    assert facts.findings() == {}


def test_without_a_line_for_the_year_income_is_not_judged(facts: Facts) -> None:
    facts.household().line("350624", 2024, 800_000).observe("I01", 100_000, MAY)
    assert facts.findings() == {}


@pytest.mark.parametrize(
    ("high_value", "status", "confidence"), [(799_999, "confirmed", 1.0), (800_000, "suspected", 0.6)]
)
def test_income_is_only_suspected_while_its_range_reaches_the_line(
    facts: Facts, high_value: float, status: str, confidence: float
) -> None:
    facts.household().line("35", 2025, 800_000)
    facts.observe("I01", 700_000, MAY, low_value=600_000.0, high_value=high_value)
    found = facts.findings()["O02"]
    assert (found["status"], found["confidence"]) == (status, confidence)


# The quartile of the county.


@pytest.fixture
def four_households(facts: Facts) -> Facts:
    """Land per head 1, 2, 3 and 4 mu: the lowest quartile ends at 1 + 0.75 x 1 = 1.75."""
    for household, land in (("h1", 1.0), ("h2", 2.0), ("h3", 3.0), ("h4", 4.0)):
        facts.household(household).observe("I20", land, MAY, household_id=household)
    return facts


def test_land_below_the_lowest_quartile_of_the_county_is_found(four_households: Facts) -> None:
    assert [sorted(four_households.findings(household_id=name)) for name in ("h1", "h2")] == [["A01"], []]


def test_the_quartile_is_that_of_the_newest_values(four_households: Facts) -> None:
    # h1 now has 5 mu: the values are 2, 3, 4, 5 and the quartile is 2.75, above the 2 mu of h2.
    four_households.observe("I20", 5.0, date(2025, 6, 10))
    assert [sorted(four_households.findings(household_id=name)) for name in ("h2", "h3")] == [["A01"], []]


def test_another_county_has_its_own_quartile(four_households: Facts) -> None:
    four_households.add("Area", id="350625", name="Changtai", area_level="county", area_id="3506")
    four_households.household("h5", "350625").observe("I20", 0.5, MAY, household_id="h5")
    assert four_households.findings(household_id="h5") == {}


# Answers that name causes.


def test_a_named_cause_is_found(facts: Facts) -> None:
    facts.household().observe("I29", "H01;E03", MAY, feed="village")
    found = facts.findings()
    assert {cause: found[cause]["confidence"] for cause in found} == {"H01": 0.8, "E03": 0.8}


def test_a_code_that_is_no_cause_is_passed_over(facts: Facts) -> None:
    facts.household().observe("I29", "H01;X99;O02", MAY, feed="village")
    assert sorted(facts.findings()) == ["H01"]


def test_a_cause_no_longer_named_has_ended(facts: Facts) -> None:
    facts.household().observe("I29", "H01;E03", MAY, feed="village")
    facts.observe("I29", "E03", date(2025, 6, 10), feed="village")
    found = facts.findings()
    assert {cause: found[cause]["ended_on"] for cause in found} == {"H01": date(2025, 6, 10), "E03": None}


def test_an_answer_that_names_nothing_ends_what_was_named(facts: Facts) -> None:
    facts.household().observe("I29", "H01", MAY, feed="village")
    facts.observe("I29", "none", date(2025, 6, 10), feed="village")
    assert facts.findings()["H01"]["ended_on"] == date(2025, 6, 10)


# What one assessor may not say alone.


@pytest.mark.parametrize(("second", "found"), [("cadre-1", []), ("cadre-2", ["S01"])])
def test_low_motivation_needs_two_assessors(facts: Facts, second: str, found: list[str]) -> None:
    facts.household()
    for on, cadre in ((MAY, "cadre-1"), (date(2025, 6, 10), second)):
        facts.observe("I30", "S01", on, feed="visit")
        facts.add("Visit", id=f"h1-{on}", household_id="h1", visited_on=on, visited_by=cadre, feed="visit")
    assert sorted(facts.findings()) == found


def test_one_visit_is_enough_for_other_causes(facts: Facts) -> None:
    facts.household().observe("I30", "E02", MAY, feed="visit")
    assert facts.findings()["E02"]["status"] == "confirmed"


# Rules that hold only together.


def test_water_fetching_fails_when_all_that_is_known_fails(facts: Facts) -> None:
    facts.household().observe("I09a", 25, MAY).observe("I09b", 900, MAY)
    assert sorted(facts.findings()) == ["A06"]


def test_water_fetching_holds_when_one_known_measure_does(facts: Facts) -> None:
    facts.household().observe("I09a", 25, MAY).observe("I09b", 700, MAY)
    assert facts.findings() == {}


def test_a_measure_learned_later_from_another_feed_ends_the_finding(facts: Facts) -> None:
    facts.household().observe("I09a", 25, MAY)
    facts.observe("I09c", 20, date(2025, 6, 10), feed="water")
    assert facts.findings()["A06"]["ended_on"] == date(2025, 6, 10)


# A fall beside an open cause.


@pytest.fixture
def fewer_workers(facts: Facts) -> Facts:
    """Three workers in January, two in May."""
    facts.household().observe("I13a", 3, date(2025, 1, 10)).observe("I13a", 2, MAY)
    return facts


def test_fewer_workers_with_an_illness_open_is_a_loss_of_capacity(fewer_workers: Facts) -> None:
    fewer_workers.observe("I14a", 1, date(2025, 2, 10))
    found = fewer_workers.findings()["O01"]
    assert (found["status"], found["confidence"], found["severity"], found["onset_on"]) == ("suspected", 0.6, 1.0, MAY)


def test_fewer_workers_without_an_illness_is_none(fewer_workers: Facts) -> None:
    assert "O01" not in fewer_workers.findings()


def test_fewer_workers_with_an_illness_refuted_is_none(fewer_workers: Facts) -> None:
    fewer_workers.observe("I14a", 1, date(2025, 2, 10)).state("H01", "refuted", date(2025, 3, 1), feed="visit")
    assert "O01" not in fewer_workers.findings()


def test_a_fall_is_still_one_while_the_higher_value_is_within_twelve_months(fewer_workers: Facts) -> None:
    fewer_workers.observe("I14a", 1, date(2025, 2, 10)).observe("I13a", 2, date(2025, 6, 10))
    assert fewer_workers.findings()["O01"]["ended_on"] is None


def test_a_fall_is_over_once_the_higher_value_is_longer_ago(fewer_workers: Facts) -> None:
    fewer_workers.observe("I14a", 1, date(2025, 2, 10)).observe("I13a", 2, date(2026, 1, 20))
    assert fewer_workers.findings(day=date(2026, 1, 31))["O01"]["ended_on"] == date(2026, 1, 20)


# Areas, and products in them.


def test_an_observation_of_an_area_is_found_at_every_household_there(facts: Facts) -> None:
    facts.household("h1").household("h2", "350624101202")
    facts.observe("I58", 14, MAY, area_id="350624101", feed="health")
    assert [sorted(facts.findings(household_id=name)) for name in ("h1", "h2")] == [["V03"], ["V03"]]


def test_an_observation_of_another_village_is_not(facts: Facts) -> None:
    facts.household("h1").observe("I58", 14, MAY, area_id="350624101202", feed="health")
    assert facts.findings() == {}


@pytest.mark.parametrize("status", ["moved", "ended", "merged", "split"])
def test_who_is_no_longer_an_active_household_there_is_not_reached(facts: Facts, status: str) -> None:
    facts.household("h1", household_status=status).observe("I58", 14, MAY, area_id=VILLAGE, feed="health")
    assert facts.findings() == {}


def test_an_observation_of_an_area_tells_nothing_of_what_is_asked_of_households(facts: Facts) -> None:
    facts.household("h1").observe("I14a", 1, MAY, area_id=VILLAGE)
    assert facts.findings() == {}


@pytest.fixture
def low_plum_price(facts: Facts) -> Facts:
    """The price of plums in the county is 0.6 of its mean; h1 lives there."""
    facts.household("h1")
    facts.observe("I49", 0.6, MAY, area_id="350624", product_id="green_plum", feed="agriculture")
    return facts


def test_a_low_price_reaches_nobody_who_does_not_sell_the_product(low_plum_price: Facts) -> None:
    low_plum_price.add("SupplyLot", id="l1", household_id="h1", product_id="bayberry", lot_status="open")
    assert low_plum_price.findings() == {}


@pytest.mark.parametrize(("status", "found"), [("open", ["M01"]), ("sold", [])])
def test_a_low_price_reaches_who_has_an_open_lot(low_plum_price: Facts, status: str, found: list[str]) -> None:
    low_plum_price.add("SupplyLot", id="l1", household_id="h1", product_id="green_plum", lot_status=status)
    assert sorted(low_plum_price.findings()) == found


@pytest.mark.parametrize(("ends_on", "found"), [(date(2025, 12, 31), ["M01"]), (date(2025, 1, 31), [])])
def test_a_low_price_reaches_who_has_a_running_contract(low_plum_price: Facts, ends_on: date, found: list[str]) -> None:
    period = {"starts_on": date(2024, 1, 1), "ends_on": ends_on}
    low_plum_price.add("Contract", id="c1", household_id="h1", product_id="green_plum", **period)
    assert sorted(low_plum_price.findings()) == found


@pytest.mark.parametrize(("last_year", "found"), [("green_plum", ["M01"]), ("bayberry", [])])
def test_a_low_price_reaches_who_had_income_from_it_in_the_last_known_year(
    low_plum_price: Facts, last_year: str, found: list[str]
) -> None:
    for year, product in ((2023, "green_plum"), (2024, last_year)):
        income = {"income_kind": "operating", "income_year": year, "product_id": product, "feed": "survey"}
        low_plum_price.add("IncomeComponent", id=f"h1-{year}", household_id="h1", **income)
    assert sorted(low_plum_price.findings()) == found
