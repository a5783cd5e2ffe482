"""The parts of an answer about why a lot stays unsold, and what more of a demand is worth."""

from __future__ import annotations

from pydantic import Field

from analysis.produce.parts import Enterprise, Product, Reason
from graph_schema.meta import Form


class ChangeBuyer(Form):
    """A demand that takes of the lot once the change is made."""

    demand_id: str = Field(description="Id of the demand.")
    enterprise: Enterprise = Field(description="Who wants it.")
    quantity_kg: int = Field(description="What it then takes of the lot beyond what the plan gives it.")


class Change(Form):
    """The smallest change in one thing alone that sells all that is left, while every other lot sells as planned."""

    dimension: str = Field(
        description="distance, grade, keeping, window, price, certificates, quantity, batch, split or capacity."
    )
    amount: float | None = Field(description="By how much; null for grades and certificates.")
    unit: str | None = Field(description="Unit of the amount: km, days, fen_per_kg or kg.")
    grade: str | None = Field(description="The grade that the lot would have to be.")
    certificates: tuple[str, ...] = Field(description="The certificates that it would need.")
    demand_id: str | None = Field(description="The demand that would have to want more; null for other changes.")
    buyers: tuple[ChangeBuyer, ...] = Field(description="Who then takes it, most first.")
    is_proven: bool = Field(description="Whether it is proved that nothing smaller does; else none was found.")
    text_en: str = Field(description="The change in English.")
    text_zh: str = Field(description="The change in Chinese.")


class Binding(Form):
    """What keeps a lot from being sold."""

    code: str = Field(
        description="not_offered, no_demand, refused (no buyer may take it as it is), full (who could take it has "
        "enough), parts (smallest batches, smallest parts, capacities or rules are in the way) or missed (nothing: the "
        "time for planning was too short, and a better plan sells it)."
    )
    text_en: str = Field(description="The same in English.")
    text_zh: str = Field(description="The same in Chinese.")


class OpenDemand(Form):
    """A demand that the plan could choose for a lot."""

    demand_id: str = Field(description="Id of the demand.")
    product: Product = Field(description="What is wanted.")
    enterprise: Enterprise = Field(description="Who wants it.")
    unfilled_kg: int = Field(description="What the plan leaves unfilled of it.")


class NearestMiss(Form):
    """A demand that takes the product and not this lot."""

    demand_id: str = Field(description="Id of the demand.")
    enterprise: Enterprise = Field(description="Who wants it.")
    reasons: tuple[Reason, ...] = Field(description="Every constraint that forbids it.")


class LotWhy(Form):
    """Why a lot, or a rest of it, stays unsold in a plan, and what would sell it."""

    lot_id: str = Field(description="Id of the lot.")
    quantity_kg: int = Field(description="What was left to sell.")
    sold_kg: int = Field(description="What the plan sells.")
    left_kg: int = Field(description="What stays unsold; the changes are for all of it.")
    binding: Binding | None = Field(description="What keeps it from being sold; null when nothing stays.")
    changes: tuple[Change, ...] = Field(description="The smallest change in each thing that would sell it.")
    no_change: tuple[str, ...] = Field(description="Things of which no change alone would sell it; proved.")
    not_found: tuple[str, ...] = Field(description="Things of which no change was found, without proof that none is.")
    nearest: NearestMiss | None = Field(description="The nearest miss, where some demand cannot take it.")
    refused_by: dict[str, int] = Field(description="How many demands for the product each constraint keeps from it.")


class BuyerWorth(Form):
    """What it would be worth if a buyer wanted more."""

    demand_id: str = Field(description="Id of the demand.")
    more_kg: int = Field(description="How much more it would want.")
    sold_kg: int = Field(description="How much more would be sold in all.")
    income_fen: int = Field(description="How much more sellers would get in all, in fen; at the best prices, so up to.")
    is_exact: bool = Field(
        description="Whether exactly so much; else at most, because batches, parts, capacities or rules may forbid it."
    )
    text_en: str = Field(description="The same in English.")
    text_zh: str = Field(description="The same in Chinese.")
