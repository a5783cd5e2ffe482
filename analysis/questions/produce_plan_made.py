"""A plan made of frames, wherever they came from: the program, and the plan that solves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from analysis.frames import frame_of
from analysis.produce.frames import PARTS
from analysis.produce.plan.changes.beside import beside
from analysis.produce.plan.changes.rule_reasons import Way
from analysis.produce.plan.program import Plan, Program
from analysis.produce.plan.rules import Rules
from analysis.produce.plan.solve import solve
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.ways.terms import PlanTerms, plan_terms
from analysis.produce.plan.why.frames import PlanFrames
from analysis.produce.terms import trade_terms, with_terms
from policy import Policy

# How long a plan with smallest batches may take; without them it is exact long before.
USUAL_SECONDS = 30.0


@dataclass(frozen=True)
class PlanInput:
    """What a plan is made of, each sorted by id.

    `lots`: LOTS with `left_quantity_kg` and `is_at_risk`; `demands`: DEMANDS with `left_quantity_kg`; coordinates
    filled in both. `cooperatives`: COOPERATIVES with `cooperative_name`; `members`: MEMBERS; `roads`: ROADS.
    `parts`: PARTS, the smaller lots that lots are pooled from already.
    """

    lots: pd.DataFrame
    demands: pd.DataFrame
    cooperatives: pd.DataFrame
    members: pd.DataFrame
    roads: pd.DataFrame
    parts: pd.DataFrame = field(default_factory=lambda: frame_of((), PARTS))


@dataclass(frozen=True)
class MadePlan:
    """A plan with all that it was made of. `frames.lots` has the terms of trade, and rows as `program` has them."""

    frames: PlanInput
    terms: PlanTerms
    program: Program
    plan: Plan

    def explained(self, day: date) -> PlanFrames:
        """Return the frames as explanations take them."""
        frames = self.frames
        return PlanFrames(
            lots=frames.lots,
            demands=frames.demands,
            day=day,
            terms=self.terms,
            cooperatives=frames.cooperatives,
            members=frames.members,
            distances=frames.roads,
        )


@dataclass(frozen=True)
class HowToPlan:
    """The area whose terms hold for the plan, the rules that people set, and how many seconds it may take.

    `before`: the kg by each way of a plan before, which the new one resembles where that costs nothing; None: of none.
    """

    area_id: str | None = None
    rules: Rules | None = None
    seconds: float = USUAL_SECONDS
    before: Mapping[Way, int] | None = None


def make_plan(frames: PlanInput, policy: Policy, day: date, how: HowToPlan) -> MadePlan:
    """Return the plan of a day.

    Raises ParameterError where the policy has no number for a place, QuestionError where rules contradict each other
    or a number is absurd.
    """
    terms, frames, program = make_program(frames, policy, day, how)
    return MadePlan(frames, terms, program, solve(program, seconds=how.seconds))


def make_program(frames: PlanInput, policy: Policy, day: date, how: HowToPlan) -> tuple[PlanTerms, PlanInput, Program]:
    """Return the terms, the frames with the terms of each lot, and the program of a day. Raises as `make_plan`."""
    areas = {None if pd.isna(area) else str(area) for area in frames.lots["area_id"]}
    lots = with_terms(frames.lots, {area: trade_terms(policy, area, day) for area in areas})
    terms = plan_terms(policy, how.area_id, day)
    program = program_of(
        lots,
        frames.demands,
        day=day,
        terms=terms,
        cooperatives=frames.cooperatives,
        members=frames.members,
        distances=frames.roads,
        rules=how.rules,
    )
    if how.before is not None:
        program = beside(program, how.before)
    return terms, replace(frames, lots=lots), program
