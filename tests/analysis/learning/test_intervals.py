"""Intervals against a root found another way, at both boundaries, and against a library's minimiser."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log

import numpy as np
import pytest
from scipy.optimize import minimize

from analysis.learning.intervals import Interval, Profile, profile_information
from analysis.learning.likelihood import Likelihood, minimised
from tests.analysis.learning.test_likelihood import HAND

# The 95 % quantile of chi-squared with one degree of freedom, from printed tables.
LIMIT = 3.841458820694124


def alone(came: float, stayed_away: float) -> Interval:
    """The interval of a cause without a leak, as a strength."""
    data = Likelihood(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.0, came]), np.array([5.0, stayed_away]))
    found = Profile(data, minimised(data, np.full(2, 0.4)), 1).interval(0.95)
    return Interval(1 - exp(-found.low), 1 - exp(-found.high))


def halved(below: Callable[[float], bool], low: float, high: float) -> float:
    """Where `below` changes from true to false."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return low


def test_the_interval_holds_the_strengths_whose_likelihood_ratio_is_below_the_limit() -> None:
    def deviance(p: float) -> float:
        return 2 * (30 * log(0.3 / p) + 70 * log(0.7 / (1 - p)))

    found = alone(30, 70)
    assert found.low == pytest.approx(halved(lambda p: deviance(p) > LIMIT, 1e-9, 0.3), abs=1e-7)
    assert found.high == pytest.approx(halved(lambda p: deviance(p) <= LIMIT, 0.3, 1 - 1e-9), abs=1e-7)


def test_an_effect_that_never_came_gives_an_interval_from_0() -> None:
    # (1 - p)^40 = e^(-limit / 2)
    found = alone(0, 40)
    assert found.low == 0
    assert found.high == pytest.approx(1 - exp(-LIMIT / 80), abs=1e-8)


def test_an_effect_that_always_came_gives_an_interval_to_1() -> None:
    # p^40 = e^(-limit / 2)
    found = alone(40, 0)
    assert found.low == pytest.approx(exp(-LIMIT / 80), abs=1e-7)
    assert found.high == 1


def test_beside_a_leak_and_another_cause_the_ends_lie_at_the_limit_of_the_profile() -> None:
    least = minimised(HAND, np.full(3, 0.3))
    for place in range(3):
        found = Profile(HAND, least, place).interval(0.95)
        assert found.low < least.parameters[place] < found.high
        for end in (found.low, found.high):
            others = [other for other in range(3) if other != place]

            def value(rest: object, end: float = end, place: int = place) -> float:
                return HAND.value(np.insert(np.asarray(rest, dtype=np.float64), place, end))

            held = minimize(
                value,
                least.parameters[others],
                bounds=[(1e-12, None)] * 2,
                method="Nelder-Mead",
                options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 4000, "maxfev": 4000},
            )
            assert 2 * (held.fun - least.value) == pytest.approx(LIMIT, abs=1e-5)


def test_what_the_data_cannot_tell_apart_has_a_wide_interval() -> None:
    # Every household has the cause: its strength and the leak could each explain all of it.
    data = Likelihood(np.array([[1.0, 1.0]]), np.array([30.0]), np.array([70.0]))
    fit = minimised(data, np.full(2, 0.2))
    assert Profile(data, fit, 1).interval(0.95).low == 0
    assert profile_information(data.information(fit.parameters), fit.parameters, 1) == pytest.approx(0, abs=1e-6)
