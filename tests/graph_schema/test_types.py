"""The name of a property tells its type and its unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.meta import PropertyType
from graph_schema.types import plain_name, property_type, property_unit

EXPECTED = [
    ("head_name", PropertyType.TEXT, None),
    ("version", PropertyType.TEXT, None),
    ("reason", PropertyType.TEXT, None),
    ("acted_by", PropertyType.TEXT, None),
    ("starts_on", PropertyType.DAY, None),
    ("valid_to", PropertyType.DAY, None),
    ("recorded_at", PropertyType.INSTANT, None),
    ("budget_fen", PropertyType.WHOLE, "fen"),
    ("price_fen_per_kg", PropertyType.WHOLE, "fen per kg"),
    ("max_fen_per_kg", PropertyType.WHOLE, "fen per kg"),
    ("wage_fen_per_month", PropertyType.WHOLE, "fen per month"),
    ("member_count", PropertyType.WHOLE, "count"),
    ("plan_number", PropertyType.WHOLE, None),
    ("number", PropertyType.WHOLE, None),
    ("birth_year", PropertyType.WHOLE, "year"),
    ("schooling_years", PropertyType.WHOLE, "years"),
    ("period_months", PropertyType.WHOLE, "months"),
    ("min_duration_days", PropertyType.WHOLE, "days"),
    ("spent_minutes", PropertyType.WHOLE, "minutes"),
    ("lot_quantity_kg", PropertyType.NUMBER, "kg"),
    ("distance_km", PropertyType.NUMBER, "km"),
    ("max_distance_km", PropertyType.NUMBER, "km"),
    ("arable_mu", PropertyType.NUMBER, "mu"),
    ("altitude_m", PropertyType.NUMBER, "m"),
    ("low_value", PropertyType.NUMBER, None),
    ("capacity", PropertyType.NUMBER, None),
    ("lat", PropertyType.NUMBER, None),
    ("risk_share", PropertyType.SHARE, "share"),
    ("severity", PropertyType.SHARE, "share"),
    ("is_sensitive", PropertyType.FLAG, None),
    ("has_chronic_illness", PropertyType.FLAG, None),
    ("was_registered_poor", PropertyType.FLAG, None),
    ("parts_json", PropertyType.JSON, None),
    ("amplified_by", PropertyType.JSON, None),
    ("certificate_codes", PropertyType.CODES, None),
]


@pytest.mark.parametrize(("name", "of_type", "unit"), EXPECTED)
def test_the_name_tells_type_and_unit(name: str, of_type: PropertyType, unit: str | None) -> None:
    assert (property_type(name), property_unit(name)) == (of_type, unit)


def test_a_name_with_a_code_list_holds_a_code_whatever_it_ends_in() -> None:
    assert property_type("case_state", is_code=True) is PropertyType.CODE


@given(st.sampled_from([name for name, _, _ in EXPECTED]), st.sampled_from(["min_", "max_"]))
def test_a_limit_has_the_type_of_what_it_limits(name: str, limit: str) -> None:
    assert property_type(limit + plain_name(name)) is property_type(name)
