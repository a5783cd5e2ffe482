"""The form of the answer to `produce_plan`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.produce.board_parts import Place
from analysis.produce.parts import Enterprise, LotPart, Product
from analysis.questions.answer import Notice
from graph_schema.meta import Form

WhyUnsold = Literal["no_demand", "refused", "full", "parts"]


class PlanAsked(Form):
    """What was planned."""

    source: Literal["graph", "files"] = Field(description="Whether lots and demands came from the graph or from files.")
    files: tuple[str, ...] = Field(description="The files; none on the graph.")
    area: Place | None = Field(description="Where the lots lie, with all below it; null for everywhere.")
    product: Product | None = Field(description="The product; null for all.")


class PlanStage(Form):
    """One stage of the plan; each keeps what the stages before it reached."""

    name: str = Field(
        description="sold: most kg, those of sellers at risk counted more; income; transport; as_before: most kg as in "
        "the plan before, where the plan is set beside one."
    )
    unit: Literal["weighted_kg", "fen", "t_km", "kg"] = Field(description="Unit of `value` and `bound`.")
    value: float = Field(description="What the plan reaches.")
    bound: float = Field(description="No plan does better than this; the value itself where that is proven.")
    is_optimal: bool = Field(description="Whether it is proven that no plan does better.")
    gap_share: float = Field(
        description="How far the value may be from the best, as a share of the bound; 0 if proven."
    )


class PlanTotals(Form):
    """What the plan comes to."""

    lot_count: int = Field(description="Lots with something left to sell.")
    offered_kg: int = Field(description="What is left of them, in whole kg.")
    sold_kg: int = Field(description="What the plan sells of it.")
    unsold_kg: int = Field(description="What stays.")
    sold_lot_count: int = Field(description="Lots of which something is sold.")
    seller_count: int = Field(description="Sellers of whom something is sold.")
    at_risk_offered_kg: int = Field(description="What sellers at risk have left, in whole kg.")
    at_risk_sold_kg: int = Field(description="What the plan sells of that.")
    demand_count: int = Field(description="Open demands.")
    wanted_kg: int = Field(description="What is left of them to fill, in whole kg.")
    unfilled_kg: int = Field(description="What the plan leaves unfilled.")
    income_fen: int = Field(description="What sellers get after transport and fees, at the buyers' highest prices.")
    tonne_km: float = Field(description="Transport: tonnes times km by road.")
    delivery_count: int = Field(description="Deliveries.")


class PlanTermsUsed(Form):
    """The numbers of policy that the plan is made with."""

    at_risk_weight: float = Field(description="How many times a kg of a seller at risk counts.")
    pool_fee_fen_per_kg: int = Field(description="What a cooperative without a fee of its own keeps of each kg pooled.")
    road_factor: tuple[float, ...] = Field(description="Road per straight line; several where places differ.")
    transport_fen_per_t_km: tuple[float, ...] = Field(description="Cost of transport in fen per tonne and km.")
    travel_km_per_day: tuple[float, ...] = Field(description="Distance driven in a day.")
    loading_days: tuple[float, ...] = Field(description="Days between a lot being ready and its leaving.")


class PlannedLot(Form):
    """What becomes of a lot."""

    lot_id: str = Field(description="Id of the lot.")
    product: Product = Field(description="What it is.")
    grade: str = Field(description="Its grade.")
    seller_kind: str | None = Field(description="Household or Cooperative.")
    seller_id: str | None = Field(description="Who sells it.")
    seller_name: str | None = Field(description="Name of the cooperative; null for a household.")
    is_at_risk: bool = Field(description="Whether the plan counts the seller as at risk.")
    use_by_on: date = Field(description="Last day it keeps.")
    ask_fen_per_kg: int = Field(description="Least price in fen a kg.")
    offered_kg: int = Field(description="What is left of it, in whole kg.")
    sold_kg: int = Field(description="What the plan sells of it.")
    unsold_kg: int = Field(description="What stays.")
    income_fen: int = Field(description="What the seller gets for what is sold.")
    why_unsold: WhyUnsold | None = Field(
        description="Why something stays: no_demand (nobody wants the product), refused (some do, but none may take it "
        "as it is), full (all who could take it have enough) or parts (smallest batches, smallest parts, capacities "
        "or rules are in the way). `produce_why` says more. Null when all is sold."
    )
    made_of: tuple[LotPart, ...] = Field(description="Smaller lots that are pooled in it already: whose produce it is.")


class PlannedDemand(Form):
    """What becomes of a demand."""

    demand_id: str = Field(description="Id of the demand.")
    product: Product = Field(description="What is wanted.")
    enterprise: Enterprise = Field(description="Who wants it.")
    ends_on: date = Field(description="Last day of delivery.")
    max_fen_per_kg: int = Field(description="Highest price in fen a kg, delivered.")
    wanted_kg: int = Field(description="What is left to fill, in whole kg.")
    filled_kg: int = Field(description="What the plan fills of it.")
    unfilled_kg: int = Field(description="What stays unfilled.")


class DeliveryPart(Form):
    """What one lot gives to a delivery: whose produce it is and what its seller gets."""

    lot_id: str = Field(description="Id of the lot.")
    seller_kind: str | None = Field(description="Household or Cooperative.")
    seller_id: str | None = Field(description="Who sells it.")
    product: Product = Field(description="What it is; the buyer may want another product and take this one as well.")
    quantity_kg: int = Field(description="How much.")
    distance_km: float = Field(description="Distance by road, over the cooperative where it is pooled.")
    arrives_on: date = Field(description="Day it arrives.")
    after_costs_fen_per_kg: int = Field(description="Highest price less transport and fee, in fen a kg.")
    income_fen: int = Field(description="What the seller gets for it.")


class PlannedDelivery(Form):
    """What one seller sends himself to one demand, or one cooperative brings there."""

    delivery_id: str = Field(description="Sender, then demand, joined by “ > ”; the sender of a direct one is the lot.")
    is_pooled: bool = Field(description="Whether a cooperative brings it.")
    sender_kind: str | None = Field(description="Household or Cooperative.")
    sender_id: str | None = Field(description="Who sends it: the seller, or the cooperative.")
    sender_name: str | None = Field(description="Name of the cooperative.")
    demand_id: str = Field(description="Id of the demand.")
    enterprise: Enterprise = Field(description="Who gets it.")
    product: Product = Field(description="What is wanted.")
    quantity_kg: int = Field(description="How much.")
    arrives_on: date = Field(description="Day by which all of it is there.")
    max_fen_per_kg: int = Field(description="Highest price of the buyer, delivered, in fen a kg.")
    after_costs_fen_per_kg: float = Field(description="That less transport and fee, in fen a kg: mean of the parts.")
    income_fen: int = Field(description="What the sellers get for it.")
    parts: tuple[DeliveryPart, ...] = Field(description="The lots in it, by id.")


class StandingPromise(Form):
    """What people have promised of a lot to a demand, and is still to come. The plan leaves it alone."""

    commitment_id: str = Field(description="Id of the commitment.")
    commitment_status: str = Field(description="proposed (offered, and the buyer has not agreed), agreed or shipped.")
    lot_id: str = Field(description="Id of the lot.")
    seller_kind: str | None = Field(description="Household or Cooperative.")
    seller_id: str | None = Field(description="Who sells it.")
    seller_name: str | None = Field(description="Name of the cooperative; null for a household.")
    demand_id: str = Field(description="Id of the demand.")
    enterprise: Enterprise | None = Field(description="Who gets it.")
    product: Product = Field(description="What it is.")
    cooperative_id: str | None = Field(description="Who brings it; null where the seller sends it himself.")
    cooperative_name: str | None = Field(description="Name of that cooperative.")
    quantity_kg: float = Field(description="How much.")
    price_fen_per_kg: int = Field(description="The price settled, in fen a kg.")
    arrives_on: date = Field(description="Day it is to arrive.")
    is_late: bool = Field(description="Whether that day is past.")


class PlanWeek(Form):
    """One product in one week. Each lot stands in the week of its last day, each demand in that of its own."""

    week: str = Field(description="The week by ISO 8601, such as 2026-W21.")
    product: Product = Field(description="The product.")
    supply_kg: int = Field(description="What lots have left that keep until this week and no longer.")
    sold_kg: int = Field(description="What the plan sells of it, whenever.")
    unsold_kg: int = Field(description="What of it stays.")
    demand_kg: int = Field(description="What demands that end in this week still want.")
    unfilled_kg: int = Field(description="What of it stays unfilled.")


class ProducePlanAnswer(Form):
    """The plan for all lots at once: who sends what to whom, and what stays. People settle the prices.

    Most is sold before it spoils, with sellers at risk counted more; then sellers get most; then least is driven.
    """

    version: Literal["produce-plan/1"] = "produce-plan/1"
    asked: PlanAsked = Field(description="What was planned.")
    as_of: date = Field(description="The day for which the plan holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    terms: PlanTermsUsed = Field(description="The numbers of policy used.")
    totals: PlanTotals = Field(description="What the plan comes to.")
    stages: tuple[PlanStage, ...] = Field(description="The stages, each with its proof.")
    deliveries: tuple[PlannedDelivery, ...] = Field(description="Every delivery, by sender and demand.")
    promised: tuple[StandingPromise, ...] = Field(
        description="What is promised of these lots already and still to come, by id; it is in no other number here."
    )
    lots: tuple[PlannedLot, ...] = Field(description="Every lot with something left, by id.")
    demands: tuple[PlannedDemand, ...] = Field(description="Every open demand, by id.")
    lots_left_out: tuple[str, ...] = Field(
        description="Lots with nothing left, past their last day or no longer open: they count nowhere else here."
    )
    demands_left_out: tuple[str, ...] = Field(
        description="Demands that are filled, have ended or are no longer open: they count nowhere else here."
    )
    weeks: tuple[PlanWeek, ...] = Field(description="Supply and demand by product and week, by week and code.")
    kept_as: str | None = Field(
        default=None, description="The id under which the plan is kept; null where nobody asked to keep it."
    )
