"""What a plan is made for and what comes back: integers only, so that the same input gives the same plan."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.produce.plan.rules import Rules

Kilograms = NDArray[np.int64]

# The names of the stages, in their order: most weighted kg sold, most income of sellers, least transport. What is best
# in one is above all that comes after it.
STAGES = ("sold", "income", "transport")
# A last one, only beside a plan before: most kg by the same ways as in that plan.
AS_BEFORE = "as_before"
# The column of the ways that holds what the plan before gave by them.
BEFORE = "before_kg"


@dataclass(frozen=True)
class Program:
    """Lots, demands, cooperatives and the ways between them, each sorted by id; a way names the others by position.

    `lots`: lot_id text, quantity_kg int64 (left to sell, whole kg rounded down), weight int64 (1 or more, sellers at
    risk more), min_split_kg int64 (0: any part; at most quantity_kg), seller_id text, is_at_risk flag.
    `demands`: demand_id text, quantity_kg int64, min_batch_kg int64 (0: any), enterprise_id text.
    `cooperatives`: cooperative_id text, capacity_kg int64 (-1: no bound).
    `ways`: one row per way in which a lot can reach a demand, sorted by lot, demand, cooperative: lot int32, demand
    int32, cooperative int32 (-1: the seller sends it himself), income_fen_per_kg int32 (the highest price less
    transport and fee), distance_hm int32 (hundred metres), arrives_on datetime64[s]; and where the plan is to resemble
    one before, before_kg int64, what that one gave by the way.

    A plan chooses whole kg per way. Of a lot at most its quantity, of a demand at most its quantity, through a
    cooperative at most its capacity. What one lot sends itself to one demand is a delivery, and so is all that one
    cooperative brings to one demand; a delivery is 0 or at least the demand's min_batch_kg. What a lot gives to one
    demand by one way is 0 or at least its min_split_kg. The ways of one cooperative to one demand with
    a smallest batch all arrive on one day, for they are one load. What is past, taken back or closed has quantity 0.
    """

    lots: pd.DataFrame
    demands: pd.DataFrame
    cooperatives: pd.DataFrame
    ways: pd.DataFrame
    rules: Rules = field(default_factory=Rules)

    @property
    def stages(self) -> tuple[str, ...]:
        """Return the names of the stages of its plans."""
        return (*STAGES, AS_BEFORE) if BEFORE in self.ways else STAGES


@dataclass(frozen=True)
class Stage:
    """One stage of a plan. `bound`: no plan that keeps the stages before does better; the value where it is optimal."""

    name: str
    value: int
    bound: int
    is_optimal: bool


@dataclass(frozen=True)
class Plan:
    """The kg per way of the program, and what came of each of its stages."""

    kg: Kilograms
    stages: tuple[Stage, ...]


def sold_per_lot(program: Program, kg: Kilograms) -> Kilograms:
    """Return the kg that each lot sells, given the kg per way."""
    sold: Kilograms = np.zeros(len(program.lots), dtype=np.int64)
    np.add.at(sold, program.ways["lot"].to_numpy(), kg)
    return sold


def as_before_kg(program: Program, kg: Kilograms) -> int:
    """Return how many kg go by the same ways as in the plan before, given the kg per way; `ways` have before_kg."""
    return int(np.minimum(kg, program.ways[BEFORE].to_numpy(dtype=np.int64)).sum())
