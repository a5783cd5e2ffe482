"""Calculations are exact: laws against Python's fractions, and the traps of floating point."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.rows.exact_numbers import Formula, calculate, order_of_numbers, sums_by_group

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4).map(str)
ANY_NUMBER = st.one_of(
    DECIMALS, st.from_regex(r"\A[+-]?([0-9]{1,25}(\.[0-9]{0,12})?|\.[0-9]{1,12})([eE][+-]?[0-9])?\Z")
)
FACTORS = st.fractions(min_value=-1000, max_value=1000, max_denominator=3000)


def calculated(text: str, over: str | None = None, **formula: object) -> str | None:
    divisor = None if over is None else pa.array([over])
    (result,) = calculate(pa.array([text]), divisor, Formula(**formula)).texts.to_pylist()  # type: ignore[arg-type] # as the test gives them
    return result if result is None else str(result)


@pytest.mark.parametrize(
    ("text", "times", "expected"),
    [
        ("19.99", Fraction(100), "1999"),
        ("0.29", Fraction(100), "29"),
        (".07", Fraction(100), "7"),
        ("1e3", Fraction(100), "100000"),
        ("99999999999999999999.99", Fraction(100), "9999999999999999999999"),
        ("2000", Fraction(3, 2000), "3"),
        ("1", Fraction(1, 3), "0.3333333333333333"),
    ],
)
def test_a_product_is_what_it_is_on_paper(text: str, times: Fraction, expected: str) -> None:
    assert calculated(text, times=times) == expected


@given(ANY_NUMBER, FACTORS, FACTORS)
def test_a_result_is_the_float_nearest_to_the_fraction(text: str, times: Fraction, plus: Fraction) -> None:
    exact = Fraction(text) * times + plus
    told = calculated(text, times=times, plus=plus)
    assert told is not None
    assert Fraction(told) == exact if exact.denominator == 1 else float(told) == float(exact)


@given(DECIMALS, st.fractions(min_value=Fraction(1, 1000), max_value=10**6, max_denominator=1000))
def test_there_and_back_again_is_the_same_number(text: str, factor: Fraction) -> None:
    there = Fraction(text) * factor
    if there.denominator == 1:
        back = calculated(str(there.numerator), times=1 / factor)
        assert back is not None
        assert float(back) == float(Fraction(text))


@given(DECIMALS, DECIMALS)
def test_a_quotient_is_exact_and_nothing_is_divided_by_zero(text: str, over: str) -> None:
    told = calculated(text, over)
    if Fraction(over) == 0:
        assert told is None
    else:
        assert told is not None
        assert float(told) == float(Fraction(text) / Fraction(over))


@pytest.mark.parametrize(
    ("text", "expected"), [("2.5", "3"), ("-2.5", "-3"), ("0.4999999999", "0"), ("1e20", str(10**20))]
)
def test_halves_are_rounded_away_from_zero(text: str, expected: str) -> None:
    assert calculated(text, rounds=True) == expected


def test_what_is_no_number_and_what_is_not_whole_is_told_apart() -> None:
    found = calculate(
        pa.array(["19.99", "0.001", "abc", None, "1/3", "0x10"]), None, Formula(Fraction(100), is_whole=True)
    )
    assert (found.not_numbers.tolist(), found.broken.tolist()) == ([2, 4, 5], [1])


def test_nothing_is_made_of_nothing() -> None:
    assert calculate(pa.array([], pa.string()), None, Formula()).texts.to_pylist() == []


@given(st.lists(st.tuples(st.one_of(st.none(), ANY_NUMBER), st.integers(0, 3)), min_size=1, max_size=12))
def test_a_sum_of_a_group_is_exact(rows: list[tuple[str | None, int]]) -> None:
    texts = pa.array([text for text, _ in rows], pa.string())
    sums = sums_by_group(texts, np.array([group for _, group in rows], np.int64), 4).to_pylist()
    for group, told in enumerate(sums):
        own = [Fraction(text) for text, of in rows if of == group and text is not None]
        assert (told is None) == (not own)
        if told is not None:
            total = sum(own)
            assert Fraction(told) == total if Fraction(total).denominator == 1 else float(told) == float(total)


def test_ten_times_ten_fen_are_a_yuan_whatever_floats_say() -> None:
    assert sums_by_group(pa.array(["0.1"] * 10), np.zeros(10, np.int64), 1).to_pylist() == ["1"]


@given(st.lists(ANY_NUMBER, min_size=2, max_size=2))
def test_numbers_are_ordered_by_value_not_by_letters(texts: list[str]) -> None:
    first, second = order_of_numbers(pa.array([*texts, None])).tolist()[:2]
    one, other = map(Fraction, texts)
    assert (first < second, first == second) == (one < other, one == other)
