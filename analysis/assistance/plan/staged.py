"""The exact staged optimum of the linear program: each stage keeps the ones before.

After a stage its optimal face is fixed: a column that would lose stays at its bound, a row with a price becomes an
equation. So no later stage can fall behind an earlier one, and no weight has to be chosen between them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from analysis.assistance.plan.classes import Classes
from analysis.assistance.plan.model import Model, Numbers, model_of
from analysis.assistance.plan.optimiser import TOLERANCE, Bounds, Impossible, Optimiser
from analysis.assistance.plan.program import COST, NEED, TIERS, AssistProgram, Prices


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
            prices = price / model.unit
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
        self._matrix, self._reach, self._ends = model.matrix, model.reach, ends
        bounds = Bounds(model.low.copy(), model.high.copy(), np.zeros(len(model.most)), model.most.copy())
        self._bounds, self._optimiser = bounds, Optimiser(model.matrix, bounds)
        self.columns = np.zeros(len(model.most))

    def solved(self, worth: Numbers) -> tuple[float, float, Numbers] | None:
        """Return value, proved bound and prices per row; the face is then fixed. None where time ran out."""
        left = self._ends - time.monotonic()
        if left <= 0:
            return None
        largest = float(np.abs(worth).max())
        # Divided by the largest, the tolerance means the same for every stage.
        found = self._optimiser.best(worth / largest, seconds=left)
        if found is None:
            return None
        columns, price = found
        bounds = self._bounds
        self.columns = np.clip(columns, bounds.least, np.minimum(bounds.most, self._reach))
        bound = self._bound(worth / largest, price)
        value = float(worth @ self.columns)
        self._fix(worth / largest, price)
        return value, max(bound * largest, value), price * largest

    def _bound(self, worth: Numbers, price: Numbers) -> float:
        """Return what no amounts exceed, by weak duality: true for any prices, whatever the solver's tolerance was."""
        bounds = self._bounds
        price = np.where(price > 0, np.where(np.isfinite(bounds.high), price, 0.0), price)
        price = np.where(price < 0, np.where(np.isfinite(bounds.low), price, 0.0), price)
        up, down = price > 0, price < 0
        rows = float(price[up] @ bounds.high[up] + price[down] @ bounds.low[down])
        gain = worth - self._matrix.T @ price
        best = np.where(gain > 0, np.minimum(bounds.most, self._reach), bounds.least)
        return rows + float(gain @ best)

    def _fix(self, worth: Numbers, price: Numbers) -> None:
        bounds = self._bounds
        gain = worth - self._matrix.T @ price
        loses, gains = gain < -TOLERANCE, (gain > TOLERANCE) & np.isfinite(bounds.most)
        bounds.most[loses] = bounds.least[loses]
        bounds.least[gains] = bounds.most[gains]
        up, down = (price > TOLERANCE) & np.isfinite(bounds.high), (price < -TOLERANCE) & np.isfinite(bounds.low)
        bounds.low[up] = bounds.high[up]
        bounds.high[down] = bounds.low[down]
