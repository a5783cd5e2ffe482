"""Plans in whole kg: whether one keeps everything, and the whole plan behind what the solver found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.produce.plan.batches.bounds import NO_DELIVERY, Places, whole_column
from analysis.produce.plan.batches.linear import Task, searched
from analysis.produce.plan.batches.model import Model, asked_kg
from analysis.produce.plan.batches.rows import Numbers
from analysis.produce.plan.program import Kilograms, Program

_HALF = 0.5


def whole_bound(bound: float) -> int:
    """Return the whole number that no whole value exceeds, given the solver's bound.

    The bound is off by rounding errors far below a half; half a unit is given away so that it stays true.
    """
    return int(np.floor(bound + _HALF))


@dataclass(frozen=True)
class Checked:
    """A program and its model; what is asked here is answered in whole numbers only, whatever the solver said."""

    program: Program
    model: Model

    @cached_property
    def _asked(self) -> list[tuple[Places, int]]:
        return asked_kg(self.program, self.model.bounds)

    @cached_property
    def _capacity(self) -> Kilograms:
        given = whole_column(self.program.cooperatives, "capacity_kg")
        return np.where(given < 0, np.iinfo(np.int64).max, given)

    def keeps_all(self, kg: Kilograms) -> bool:
        """Return whether kg per way of the model keep every constraint and rule."""
        bounds = self.model.bounds
        pooled, watched = bounds.cooperative >= 0, bounds.delivery != NO_DELIVERY
        brought = _totals(bounds.delivery[watched], kg[watched], len(bounds.delivery_least))
        lots, demands = (whole_column(frame, "quantity_kg") for frame in (self.program.lots, self.program.demands))
        return bool(
            (kg >= 0).all()
            and (kg <= bounds.most).all()
            and ((kg == 0) | (kg >= bounds.least)).all()
            and (_totals(bounds.lot, kg, len(lots)) <= lots).all()
            and (_totals(bounds.demand, kg, len(demands)) <= demands).all()
            and (_totals(bounds.cooperative[pooled], kg[pooled], len(self._capacity)) <= self._capacity).all()
            and ((brought == 0) | (brought >= bounds.delivery_least)).all()
            and all(int(kg[ways].sum()) >= least_kg for ways, least_kg in self._asked)
        )

    def switches(self, kg: Kilograms) -> Numbers:
        """Return the openings of a plan: 1 where the way or the pooled delivery carries anything."""
        bounds = self.model.bounds
        watched = bounds.delivery != NO_DELIVERY
        brought = _totals(bounds.delivery[watched], kg[watched], len(bounds.delivery_least))
        return np.concatenate([kg[self.model.opened] > 0, brought > 0]).astype(np.float64)

    def columns(self, kg: Kilograms) -> Numbers:
        """Return the columns of a plan."""
        model = self.model
        columns = model.padded(kg.astype(np.float64))
        columns[model.switches] = self.switches(kg)
        tied, last = model.brought_of >= 0, len(columns) - len(model.used)
        brought = _totals(model.brought_of[tied], kg[tied], last - model.switches.stop)
        columns[model.switches.stop : last] = brought
        columns[last:] = np.minimum(kg, model.before)[model.used]
        return columns

    def settled(self, task: Task, columns: Numbers | None, seconds: float) -> Kilograms | None:
        """Return the best whole plan with the openings of the columns; None where there is none or time ran out.

        The solver calls an opening closed up to a millionth, through which a few kg may leak. So what it found counts
        only where its rounded kg keep everything; otherwise its openings are set for good and the kg found anew.
        """
        if columns is None:
            return None
        count = self.model.way_count
        kg = np.rint(columns[:count]).astype(np.int64)
        found = task.value_of(columns)
        if self._is_whole_plan(task, kg) and task.value(kg) >= whole_bound(found):
            return kg
        floor, ceiling = np.zeros_like(self.model.ceiling), self.model.ceiling.copy()
        floor[self.model.switches] = ceiling[self.model.switches] = np.rint(columns[self.model.switches])
        again = searched(task, floor, ceiling, is_whole=np.ones_like(self.model.is_whole), seconds=seconds)
        if again.columns is None:
            return None
        kg = np.rint(again.columns[:count]).astype(np.int64)
        return kg if self._is_whole_plan(task, kg) else None

    def _is_whole_plan(self, task: Task, kg: Kilograms) -> bool:
        return task.keeps(kg) and self.keeps_all(kg)


def _totals(group: Places, kg: Kilograms, count: int) -> Kilograms:
    """Return whole sums per group; counting in floats would be exact only up to 2 to the power of 53."""
    totals = np.zeros(count, dtype=np.int64)
    np.add.at(totals, group, kg)
    return totals
