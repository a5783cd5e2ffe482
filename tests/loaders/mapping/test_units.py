"""The table of units: factors worked out by hand, and names that mean one unit only."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema import Schema
from graph_schema.types import property_unit
from loaders.mapping.units import Units, bare_word, read_units


@pytest.fixture(scope="module")
def units() -> Units:
    return read_units()


@pytest.mark.parametrize(
    ("amount", "unit", "target", "expected"),
    [
        (Fraction("0.35"), "万元", "fen", 350_000),
        (Fraction("19.99"), "元", "fen", 1999),
        (Fraction(3), "斤", "kg", Fraction(3, 2)),
        (Fraction(2), "担", "kg", 100),
        (Fraction("1.5"), "吨", "kg", 1500),
        (Fraction(1), "公顷", "mu", 15),
        (Fraction(2000), "平方米", "mu", 3),
        (Fraction(2), "里", "km", 1),
        (Fraction(1500), "米", "km", Fraction(3, 2)),
        (Fraction(12), "%", "share", Fraction(3, 25)),
        (Fraction(2), "元/斤", "fen per kg", 400),
        (Fraction(3000), "元/吨", "fen per kg", 300),
        (Fraction(24000), "元/年", "fen per month", 200_000),
        (Fraction(2), "小时", "minutes", 120),
    ],
)
def test_a_unit_is_turned_into_another(
    units: Units, amount: Fraction, unit: str, target: str, expected: Fraction
) -> None:
    one, other = units.find(unit), units.find(target)
    assert one is not None
    assert other is not None
    assert one.measure == other.measure
    assert amount * one.factor / other.factor == expected


@given(st.data())
def test_there_and_back_is_exact(units: Units, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(list(units.by_key.values())))
    other = data.draw(st.sampled_from([unit for unit in units.by_key.values() if unit.measure == one.measure]))
    amount = data.draw(st.fractions())
    assert amount * (one.factor / other.factor) * (other.factor / one.factor) == amount


def test_a_name_means_one_unit(units: Units) -> None:
    seen: dict[str, str] = {}
    for key, unit in units.by_key.items():
        for name in {bare_word(word) for word in (key, *unit.names)}:
            assert seen.setdefault(name, key) == key, name


def test_blanks_case_and_width_do_not_matter(units: Units) -> None:
    assert units.find(" Ten Thousand ＹＵＡＮ ") is units.by_key["ten thousand yuan"]


def test_every_unit_that_a_name_of_ours_tells_is_in_the_table(units: Units, schema: Schema) -> None:
    told = {property_unit(name) for name in schema.properties} - {None, "year"}
    assert {unit for unit in told if unit is not None and units.find(unit) is None} == set()
