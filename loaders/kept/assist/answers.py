"""What was entered of help, as JSON tells it on the command line and over HTTP alike."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from graph_schema.meta import Form


class AcceptedHelp(Form):
    """One help that was promised to a household."""

    help_id: str = Field(description="Id of the help.")
    household_id: str = Field(description="Id of the household.")
    cause_id: str = Field(description="Code of the cause it is aimed at.")
    programme_id: str = Field(description="Id of the programme that pays.")
    measure_id: str = Field(description="Code of the measure.")
    provider_kind: str = Field(description="Enterprise, Cooperative or Agency.")
    provider_id: str = Field(description="Id of who gives it.")
    amount_fen: int = Field(description="What was promised, in fen.")


class StandingHelp(Form):
    """Help of the draft that was not written, because it stands already."""

    help_id: str = Field(description="Id of the help that stands.")
    status: str = Field(description="Its state: planned, running, done or stopped.")
    household_id: str = Field(description="Id of the household.")
    cause_id: str = Field(description="Code of the cause in the draft.")
    programme_id: str = Field(description="Id of the programme in the draft.")
    measure_id: str = Field(description="Code of the measure.")
    is_of_draft: bool = Field(
        description="Whether it was accepted of this draft; else the household has the same measure from elsewhere."
    )


class LeftOfProgramme(Form):
    """What is left of a programme's budget after it."""

    programme_id: str = Field(description="Id of the programme.")
    budget_fen: int = Field(description="Its budget, in fen.")
    left_fen: int = Field(description="What is neither promised nor paid of it now; below zero where it was exceeded.")


class Accepted(Form):
    """What was accepted of a draft: all that was named, or nothing."""

    version: Literal["assist-accepted/1"] = Field(default="assist-accepted/1", description="The form of this body.")
    load_id: str | None = Field(
        description="The load that holds it, and takes it back when withdrawn; null where nothing was left to write."
    )
    day: date = Field(description="The day from which it holds.")
    is_made_up: bool = Field(description="Whether it rests on made-up data.")
    run_id: str = Field(description="Id of the draft.")
    helps: tuple[AcceptedHelp, ...] = Field(description="What was promised, in the order of the draft.")
    standing: tuple[StandingHelp, ...] = Field(description="What stood already and was not written again.")
    amount_fen: int = Field(description="What the promised help comes to, in fen.")
    left: tuple[LeftOfProgramme, ...] = Field(description="What is left of each programme that was named, by id.")


class HelpChanged(Form):
    """Help that came into another state."""

    version: Literal["assist-state/1"] = Field(default="assist-state/1", description="The form of this body.")
    load_id: str = Field(description="The load that holds it.")
    day: date = Field(description="The day from which it holds.")
    is_made_up: bool = Field(description="Whether it rests on made-up data.")
    help_id: str = Field(description="Id of the help.")
    old_status: str = Field(description="Its state before.")
    new_status: str = Field(description="Its state now.")


class HelpPaid(Form):
    """A payment for help that was approved, paid, delivered or returned."""

    version: Literal["assist-payment/1"] = Field(default="assist-payment/1", description="The form of this body.")
    load_id: str = Field(description="The load that holds it.")
    day: date = Field(description="The day from which it holds.")
    is_made_up: bool = Field(description="Whether it rests on made-up data.")
    help_id: str = Field(description="Id of the help.")
    payment_id: str = Field(description="Id of the payment.")
    payment_status: str = Field(description="approved, paid, delivered or returned.")
    approved_fen: int = Field(description="What was approved, in fen.")
    paid_fen: int | None = Field(description="What was paid; null where not told.")
    delivered_fen: int | None = Field(description="What came to the household; null where not told.")
