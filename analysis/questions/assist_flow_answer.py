"""The form in which the flow of an assistance plan is told."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.assistance.plan_flow import FlowColumn
from graph_schema.meta import Form


class AssistFlowStop(Form):
    """A party that help goes through, several as one, or help that goes on without one."""

    id: str = Field(description="Its id within this answer.")
    column: FlowColumn = Field(description="agency, programme, enterprise, cooperative or village.")
    party_id: str | None = Field(description="Id of the party; null for several as one and for help without one.")
    name: str | None = Field(description="Its name, where one is known.")
    more_count: int = Field(description="How many parties it stands for, where it stands for several; else 0.")
    covered_fen: int = Field(description="Need covered through it, in fen.")
    cost_fen: int = Field(description="What that costs, in fen.")
    help_count: int = Field(description="Helps.")
    household_count: int = Field(description="Households that get them.")


class AssistFlowBand(Form):
    """What goes from one party to the next."""

    from_id: str = Field(description="Id of the stop it comes from.")
    to_id: str = Field(description="Id of the stop it goes to.")
    covered_fen: int = Field(description="Need covered through both, in fen.")
    cost_fen: int = Field(description="What that costs, in fen.")
    help_count: int = Field(description="Helps.")
    household_count: int = Field(description="Households that get them.")


class AssistFlow(Form):
    """How help flows by a plan, from agencies over programmes, enterprises and cooperatives to villages."""

    version: Literal["assist-flow/1"] = Field(default="assist-flow/1", description="The form of this answer.")
    as_of: date = Field(description="The day for which the plan holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    hidden_count: int = Field(description="Helps left out, for they would tell a sensitive cause.")
    covered_fen: int = Field(description="Need covered by the helps counted here, in fen.")
    household_count: int = Field(description="Households that get them.")
    stops: tuple[AssistFlowStop, ...] = Field(description="By column, the largest first.")
    bands: tuple[AssistFlowBand, ...] = Field(description="By column, the largest first.")
