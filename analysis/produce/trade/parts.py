"""The parts of an answer about promises."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.produce.parts import Enterprise, Product
from graph_schema.meta import Form


class DeliveryTold(Form):
    """What was brought of a commitment, what the buyer found and what he paid."""

    delivery_id: str = Field(description="Its id.")
    quantity_kg: float = Field(description="How much was brought.")
    accepted_kg: float | None = Field(description="How much of it was accepted; null where not told.")
    grade: str | None = Field(description="Grade found; null where not told.")
    price_fen_per_kg: int | None = Field(description="Price settled in fen a kg; null where it is the one agreed.")
    paid_fen: int | None = Field(description="What was paid; null where nothing is told.")
    delivered_on: date = Field(description="Day of delivery.")
    paid_on: date | None = Field(description="Day of payment.")
    reason: str | None = Field(description="Why less or worse was brought or accepted, as it was told.")


class CommitmentTold(Form):
    """A lot promised to a demand, and what came of it."""

    commitment_id: str = Field(description="Its id.")
    status: str = Field(description="proposed, agreed, shipped, delivered, failed or cancelled.")
    lot_id: str = Field(description="Id of the lot.")
    seller_kind: str | None = Field(description="Household or Cooperative.")
    seller_id: str | None = Field(description="Who sells it.")
    seller_name: str | None = Field(description="Name of the cooperative; null for a household.")
    demand_id: str = Field(description="Id of the demand.")
    enterprise: Enterprise | None = Field(description="Who buys it; null where the graph does not hold the demand.")
    product: Product | None = Field(description="What it is; null where the graph does not hold the lot.")
    cooperative_id: str | None = Field(description="Cooperative that brings it; null where the seller sends it.")
    run_id: str | None = Field(description="The kept plan that it comes from.")
    agreed_kg: float = Field(description="How much is promised.")
    price_fen_per_kg: int = Field(description="Price in fen a kg, delivered.")
    arrives_on: date = Field(description="Day it is to arrive.")
    agreed_on: date | None = Field(description="Day it was agreed; null for an offer.")
    is_late: bool = Field(
        description="Whether it came after that day, or has not come though the day is past. An offer is never late."
    )
    reason: str | None = Field(description="Why it failed or was cancelled.")
    deliveries: tuple[DeliveryTold, ...] = Field(description="What was brought.")
    is_made_up: bool = Field(description="Whether it rests on made-up data.")


class StatusCount(Form):
    """How many commitments are in a state."""

    status: str = Field(description="The state.")
    count: int = Field(description="How many.")
    agreed_kg: float = Field(description="What they promise.")


class KeptPromises(Form):
    """What one buyer or one seller promised and kept. Several numbers side by side; they are not one mark.

    What did not come may be for either side: each commitment says why, where it was told.
    """

    kind: Literal["Enterprise", "Household", "Cooperative"] = Field(description="What it is.")
    id: str = Field(description="Its id.")
    name: str | None = Field(description="Its name; null for a household.")
    states: tuple[StatusCount, ...] = Field(description="Its commitments by state, states without any left out.")
    promised_kg: float = Field(description="What was to have come by now: of what is delivered or failed, or is late.")
    delivered_kg: float = Field(description="What of it was brought.")
    accepted_kg: float = Field(description="What of that was accepted; all of a delivery where nothing is told.")
    due_count: int = Field(description="How many commitments were to have come by now.")
    on_time_count: int = Field(description="How many of them came, the last of it on the day agreed or before.")
    on_time_share: float | None = Field(description="That as a share; null where none was due.")
    agreed_fen_per_kg: float | None = Field(description="Price agreed of what was brought, in fen a kg: mean by kg.")
    settled_fen_per_kg: float | None = Field(description="Price settled of it, the one agreed where none was told.")
    paid_fen: int = Field(description="What was paid.")
    paid_count: int = Field(description="Deliveries whose payment is told.")
    unpaid_count: int = Field(description="Deliveries of which something was accepted and no payment is told.")
    days_to_pay: float | None = Field(description="Days from delivery to payment, mean of those paid; null for none.")
