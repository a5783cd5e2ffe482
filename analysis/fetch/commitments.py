"""Promises of lots to demands and their deliveries, from the ledger; who sells and buys them, from the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from analysis.fetch.newest import newest_on
from analysis.frames import frame_of
from analysis.produce.trade.frames import COMMITMENTS, DELIVERIES, DEMAND_BUYERS, LOT_SELLERS
from graph_store import GraphStore
from ledger import Ledger

COMMITMENT, DELIVERY = "Commitment", "Delivery"
# What a column of a contract is called in the ledger, where that is another name.
_NAMES: Mapping[str, Mapping[str, str]] = {
    COMMITMENT: {"commitment_id": "id", "lot_id": "supply_lot_id"},
    DELIVERY: {"delivery_id": "id"},
}


def commitments_on(
    ledger: Ledger, day: date, *, lot_id: str | None = None, demand_id: str | None = None
) -> pd.DataFrame:
    """Return every commitment, in the state it had on a day (COMMITMENTS), by id; of one lot or demand if named."""
    named = {"supply_lot_id": lot_id, "demand_id": demand_id}
    where = {column: [value] for column, value in named.items() if value is not None}
    return newest_on(ledger, COMMITMENT, COMMITMENTS, day, names=_NAMES[COMMITMENT], where=where)


def deliveries_on(ledger: Ledger, day: date, commitment_ids: Iterable[str] | None = None) -> pd.DataFrame:
    """Return every delivery known on a day (DELIVERIES), by id; of some commitments if they are named."""
    where = {} if commitment_ids is None else {"commitment_id": sorted({*commitment_ids})}
    return newest_on(ledger, DELIVERY, DELIVERIES, day, names=_NAMES[DELIVERY], where=where)


def demand_buyers(store: GraphStore, demand_ids: Iterable[str]) -> pd.DataFrame:
    """Return whose demands they are and for which product, whether or not they are open (DEMAND_BUYERS)."""
    return frame_of(store.ask("produce/demand_buyers", demand_ids=sorted({*demand_ids})), DEMAND_BUYERS)


def lot_sellers(store: GraphStore, lot_ids: Iterable[str]) -> pd.DataFrame:
    """Return who sells lots and of which product, whether or not they are on offer (LOT_SELLERS)."""
    return frame_of(store.ask("produce/lots", lot_ids=sorted({*lot_ids})), LOT_SELLERS)


def lots_in_area(store: GraphStore, area_id: str) -> frozenset[str]:
    """Return the ids of every lot that lies in an area or below it, sold and past ones too."""
    return frozenset(str(row["lot_id"]) for row in store.ask("produce/lots_in_area", area_id=area_id))
