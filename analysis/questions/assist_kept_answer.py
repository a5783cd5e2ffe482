"""The forms of what is told of plans for help that were kept, and of help and its payments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from analysis.assistance.kept_forms import KeptAssistStage
from analysis.questions.answer import Notice
from graph_schema.meta import Form


class HelpCounts(Form):
    """How many helps are in each state."""

    planned: int = Field(description="Promised and not begun.")
    running: int = Field(description="Under way.")
    done: int = Field(description="Given in full.")
    stopped: int = Field(description="Stopped before they were done.")


class HelpAmounts(Form):
    """What some helps come to, in fen; payments that were returned are left out."""

    promised_fen: int = Field(description="Amounts of those planned, running or done, where they name one.")
    approved_fen: int = Field(description="What was approved of all.")
    paid_fen: int = Field(description="What was paid of all.")
    delivered_fen: int = Field(description="What came to the households.")


class KeptAssistPlanTold(Form):
    """A plan that was kept."""

    run_id: str = Field(description="Its id.")
    load_id: str = Field(description="The load that takes it back when it is withdrawn.")
    kept_at: datetime = Field(description="When it was kept.")
    day: date = Field(description="The day it holds for.")
    area_id: str | None = Field(description="Where the households live; null for everywhere.")
    programme_ids: tuple[str, ...] = Field(description="The programmes; empty for all.")
    rule_count: int = Field(description="Rules that people had set.")
    most_programmes: int = Field(description="The most programmes that one household may have.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    totals: dict[str, int] = Field(description="What it comes to: need, covered and cost in fen, and counts.")
    unit_count: int = Field(description="Helps that it plans.")
    accepted_count: int = Field(
        description="Helps that were accepted of it and not taken back, without those that tell a sensitive cause."
    )


class AssistKeptAnswer(Form):
    """The plans that count, the one kept last first."""

    version: Literal["assist-kept/1"] = "assist-kept/1"
    plans: tuple[KeptAssistPlanTold, ...] = Field(description="They.")


class KeptUnitTold(Form):
    """One help that a plan plans, and what came of it."""

    household_id: str = Field(description="Id of the household.")
    cause_id: str = Field(description="Code of the cause.")
    programme_id: str = Field(description="Id of the programme.")
    measure_id: str = Field(description="Code of the measure.")
    enterprise_id: str | None = Field(description="Enterprise on the way; null where there is none.")
    cooperative_id: str | None = Field(description="Cooperative on the way; null where there is none.")
    contract_id: str | None = Field(description="Contract on the way; null where there is none.")
    cost_fen: int = Field(description="What it costs the programme, in fen.")
    cover_fen: int = Field(description="What it covers of the need, in fen.")
    help_id: str | None = Field(description="The help that was accepted of it; null where it was not.")
    status: str | None = Field(description="Its state: planned, running, done or stopped; null where not accepted.")


class AssistKeptPlanAnswer(Form):
    """One plan that was kept, and what came of it by a day."""

    version: Literal["assist-kept-plan/1"] = "assist-kept-plan/1"
    as_of: date = Field(description="The day for which the answer holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    plan: KeptAssistPlanTold = Field(description="The plan.")
    stages: tuple[KeptAssistStage, ...] = Field(description="How far it came in each stage.")
    helps: HelpCounts = Field(description="What was accepted of it, by state.")
    amounts: HelpAmounts = Field(description="What the accepted help comes to.")
    units: tuple[KeptUnitTold, ...] = Field(description="What it plans, by household.")
    hidden_count: int = Field(description="How many more it plans that are not shown, as they tell sensitive causes.")


class HelpPaymentTold(Form):
    """One payment for help."""

    payment_id: str = Field(description="Its id.")
    payment_status: str = Field(description="approved, paid, delivered or returned.")
    approved_fen: int = Field(description="What was approved, in fen.")
    approved_on: date = Field(description="When.")
    paid_fen: int | None = Field(description="What was paid; null where not told.")
    paid_on: date | None = Field(description="When; null where not told.")
    delivered_fen: int | None = Field(description="What came to the household; null where not told.")
    delivered_on: date | None = Field(description="When; null where not told.")


class HelpTold(Form):
    """One help, its state and what was paid for it."""

    help_id: str = Field(description="Its id.")
    status: str = Field(description="planned, running, done or stopped.")
    household_id: str | None = Field(description="The household; null where it is help to a person.")
    person_id: str | None = Field(description="The person; null where it is help to a household.")
    cause_ids: tuple[str, ...] = Field(description="Codes of the causes it is aimed at, but for hidden ones.")
    measure_id: str = Field(description="Code of the measure.")
    programme_id: str | None = Field(description="The programme that pays; null where none is told.")
    provider_kind: str | None = Field(description="Enterprise, Cooperative or Agency; null where nobody is told.")
    provider_id: str | None = Field(description="Who gives it; null where nobody is told.")
    run_id: str | None = Field(description="The kept plan that it was accepted of; null where it is of none.")
    amount_fen: int | None = Field(description="What was promised, in fen; null where no amount is told.")
    starts_on: date = Field(description="Its first day.")
    ends_on: date | None = Field(description="Its last day; null where none is set.")
    reason: str | None = Field(description="Why it was stopped, where it was.")
    is_made_up: bool = Field(description="Whether it rests on made-up data.")
    approved_fen: int | None = Field(description="What was approved; null where nothing is told or not shown.")
    paid_fen: int | None = Field(description="What was paid; null where nothing is told or not shown.")
    delivered_fen: int | None = Field(description="What came; null where nothing is told or not shown.")
    payments: tuple[HelpPaymentTold, ...] = Field(description="Its payments; none where they are not shown.")


class HelpsFilters(Form):
    """What was asked for; null where nothing narrows it."""

    run_id: str | None = Field(description="The kept plan that the help was accepted of.")
    household_id: str | None = Field(description="The household.")
    programme_id: str | None = Field(description="The programme.")
    status: str | None = Field(description="The state; counts and amounts are told of all states.")


class AssistHelpsAnswer(Form):
    """Help, its states and its payments on a day."""

    version: Literal["assist-helps/1"] = "assist-helps/1"
    asked: HelpsFilters = Field(description="The filters.")
    as_of: date = Field(description="The day for which the answer holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    counts: HelpCounts = Field(description="How many helps are in each state.")
    amounts: HelpAmounts | None = Field(
        description="What they come to; null where one household is asked about and what was paid may not be shown."
    )
    help_count: int = Field(description="How many helps the whole list has.")
    helps: tuple[HelpTold, ...] = Field(description="Those of this page, by id.")
    hidden_count: int = Field(description="How many more there are that are not shown, as they tell sensitive causes.")
    next_after: str | None = Field(description="Where the next page begins; null when this is the last.")
