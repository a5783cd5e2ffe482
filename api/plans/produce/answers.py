"""What the API says of plans of surplus produce: how far each is, what it comes to, and its lists page by page."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.questions.answer import Notice
from analysis.questions.produce_plan_answer import (
    PlanAsked,
    PlannedDelivery,
    PlannedDemand,
    PlannedLot,
    PlanStage,
    PlanTermsUsed,
    PlanTotals,
    PlanWeek,
    StandingPromise,
)
from api.plans.jobs import AnyJob
from api.plans.produce.asked import PlanOrder
from graph_schema.meta import Form


class PlanSummary(Form):
    """What a plan comes to; the terminal tells the same."""

    asked: PlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day for which the plan holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    terms: PlanTermsUsed = Field(description="The numbers of policy used.")
    totals: PlanTotals = Field(description="What the plan comes to.")
    stages: tuple[PlanStage, ...] = Field(description="The stages, each with its proof.")
    lots_left_out_count: int = Field(description="Lots with nothing left, past their last day or no longer open.")
    demands_left_out_count: int = Field(description="Demands that are filled, have ended or are no longer open.")


class PlanJob(AnyJob):
    """How far a plan is, and what it comes to once it is made."""

    version: Literal["plan-job/1"] = Field(default="plan-job/1", description="The form of this body.")
    order: PlanOrder = Field(description="What was asked for.")
    summary: PlanSummary | None = Field(description="What it comes to; null before it is made.")


class PlanJobs(Form):
    """The plans that are held, under way or failed lately."""

    version: Literal["plan-jobs/1"] = Field(default="plan-jobs/1", description="The form of this body.")
    plans: tuple[PlanJob, ...] = Field(description="The newest first.")


class PlanPart(Form):
    """The head of every list of a plan."""

    asked: PlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day for which the plan holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    count: int = Field(description="How many there are in all, by what was asked for.")
    next_after: int | None = Field(description="`after` of the next page; null where there is none.")


class PlanDeliveries(PlanPart):
    """Deliveries of a plan, a page at a time."""

    version: Literal["plan-deliveries/1"] = Field(default="plan-deliveries/1", description="The form of this body.")
    deliveries: tuple[PlannedDelivery, ...] = Field(description="By sender and demand.")


class PlanLots(PlanPart):
    """Lots of a plan, a page at a time."""

    version: Literal["plan-lots/1"] = Field(default="plan-lots/1", description="The form of this body.")
    lots: tuple[PlannedLot, ...] = Field(description="By id.")


class PlanDemands(PlanPart):
    """Demands of a plan, a page at a time."""

    version: Literal["plan-demands/1"] = Field(default="plan-demands/1", description="The form of this body.")
    demands: tuple[PlannedDemand, ...] = Field(description="By id.")


class PlanPromises(PlanPart):
    """What is promised already of the lots of a plan and still to come, a page at a time."""

    version: Literal["plan-promised/1"] = Field(default="plan-promised/1", description="The form of this body.")
    promised: tuple[StandingPromise, ...] = Field(description="By id; in no other number of the plan.")


class PlanWeeks(PlanPart):
    """Supply and demand of a plan by week and product, a page at a time."""

    version: Literal["plan-weeks/1"] = Field(default="plan-weeks/1", description="The form of this body.")
    weeks: tuple[PlanWeek, ...] = Field(description="By week and code of the product.")
