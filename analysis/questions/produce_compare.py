"""What the plan gains over selling the best pair first, and what favouring sellers at risk cost, and for whom."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.produce.plan.compare import Comparison, Fairness, against_greedy, fairness, with_equal_weights
from analysis.produce.plan.solve import solve
from analysis.questions.answer import Notice
from analysis.questions.produce_plan import PlanSource, plan_notices
from analysis.questions.produce_plan_answer import PlanAsked
from analysis.questions.produce_plan_made import HowToPlan, MadePlan, make_plan
from graph_schema.meta import Form
from policy import Policy


class ProduceCompareAnswer(Form):
    """The plan beside two others for the same lots and demands."""

    version: Literal["produce-compare/1"] = "produce-compare/1"
    asked: PlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day for which the plan holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    against_greedy: Comparison = Field(description="The plan beside selling each time the pair that pays best.")
    fairness: Fairness = Field(description="The plan beside the one in which a kg of every seller counts the same.")


def produce_compare(
    source: PlanSource, policy: Policy, *, day: date, how: HowToPlan | None = None
) -> ProduceCompareAnswer:
    """Return the plan of a day beside two others. Raises as `make_plan`."""
    planning = how or HowToPlan()
    return told_compare(source, make_plan(source.frames, policy, day, planning), day, seconds=planning.seconds)


def told_compare(source: PlanSource, made: MadePlan, day: date, *, seconds: float) -> ProduceCompareAnswer:
    """Return a plan that is made already beside two others; `seconds`: what one of them may take."""
    equal = solve(with_equal_weights(made.program), seconds=seconds)
    return ProduceCompareAnswer(
        asked=source.asked,
        as_of=day,
        is_made_up=source.is_made_up,
        notices=plan_notices(source, made, day),
        against_greedy=against_greedy(made.program, made.plan),
        fairness=fairness(made.program, made.plan, equal),
    )
