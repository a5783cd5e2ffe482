"""The likelihood of one effect, and its least point.

An effect stays away with the chance e^-t, t = w0 + sum of x w, where w = -log(1 - strength), w0 the same of the leak,
and x the exponent of the cause at the household (0 where it is not active). Minus the log-likelihood is
n0 t - n1 log(1 - e^-t), summed over the rows, n1 households with the effect and n0 without. It is convex, since t is
linear in w.
Source: analyses, section 1, "Learning strengths".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from analysis.risk.findings import Flags, Numbers

# Per household: what the slope may differ from zero where the parameter is free, or be below zero where it is 0.
RESIDUAL_LIMIT = 1e-10
_MOST_STEPS = 200
_MOST_HALVINGS = 60
_ARMIJO = 1e-4
# Added to the diagonal, relative to its largest or to 1: data alone may say nothing of some direction.
_RIDGE = 1e-12
_FIRST = 1e-3


class Fit(NamedTuple):
    """The least point: parameters, the value there, and by how much its conditions are missed per household."""

    parameters: Numbers
    value: float
    residual: float


@dataclass(frozen=True)
class Likelihood:
    """Minus the log-likelihood of rows, in nats.

    `exponent`: shape (rows, parameters), the first column that of the leak. `came`, `stayed_away`: shape (rows,),
    households with the effect and without, whole numbers or, for imagined households, fractions.
    """

    exponent: Numbers
    came: Numbers
    stayed_away: Numbers

    @property
    def households(self) -> float:
        """Return the number of households, at least 1."""
        return max(float(self.came.sum() + self.stayed_away.sum()), 1.0)

    def with_rows(self, exponent: Numbers, came: Numbers, stayed_away: Numbers) -> Likelihood:
        """Return the likelihood of these rows and more."""
        return Likelihood(
            np.concatenate([self.exponent, exponent]),
            np.concatenate([self.came, came]),
            np.concatenate([self.stayed_away, stayed_away]),
        )

    @cached_property
    def _linear(self) -> Numbers:
        """Return the slope of what is linear: the households to whom the effect did not come."""
        return self.exponent.T @ self.stayed_away

    @cached_property
    def _happened(self) -> tuple[Numbers, Numbers]:
        """Return the rows, with their households, to whom the effect came: only they are not linear."""
        happened = self.came > 0
        return self.exponent[happened], self.came[happened]

    def value(self, parameters: Numbers) -> float:
        """Return the value, infinite where an effect came that the parameters call impossible."""
        exponent, came = self._happened
        sums = exponent @ parameters
        if (sums <= 0).any():
            return float("inf")
        return float(self._linear @ parameters - came @ np.log(-np.expm1(-sums)))

    def slopes(self, parameters: Numbers) -> tuple[Numbers, Numbers]:
        """Return the gradient, shape (parameters,), and the Hessian where the value is finite."""
        exponent, came = self._happened
        sums = exponent @ parameters
        with np.errstate(over="ignore"):
            first = came / np.expm1(sums)
        second = first / -np.expm1(-sums)
        return self._linear - exponent.T @ first, (exponent.T * second) @ exponent

    def information(self, parameters: Numbers) -> Numbers:
        """Return the expected (Fisher) information, the sum of n / (e^t - 1) x x' over rows with t > 0."""
        sums = self.exponent @ parameters
        can_happen = sums > 0
        with np.errstate(over="ignore"):
            weight = (self.came + self.stayed_away)[can_happen] / np.expm1(sums[can_happen])
        return (self.exponent[can_happen].T * weight) @ self.exponent[can_happen]


def minimised(likelihood: Likelihood, start: Numbers, free: Flags | None = None) -> Fit:
    """Return the least point over parameters of at least 0; those that are not `free` keep their value.

    Newton's method with the bounds projected (Bertsekas 1982), which for a convex function ends at the least value.
    Where the data drive a parameter to infinity (every household with the cause got the effect) it stops when the slope
    is gone. The value is infinite where the parameters that are not free make impossible what happened.
    """
    scale = 1.0 / likelihood.households
    movable = np.ones(len(start), dtype=np.bool_) if free is None else free
    current = start.astype(np.float64)
    value = likelihood.value(current)
    if not np.isfinite(value):
        current = np.where(movable, np.maximum(current, _FIRST), current)
        value = likelihood.value(current)
    if not np.isfinite(value):
        return Fit(current, value, 0.0)
    residual = np.inf
    for _ in range(_MOST_STEPS):
        gradient, hessian = likelihood.slopes(current)
        gradient, hessian = gradient * scale, hessian * scale
        gradient[~movable] = 0.0
        residual = float(np.abs(current - np.maximum(current - gradient, 0.0))[movable].max(initial=0.0))
        if residual <= RESIDUAL_LIMIT:
            break
        held = (current <= min(1e-8, residual)) & (gradient > 0)
        moving = np.flatnonzero(movable & ~held)
        direction = np.where(movable & held, -current, 0.0)
        direction[moving] = _newton(hessian[np.ix_(moving, moving)], gradient[moving])
        step = _stepped(likelihood, current, value, direction, gradient, scale)
        if step is None:
            break
        current, value = step
    return Fit(current, value, residual)


def _newton(hessian: Numbers, gradient: Numbers) -> Numbers:
    ridge = _RIDGE * max(float(hessian.diagonal().max(initial=0.0)), 1.0)
    while True:
        try:
            step: Numbers = -cho_solve(cho_factor(hessian + ridge * np.eye(len(hessian))), gradient)
            return step
        except LinAlgError:
            ridge *= 100.0


def _stepped(
    likelihood: Likelihood, current: Numbers, value: float, direction: Numbers, gradient: Numbers, scale: float
) -> tuple[Numbers, float] | None:
    length = 1.0
    # The value is a sum of many terms: a fall smaller than its rounding is none.
    rounding = 4 * np.finfo(np.float64).eps * abs(value)
    for _ in range(_MOST_HALVINGS):
        tried = np.maximum(current + length * direction, 0.0)
        found = likelihood.value(tried)
        if found <= value + _ARMIJO * float(gradient @ (tried - current)) / scale + rounding:
            return tried, found
        length /= 2
    return None
