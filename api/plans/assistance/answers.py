"""What the API says of plans of assistance: how far each is, what it comes to, and its lists page by page."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.assistance.parts import Word
from analysis.produce.board_parts import Place
from analysis.questions.answer import Notice
from analysis.questions.assist_plan_answer import (
    AssistPlanAsked,
    AssistRisk,
    AssistStage,
    AssistTotals,
    CausePart,
    PlannedHelp,
    ProgrammePart,
    ResourcePart,
    TierPart,
    UncoveredReason,
    VillagePart,
)
from api.plans.assistance.asked import AssistOrder
from api.plans.jobs import AnyJob
from graph_schema.meta import Form


class AssistHead(Form):
    """The head of everything that is told of a plan of assistance."""

    asked: AssistPlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day for which the plan holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    show_sensitive: bool = Field(description="Whether sensitive causes are shown.")
    hidden_count: int = Field(description="Planned helps that are not shown, being for a sensitive cause.")


class AssistSummary(AssistHead):
    """What a plan comes to; the terminal tells the same."""

    totals: AssistTotals = Field(description="What the plan comes to.")
    stages: tuple[AssistStage, ...] = Field(description="The stages, each with its proof.")
    by_tier: tuple[TierPart, ...] = Field(description="Need covered and left by severity, the worst first.")
    uncovered: tuple[UncoveredReason, ...] = Field(description="Why need is left, with how much.")


class AssistJob(AnyJob):
    """How far a plan is, and what it comes to once it is made."""

    version: Literal["assist-plan-job/1"] = Field(default="assist-plan-job/1", description="The form of this body.")
    order: AssistOrder = Field(description="What was asked for.")
    summary: AssistSummary | None = Field(description="What it comes to; null before it is made.")


class AssistJobs(Form):
    """The plans that are held, under way or failed lately."""

    version: Literal["assist-plan-jobs/1"] = Field(default="assist-plan-jobs/1", description="The form of this body.")
    plans: tuple[AssistJob, ...] = Field(description="The newest first.")


class AssistPart(AssistHead):
    """The head of every list of a plan."""

    count: int = Field(description="How many there are in all, by what was asked for.")
    next_after: int | None = Field(description="`after` of the next page; null where there is none.")


class AssistHelps(AssistPart):
    """Helps of a plan, a page at a time."""

    version: Literal["assist-plan-helps/1"] = Field(default="assist-plan-helps/1", description="The form of this body.")
    helps: tuple[PlannedHelp, ...] = Field(description="By household, cause, programme and measure.")


class OpenNeed(Form):
    """A need of which something is left."""

    household_id: str = Field(description="The household.")
    village: Place = Field(description="The village of the household; no id: home unknown.")
    cause: Word = Field(description="The cause.")
    tier: int = Field(description="Tier of severity, 5 the worst.")
    need_fen: int = Field(description="What would cover it whole.")
    covered_fen: int = Field(description="What the plan covers of it.")
    left_fen: int = Field(description="What is left.")
    reason: str = Field(description="Why: one of the reasons of `uncovered` in what the plan comes to.")


class AssistUncovered(AssistPart):
    """Needs of which something is left, a page at a time."""

    version: Literal["assist-plan-uncovered/1"] = Field(
        default="assist-plan-uncovered/1", description="The form of this body."
    )
    hidden_need_count: int = Field(description="More of them that are not listed, for they tell a sensitive cause.")
    uncovered: tuple[OpenNeed, ...] = Field(description="The worst tier first, then those with most left.")


class AssistVillages(AssistPart):
    """Villages of a plan, a page at a time."""

    version: Literal["assist-plan-villages/1"] = Field(
        default="assist-plan-villages/1", description="The form of this body."
    )
    villages: tuple[VillagePart, ...] = Field(description="Those with most left first.")


class AssistCauses(AssistPart):
    """Causes of a plan, a page at a time."""

    version: Literal["assist-plan-causes/1"] = Field(
        default="assist-plan-causes/1", description="The form of this body."
    )
    causes: tuple[CausePart, ...] = Field(
        description="Those with most left first; what is not shown comes last, together."
    )


class AssistProgrammes(AssistPart):
    """Programmes of a plan, a page at a time."""

    version: Literal["assist-plan-programmes/1"] = Field(
        default="assist-plan-programmes/1", description="The form of this body."
    )
    programmes: tuple[ProgrammePart, ...] = Field(description="By id, with what one more would be worth.")


class AssistResources(AssistPart):
    """What a plan takes from beside budgets, a page at a time."""

    version: Literal["assist-plan-resources/1"] = Field(
        default="assist-plan-resources/1", description="The form of this body."
    )
    resources: tuple[ResourcePart, ...] = Field(description="By id, with what one more would be worth.")


class AssistRiskPart(AssistHead):
    """What a plan does to the risk of returning to poverty."""

    version: Literal["assist-plan-risk/1"] = Field(default="assist-plan-risk/1", description="The form of this body.")
    risk: AssistRisk | None = Field(description="The expected returns avoided; null where risks were not read.")
