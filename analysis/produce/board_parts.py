"""The parts of the coordinator's board."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from analysis.produce.parts import Demand, Enterprise, OfferedLot, Product
from graph_schema.meta import Form


class Place(Form):
    """An area of the graph."""

    id: str = Field(description="Its code.")
    name: str | None = Field(description="Its name; null when no feed gave one.")


class BoardFilters(Form):
    """What the board was asked to show; null where nothing narrows it."""

    area: Place | None = Field(description="Where the lots lie, with all below it.")
    product: Product | None = Field(description="The product.")
    week: str | None = Field(description="The week by ISO 8601, such as 2026-W21.")


class ProductBalance(Form):
    """What is on offer of a product against what is wanted. Each lot and each demand counts once."""

    product: Product = Field(description="The product.")
    lot_count: int = Field(description="Lots on offer.")
    offered_kg: float = Field(description="What they hold, without what is pooled in a larger lot, which counts there.")
    left_kg: float = Field(description="What of it nobody has been promised.")
    demand_count: int = Field(description="Open demands, wherever the buyer is.")
    wanted_kg: float = Field(description="What they ask for.")
    unfilled_kg: float = Field(description="What of it nobody has promised yet.")
    balance_kg: float = Field(
        description="`left_kg` less `unfilled_kg`: below 0 more is wanted than there is. Grade, price, place and days "
        "are not looked at; each lot says how many demands could take it."
    )


class BoardWeek(Form):
    """What can be had and what is wanted on some day of a week. Weeks cannot be added up."""

    week: str = Field(description="The week by ISO 8601, such as 2026-W21.")
    starts_on: date = Field(description="Its Monday.")
    ends_on: date = Field(description="Its Sunday.")
    products: tuple[ProductBalance, ...] = Field(description="Products offered or wanted in it, by code.")


class BestBuyer(Form):
    """The demand that would pay most for a lot after transport."""

    demand_id: str = Field(description="Id of the demand.")
    enterprise: Enterprise = Field(description="Who wants it.")
    after_transport_fen_per_kg: int = Field(description="Highest price less transport, in fen a kg.")


class BoardLot(Form):
    """A lot on offer, and who could take it."""

    lot: OfferedLot = Field(description="The lot.")
    buyer_count: int = Field(description="How many open demands could take it today; `buyers` tells which and why.")
    best: BestBuyer | None = Field(description="The best of them; null when there is none.")


class BoardDemand(Form):
    """An open demand."""

    product: Product = Field(description="What is wanted.")
    demand: Demand = Field(description="The demand.")
