"""What a plan for surplus produce needs beside lots and demands: who pools, how much, and who is at risk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from analysis.assistance.frames import RESOURCES
from analysis.fetch.places import coordinates_upward
from analysis.frames import Contract, day_stamp, frame_of
from analysis.produce.distance import with_coordinates
from analysis.produce.promises import PROMISES, REMEMBERED
from graph_store import GraphStore

# One row per cooperative, as the graph holds it.
PLACED_COOPERATIVES: Contract = {
    "cooperative_id": "text",
    "cooperative_name": "text",
    "closed_on": "day",
    "area_id": "text",
    "lat": "number",
    "lon": "number",
    "is_made_up": "flag",
}
STORAGE = "storage"
KG_PER_UNIT = {"kg": 1.0, "t": 1000.0}


def lots_at_risk(store: GraphStore, lot_ids: Iterable[str]) -> frozenset[str]:
    """Return those of the lots whose household is monitored: its case was recognised and is not closed."""
    rows = store.ask("produce/lots_of_monitored", lot_ids=sorted({*lot_ids}))
    return frozenset(str(row["lot_id"]) for row in rows)


def promises_of(store: GraphStore, product_ids: Iterable[str], day: date) -> pd.DataFrame:
    """Return what is promised of lots of products, by id (PROMISES): what is still to come, and what came of late."""
    rows = store.ask("produce/promises", product_ids=sorted({*product_ids}), since=day - REMEMBERED)
    return frame_of(rows, PROMISES).sort_values("commitment_id", ignore_index=True)


def pooling_cooperatives(store: GraphStore, cooperative_ids: Iterable[str], day: date) -> pd.DataFrame:
    """Return cooperatives, by id (PLACED_COOPERATIVES with coordinates filled), with `capacity_kg` on a day.

    The capacity is what the cooperative's own stores hold in kg or t; missing where none is recorded.
    """
    ids = sorted({*cooperative_ids})
    found = frame_of(store.ask("produce/cooperatives", cooperative_ids=ids), PLACED_COOPERATIVES)
    placed = with_coordinates(found, coordinates_upward(store, found["area_id"].dropna()))
    resources = frame_of(store.ask("assistance/resources_of_cooperatives", cooperative_ids=ids), RESOURCES)
    today = day_stamp(day)
    holds = ~(resources["starts_on"] > today) & ~(resources["ends_on"] < today)
    stores = resources[holds & (resources["purpose"] == STORAGE) & resources["capacity_unit"].isin(KG_PER_UNIT)]
    capacity = (stores["capacity"] * stores["capacity_unit"].map(KG_PER_UNIT)).groupby(stores["holder_id"]).sum()
    return placed.assign(capacity_kg=placed["cooperative_id"].map(capacity).astype("float64"))
