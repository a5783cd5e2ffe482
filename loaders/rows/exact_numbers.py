"""Calculations on columns of decimal texts with fractions in between: 19.99 times 100 is 1999, 1/3 stays a third.

A number is counted in units of its column's last decimal place, as whole numbers of 64 bits. As long as numerators and
denominators stay below 2^53, a division of the two in floating point is the float nearest to the fraction (IEEE 754),
so nothing is lost. The few cells beyond that are calculated one by one with Python's fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from loaders.rows.cell_text import NUMBER
from loaders.rows.fact_rows import Flags, Indexes, flags

# Digits with at most this many places before and behind the point are counted as whole numbers of 64 bits.
PLAIN_NUMBER = r"\A[+-]?[0-9]{1,15}(\.[0-9]{0,9})?\z"
MOST_DECIMALS = 9
# Whole numbers below this are exact as floats.
EXACT_LIMIT = 2**53

_Wholes = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Formula:
    """What is made of a number: times `times`, divided by another column where there is one, then plus `plus`.

    `is_whole`: only whole results are good. `rounds`: results are rounded to whole numbers, halves away from zero.
    """

    times: Fraction = Fraction(1)
    plus: Fraction = Fraction(0)
    is_whole: bool = False
    rounds: bool = False


@dataclass(frozen=True)
class Calculated:
    """Results as texts, null where there is none.

    `not_numbers`: inputs that are no numbers, or that divide by zero; `broken`: results that are not whole though only
    whole ones are good.
    """

    texts: pa.Array
    not_numbers: Indexes
    broken: Indexes


@dataclass(frozen=True)
class _Counted:
    """A column of numbers as whole numbers of `1 / 10 ** decimals`; `fits` are those that could be counted so."""

    wholes: _Wholes
    decimals: int
    fits: Flags


def calculate(texts: pa.Array, over: pa.Array | None, formula: Formula) -> Calculated:
    """Return what the formula makes of each text; an empty input gives an empty result."""
    is_given = flags(pc.is_valid(texts))
    are_numbers = is_number(texts)
    if over is not None:
        is_given &= flags(pc.is_valid(over))
        are_numbers &= is_number(over)
    number, divisor = _counted(texts), _counted(over) if over is not None else None
    tops, bottoms, is_exact = _fractions(number, divisor, formula)
    is_exact &= are_numbers
    whole = np.zeros(len(texts), np.bool_)
    whole[is_exact] = tops[is_exact] % bottoms[is_exact] == 0
    results = _shown(tops, bottoms, whole, is_exact=is_exact, rounds=formula.rounds)
    slow = np.flatnonzero(are_numbers & ~is_exact)
    not_numbers = is_given & ~are_numbers
    if len(slow):
        results, of_slow, without = _one_by_one(results, texts, over, slow=slow, formula=formula)
        whole[slow] = of_slow
        not_numbers[without] = True
    broken = is_given & ~not_numbers & ~whole & (formula.is_whole and not formula.rounds)
    return Calculated(results, np.flatnonzero(not_numbers), np.flatnonzero(broken))


def sums_by_group(texts: pa.Array, groups: Indexes, count: int) -> pa.Array:
    """Return the exact sum of the numbers of each group as text, null for a group of empty cells; all are numbers."""
    chosen = np.flatnonzero(flags(pc.is_valid(texts)))
    number, of = _counted(texts), groups[chosen]
    sizes = np.bincount(of, weights=np.abs(number.wholes[chosen]).astype(np.float64), minlength=count)
    if number.fits[chosen].all() and float(sizes.max(initial=0)) < EXACT_LIMIT:
        totals = np.zeros(count, np.int64)
        np.add.at(totals, of, number.wholes[chosen])
        scale = np.full(count, 10**number.decimals, np.int64)
        whole = totals % scale == 0
        shown = _shown(totals, scale, whole, is_exact=np.ones(count, np.bool_), rounds=False)
    else:
        exact: list[Fraction] = [Fraction(0)] * count
        for place, group in zip(chosen.tolist(), of.tolist(), strict=True):
            exact[group] += Fraction(texts[place].as_py())
        shown = pa.array([exact_text(total) for total in exact], pa.string())
    has_any = np.bincount(of, minlength=count) > 0
    return pc.if_else(pa.array(has_any), shown, pa.scalar(None, pa.string()))


def order_of_numbers(texts: pa.Array) -> Indexes:
    """Return whole numbers in the order of the numbers, equal for equal ones; any where the cell is empty."""
    counted = _counted(texts)
    if counted.fits[flags(pc.is_valid(texts))].all():
        return counted.wholes
    values = {text: Fraction(text) for text in pc.unique(texts).to_pylist() if text is not None}
    ranks = {value: rank for rank, value in enumerate(sorted(set(values.values())), start=1)}
    encoded = texts.dictionary_encode()
    of_text = np.array([ranks[values[text]] for text in encoded.dictionary.to_pylist()] + [0], np.int64)
    return of_text[np.asarray(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int64)]


def exact_text(number: Fraction) -> str:
    """Return the fraction as a whole number, else as the nearest float.

    >>> exact_text(Fraction(1999)), exact_text(Fraction(1, 8))
    ('1999', '0.125')
    """
    if number.denominator == 1:
        return str(number.numerator)
    try:
        return repr(float(number))
    except OverflowError:
        # Beyond what any column holds; the check of its type will say so.
        return str(int(number))


def is_number(texts: pa.Array) -> Flags:
    """Return which cells hold a number; an empty one holds none."""
    return flags(pc.match_substring_regex(texts, NUMBER))


def _counted(texts: pa.Array) -> _Counted:
    if not len(texts):
        return _Counted(np.zeros(0, np.int64), 0, np.zeros(0, np.bool_))
    is_plain = pc.match_substring_regex(texts, PLAIN_NUMBER)
    plain = pc.if_else(pc.fill_null(is_plain, False), texts, "0")
    behind = pc.subtract(pc.binary_length(plain), pc.add(pc.find_substring(plain, "."), 1))
    decimals = pc.max(pc.if_else(pc.match_substring(plain, "."), behind, 0)).as_py() or 0
    numbers = plain.cast(pa.decimal128(38, decimals))
    # A decimal of Arrow is a whole number of 128 bits, lower half first.
    halves = np.frombuffer(numbers.buffers()[1], np.int64, count=2 * (len(numbers) + numbers.offset))
    wholes = halves[2 * numbers.offset :: 2].copy()
    # With many decimals behind many digits the lower half alone is not the number.
    fits = flags(is_plain) & (
        np.abs(numbers.cast(pa.float64()).to_numpy(zero_copy_only=False)) * 10**decimals < EXACT_LIMIT
    )
    return _Counted(np.where(fits, wholes, 0), decimals, fits)


def _fractions(number: _Counted, divisor: _Counted | None, formula: Formula) -> tuple[_Wholes, _Wholes, Flags]:
    """Return results as numerators and denominators (above zero), and which of them are exact."""
    scale = Fraction(10 ** (divisor.decimals if divisor else 0), 10**number.decimals)
    times = formula.times * scale
    below = divisor.wholes if divisor else np.ones(len(number.wholes), np.int64)
    is_exact = number.fits & (divisor.fits & (below != 0) if divisor else True)
    # number * times.n * plus.d + plus.n * times.d * below, over times.d * below * plus.d
    first = times.numerator * formula.plus.denominator
    second = formula.plus.numerator * times.denominator
    third = times.denominator * formula.plus.denominator
    sizes = (
        np.abs(number.wholes).astype(np.float64) * float(abs(first))
        + np.abs(below).astype(np.float64) * float(abs(second)),
        np.abs(below).astype(np.float64) * float(third),
    )
    is_exact &= (sizes[0] < EXACT_LIMIT) & (sizes[1] < EXACT_LIMIT)
    if max(abs(first), abs(second), third) >= EXACT_LIMIT:
        nothing = np.zeros(len(below), np.int64)
        return nothing, nothing + 1, nothing.astype(np.bool_)
    wholes, below = np.where(is_exact, number.wholes, 0), np.where(is_exact, below, 1)
    sign = np.where(below < 0, -1, 1)
    return sign * (wholes * first + below * second), np.abs(below) * third, is_exact


def _shown(tops: _Wholes, bottoms: _Wholes, whole: Flags, *, is_exact: Flags, rounds: bool) -> pa.Array:
    if rounds:
        nearest = np.sign(tops) * ((2 * np.abs(tops) + bottoms) // (2 * bottoms))
        return pa.array(nearest, mask=~is_exact).cast(pa.string())
    wholes = pa.array(tops // bottoms, mask=~whole).cast(pa.string())
    if (whole | ~is_exact).all():
        return wholes
    return pc.coalesce(wholes, pa.array(tops / bottoms, mask=~is_exact).cast(pa.string()))


def _one_by_one(
    results: pa.Array, texts: pa.Array, over: pa.Array | None, *, slow: Indexes, formula: Formula
) -> tuple[pa.Array, list[bool], list[int]]:
    """Return the results with those of the slow places, which of these are whole, and which divide by zero."""
    shown = results.to_pylist()
    whole: list[bool] = []
    without: list[int] = []
    for place in slow.tolist():
        below = Fraction(over[place].as_py()) if over is not None else Fraction(1)
        if below == 0:
            without.append(place)
            whole.append(False)
            continue
        result = Fraction(texts[place].as_py()) * formula.times / below + formula.plus
        whole.append(result.denominator == 1)
        shown[place] = exact_text(_rounded(result) if formula.rounds else result)
    return pa.array(shown, pa.string()), whole, without


def _rounded(number: Fraction) -> Fraction:
    nearest = (2 * abs(number.numerator) + number.denominator) // (2 * number.denominator)
    return Fraction(nearest if number >= 0 else -nearest)


def fraction_of(number: float) -> Fraction:
    """Return the decimal number that is written so: 0.1 is a tenth.

    >>> fraction_of(0.1)
    Fraction(1, 10)
    """
    return Fraction(repr(number))
