"""One linear program after the other with the same rows, by the solver HiGHS: each starts where the last one ended.

A large first one is not solved whole. A method of first order finds about which prices are true; the columns that may
be worth their prices go to the exact method, and where others then turn out to be worth more, they join them, until
none is left. The end is a vertex of the whole program, and exact.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array

from analysis.assistance.plan.classes import Flags, Numbers
from analysis.assistance.plan.program import Units

# What the solver takes for nothing: its own tolerance, in units of the largest worth.
TOLERANCE = 1e-7
# From so many columns on the interior point method is the faster one; its end is a vertex as well.
_INTERIOR_COLUMNS = 5_000
# From so many on a first guess at the prices pays, this exact and in so many steps; of the columns so many are then
# looked at, those that lose least, and all that are used.
_LARGE_COLUMNS = 40_000
_GUESS_TOLERANCE, _GUESS_STEPS = 3e-4, 3_000
_LOOKED_AT, _USED = 0.4, 3e-3
# A stage that starts from the last one takes few steps; where it does not, it is begun anew.
_WARM_STEPS = 6_000

# What the solver calls starting from a vertex that keeps the rows.
_PRIMAL = 4

_Status = highspy.HighsModelStatus
_Place = highspy.HighsBasisStatus

Found = tuple[Numbers, Numbers]


class Impossible(Exception):
    """No amounts keep the rows, not even where units may be divided."""


@dataclass
class Bounds:
    """What keeps rows (`low`, `high`) and columns (`least`, `most`); whoever owns them may narrow them in between."""

    low: Numbers
    high: Numbers
    least: Numbers
    most: Numbers


class Optimiser:
    """The rows of all programs, and the vertex that the last of them ended at."""

    def __init__(self, matrix: csr_array, bounds: Bounds) -> None:
        self._matrix, self._bounds = matrix, bounds
        self._solver = _silent()
        self._held: Units = np.zeros(0, dtype=np.int64)
        self._column_places = np.full(matrix.shape[1], _Place.kLower, dtype=object)
        self._row_places: list[_Place] = []
        self._is_begun = False

    def best(self, worth: Numbers, *, seconds: float) -> Found | None:
        """Return columns and prices of rows where the worth is most; None where the time did not suffice.

        `worth`: per column, the largest of them 1. Raises Impossible where nothing keeps the bounds, which the first
        program finds out.
        """
        ends = time.monotonic() + seconds
        is_free = self._bounds.least < self._bounds.most
        if not is_free.any():
            if not self._is_begun and (self._bounds.low > 0).any():
                raise Impossible
            return self._bounds.least.copy(), np.zeros(len(self._bounds.low))
        found = self._next(worth, is_free, ends) if self._is_begun else self._first(worth, ends)
        self._is_begun = self._is_begun or found is not None
        return found

    def _first(self, worth: Numbers, ends: float) -> Found | None:
        if len(worth) >= _LARGE_COLUMNS:
            held = self._guessed(worth, ends)
            if self._solved(worth, held, ends) == _Status.kOptimal:
                return self._joined(worth, ends)
        status = self._solved(worth, np.arange(len(worth)), ends)
        if status == _Status.kInfeasible:
            raise Impossible
        return self._found() if status == _Status.kOptimal else None

    def _guessed(self, worth: Numbers, ends: float) -> Units:
        """Return the columns that may be worth their prices, as far as a method of first order tells."""
        solver = self._load(worth, np.arange(len(worth)))
        solver.setOptionValue("solver", "pdlp")
        solver.setOptionValue("kkt_tolerance", _GUESS_TOLERANCE)
        solver.setOptionValue("pdlp_iteration_limit", _GUESS_STEPS)
        self._run(solver, ends)
        if not solver.getSolution().value_valid:
            return np.arange(len(worth))
        columns, price = self._found()
        gain = worth - self._matrix.T @ price
        return np.flatnonzero((gain >= np.quantile(gain, 1 - _LOOKED_AT)) | (columns > _USED))

    def _joined(self, worth: Numbers, ends: float) -> Found | None:
        """Let columns that are worth more than their prices join, until there is none."""
        while True:
            columns, price = self._found()
            gains = worth - self._matrix.T @ price > TOLERANCE
            gains[self._held] = False
            if not gains.any():
                return columns, price
            if self._went_on(worth, np.union1d(self._held, np.flatnonzero(gains)), ends) != _Status.kOptimal:
                return None

    def _next(self, worth: Numbers, is_free: Flags, ends: float) -> Found | None:
        # What cannot change any more is left out, unless the vertex stands on it.
        held = np.flatnonzero(is_free | (self._column_places == _Place.kBasic))
        return self._found() if self._went_on(worth, held, ends) == _Status.kOptimal else None

    def _went_on(self, worth: Numbers, held: Units, ends: float) -> _Status:
        """Solve with these columns from the last vertex, or from nothing where it turns out to be far away."""
        status = self._continued(worth, held, ends)
        return self._solved(worth, held, ends) if status == _Status.kIterationLimit else status

    def _solved(self, worth: Numbers, held: Units, ends: float) -> _Status:
        """Solve with these columns from nothing."""
        solver = self._load(worth, held)
        solver.setOptionValue("solver", "ipx" if len(held) >= _INTERIOR_COLUMNS else "simplex")
        return self._run(solver, ends)

    def _continued(self, worth: Numbers, held: Units, ends: float) -> _Status:
        solver = self._load(worth, held)
        basis = highspy.HighsBasis()
        basis.col_status, basis.row_status = self._column_places[held].tolist(), self._row_places
        basis.valid = True
        solver.setBasis(basis)
        solver.setOptionValue("solver", "simplex")
        solver.setOptionValue("simplex_strategy", _PRIMAL)
        solver.setOptionValue("simplex_iteration_limit", _WARM_STEPS)
        return self._run(solver, ends)

    def _load(self, worth: Numbers, held: Units) -> _Silent:
        """Return the solver with these columns; the others stay at their least."""
        bounds = self._bounds
        others = bounds.least.copy()
        others[held] = 0.0
        settled = self._matrix @ others
        self._held = held
        # The solver makes least.
        columns = (-worth[held], bounds.least[held], bounds.most[held])
        self._solver = _loaded(csr_array(self._matrix[:, held]), columns, (bounds.low - settled, bounds.high - settled))
        return self._solver

    def _run(self, solver: _Silent, ends: float) -> _Status:
        left = ends - time.monotonic()
        if left <= 0:
            return _Status.kTimeLimit
        solver.setOptionValue("time_limit", left)
        solver.run()
        basis = solver.getBasis()
        if basis.valid:
            self._column_places[:] = _Place.kLower
            self._column_places[self._held] = basis.col_status
            self._row_places = basis.row_status
        return solver.getModelStatus()

    def _found(self) -> Found:
        """Return all columns and the prices of the rows, as the solver has them now."""
        answer = self._solver.getSolution()
        columns = self._bounds.least.copy()
        columns[self._held] = np.array(answer.col_value)
        return columns, -np.array(answer.row_dual)


class _Silent(highspy.Highs):
    """The solver without the banner that it prints as soon as its callbacks are set."""

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]  # highspy gives it no types


def _silent() -> _Silent:
    solver = _Silent()  # type: ignore[no-untyped-call]  # highspy gives its constructor no types
    # One thread: the answer repeats, and a process may fork after it.
    solver.setOptionValue("threads", 1)
    return solver


def _loaded(matrix: csr_array, columns: tuple[Numbers, Numbers, Numbers], rows: tuple[Numbers, Numbers]) -> _Silent:
    """Return the solver with the program to make the cost least, columns and rows within their bounds."""
    solver = _silent()
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_, program.col_lower_, program.col_upper_ = columns
    program.row_lower_, program.row_upper_ = rows
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_, program.a_matrix_.index_ = matrix.indptr, matrix.indices
    program.a_matrix_.value_ = matrix.data
    solver.passModel(program)
    return solver
