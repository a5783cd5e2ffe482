"""Profile-likelihood intervals: the values of one parameter that the best of the others make nearly as likely."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtri

from analysis.learning.likelihood import Fit, Likelihood, minimised
from analysis.risk.findings import Numbers

# Beyond this the strength is 1 to all the digits there are.
_LARGEST = 36.0
_SMALLEST = 1e-12
_ROOT_TOLERANCE = 1e-8


@dataclass(frozen=True)
class Interval:
    """Ends of an interval of -log(1 - strength).

    `low` is 0 where a strength of 0 cannot be excluded, `high` infinite where a strength of 1 cannot.
    """

    low: float
    high: float


class Profile:
    """The profile of one parameter about a fit: 2 (least value with the parameter held - least value)."""

    def __init__(self, likelihood: Likelihood, fit: Fit, place: int) -> None:
        """`place`: of the parameter."""
        self._likelihood, self._fit, self._place = likelihood, fit, place
        self._free = np.ones(len(fit.parameters), dtype=np.bool_)
        self._free[place] = False
        self._nearest: dict[float, Numbers] = {float(fit.parameters[place]): fit.parameters}

    def deviance(self, value: float) -> float:
        """Return the deviance with the parameter held at a value, at least 0; infinite where it is impossible."""
        start = self._nearest[min(self._nearest, key=lambda known: abs(known - value))].copy()
        start[self._place] = value
        found = minimised(self._likelihood, start, self._free)
        if np.isfinite(found.value):
            self._nearest[value] = found.parameters
        return max(2.0 * (found.value - self._fit.value), 0.0)

    @cached_property
    def deviance_at_zero(self) -> float:
        """Return the deviance with the parameter held at 0: what the test of "it does not act" is made of."""
        return self.deviance(0.0) if self._fit.parameters[self._place] > 0 else 0.0

    def interval(self, level: float) -> Interval:
        """Return the interval of a level, such as 0.95.

        The limit is the quantile of chi-squared with one degree of freedom, at a boundary too. There the interval is
        one-sided and covers at least as often as the level says: at most (1 + level) / 2 where the truth is 0.
        """
        limit = float(chdtri(1, 1 - level))
        middle = float(self._fit.parameters[self._place])
        return Interval(self._low(limit, middle), self._high(limit, middle))

    def _excess(self, value: float, limit: float) -> float:
        # Root of the deviance, which is nearly straight in the parameter, so that few steps find the end.
        return float(np.sqrt(self.deviance(value)) - np.sqrt(limit))

    def _low(self, limit: float, middle: float) -> float:
        if middle <= 0 or self.deviance_at_zero <= limit:
            return 0.0
        inside, value = middle, self._guess(limit, middle, -1.0)
        while self.deviance(value) <= limit:
            inside, value = value, value / 2
            if value < _SMALLEST:
                return 0.0
        return float(brentq(self._excess, value, inside, (limit,), _SMALLEST, _ROOT_TOLERANCE))

    def _high(self, limit: float, middle: float) -> float:
        inside, value = middle, self._guess(limit, middle, 1.0)
        while self.deviance(value) <= limit:
            if value >= _LARGEST:
                return float("inf")
            inside, value = value, min(middle + 2 * (value - middle), _LARGEST)
        return float(brentq(self._excess, inside, value, (limit,), _SMALLEST, _ROOT_TOLERANCE))

    def _guess(self, limit: float, middle: float, side: float) -> float:
        """Return where the end would be if the likelihood were a parabola."""
        _, hessian = self._likelihood.slopes(self._fit.parameters)
        curvature = profile_information(hessian, self._fit.parameters, self._place)
        distance = np.sqrt(limit / curvature) if curvature > 0 else 1.0
        if side < 0:
            return middle - distance if distance < middle else middle / 2
        return float(min(max(middle + distance, _SMALLEST), max(2 * middle, _LARGEST)))


def profile_information(information: Numbers, parameters: Numbers, place: int) -> float:
    """Return what is known of one parameter once the others, as far as they are above 0, are fitted along.

    information[i, i] - information[i, others] (information[others, others])^-1 information[others, i].
    """
    others = np.flatnonzero((parameters > 0) & (np.arange(len(parameters)) != place))
    across = information[place, others]
    lost = across @ np.linalg.pinv(information[np.ix_(others, others)], hermitian=True) @ across
    return max(float(information[place, place] - lost), 0.0)
