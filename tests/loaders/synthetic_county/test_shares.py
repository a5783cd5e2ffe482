"""Shares of a larger county lie near the given ones.

A share p of n draws strays by sqrt(p (1 - p) / n); five times that is allowed, which chance alone passes once in two
million. Where something else than the draw plays in, such as a year of deaths, the allowance says so.
"""

from __future__ import annotations

from collections import Counter
from math import sqrt

import pytest

from graph_schema import Schema
from loaders.synthetic.county.county import CountyMade
from loaders.synthetic.county.rates import Rates, load_rates
from tests.loaders.synthetic_county.county_reading import FEW_SHOCKS, request_of, rows_of_kind, truth_of, written

HOUSEHOLDS = 5_000


@pytest.fixture(scope="module")
def rates() -> Rates:
    return load_rates().changed(FEW_SHOCKS)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, rates: Rates) -> CountyMade:
    return written(tmp_path_factory.mktemp("large"), request_of(HOUSEHOLDS, 2, rates=rates))


def allowed(share: float, count: int) -> float:
    return 5 * sqrt(share * (1 - share) / count)


def test_households_have_the_published_sizes(large: CountyMade, rates: Rates) -> None:
    first = list(large.feeds.glob("police.Household.*-01-01.csv"))
    rows = rows_of_kind(large, "Household", feed="police")[:HOUSEHOLDS]
    sizes = Counter(int(row["member_count"]) for row in rows)
    published = rates.row("household.size_shares")
    assert len(first) == 1
    for size, share in enumerate(published, start=1):
        assert abs(sizes[size] / HOUSEHOLDS - share) <= allowed(share, HOUSEHOLDS)


def test_causes_that_only_come_about_by_themselves_have_the_published_share(large: CountyMade, schema: Schema) -> None:
    years = truth_of(large, "household_years")
    first = min(row["year"] for row in years)
    poor = {row["household"] for row in years if row["year"] == first and row["was_registered_poor"] == "yes"}
    causes = Counter(
        row["cause"]
        for row in truth_of(large, "causes")
        if row["year"] == first and row["by_itself"] == "yes" and row["household"] in poor
    )
    for code in ("H01", "H02", "H03", "E02", "F01", "S01"):
        share = schema.causes[code].share / 100
        assert abs(causes[code] / len(poor) - share) <= allowed(share, len(poor)), code


def test_faults_come_at_the_given_rates(large: CountyMade, rates: Rates) -> None:
    faults = Counter(row["fault"] for row in truth_of(large, "faults"))
    # Rows as departments had them: what was written, without the extra row of each pair, and what was not.
    incomes, observed = rows_of_kind(large, "IncomeComponent"), rows_of_kind(large, "Observation")
    sent = len(incomes) + sum(1 for row in observed if row.get("household_id"))
    sent += faults["missing"] + faults["late_not_arrived"] - faults["row_twice"]
    missing = rates.number("fault.missing_row")
    assert abs(faults["missing"] / sent - missing) <= allowed(missing, sent) + 0.001
    faulty = rates.number("fault.faulty_row")
    made = faults["faulty_row"] + faults["row_twice"]
    assert abs(made / sent - faulty) <= allowed(faulty, sent) + 0.001


def test_a_return_is_as_rare_as_the_published_one(large: CountyMade) -> None:
    above = [row for row in truth_of(large, "household_years") if row["was_above"] == "yes"]
    rate = sum(row["is_returned"] == "yes" for row in above) / len(above)
    # Rates are tuned on ex-poor households alone, so twice the published rate is allowed for all; none would be wrong.
    assert 0.0113 / 2 < rate < 0.0113 * 2
