"""A plan as it is kept: the ways that carry something, and what of lots, demands and promises it was made for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from pydantic import Field

from graph_schema.meta import Form


class KeptWay(NamedTuple):
    """What a lot gives to a demand by one way. `cooperative_id`: who brings it; None where the seller sends it."""

    lot_id: str
    demand_id: str
    cooperative_id: str | None
    kg: int
    income_fen_per_kg: int
    arrives_on: date


class KeptLot(NamedTuple):
    """A lot with something left to sell, in whole kg."""

    lot_id: str
    offered_kg: int
    product_id: str
    seller_kind: str | None
    seller_id: str | None
    seller_name: str | None


class KeptDemand(NamedTuple):
    """A demand with something left to fill, in whole kg."""

    demand_id: str
    wanted_kg: int
    product_id: str
    enterprise_id: str
    enterprise_name: str | None


class KeptPromise(NamedTuple):
    """What was promised of a lot to a demand when the plan was made, and held so many kg."""

    commitment_id: str
    commitment_status: str
    lot_id: str
    demand_id: str
    kg: float


class KeptParameters(Form):
    """What a plan was made with beside the facts."""

    area: str | None = Field(description="Where the lots lie; null for everywhere.")
    product: str | None = Field(description="The product; null for all.")
    day: date = Field(description="The day it holds for.")
    seconds: float = Field(description="How long it could take.")
    rules: dict[str, list[dict[str, object]]] = Field(description="The rules that people had set, as in a rules file.")


class KeptStage(Form):
    """One stage: how far the plan came, and whether it is proven that none comes farther."""

    name: str
    value: float
    bound: float
    is_optimal: bool


class KeptTotals(Form):
    """What the plan comes to."""

    lot_count: int
    offered_kg: int
    sold_kg: int
    demand_count: int
    wanted_kg: int
    income_fen: int
    tonne_km: float
    delivery_count: int


class KeptResult(Form):
    """What came of a plan, each list sorted by its ids."""

    form: Literal["produce-run/1"] = "produce-run/1"
    ways: tuple[KeptWay, ...]
    lots: tuple[KeptLot, ...]
    demands: tuple[KeptDemand, ...]
    promises: tuple[KeptPromise, ...]
    totals: KeptTotals
    stages: tuple[KeptStage, ...]


@dataclass(frozen=True)
class KeptProducePlan:
    """A plan that was kept, under its id. `recorded_at`: when; `load_id`: the load that takes it back."""

    run_id: str
    load_id: str
    recorded_at: datetime
    parameters: KeptParameters
    result: KeptResult
    is_made_up: bool

    @property
    def ways(self) -> tuple[KeptWay, ...]:
        """Return the ways that carry something."""
        return self.result.ways

    @property
    def day(self) -> date:
        """Return the day the plan holds for."""
        return self.parameters.day
