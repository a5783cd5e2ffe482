"""A plan told: its totals and stages, and what becomes of each lot, demand, week and product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.frames import Row, rows_of
from analysis.produce.frames import TERMS
from analysis.produce.lot_parts import product_part
from analysis.produce.parts import Enterprise, LotPart
from analysis.produce.products import products_taken
from analysis.produce.weeks import week_of
from analysis.questions.produce_plan_answer import (
    PlannedDemand,
    PlannedLot,
    PlanStage,
    PlanTermsUsed,
    PlanTotals,
    PlanWeek,
    WhyUnsold,
)
from analysis.questions.produce_plan_made import MadePlan
from graph_schema import Schema

# Hundred metres times kg: ten thousand of them are a tonne brought one kilometre.
HM_KG_IN_A_TONNE_KM = 10_000
DIRECT = -1

Kilograms = NDArray[np.int64]


@dataclass(frozen=True)
class PlannedFrames:
    """A plan as frames: `lots` and `demands` as they were given, those with something left only, and what they get.

    `lots` adds `offered_kg`, `sold_kg`, `income_fen`, `why_unsold`; `demands` adds `wanted_kg`, `filled_kg`. `used`:
    the ways of the program that carry something, with `kg`; its lot, demand and cooperative are places in the program.
    `lots_left_out`, `demands_left_out`: ids of those with nothing left, past their last day, or no longer open.
    """

    lots: pd.DataFrame
    demands: pd.DataFrame
    used: pd.DataFrame
    lots_left_out: tuple[str, ...]
    demands_left_out: tuple[str, ...]


def planned_frames(made: MadePlan) -> PlannedFrames:
    """Return what the plan says of each lot and demand."""
    program, kg = made.program, made.plan.kg
    ways = program.ways.assign(kg=kg)
    sold = _sums(ways["lot"], kg, len(program.lots))
    income = _sums(ways["lot"], kg * ways["income_fen_per_kg"].to_numpy("int64"), len(program.lots))
    filled = _sums(ways["demand"], kg, len(program.demands))
    offered = program.lots["quantity_kg"].to_numpy("int64")
    lots = made.frames.lots.assign(
        offered_kg=offered, sold_kg=sold, income_fen=income, why_unsold=_why_unsold(made, sold, filled)
    )
    demands = made.frames.demands.assign(wanted_kg=program.demands["quantity_kg"].to_numpy(), filled_kg=filled)
    is_wanted = (demands["wanted_kg"] > 0).to_numpy(bool)
    return PlannedFrames(
        lots=lots[offered > 0].reset_index(drop=True),
        demands=demands[is_wanted].reset_index(drop=True),
        used=ways[kg > 0].reset_index(drop=True),
        lots_left_out=tuple(lots["lot_id"][offered <= 0]),
        demands_left_out=tuple(demands["demand_id"][~is_wanted]),
    )


def _why_unsold(made: MadePlan, sold: Kilograms, filled: Kilograms) -> pd.Series:
    """Return for each lot with something unsold why it stays, None where all is sold."""
    program, frames = made.program, made.frames
    wanted = program.demands["quantity_kg"].to_numpy("int64")
    products = products_taken(frames.demands[wanted > 0])["product_id"]
    has_way = np.zeros(len(program.lots), np.bool_)
    has_way[program.ways["lot"].to_numpy()] = True
    has_room = np.zeros(len(program.lots), np.bool_)
    to_room = (filled < wanted)[program.ways["demand"].to_numpy()]
    has_room[program.ways["lot"].to_numpy()[to_room]] = True
    reasons: list[tuple[WhyUnsold, NDArray[np.bool_]]] = [
        ("no_demand", ~frames.lots["product_id"].isin(products).to_numpy(bool)),
        ("refused", ~has_way),
        ("parts", has_room),
    ]
    why = np.full(len(program.lots), "full", dtype=object)
    for name, holds in reversed(reasons):
        why[holds] = name
    why[sold >= program.lots["quantity_kg"].to_numpy("int64")] = None
    return pd.Series(why, index=frames.lots.index, dtype="object")


def plan_totals(planned: PlannedFrames, delivery_count: int) -> PlanTotals:
    """Return what the plan comes to."""
    lots, demands, used = planned.lots, planned.demands, planned.used
    at_risk, is_sold = lots["is_at_risk"].to_numpy(bool), lots["sold_kg"].to_numpy() > 0
    transport = (used["kg"] * used["distance_hm"].astype("int64")).sum()
    return PlanTotals(
        lot_count=len(lots),
        offered_kg=int(lots["offered_kg"].sum()),
        sold_kg=int(lots["sold_kg"].sum()),
        unsold_kg=int((lots["offered_kg"] - lots["sold_kg"]).sum()),
        sold_lot_count=int(is_sold.sum()),
        seller_count=int(lots["seller_id"][is_sold].nunique()),
        at_risk_offered_kg=int(lots["offered_kg"][at_risk].sum()),
        at_risk_sold_kg=int(lots["sold_kg"][at_risk].sum()),
        demand_count=len(demands),
        wanted_kg=int(demands["wanted_kg"].sum()),
        unfilled_kg=int((demands["wanted_kg"] - demands["filled_kg"]).sum()),
        income_fen=int(lots["income_fen"].sum()),
        tonne_km=round(float(transport) / HM_KG_IN_A_TONNE_KM, 1),
        delivery_count=delivery_count,
    )


def plan_stages(made: MadePlan) -> tuple[PlanStage, ...]:
    """Return the stages in the units that people read: weighted kg, fen, tonnes times km; kg as in a plan before."""
    plain, _ = made.terms.weights()
    units = (("weighted_kg", plain), ("fen", 1), ("t_km", HM_KG_IN_A_TONNE_KM), ("kg", 1))
    return tuple(
        PlanStage.model_validate(
            {
                "name": stage.name,
                "unit": unit,
                "value": stage.value / size,
                "bound": stage.bound / size,
                "is_optimal": stage.is_optimal,
                "gap_share": abs(stage.bound - stage.value) / max(abs(stage.bound), 1),
            }
        )
        for stage, (unit, size) in zip(made.plan.stages, units, strict=False)
    )


def terms_used(made: MadePlan) -> PlanTermsUsed:
    """Return the numbers of policy that the plan is made with."""
    of_trade = {name: tuple(sorted(set(made.frames.lots[name].tolist()))) for name in TERMS}
    return PlanTermsUsed.model_validate(
        {
            "at_risk_weight": made.terms.at_risk_weight,
            "pool_fee_fen_per_kg": made.terms.pool_fee_fen_per_kg,
            **of_trade,
        }
    )


def planned_lots(planned: PlannedFrames, made: MadePlan, schema: Schema) -> tuple[PlannedLot, ...]:
    """Return what becomes of each lot, by id."""
    same = ("lot_id", "grade", "seller_kind", "seller_id", "seller_name", "is_at_risk", "use_by_on", "ask_fen_per_kg")
    own = ("offered_kg", "sold_kg", "income_fen", "why_unsold")
    parts: dict[object, list[LotPart]] = {}
    for part in rows_of(made.frames.parts):
        parts.setdefault(part["lot_id"], []).append(_lot_part(part))
    return tuple(
        PlannedLot.model_validate(
            {
                **{name: row[name] for name in (*same, *own)},
                "product": product_part(str(row["product_id"]), schema),
                "unsold_kg": int(str(row["offered_kg"])) - int(str(row["sold_kg"])),
                "made_of": tuple(parts.get(row["lot_id"], ())),
            }
        )
        for row in rows_of(planned.lots[[*same, *own, "product_id"]])
    )


def _lot_part(part: Row) -> LotPart:
    return LotPart.model_validate(
        {
            "lot_id": part["part_lot_id"],
            "seller_kind": part["seller_kind"],
            "seller_id": part["seller_id"],
            "quantity_kg": part["pooled_quantity_kg"],
        }
    )


def planned_demands(planned: PlannedFrames, schema: Schema) -> tuple[PlannedDemand, ...]:
    """Return what becomes of each demand, by id."""
    same = ("demand_id", "ends_on", "max_fen_per_kg", "wanted_kg", "filled_kg")
    return tuple(
        PlannedDemand.model_validate(
            {
                **{name: row[name] for name in same},
                "product": product_part(str(row["product_id"]), schema),
                "enterprise": enterprise_part(row),
                "unfilled_kg": int(str(row["wanted_kg"])) - int(str(row["filled_kg"])),
            }
        )
        for row in rows_of(planned.demands[[*same, "product_id", "enterprise_id", "enterprise_name"]])
    )


def enterprise_part(row: Row) -> Enterprise:
    """Return the buyer of a demand."""
    name = row["enterprise_name"]
    return Enterprise(id=str(row["enterprise_id"]), name=None if name is None else str(name))


def plan_weeks(planned: PlannedFrames, schema: Schema) -> tuple[PlanWeek, ...]:
    """Return supply and demand by week and product: each lot and each demand once, in the week of its last day."""
    sides = [
        planned.lots[["product_id"]].assign(
            week=_weeks(planned.lots["use_by_on"]),
            supply_kg=planned.lots["offered_kg"],
            sold_kg=planned.lots["sold_kg"],
        ),
        planned.demands[["product_id"]].assign(
            week=_weeks(planned.demands["ends_on"]),
            demand_kg=planned.demands["wanted_kg"],
            filled_kg=planned.demands["filled_kg"],
        ),
    ]
    sums = pd.concat(sides).fillna(0).groupby(["week", "product_id"], sort=True).sum().astype("int64").reset_index()
    return tuple(
        PlanWeek(
            week=str(row["week"]),
            product=product_part(str(row["product_id"]), schema),
            supply_kg=row["supply_kg"],
            sold_kg=row["sold_kg"],
            unsold_kg=row["supply_kg"] - row["sold_kg"],
            demand_kg=row["demand_kg"],
            unfilled_kg=row["demand_kg"] - row["filled_kg"],
        )
        for row in sums.to_dict("records")
    )


def _weeks(days: pd.Series) -> pd.Series:
    names: dict[date, str] = {day: week_of(day).name for day in set(days.dt.date)}
    return pd.Series([names[day] for day in days.dt.date], index=days.index, dtype="object")


def _sums(places: pd.Series, amounts: Kilograms, count: int) -> Kilograms:
    sums = np.zeros(count, np.int64)
    np.add.at(sums, places.to_numpy(), amounts)
    return sums
