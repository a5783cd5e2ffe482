"""The likelihood and its least point, against finite differences, a library's minimiser and a closed form."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from analysis.learning.likelihood import RESIDUAL_LIMIT, Likelihood, minimised

Numbers = npt.NDArray[np.float64]

HAND = Likelihood(
    np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 0.0, 0.6], [1.0, 0.6, 1.0]]),
    np.array([2.0, 30.0, 11.0, 25.0]),
    np.array([98.0, 70.0, 89.0, 25.0]),
)


@st.composite
def likelihoods(draw: st.DrawFn) -> Likelihood:
    rows, links = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    shares = st.sampled_from([0.0, 0.2, 0.6, 1.0, 1.8])
    counts = st.lists(st.integers(0, 50), min_size=rows, max_size=rows)
    exponent = [[1.0, *(draw(shares) for _ in range(links))] for _ in range(rows)]
    return Likelihood(np.array(exponent), np.array(draw(counts), float), np.array(draw(counts), float))


def test_the_slopes_are_those_of_finite_differences() -> None:
    at, step = np.array([0.05, 0.5, 0.2]), 1e-6
    gradient, hessian = HAND.slopes(at)
    for place, way in enumerate(np.eye(3) * step):
        assert (HAND.value(at + way) - HAND.value(at - way)) / (2 * step) == pytest.approx(gradient[place], rel=1e-6)
        differences = (HAND.slopes(at + way)[0] - HAND.slopes(at - way)[0]) / (2 * step)
        assert differences == pytest.approx(hessian[place], rel=1e-6)


def test_the_value_is_that_of_the_chances_of_the_rows() -> None:
    at = np.array([0.05, 0.5, 0.2])
    chance = np.array([1 - np.exp(-t) for t in (0.05, 0.55, 0.17, 0.55)])
    value = -(HAND.came @ np.log(chance) + HAND.stayed_away @ np.log(1 - chance))
    assert HAND.value(at) == pytest.approx(value, rel=1e-12)


@given(likelihoods(), st.data())
def test_the_likelihood_is_convex(likelihood: Likelihood, data: st.DataObject) -> None:
    size = likelihood.exponent.shape[1]
    points = st.lists(st.floats(1e-3, 5.0), min_size=size, max_size=size)
    first, second = np.array(data.draw(points)), np.array(data.draw(points))
    halfway = likelihood.value((first + second) / 2)
    assert halfway <= (likelihood.value(first) + likelihood.value(second)) / 2 + 1e-9 * abs(halfway)


@given(likelihoods())
def test_no_point_near_the_least_point_is_lower(likelihood: Likelihood) -> None:
    fit = minimised(likelihood, np.full(likelihood.exponent.shape[1], 0.3))
    assert fit.residual <= RESIDUAL_LIMIT
    assert fit.value == likelihood.value(fit.parameters)
    for way in np.concatenate([np.eye(len(fit.parameters)), -np.eye(len(fit.parameters))]):
        near = np.maximum(fit.parameters + 1e-3 * way, 0.0)
        assert likelihood.value(near) >= fit.value - 1e-9 * max(abs(fit.value), 1.0)


def test_the_least_point_is_that_of_a_library() -> None:
    fit = minimised(HAND, np.full(3, 0.3))
    found = minimize(
        HAND.value,
        np.full(3, 0.3),
        jac=lambda at: HAND.slopes(at)[0],
        bounds=[(1e-9, None)] * 3,
        method="L-BFGS-B",
        options={"ftol": 1e-15, "gtol": 1e-9},
    )
    assert fit.value <= found.fun + 1e-9
    assert fit.parameters == pytest.approx(found.x, abs=1e-5)


def test_without_a_leak_the_strength_is_the_share_of_households_and_imagined_ones() -> None:
    # 7 of 10 got the effect; 4 imagined ones at 0.4 are 1.6 that got it and 2.4 that did not.
    data = Likelihood(np.array([[1.0, 1.0]]), np.array([7.0]), np.array([3.0]))
    both = data.with_rows(np.array([[0.0, 1.0]]), np.array([1.6]), np.array([2.4]))
    fit = minimised(both, np.array([0.0, 0.5]), np.array([False, True]))
    assert 1 - np.exp(-fit.parameters[1]) == pytest.approx((7 + 4 * 0.4) / (10 + 4), abs=1e-9)


def test_a_slope_at_the_boundary_keeps_the_parameter_there() -> None:
    # The effect came to nobody: leak and strength are 0, and the likelihood is 1.
    fit = minimised(Likelihood(np.array([[1.0, 0.0], [1.0, 1.0]]), np.zeros(2), np.full(2, 9.0)), np.full(2, 0.5))
    assert fit.parameters.tolist() == [0.0, 0.0]
    assert fit.value == 0.0


def test_what_cannot_happen_has_an_infinite_value() -> None:
    fit = minimised(HAND, np.zeros(3), np.zeros(3, dtype=np.bool_))
    assert fit.value == float("inf")
