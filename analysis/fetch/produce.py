"""Lots and demands, read from the graph. Every frame has its contract in `produce.frames`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.fetch.places import coordinates_upward
from analysis.frames import frame_of
from analysis.produce import frames as contract
from analysis.produce.distance import with_coordinates
from analysis.produce.quantities import with_left_of_demands, with_left_of_lots, with_offered_of_lots
from analysis.subject import Subject
from graph_store import GraphStore


@dataclass(frozen=True)
class Pooling:
    """How lots hang together: `pools` POOLS, `parts` PARTS, `cooperatives` LOT_COOPERATIVES."""

    pools: pd.DataFrame
    parts: pd.DataFrame
    cooperatives: pd.DataFrame


def lots_on_offer(store: GraphStore, subject: Subject) -> tuple[str, ...]:
    """Return the ids of the lots that a household, cooperative or product has on offer, sorted; a lot is itself one."""
    if subject.kind == "SupplyLot":
        return (subject.id,)
    if subject.kind == "Household":
        rows = store.ask("produce/lots_of_household", household_id=subject.id)
    elif subject.kind == "Cooperative":
        rows = store.ask("produce/lots_of_cooperative", cooperative_id=subject.id)
    else:
        rows = store.ask("produce/lots_of_product", product_id=subject.id)
    return tuple(str(row["lot_id"]) for row in rows)


def lots_open(store: GraphStore, area_id: str | None) -> pd.DataFrame:
    """Return every lot that is recorded as on offer in an area or below it, or everywhere (contract OPEN_LOTS).

    With `offered_quantity_kg` and `left_quantity_kg`.
    """
    if area_id is None:
        rows = store.ask("produce/lots_open")
    else:
        rows = store.ask("produce/lots_open_in_area", area_id=area_id)
    lots = frame_of(rows, contract.OPEN_LOTS)
    ids = _ids(lots["lot_id"])
    pools = _pools(store, ids)
    return with_left_of_lots(with_offered_of_lots(lots, pools), _commitments(store, ids), pools)


def lots_named(store: GraphStore, lot_ids: Iterable[str]) -> pd.DataFrame:
    """Return lots (contract LOTS) with `left_quantity_kg`, and with coordinates filled from their areas."""
    ids = _ids(lot_ids)
    lots = frame_of(store.ask("produce/lots", lot_ids=ids), contract.LOTS)
    return _placed(store, with_left_of_lots(lots, _commitments(store, ids), _pools(store, ids)))


def demands_of(store: GraphStore, product_ids: Iterable[str]) -> pd.DataFrame:
    """Return every open demand for the products (contract DEMANDS) with `left_quantity_kg` and coordinates filled."""
    ids = _ids(product_ids)
    demands = frame_of(store.ask("produce/demands_of_products", product_ids=ids), contract.DEMANDS)
    rows = store.ask("produce/demand_commitments", product_ids=ids)
    return _placed(store, with_left_of_demands(demands, frame_of(rows, contract.DEMAND_COMMITMENTS)))


def pooling_of(store: GraphStore, lot_ids: Iterable[str]) -> Pooling:
    """Return what lots are pooled in, what is pooled in them, and which cooperatives could pool them."""
    ids = _ids(lot_ids)
    return Pooling(
        pools=_pools(store, ids),
        parts=frame_of(store.ask("produce/lot_parts", lot_ids=ids), contract.PARTS),
        cooperatives=frame_of(store.ask("produce/lot_cooperatives", lot_ids=ids), contract.LOT_COOPERATIVES),
    )


def member_lots(store: GraphStore, cooperative_ids: Iterable[str]) -> pd.DataFrame:
    """Return the lots of cooperatives and of households in them (MEMBER_LOTS and LOTS, with `left_quantity_kg`)."""
    rows = store.ask("produce/lots_of_members", cooperative_ids=_ids(cooperative_ids))
    members = frame_of(rows, contract.MEMBER_LOTS)
    return members.merge(lots_named(store, members["lot_id"]), on="lot_id")


def _commitments(store: GraphStore, lot_ids: list[str]) -> pd.DataFrame:
    return frame_of(store.ask("produce/lot_commitments", lot_ids=lot_ids), contract.LOT_COMMITMENTS)


def _pools(store: GraphStore, lot_ids: list[str]) -> pd.DataFrame:
    return frame_of(store.ask("produce/lot_pools", lot_ids=lot_ids), contract.POOLS)


def _placed(store: GraphStore, frame: pd.DataFrame) -> pd.DataFrame:
    return with_coordinates(frame, coordinates_upward(store, frame["area_id"].dropna()))


def _ids(values: Iterable[object]) -> list[str]:
    return sorted({str(value) for value in values})
