"""Promises of lots to demands and their deliveries, from the ledger; who sells and buys them, from the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from analysis.frames import Contract, frame_of
from analysis.produce.trade.frames import COMMITMENTS, DELIVERIES, DEMAND_BUYERS, LOT_SELLERS
from graph_store import GraphStore
from ledger import Ledger

COMMITMENT, DELIVERY = "Commitment", "Delivery"
# What a column of a contract is called in the ledger, where that is another name.
_NAMES: Mapping[str, Mapping[str, str]] = {
    COMMITMENT: {"commitment_id": "id", "lot_id": "supply_lot_id"},
    DELIVERY: {"delivery_id": "id"},
}
_OF_FACTS = ("recorded_at", "load_id", "source_row", "valid_from", "valid_to")


def commitments_on(
    ledger: Ledger, day: date, *, lot_id: str | None = None, demand_id: str | None = None
) -> pd.DataFrame:
    """Return every commitment, in the state it had on a day (COMMITMENTS), by id; of one lot or demand if named."""
    named = {"supply_lot_id": lot_id, "demand_id": demand_id}
    where = {column: [value] for column, value in named.items() if value is not None}
    return _newest(ledger, COMMITMENT, COMMITMENTS, where, day)


def deliveries_on(ledger: Ledger, day: date, commitment_ids: Iterable[str] | None = None) -> pd.DataFrame:
    """Return every delivery known on a day (DELIVERIES), by id; of some commitments if they are named."""
    where = {} if commitment_ids is None else {"commitment_id": sorted({*commitment_ids})}
    return _newest(ledger, DELIVERY, DELIVERIES, where, day)


def demand_buyers(store: GraphStore, demand_ids: Iterable[str]) -> pd.DataFrame:
    """Return whose demands they are and for which product, whether or not they are open (DEMAND_BUYERS)."""
    return frame_of(store.ask("produce/demand_buyers", demand_ids=sorted({*demand_ids})), DEMAND_BUYERS)


def lot_sellers(store: GraphStore, lot_ids: Iterable[str]) -> pd.DataFrame:
    """Return who sells lots and of which product, whether or not they are on offer (LOT_SELLERS)."""
    return frame_of(store.ask("produce/lots", lot_ids=sorted({*lot_ids})), LOT_SELLERS)


def lots_in_area(store: GraphStore, area_id: str) -> frozenset[str]:
    """Return the ids of every lot that lies in an area or below it, sold and past ones too."""
    return frozenset(str(row["lot_id"]) for row in store.ask("produce/lots_in_area", area_id=area_id))


def _newest(
    ledger: Ledger, kind: str, contract: Contract, where: Mapping[str, Sequence[str]], day: date
) -> pd.DataFrame:
    """Return the newest word on each thing that had begun by the day; what had ended by then is left out."""
    names = {column: _NAMES[kind].get(column, column) for column in contract}
    facts = ledger.facts(kind, columns=[*names.values(), *_OF_FACTS], where=where).to_pylist()
    told: dict[str, dict[str, object]] = {}
    for fact in sorted(facts, key=lambda each: (each["recorded_at"], each["load_id"], each["source_row"])):
        if fact["valid_from"] is None or fact["valid_from"] <= day:
            told[fact["id"]] = fact
    rows = (fact for _, fact in sorted(told.items()) if not _has_ended(fact, day))
    return frame_of(({column: row[name] for column, name in names.items()} for row in rows), contract)


def _has_ended(fact: Mapping[str, object], day: date) -> bool:
    valid_to = fact["valid_to"]
    return isinstance(valid_to, date) and valid_to < day
