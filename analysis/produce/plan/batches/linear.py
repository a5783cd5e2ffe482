"""One stage of a plan put to the solver HiGHS: openings in fractions for bounds and prices, or whole."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array, vstack

from analysis.produce.plan.batches.bounds import Flags
from analysis.produce.plan.batches.model import Model
from analysis.produce.plan.batches.rows import Numbers
from analysis.produce.plan.program import Kilograms

# A closed opening may leak its tolerance times the most a way carries: a thousandth of a kg of a thousand tonnes.
_OPENING_TOLERANCE = 1e-9
# Values are whole, so a gap below one is none.
_WHOLE_GAP = 0.49


@dataclass(frozen=True)
class Task:
    """One stage: find the most of `worth` x kg, keeping what the stages before came to.

    `worth`: per way of the model, whole numbers; None: of the kg that go as before. `kept`: the worth of the stages
    before, each with the value to keep.
    """

    model: Model
    worth: Kilograms | None
    kept: tuple[tuple[Kilograms, int], ...] = ()

    def value(self, kg: Kilograms) -> int:
        """Return what kg per way of the model are worth in this stage."""
        return int(np.minimum(kg, self.model.before).sum() if self.worth is None else self.worth @ kg)

    def value_of(self, columns: Numbers) -> float:
        """Return what columns of the solver are worth in this stage."""
        kg = columns[: self.model.way_count]
        return float(np.minimum(kg, self.model.before).sum() if self.worth is None else self.worth @ kg)

    def keeps(self, kg: Kilograms) -> bool:
        """Return whether the kg keep the values of the stages before."""
        return all(int(worth @ kg) >= value for worth, value in self.kept)

    @property
    def rough_bound(self) -> int:
        """Return a value that none exceeds, without solving anything: each lot sold whole in its best way."""
        bounds = self.model.bounds
        if self.worth is None:
            return int(np.minimum(bounds.most, self.model.before).sum())
        first = np.flatnonzero(np.diff(bounds.lot, prepend=-1))
        if not len(first):
            return 0
        best = np.maximum(np.maximum.reduceat(self.worth, first), 0)
        reach = np.add.reduceat(bounds.most, first)
        return int(best @ np.minimum(reach, bounds.lot_kg[first]))

    @property
    def costs(self) -> Numbers:
        """Return what the solver makes least, per column."""
        if self.worth is not None:
            return self.model.padded(-self.worth.astype(np.float64))
        costs = np.zeros_like(self.model.ceiling)
        costs[len(costs) - len(self.model.used) :] = -1.0
        return costs


@dataclass(frozen=True)
class Relaxed:
    """What openings in fractions allow: the columns, the highest value, and what one unit of each column loses."""

    columns: Numbers
    value: float
    loss: Numbers


@dataclass(frozen=True)
class Found:
    """The columns that a search found (None: none yet) and the value that none can exceed (None: not known).

    `is_impossible`: proved that no columns keep the rows.
    """

    columns: Numbers | None
    bound: float | None
    is_impossible: bool


class _Silent(highspy.Highs):
    """The solver without the banner that it prints as soon as its callbacks are set."""

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]  # highspy gives it no types


class Fractions:
    """The stages of one model with openings in fractions, each solved from where the one before ended."""

    def __init__(self, model: Model) -> None:
        self._solver = _loaded(model.at_most, model.limits, np.zeros_like(model.ceiling), model.ceiling)
        self._kept = 0

    def solved(self, task: Task, seconds: float) -> Relaxed | None:
        """Return the stage; None where time ran out or nothing keeps the rows.

        The tasks must keep the same stages in the same order, the later ones more.
        """
        for row, limit in _kept_rows(task)[self._kept :]:
            used = np.flatnonzero(row).astype(np.int32)
            self._solver.addRow(-np.inf, limit, len(used), used, row[used])
            self._kept += 1
        columns = np.arange(len(task.costs), dtype=np.int32)
        self._solver.changeColsCost(len(columns), columns, task.costs)
        # The solver counts the time of all its runs.
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + seconds)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        answer = self._solver.getSolution()
        loss = np.maximum(np.array(answer.col_dual), 0.0)
        return Relaxed(np.array(answer.col_value), -float(self._solver.getObjectiveValue()), loss)


def searched(
    task: Task, floor: Numbers, ceiling: Numbers, *, is_whole: Flags, seconds: float, start: Numbers | None = None
) -> Found:
    """Return the best whole columns between floor and ceiling found within the seconds, from `start` on if given."""
    if not len(ceiling):
        return Found(ceiling, 0.0, bool((task.model.limits < 0).any()))
    kept = _kept_rows(task)
    at_most = csr_array(vstack([task.model.at_most, *(csr_array(row[None, :]) for row, _ in kept)]))
    solver = _loaded(at_most, np.append(task.model.limits, [limit for _, limit in kept]), floor, ceiling)
    columns = np.arange(len(ceiling), dtype=np.int32)
    solver.changeColsCost(len(columns), columns, task.costs)
    kinds = np.where(is_whole, int(highspy.HighsVarType.kInteger), int(highspy.HighsVarType.kContinuous))
    solver.changeColsIntegrality(len(columns), columns, kinds.astype(np.uint8))
    for option, value in (
        ("time_limit", seconds),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", _WHOLE_GAP),
        ("mip_feasibility_tolerance", _OPENING_TOLERANCE),
    ):
        solver.setOptionValue(option, value)
    found = _run(solver, start)
    is_best = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if is_best and _falls_short(task, found) and solver.getRunTime() < seconds:
        # What it calls best is not what it hands over: what it simplified beforehand was not undone rightly.
        solver.setOptionValue("presolve", "off")
        return _run(solver, start)
    return found


def _run(solver: _Silent, start: Numbers | None) -> Found:
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = start.tolist()
        solver.setSolution(given)
    solver.run()
    info = solver.getInfo()
    has_columns = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    is_impossible = solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    bound = -float(info.mip_dual_bound)
    columns = np.array(solver.getSolution().col_value) if has_columns else None
    return Found(columns, bound if np.isfinite(bound) and not is_impossible else None, is_impossible)


def _falls_short(task: Task, found: Found) -> bool:
    """Return whether the columns are worth less than the bound by more than the gap that a search may leave."""
    if found.columns is None or found.bound is None:
        return False
    return found.bound - task.value_of(found.columns) > 1


def _loaded(at_most: csr_array, limits: Numbers, floor: Numbers, ceiling: Numbers) -> _Silent:
    solver = _Silent()  # type: ignore[no-untyped-call]  # highspy gives its constructor no types
    # One thread: the answer repeats, and a process may fork after it.
    solver.setOptionValue("threads", 1)
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = at_most.shape
    program.col_cost_ = np.zeros_like(ceiling)
    program.col_lower_, program.col_upper_ = floor, ceiling
    program.row_lower_, program.row_upper_ = np.full(len(limits), -np.inf), limits
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_, program.a_matrix_.index_ = at_most.indptr, at_most.indices
    program.a_matrix_.value_ = at_most.data
    solver.passModel(program)
    return solver


def _kept_rows(task: Task) -> list[tuple[Numbers, float]]:
    """Return row and limit per stage that is kept.

    Divided by the largest worth, so that the solver's absolute tolerance is far below one unit of the value.
    """
    rows = []
    for worth, value in task.kept:
        scale = float(max(np.abs(worth).max(initial=0), 1))
        rows.append((task.model.padded(-worth / scale), -value / scale))
    return rows
