"""Lots, demands, buyers and refusals as an answer shows them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import pandas as pd

from analysis.frames import Row, rows_of, texts_in
from analysis.produce.frames import LEFT, TERMS
from analysis.produce.pairs import DEMAND, WANTED
from analysis.produce.parts import (
    Buyer,
    Demand,
    Enterprise,
    Lot,
    LotBuyers,
    LotPart,
    OfferedLot,
    Pool,
    PooledIn,
    Product,
    Refusal,
    Terms,
    Way,
)
from analysis.produce.products import ALSO_TAKES
from analysis.produce.reasons import reasons_of
from graph_schema import Schema


@dataclass(frozen=True)
class ProduceFrames:
    """What is told of lots.

    `lots` LOTS with left quantity, terms and `is_expired`; `pools` POOLS; `parts` PARTS; `buyers` and `refusals` as
    `produce.ranking` gives them; `pooled` POOLED.
    """

    lots: pd.DataFrame
    pools: pd.DataFrame
    parts: pd.DataFrame
    buyers: pd.DataFrame
    refusals: pd.DataFrame
    pooled: pd.DataFrame


def lot_buyers(frames: ProduceFrames, schema: Schema, demand_limit: int) -> tuple[LotBuyers, ...]:
    """Return each lot, by id, with at most `demand_limit` buyers and refusals; the counts hold for all of them."""
    buyers, refusals = _by_lot(frames.buyers), _by_lot(frames.refusals)
    pools, parts = _by_lot(frames.pools), _by_lot(frames.parts)
    pooled = {(row["lot_id"], row["demand_id"]): row for row in rows_of(frames.pooled)}
    told = []
    for row in sorted(rows_of(frames.lots), key=lambda each: str(each["lot_id"])):
        lot_id = row["lot_id"]
        found, refused = buyers.get(lot_id, []), refusals.get(lot_id, [])
        told.append(
            LotBuyers(
                lot=_lot(row, pools.get(lot_id, []), parts.get(lot_id, []), schema),
                terms=Terms.model_validate({name: row[name] for name in TERMS}),
                buyer_count=len(found),
                buyers=tuple(_buyer(rank, pair, schema) for rank, pair in enumerate(found[:demand_limit], start=1)),
                refusal_count=len(refused),
                refused_by=_counts(refused),
                refusals=tuple(
                    _refusal(pair, _pool(pooled.get((lot_id, pair["demand_id"])), pair), schema)
                    for pair in refused[:demand_limit]
                ),
            )
        )
    return tuple(told)


def _by_lot(frame: pd.DataFrame) -> Mapping[object, list[Row]]:
    lists: dict[object, list[Row]] = defaultdict(list)
    for row in rows_of(frame):
        lists[row["lot_id"]].append(row)
    return lists


def _counts(refused: list[Row]) -> dict[str, int]:
    return dict(sorted(Counter(name for pair in refused for name in texts_in(pair, "failed")).items()))


def product_part(product_id: str, schema: Schema) -> Product:
    """Return a product; a graph may hold a code of another version of the vocabulary, which is its own name."""
    product = schema.products.get(product_id)
    label = product.label if product else None
    return Product(id=product_id, name_en=label.en if label else product_id, name_zh=label.zh if label else product_id)


def offered_part(row: Row, schema: Schema) -> OfferedLot:
    """Return a lot (LOTS with `left_quantity_kg` and `is_expired`)."""
    return OfferedLot.model_validate(_of_lot(row, schema))


def _of_lot(row: Row, schema: Schema) -> dict[str, object]:
    same = ("lot_id", "seller_kind", "seller_id", "seller_name", "area_id", "area_name", "grade", "lot_quantity_kg")
    terms = ("ready_on", "use_by_on", "ask_fen_per_kg", "min_split_quantity_kg", "lot_status", "is_expired")
    return {
        **{name: row[name] for name in (*same, *terms, LEFT)},
        "product": product_part(str(row["product_id"]), schema),
        "certificates": texts_in(row, "certificate_codes"),
    }


def _lot(row: Row, pools: list[Row], parts: list[Row], schema: Schema) -> Lot:
    return Lot.model_validate(
        {
            **_of_lot(row, schema),
            "pooled_in": tuple(
                PooledIn.model_validate({"lot_id": pool["pool_lot_id"], "quantity_kg": pool["pooled_quantity_kg"]})
                for pool in pools
            ),
            "parts": tuple(
                LotPart.model_validate(
                    {
                        "lot_id": part["part_lot_id"],
                        "seller_kind": part["seller_kind"],
                        "seller_id": part["seller_id"],
                        "quantity_kg": part["pooled_quantity_kg"],
                    }
                )
                for part in parts
            ),
        }
    )


def demand_part(row: Row, schema: Schema, suffix: str = "") -> Demand:
    """Return a demand (DEMANDS with `left_quantity_kg`); beside a lot its columns carry the suffix DEMAND."""
    product_id = str(row[WANTED if suffix else "product_id"])
    name = row["enterprise_name"]
    same = ("demand_id", "min_grade", "wanted_quantity_kg", "max_fen_per_kg", "max_distance_km")
    terms = ("min_batch_quantity_kg", "starts_on", "ends_on")
    return Demand.model_validate(
        {
            **{column: row[column] for column in (*same, *terms)},
            "product": product_part(product_id, schema),
            "also_takes": tuple(product_part(each, schema) for each in texts_in(row, ALSO_TAKES) if each != product_id),
            "enterprise": Enterprise(id=str(row["enterprise_id"]), name=None if name is None else str(name)),
            "area_id": row[f"area_id{suffix}"],
            "area_name": row[f"area_name{suffix}"],
            LEFT: row[LEFT + suffix],
            "certificates": texts_in(row, f"certificate_codes{suffix}"),
        }
    )


def _way(pair: Row) -> Way:
    leaves_on = pair["leaves_on"]
    if pair["distance_km"] is None:
        unknown = dict.fromkeys(("distance_km", "transport_fen_per_kg", "after_transport_fen_per_kg", "arrives_on"))
        return Way.model_validate({**unknown, "leaves_on": leaves_on})
    return Way.model_validate({name: pair[name] for name in Way.model_fields})


def _buyer(rank: int, pair: Row, schema: Schema) -> Buyer:
    way, quantity_kg = _way(pair), float(str(pair["quantity_kg"]))
    transport, worth = way.transport_fen_per_kg, way.after_transport_fen_per_kg
    return Buyer(
        rank=rank,
        demand=demand_part(pair, schema, DEMAND),
        way=way,
        quantity_kg=quantity_kg,
        transport_fen=None if transport is None else ceil(transport * quantity_kg),
        worth_fen=None if worth is None else int(worth * quantity_kg),
    )


def _refusal(pair: Row, pool: Pool | None, schema: Schema) -> Refusal:
    return Refusal(
        demand=demand_part(pair, schema, DEMAND),
        way=_way(pair),
        quantity_kg=float(str(pair["quantity_kg"])),
        reasons=reasons_of(pair, pool, schema),
    )


def _pool(row: Row | None, pair: Row) -> Pool | None:
    if row is None:
        return None
    quantity_kg = float(str(row["pooled_quantity_kg"]))
    could_take = min(quantity_kg, float(str(pair[LEFT + DEMAND])))
    return Pool.model_validate(
        {
            "cooperative_id": row["cooperative_id"],
            "cooperative_name": row["cooperative_name"],
            "quantity_kg": quantity_kg,
            "is_enough": could_take >= float(str(pair["min_batch_quantity_kg"])),
        }
    )
