"""What was entered, as JSON tells it on the command line and over HTTP alike."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from graph_schema.meta import Form


class Entered(Form):
    """The common base. Withdrawing the load takes it back."""

    load_id: str = Field(description="The load that holds it.")
    day: date = Field(description="The day from which it holds.")
    is_made_up: bool = Field(description="Whether it rests on made-up data.")


class ConfirmedPart(Form):
    """What one lot was promised to give."""

    commitment_id: str = Field(description="Id of the commitment.")
    status: str = Field(description="agreed, or proposed for an offer.")
    lot_id: str = Field(description="Id of the lot.")
    demand_id: str = Field(description="Id of the demand.")
    cooperative_id: str | None = Field(description="Cooperative that brings it; null where the seller sends it.")
    quantity_kg: float = Field(description="How much.")
    price_fen_per_kg: int = Field(description="Price in fen a kg, delivered.")
    arrives_on: date = Field(description="Day it is to arrive.")
    left_of_lot_kg: float = Field(description="What is left of the lot now.")


class Confirmed(Entered):
    """What was promised to a demand: all of it, or nothing."""

    version: Literal["produce-confirmed/1"] = Field(default="produce-confirmed/1", description="The form of this body.")
    commitments: tuple[ConfirmedPart, ...] = Field(description="The promises, in the order they were asked for.")
    left_of_demand_kg: float = Field(description="What is left of the demand now.")


class StatusChanged(Entered):
    """A commitment that came into another state."""

    version: Literal["produce-state/1"] = Field(default="produce-state/1", description="The form of this body.")
    commitment_id: str = Field(description="Id of the commitment.")
    old_status: str = Field(description="Its state before.")
    new_status: str = Field(description="Its state now.")


class DeliveryReported(Entered):
    """A delivery, or its payment, that was reported."""

    version: Literal["produce-delivery/1"] = Field(default="produce-delivery/1", description="The form of this body.")
    commitment_id: str = Field(description="Id of the commitment.")
    delivery_id: str = Field(description="Id of the delivery.")
    status: str = Field(description="State of the commitment now.")
    delivered_quantity_kg: float = Field(description="How much was brought.")
    accepted_quantity_kg: float | None = Field(description="How much of it was accepted; null where not told.")
    paid_fen: int | None = Field(description="What was paid; null where not told.")
    freed_kg: float = Field(description="What was agreed and not brought: free again of the lot.")


class DemandPosted(Entered):
    """A demand that an enterprise posted."""

    version: Literal["produce-demand/1"] = Field(default="produce-demand/1", description="The form of this body.")
    demand_id: str = Field(description="Its id.")
