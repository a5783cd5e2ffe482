"""The exact staged optimum of the linear program, by the solver HiGHS: each stage keeps the ones before.

After a stage its optimal face is fixed: a column that would lose stays at its bound, a row with a price becomes an
equation. So no later stage can fall behind an earlier one, and no weight has to be chosen between them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array

from analysis.assistance.plan.classes import Classes
from analysis.assistance.plan.model import Model, Numbers, model_of
from analysis.assistance.plan.program import COST, NEED, TIERS, AssistProgram, Prices

# What the solver takes for nothing: its own tolerance, in units of the largest worth.
_TOLERANCE = 1e-7
# From so many columns on the interior point method is the faster one; its end is a vertex as well.
_INTERIOR_COLUMNS = 5_000


@dataclass(frozen=True)
class LinearStage:
    """What a stage comes to where units may be divided: the value, and a bound proved from the prices alone."""

    name: str
    value: float
    bound: float


@dataclass(frozen=True)
class Linear:
    """The staged optimum: fen per column (flows, then shares), the stages reached, and prices of the first stage."""

    fen: Numbers
    stages: tuple[LinearStage, ...]
    prices: Prices


class Impossible(Exception):
    """No amounts keep the rows, not even where units may be divided."""


def staged(program: AssistProgram, classes: Classes, *, seconds: float) -> Linear | None:
    """Return the staged optimum of the classes, as many stages as the seconds sufficed for; None where not for one.

    Raises Impossible where no amounts keep all rules.
    """
    model = model_of(program, classes)
    if not len(model.most) and (model.low > 0).any():
        raise Impossible
    solver = _Solver(model, time.monotonic() + seconds)
    stages: list[LinearStage] = []
    prices = np.zeros(len(model.low))
    for name, worth in _worths(model):
        if not np.any(worth):
            stages.append(LinearStage(name, 0.0, 0.0))
            continue
        found = solver.solved(worth)
        if found is None:
            break
        value, bound, price = found
        sign = -1.0 if name == COST else 1.0
        stages.append(LinearStage(name, sign * value * model.scale, sign * bound * model.scale))
        if name == NEED:
            prices = price
    if not stages:
        return None
    programmes, resources = len(program.programmes), len(program.resources)
    return Linear(
        fen=solver.columns * model.scale,
        stages=tuple(stages),
        prices=Prices(
            budget=np.maximum(prices[:programmes], 0.0),
            resource=np.maximum(prices[programmes : programmes + resources], 0.0),
        ),
    )


def _worths(model: Model) -> list[tuple[str, Numbers]]:
    """Return what each stage makes most."""
    tiers = [(f"tier_{tier}", np.where(model.tier == tier, model.worth_need, 0.0)) for tier in TIERS]
    return [(NEED, model.worth_need), *tiers, (COST, -model.worth_cost)]


class _Solver:
    """One linear program, solved for one worth after the other on the face that the earlier ones left."""

    def __init__(self, model: Model, ends: float) -> None:
        self._matrix, self._ends = model.matrix, ends
        self._low, self._high = model.low.copy(), model.high.copy()
        self._floor, self._most = np.zeros(len(model.most)), model.most.copy()
        self._reach = model.reach.copy()
        self._is_solved = False
        self.columns = np.zeros(len(model.most))

    def solved(self, worth: Numbers) -> tuple[float, float, Numbers] | None:
        """Return value, proved bound and prices per row; the face is then fixed. None where time ran out."""
        left = self._ends - time.monotonic()
        if left <= 0:
            return None
        largest = float(np.abs(worth).max())
        # Divided by the largest, the tolerance means the same for every stage.
        found = self._run(worth / largest, left)
        if found is None:
            return None
        columns, price = found
        self.columns = np.clip(columns, self._floor, np.minimum(self._most, self._reach))
        bound = self._bound(worth / largest, price)
        value = float(worth @ self.columns)
        self._fix(worth / largest, price)
        return value, max(bound * largest, value), price * largest

    def _run(self, worth: Numbers, seconds: float) -> tuple[Numbers, Numbers] | None:
        """Return columns and prices. Only what is still free goes to the solver: after the first stage, little is."""
        free = np.flatnonzero(self._floor < self._most)
        columns, price = self._floor.copy(), np.zeros(len(self._low))
        if not len(free):
            if not self._is_solved and (self._low > 0).any():
                raise Impossible
            return columns, price
        matrix = csr_array(self._matrix[:, free])
        # At first a row that nothing can fill is looked at as well: a rule may ask for it.
        rows = np.flatnonzero(np.diff(matrix.indptr) > 0) if self._is_solved else np.arange(len(price))
        settled = (self._matrix @ np.where(self._floor < self._most, 0.0, self._floor))[rows]
        solver = _loaded(
            csr_array(matrix[rows]),
            # HiGHS makes least.
            -worth[free],
            (self._floor[free], self._most[free]),
            (self._low[rows] - settled, self._high[rows] - settled),
        )
        solver.setOptionValue("time_limit", seconds)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible and not self._is_solved:
            raise Impossible
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        answer = solver.getSolution()
        columns[free] = np.array(answer.col_value)
        price[rows] = -np.array(answer.row_dual)
        self._is_solved = True
        return columns, price

    def _bound(self, worth: Numbers, price: Numbers) -> float:
        """Return what no amounts exceed, by weak duality: true for any prices, whatever the solver's tolerance was."""
        price = np.where(price > 0, np.where(np.isfinite(self._high), price, 0.0), price)
        price = np.where(price < 0, np.where(np.isfinite(self._low), price, 0.0), price)
        up, down = price > 0, price < 0
        rows = float(price[up] @ self._high[up] + price[down] @ self._low[down])
        gain = worth - self._matrix.T @ price
        best = np.where(gain > 0, np.minimum(self._most, self._reach), self._floor)
        return rows + float(gain @ best)

    def _fix(self, worth: Numbers, price: Numbers) -> None:
        gain = worth - self._matrix.T @ price
        loses, gains = gain < -_TOLERANCE, (gain > _TOLERANCE) & np.isfinite(self._most)
        self._most[loses] = self._floor[loses]
        self._floor[gains] = self._most[gains]
        up, down = (price > _TOLERANCE) & np.isfinite(self._high), (price < -_TOLERANCE) & np.isfinite(self._low)
        self._low[up] = self._high[up]
        self._high[down] = self._low[down]


class _Silent(highspy.Highs):
    """The solver without the banner that it prints as soon as its callbacks are set."""

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]  # highspy gives it no types


def _loaded(
    matrix: csr_array, cost: Numbers, columns: tuple[Numbers, Numbers], rows: tuple[Numbers, Numbers]
) -> _Silent:
    """Return the solver with the program to make the cost least, columns and rows within their bounds."""
    solver = _Silent()  # type: ignore[no-untyped-call]  # highspy gives its constructor no types
    # One thread: the answer repeats, and a process may fork after it.
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("solver", "ipx" if len(cost) >= _INTERIOR_COLUMNS else "simplex")
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = cost
    program.col_lower_, program.col_upper_ = columns
    program.row_lower_, program.row_upper_ = rows
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_, program.a_matrix_.index_ = matrix.indptr, matrix.indices
    program.a_matrix_.value_ = matrix.data
    solver.passModel(program)
    return solver
