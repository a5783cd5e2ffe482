"""The deliveries of a plan: who sends what to whom, and of each pooled one, whose produce it is."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from analysis.frames import Row, rows_of
from analysis.produce.lot_parts import product_part
from analysis.questions.produce_plan_answer import DeliveryPart, PlannedDelivery
from analysis.questions.produce_plan_made import MadePlan
from analysis.questions.produce_plan_told import DIRECT, PlannedFrames, enterprise_part
from graph_schema import Schema

HM_IN_A_KM = 10
# What stands between the sender and the demand in the id of a delivery.
JOINT = " > "

_OF_LOTS = ["lot_id", "seller_kind", "seller_id", "seller_name", "product_id"]
_OF_DEMANDS = ["demand_id", "product_id", "enterprise_id", "enterprise_name", "max_fen_per_kg"]


def planned_deliveries(made: MadePlan, planned: PlannedFrames, schema: Schema) -> tuple[PlannedDelivery, ...]:
    """Return every delivery, by sender and demand, its parts by lot."""
    rows = rows_of(_named(made, planned))
    grouped = groupby(rows, key=lambda row: (row["sender"], row["is_pooled"], row["demand_id"]))
    return tuple(_delivery(list(parts), schema) for _, parts in grouped)


def _named(made: MadePlan, planned: PlannedFrames) -> pd.DataFrame:
    """Return the ways that carry something with the names of their ends, those of one delivery together."""
    used = planned.used
    lots = made.frames.lots[_OF_LOTS].rename(columns={"product_id": "lot_product_id"})
    lots = lots.iloc[used["lot"].to_numpy()].reset_index(drop=True)
    demands = made.frames.demands[_OF_DEMANDS].iloc[used["demand"].to_numpy()].reset_index(drop=True)
    is_pooled = used["cooperative"] != DIRECT
    # No cooperative has the place of what a seller sends himself: its row stays empty.
    brings = made.frames.cooperatives[["cooperative_id", "cooperative_name"]].reindex(used["cooperative"].to_numpy())
    brings = brings.reset_index(drop=True)
    named = pd.concat([used[["kg", "income_fen_per_kg", "distance_hm", "arrives_on"]], lots, demands, brings], axis=1)
    sender = lots["lot_id"].where(~is_pooled, brings["cooperative_id"])
    named = named.assign(is_pooled=is_pooled, sender=sender)
    return named.sort_values(["sender", "is_pooled", "demand_id", "lot_id"], kind="stable", ignore_index=True)


def _delivery(rows: list[Row], schema: Schema) -> PlannedDelivery:
    first = rows[0]
    parts = tuple(_part(row, schema) for row in rows)
    quantity, income = sum(part.quantity_kg for part in parts), sum(part.income_fen for part in parts)
    is_pooled = bool(first["is_pooled"])
    sender = {
        "sender_kind": "Cooperative" if is_pooled else first["seller_kind"],
        "sender_id": first["cooperative_id" if is_pooled else "seller_id"],
        "sender_name": first["cooperative_name" if is_pooled else "seller_name"],
    }
    return PlannedDelivery.model_validate(
        {
            "delivery_id": f"{first['sender']}{JOINT}{first['demand_id']}",
            "is_pooled": is_pooled,
            **sender,
            "demand_id": first["demand_id"],
            "enterprise": enterprise_part(first),
            "product": product_part(str(first["product_id"]), schema),
            "quantity_kg": quantity,
            "arrives_on": max(part.arrives_on for part in parts),
            "max_fen_per_kg": first["max_fen_per_kg"],
            "after_costs_fen_per_kg": round(income / quantity, 2),
            "income_fen": income,
            "parts": parts,
        }
    )


def _part(row: Row, schema: Schema) -> DeliveryPart:
    quantity, price = int(str(row["kg"])), int(str(row["income_fen_per_kg"]))
    return DeliveryPart.model_validate(
        {
            "lot_id": row["lot_id"],
            "seller_kind": row["seller_kind"],
            "seller_id": row["seller_id"],
            "product": product_part(str(row["lot_product_id"]), schema),
            "quantity_kg": quantity,
            "distance_km": int(str(row["distance_hm"])) / HM_IN_A_KM,
            "arrives_on": row["arrives_on"],
            "after_costs_fen_per_kg": price,
            "income_fen": price * quantity,
        }
    )
