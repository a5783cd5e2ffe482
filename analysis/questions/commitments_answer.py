"""The form of the answer to `commitments`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.produce.trade.parts import CommitmentTold, KeptPromises
from analysis.questions.answer import Notice
from graph_schema.meta import Form


class CommitmentsFilters(Form):
    """What was asked for; null where nothing narrows it."""

    area_id: str | None = Field(description="Where the lots lie, with all below it.")
    product_id: str | None = Field(description="The product.")
    enterprise_id: str | None = Field(description="Who buys.")
    lot_id: str | None = Field(description="The lot.")
    demand_id: str | None = Field(description="The demand.")
    seller_id: str | None = Field(description="Who sells: a household or a cooperative.")
    cooperative_id: str | None = Field(description="Who brings it.")
    status: str | None = Field(description="The state; `buyers` and `sellers` are told of all states.")


class CommitmentsAnswer(Form):
    """What was promised of surplus produce, what came of it, and what buyers and sellers kept."""

    version: Literal["commitments/1"] = "commitments/1"
    asked: CommitmentsFilters = Field(description="The filters.")
    as_of: date = Field(description="The day for which the answer holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    commitment_count: int = Field(description="How many commitments the whole list has.")
    commitments: tuple[CommitmentTold, ...] = Field(description="Those of this page: what arrives first in front.")
    next_after: str | None = Field(description="Where the next page begins; null when this is the last.")
    buyers: tuple[KeptPromises, ...] = Field(description="What each buyer was promised and kept, by id.")
    sellers: tuple[KeptPromises, ...] = Field(description="What each seller promised and kept, by id.")
