"""An assistance plan made of frames, wherever they came from: the allocation, and the plan that solves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.assistance.allocation.build import Allocation, allocation_of
from analysis.assistance.allocation.frames import AllocationFrames
from analysis.assistance.allocation.named_rules import check_rules
from analysis.assistance.allocation.refusals import nearest_reasons
from analysis.assistance.plan.program import AssistPlan
from analysis.assistance.plan.rules import Rules
from analysis.assistance.plan.solve import solve
from analysis.assistance.plan.why.open_needs import open_needs
from analysis.produce.board_parts import Place
from analysis.questions.answer import Notice
from analysis.risk.households import RiskHouseholds
from analysis.risk.model import RiskModel
from graph_schema import Schema
from policy.help_resources import load_help_resources

# A county of 100,000 households takes about as long; a village is planned in a blink.
USUAL_SECONDS = 90.0
# Most programmes that help one household, where nobody says otherwise.
MOST_PROGRAMMES = 3


@dataclass(frozen=True)
class RiskSide:
    """The same households for the cause engine, and what it computes with."""

    model: RiskModel
    households: RiskHouseholds


@dataclass(frozen=True)
class AssistSource:
    """What a plan is made from, where it came from, whether any is made up, and what to keep in mind of it.

    `source`, `files`, `area`: as AssistPlanAsked tells them. `risk`: None where nothing is to be told of risk.
    """

    frames: AllocationFrames
    source: str
    is_made_up: bool
    files: tuple[str, ...] = ()
    area: Place | None = None
    notices: tuple[Notice, ...] = ()
    risk: RiskSide | None = None


@dataclass(frozen=True)
class HowToAssist:
    """The rules that people set, most programmes for one household, and how many seconds it may take.

    `programme_ids`: only these programmes give; None for all.
    """

    rules: Rules | None = None
    most_programmes: int = MOST_PROGRAMMES
    seconds: float = USUAL_SECONDS
    programme_ids: tuple[str, ...] | None = None


@dataclass(frozen=True)
class MadeAssistPlan:
    """A plan with all that it was made of."""

    source: AssistSource
    how: HowToAssist
    day: date
    allocation: Allocation
    plan: AssistPlan

    @cached_property
    def open_needs(self) -> pd.DataFrame:
        """Return the needs that are not covered whole (`why.open_needs`), and why; made when it is first asked for.

        Where no chain reaches a need, `reason` is what stops the offer that gets furthest (`nearest_reasons`).
        """
        program = self.allocation.program
        found = open_needs(program, self.plan.units, most_programmes=self.how.most_programmes)
        nearest = nearest_reasons(self.allocation)[found["need"].to_numpy(dtype=np.int64)]
        return found.assign(reason=found["reason"].where(pd.isna(nearest), nearest))


def make_assist_plan(source: AssistSource, schema: Schema, day: date, how: HowToAssist | None = None) -> MadeAssistPlan:
    """Return the plan of a day.

    Raises QuestionError where rules contradict each other, a number cannot be, or a programme is not there,
    SubjectNotFound where a rule names what is not there, and ParameterError where the table of resources is faulty.
    """
    asked = how or HowToAssist()
    allocation = assist_allocation(source, schema, day, asked)
    plan = solve(allocation.program, seconds=asked.seconds, most_programmes=asked.most_programmes)
    return MadeAssistPlan(source, asked, day, allocation, plan)


def assist_allocation(source: AssistSource, schema: Schema, day: date, how: HowToAssist) -> Allocation:
    """Return what the plan of a day is made of, not solved. Raises as `make_assist_plan`."""
    table = load_help_resources(schema)
    found = allocation_of(source.frames, schema, table, day, rules=how.rules, programme_ids=how.programme_ids)
    check_rules(found, how.rules or Rules())
    return found
