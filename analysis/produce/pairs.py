"""Lots and demands side by side: what each demand could take of each lot, from how far, for how much, by when."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analysis.frames import day_stamp
from analysis.produce.distance import great_circle_km
from analysis.produce.frames import LEFT
from analysis.produce.products import products_taken

# Columns that lots and demands both have; they are told apart by this suffix.
LOT, DEMAND = "_lot", "_demand"
# What the demand wants itself; `product_id` is what the lot is, which the demand may take as well.
WANTED = "wanted_product_id"


def pair_up(lots: pd.DataFrame, demands: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return one row per lot and demand that takes its product, whether or not it could take the lot itself.

    `lots`: LOTS with `left_quantity_kg` and terms; `demands`: DEMANDS with `left_quantity_kg`; both with coordinates
    filled. Adds `wanted_product_id`, and what a sale would mean: `day`, `distance_km` (to 0.1 km),
    `transport_fen_per_kg` (a part of a fen counts as one), `after_transport_fen_per_kg` (the buyer's highest price less
    transport), `leaves_on`, `arrives_on` and `quantity_kg`. Where a place is unknown, distance is missing and the rest
    is reckoned as if there were no way to go.
    """
    taken = products_taken(demands)
    wanted = demands.rename(columns={"product_id": WANTED}).iloc[taken["row"].to_numpy()]
    wanted = wanted.assign(product_id=taken["product_id"].to_numpy())
    pairs = lots.merge(wanted, on="product_id", suffixes=(LOT, DEMAND))
    straight = great_circle_km(
        *(pairs[name].to_numpy("float64") for name in ("lat_lot", "lon_lot", "lat_demand", "lon_demand"))
    )
    distance = pd.Series(np.round(straight * pairs["road_factor"].to_numpy("float64"), 1), index=pairs.index)
    pairs = pairs.assign(day=day_stamp(day), distance_km=distance)
    return pairs.assign(**_prices(pairs), **_days(pairs), quantity_kg=pairs[[LEFT + LOT, LEFT + DEMAND]].min(axis=1))


def _prices(pairs: pd.DataFrame) -> dict[str, pd.Series]:
    exact = pairs["distance_km"].fillna(0.0) * pairs["transport_fen_per_t_km"] / 1000
    # Rounding first keeps a cost of exactly 6 fen from becoming 7 by the last digit of a float.
    transport = np.ceil(exact.round(6)).astype("Int64")
    return {
        "transport_fen_per_kg": transport,
        "after_transport_fen_per_kg": pairs["max_fen_per_kg"] - transport,
    }


def _days(pairs: pd.DataFrame) -> dict[str, pd.Series]:
    """Return when the load leaves and arrives; what is driven within one day arrives on the day it leaves."""
    loaded = pairs["ready_on"] + pd.to_timedelta(pairs["loading_days"], unit="D").astype("timedelta64[s]")
    leaves = loaded.where(loaded > pairs["day"], pairs["day"])
    whole_days = np.floor(pairs["distance_km"].fillna(0.0) / pairs["travel_km_per_day"])
    earliest = leaves + pd.to_timedelta(whole_days, unit="D").astype("timedelta64[s]")
    return {"leaves_on": leaves, "arrives_on": earliest.where(earliest > pairs["starts_on"], pairs["starts_on"])}
