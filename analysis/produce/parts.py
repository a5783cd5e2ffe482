"""The parts of an answer about buyers of surplus produce."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from graph_schema.meta import Form


class Enterprise(Form):
    """A buyer."""

    id: str = Field(description="Its credit code.")
    name: str | None = Field(description="Its name.")


class Product(Form):
    """A product."""

    id: str = Field(description="Its code.")
    name_en: str = Field(description="Its name in English.")
    name_zh: str = Field(description="Its name in Chinese.")


class PooledIn(Form):
    """A larger lot that the lot is pooled in."""

    lot_id: str = Field(description="Id of the larger lot.")
    quantity_kg: float = Field(description="How much of the lot is in it.")


class LotPart(Form):
    """A smaller lot that is pooled in the lot: whose produce it is."""

    lot_id: str = Field(description="Id of the smaller lot.")
    seller_kind: str | None = Field(description="Household or Cooperative.")
    seller_id: str | None = Field(description="Who produced it.")
    quantity_kg: float = Field(description="How much of it is in the lot.")


class OfferedLot(Form):
    """Produce for sale: what, whose, where, how much, when and for how much."""

    lot_id: str = Field(description="Id of the lot.")
    product: Product = Field(description="What it is.")
    seller_kind: str | None = Field(description="Household or Cooperative.")
    seller_id: str | None = Field(description="Who sells it.")
    seller_name: str | None = Field(description="Name of the cooperative; null for a household.")
    area_id: str | None = Field(description="Area where it lies.")
    area_name: str | None = Field(description="Name of that area.")
    grade: str = Field(description="Grade: special, 1, 2 or process.")
    lot_quantity_kg: float = Field(description="How much it is.")
    left_quantity_kg: float = Field(description="How much of it is neither promised nor pooled in a larger lot.")
    ready_on: date = Field(description="Day it is ready.")
    use_by_on: date = Field(description="Last day it keeps.")
    ask_fen_per_kg: int = Field(description="Least price in fen a kg.")
    min_split_quantity_kg: float | None = Field(description="Least part that is sold by itself.")
    certificates: tuple[str, ...] = Field(description="Certificates it has.")
    lot_status: str = Field(description="open, part_sold, sold, expired or withdrawn.")
    is_expired: bool = Field(description="Whether its last day is past.")


class Lot(OfferedLot):
    """Produce for sale, with the lots that it is pooled in or made of."""

    pooled_in: tuple[PooledIn, ...] = Field(description="Larger lots that it is pooled in.")
    parts: tuple[LotPart, ...] = Field(description="Smaller lots that are pooled in it.")


class Demand(Form):
    """Produce wanted."""

    demand_id: str = Field(description="Id of the demand.")
    product: Product = Field(description="What is wanted.")
    also_takes: tuple[Product, ...] = Field(description="Other products that are taken as well, kg for kg.")
    enterprise: Enterprise = Field(description="Who wants it.")
    area_id: str | None = Field(description="Area where it is to be delivered.")
    area_name: str | None = Field(description="Name of that area.")
    min_grade: str = Field(description="Lowest grade taken.")
    wanted_quantity_kg: float = Field(description="How much is wanted.")
    left_quantity_kg: float = Field(description="How much of it is not yet promised by anyone.")
    max_fen_per_kg: int = Field(description="Highest price in fen a kg, delivered.")
    max_distance_km: float | None = Field(description="Farthest distance by road; null without limit.")
    min_batch_quantity_kg: float | None = Field(description="Smallest batch; null without limit.")
    certificates: tuple[str, ...] = Field(description="Certificates it asks for.")
    starts_on: date = Field(description="First day of delivery.")
    ends_on: date = Field(description="Last day of delivery.")


class Way(Form):
    """What it would take to bring the lot there. Null where the place of one of them is unknown."""

    distance_km: float | None = Field(description="Distance by road, estimated from the straight line.")
    transport_fen_per_kg: int | None = Field(description="Cost of transport in fen a kg.")
    after_transport_fen_per_kg: int | None = Field(description="Highest price less transport, in fen a kg.")
    leaves_on: date = Field(description="Day it can leave.")
    arrives_on: date | None = Field(description="Day it arrives, not before the first day of delivery.")


class Buyer(Form):
    """A demand that could take the lot, and what it would mean."""

    rank: int = Field(description="1 = best price after transport, then the nearer, then by id.")
    demand: Demand = Field(description="The demand.")
    way: Way = Field(description="Distance, cost and days.")
    quantity_kg: float = Field(description="How much of the lot it could take.")
    transport_fen: int | None = Field(description="Cost of transport of that quantity in fen.")
    worth_fen: int | None = Field(
        description="What that quantity brings after transport, at the highest price, in fen."
    )


class Pool(Form):
    """What a cooperative could bring together for a buyer whose smallest batch the lot does not reach."""

    cooperative_id: str = Field(description="The cooperative that could pool most.")
    cooperative_name: str | None = Field(description="Its name.")
    quantity_kg: float = Field(description="What it and its households have that would do, with this lot.")
    is_enough: bool = Field(description="Whether that, and what is left of the demand, reaches the smallest batch.")


class Reason(Form):
    """One constraint that forbids a demand to take a lot, with both sides of it."""

    code: str = Field(description="Name of the constraint.")
    wanted: float | date | str | None = Field(description="What the constraint asks for.")
    offered: float | date | str | None = Field(description="What there is.")
    short_by: float | None = Field(description="The difference, where it is a number.")
    unit: str | None = Field(description="Unit of the difference: fen_per_kg, km, days or kg.")
    missing: tuple[str, ...] = Field(description="Certificates that are missing.")
    pool: Pool | None = Field(description="For a batch that is too small: what pooling would give.")
    text_en: str = Field(description="The reason in English.")
    text_zh: str = Field(description="The reason in Chinese.")


class Refusal(Form):
    """A demand for the product that cannot take the lot, and why."""

    demand: Demand = Field(description="The demand.")
    way: Way = Field(description="Distance, cost and days.")
    quantity_kg: float = Field(description="How much it could take but for the reasons.")
    reasons: tuple[Reason, ...] = Field(description="Every constraint that forbids it.")


class Terms(Form):
    """The numbers of trade that the ways are reckoned with, from the policy where the lot lies."""

    road_factor: float = Field(description="Road length per straight line.")
    transport_fen_per_t_km: float = Field(description="Cost of transport in fen per tonne and km.")
    travel_km_per_day: float = Field(description="Distance driven in a day.")
    loading_days: float = Field(description="Days between a lot being ready and its leaving.")


class LotBuyers(Form):
    """One lot and every open demand for its product: those that could take it, and those that cannot."""

    lot: Lot = Field(description="The lot.")
    terms: Terms = Field(description="What the ways are reckoned with.")
    buyer_count: int = Field(description="How many demands could take it.")
    buyers: tuple[Buyer, ...] = Field(description="Those demands, best first.")
    refusal_count: int = Field(description="How many demands cannot take it.")
    refused_by: dict[str, int] = Field(description="How many of those each constraint forbids.")
    refusals: tuple[Refusal, ...] = Field(description="Those demands, the nearest miss first.")
