"""Why a lot stays unsold in the plan, the smallest changes that would sell it, and what more of a demand is worth."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.produce.plan.program import Plan, Program
from analysis.produce.plan.solve import solve
from analysis.produce.plan.why.explain import demands_open_to, refused_by, why_lot
from analysis.produce.plan.why.index import WhyIndex, why_index
from analysis.produce.plan.why.parts import BuyerWorth, LotWhy, NearestMiss, OpenDemand
from analysis.produce.plan.why.worth import TONNE, worth_of
from analysis.questions.answer import Notice
from analysis.questions.produce_plan import PlanSource, plan_notices
from analysis.questions.produce_plan_answer import PlanAsked, PlannedDelivery
from analysis.questions.produce_plan_deliveries import planned_deliveries
from analysis.questions.produce_plan_made import HowToPlan, MadePlan, make_plan
from analysis.questions.produce_plan_told import planned_frames
from graph_schema import Schema
from graph_schema.meta import Form
from policy import Policy

MOST_REFUSALS = 50


class ProduceWhyAnswer(Form):
    """What the plan does with one lot, and why what is left of it stays unsold."""

    version: Literal["produce-why/1"] = "produce-why/1"
    asked: PlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day for which the plan holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    why: LotWhy = Field(description="What keeps the lot from being sold, and what would sell it.")
    deliveries: tuple[PlannedDelivery, ...] = Field(description="The deliveries of the plan that the lot is in.")
    open_to: tuple[OpenDemand, ...] = Field(description="The demands that the plan could choose for the lot, by id.")
    refusals: tuple[NearestMiss, ...] = Field(
        description="Demands that take the product and cannot take the lot, the nearest misses first; at most 50."
    )


class ProduceWorthAnswer(Form):
    """What it would be worth if one buyer wanted more."""

    version: Literal["produce-worth/1"] = "produce-worth/1"
    asked: PlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day for which the plan holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    worth: BuyerWorth = Field(description="How much more would be sold, and what sellers would get for it.")


def produce_why(
    source: PlanSource, schema: Schema, policy: Policy, lot_id: str, *, day: date, how: HowToPlan | None = None
) -> ProduceWhyAnswer:
    """Return why a lot stays unsold on a day. Raises as `make_plan`, and SubjectNotFound where there is no such lot."""
    made = make_plan(source.frames, policy, day, how or HowToPlan())
    deliveries = planned_deliveries(made, planned_frames(made), schema)
    return told_why(source, made, index_of(made, schema, day), deliveries, lot_id)


def told_why(
    source: PlanSource, made: MadePlan, index: WhyIndex, deliveries: tuple[PlannedDelivery, ...], lot_id: str
) -> ProduceWhyAnswer:
    """Return why a lot stays unsold in a plan that is made and indexed already; `deliveries`: all of the plan.

    Raises SubjectNotFound where there is no such lot.
    """
    return ProduceWhyAnswer(
        asked=source.asked,
        as_of=index.day,
        is_made_up=source.is_made_up,
        notices=plan_notices(source, made, index.day),
        why=why_lot(index, lot_id),
        deliveries=tuple(each for each in deliveries if any(part.lot_id == lot_id for part in each.parts)),
        open_to=demands_open_to(index, lot_id),
        refusals=refused_by(index, lot_id, MOST_REFUSALS),
    )


def produce_worth(
    source: PlanSource,
    schema: Schema,
    policy: Policy,
    demand_id: str,
    *,
    day: date,
    how: HowToPlan | None = None,
    more_kg: int = TONNE,
) -> ProduceWorthAnswer:
    """Return what it would be worth if a demand were larger by `more_kg`.

    Raises as `make_plan`, and SubjectNotFound where there is no such demand.
    """
    planning = how or HowToPlan()
    made = make_plan(source.frames, policy, day, planning)
    index = index_of(made, schema, day)
    return told_worth(source, made, index, demand_id, seconds=planning.seconds, more_kg=more_kg)


def told_worth(
    source: PlanSource, made: MadePlan, index: WhyIndex, demand_id: str, *, seconds: float, more_kg: int = TONNE
) -> ProduceWorthAnswer:
    """Return what more of a demand is worth by a plan that is made and indexed already; `seconds`: for planning anew.

    Raises SubjectNotFound where there is no such demand.
    """

    def solved(program: Program) -> Plan:
        return solve(program, seconds=seconds)

    return ProduceWorthAnswer(
        asked=source.asked,
        as_of=index.day,
        is_made_up=source.is_made_up,
        notices=plan_notices(source, made, index.day),
        worth=worth_of(index, demand_id, solved, more_kg=more_kg),
    )


def index_of(made: MadePlan, schema: Schema, day: date) -> WhyIndex:
    """Return the index that a plan is explained with."""
    return why_index(made.program, made.plan, made.explained(day), schema)
