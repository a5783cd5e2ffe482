"""Where a plan stands: what each need has of it, what is still free, and which chains a need has."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.assistance.plan.check import stage_values
from analysis.assistance.plan.contradictions import keeps_rules
from analysis.assistance.plan.program import NEED, AssistPlan, AssistProgram, Stage, Units, whole_column
from analysis.assistance.plan.room import Room
from analysis.assistance.plan.solve import solve
from analysis.assistance.plan.why.lacking import Lacking, lacking


@dataclass(frozen=True)
class Standing:
    """A program with units given: `lacks` says what is in the way of more, `starts` where a need's chains begin."""

    program: AssistProgram
    units: Units
    lacks: Lacking
    starts: Units

    def chains_of(self, need: int) -> range:
        """Return the chains (positions) of a need (position)."""
        return range(int(self.starts[need]), int(self.starts[need + 1]))


def standing(program: AssistProgram, units: Units, *, most_programmes: int) -> Standing:
    """Return where units per chain leave everything; they keep every bound of the program."""
    starts = np.searchsorted(whole_column(program.chains, "need"), np.arange(len(program.needs) + 1))
    lacks = lacking(program, units, most_programmes=most_programmes)
    return Standing(program, units, lacks, starts.astype(np.int64))


def coverage(program: AssistProgram, units: Units) -> pd.DataFrame:
    """Return per need, sorted by id, all columns of the program's needs and `covered_fen` (whole fen)."""
    covered = np.zeros(len(program.needs), dtype=np.int64)
    np.add.at(covered, whole_column(program.chains, "need"), units * whole_column(program.chains, "cover_fen"))
    return program.needs.assign(covered_fen=covered)


def weighted_fen(coverage: pd.DataFrame) -> int:
    """Return the severity-weighted fen that a coverage comes to: the value of the first stage."""
    amounts = zip(coverage["covered_fen"].tolist(), coverage["severity_weight"].tolist(), strict=True)
    return sum(covered * weight for covered, weight in amounts)


def planned_anew(program: AssistProgram, carried: Units, *, seconds: float, most_programmes: int) -> AssistPlan:
    """Return the plan of a program that another one was changed to; `carried`: the units of the other that fit still.

    The better of two: solved anew, or carried on and filled up. So a program with more of something never comes to
    less, however short the time. Raises QuestionError where rules contradict each other.
    """
    plan = solve(program, seconds=seconds, most_programmes=most_programmes)
    room = Room.after(program, carried, most_programmes=most_programmes)
    weight = whole_column(program.needs, "severity_weight")[whole_column(program.chains, "need")]
    room.fill(np.argsort(-weight, kind="stable").tolist())
    filled = np.array(room.units, dtype=np.int64)
    if not keeps_rules(program, filled) or _rank(program, filled) <= _rank(program, plan.units):
        return plan
    stages = tuple(
        Stage(stage.name, value, max(stage.bound, value) if stage.name == NEED else stage.bound, False)
        for stage, value in zip(plan.stages, stage_values(program, filled), strict=True)
    )
    first = stages[0]
    gap = (first.bound - first.value) / first.bound if first.bound else 0.0
    return replace(plan, units=filled, stages=stages, gap_share=gap)


def _rank(program: AssistProgram, units: Units) -> tuple[int, ...]:
    *most, cost = stage_values(program, units)
    return (*most, -cost)


def is_proved(plan: AssistPlan) -> bool:
    """Return whether it is proved that no plan covers more."""
    return plan.stages[0].is_optimal
