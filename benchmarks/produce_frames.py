"""A made-up market for produce in frames: lots and demands around county towns, for measuring how plans are made.

Products are as unequal as Zipf's law has it, one seller in twenty is a cooperative with large lots, prices and asks
overlap, shelf lives run from three days to ten weeks. How far demands reach decides how many ways there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DAY = date(2026, 5, 20)
COUNTIES = 120
PRODUCTS = 16
GRADES = np.array(["special", "1", "2", "process"], dtype=object)
ORDER = ("special", "1", "2", "process")
CERTIFICATES = np.array([(), (), (), (), ("green_food",), ("green_food", "organic")], dtype=object)
SHELF_DAYS = np.array([3, 4, 5, 7, 14, 30, 60, 70])
# Degrees: the south-east of the country, and how widely places lie around a county town.
SOUTH, NORTH, WEST, EAST, SPREAD = 22.5, 28.0, 112.0, 120.0, 0.18

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Market:
    """`lots`: LOTS with `left_quantity_kg`, terms and `is_at_risk`; `demands`: DEMANDS with `left_quantity_kg`."""

    lots: pd.DataFrame
    demands: pd.DataFrame


def made_up_market(lots: int, demands: int, reach_km: float, *, seed: int) -> Market:
    """Return a market of so many lots and demands that reach about so far; the same seed gives the same market."""
    draw = np.random.default_rng(seed)
    towns = np.column_stack((draw.uniform(SOUTH, NORTH, COUNTIES), draw.uniform(WEST, EAST, COUNTIES)))
    share = 1 / np.arange(1, PRODUCTS + 1)
    share /= share.sum()
    return Market(_lots(draw, towns, share, lots), _demands(draw, towns, share, demands, reach_km))


def _lots(
    draw: np.random.Generator, towns: NDArray[np.float64], share: NDArray[np.float64], count: int
) -> pd.DataFrame:
    is_cooperative = draw.random(count) < 0.05
    kilograms = np.where(is_cooperative, draw.lognormal(9.0, 0.7, count), draw.lognormal(6.5, 0.8, count)).round() + 20
    product = draw.choice(PRODUCTS, count, p=share)
    ready = _days(draw.integers(-5, 25, count))
    keeps = SHELF_DAYS[product % len(SHELF_DAYS)] + draw.integers(0, 3, count)
    return pd.DataFrame(
        {
            "lot_id": _ids("lot", draw.permutation(count)),
            "product_id": _ids("product", product),
            "seller_kind": _texts(np.where(is_cooperative, "Cooperative", "Household")),
            "seller_id": _ids("seller", np.arange(count)),
            "seller_name": _texts([None] * count),
            "grade": _texts(draw.choice(GRADES, count, p=[0.1, 0.4, 0.35, 0.15])),
            "lot_quantity_kg": kilograms,
            "ready_on": ready,
            "use_by_on": ready + keeps.astype("timedelta64[D]"),
            "ask_fen_per_kg": pd.array(draw.integers(150, 420, count), dtype="Int64"),
            "min_split_quantity_kg": np.full(count, np.nan),
            "certificate_codes": _texts(draw.choice(CERTIFICATES, count)),
            "lot_status": _texts(["open"] * count),
            **_places(draw, towns, count),
            "is_made_up": True,
            "left_quantity_kg": kilograms,
            "road_factor": 1.3,
            "transport_fen_per_t_km": 60.0,
            "travel_km_per_day": 400.0,
            "loading_days": 0.0,
            "grade_order": _texts([ORDER] * count),
            "is_at_risk": draw.random(count) < 0.15,
        }
    )


def _demands(
    draw: np.random.Generator, towns: NDArray[np.float64], share: NDArray[np.float64], count: int, reach_km: float
) -> pd.DataFrame:
    kilograms = draw.lognormal(10.2, 0.9, count).round() + 500
    starts = _days(draw.integers(-5, 20, count))
    reach = (reach_km * draw.lognormal(0.0, 0.4, count)).round()
    return pd.DataFrame(
        {
            "demand_id": _ids("demand", draw.permutation(count)),
            "product_id": _ids("product", draw.choice(PRODUCTS, count, p=share)),
            "enterprise_id": _ids("enterprise", draw.integers(0, count, count)),
            "enterprise_name": _texts([None] * count),
            "enterprise_closed_on": np.full(count, np.datetime64("NaT"), dtype="datetime64[s]"),
            "min_grade": _texts(draw.choice(GRADES, count, p=[0.05, 0.25, 0.4, 0.3])),
            "wanted_quantity_kg": kilograms,
            "max_fen_per_kg": pd.array(draw.integers(220, 600, count), dtype="Int64"),
            "max_distance_km": np.where(draw.random(count) < 0.02, np.nan, reach),
            "min_batch_quantity_kg": np.full(count, np.nan),
            "certificate_codes": _texts(draw.choice(CERTIFICATES[:5], count)),
            "also_product_codes": _texts([()] * count),
            "starts_on": starts,
            "ends_on": starts + draw.integers(5, 30, count).astype("timedelta64[D]"),
            "demand_status": _texts(["open"] * count),
            **_places(draw, towns, count),
            "is_made_up": True,
            "left_quantity_kg": kilograms,
        }
    )


def _places(draw: np.random.Generator, towns: NDArray[np.float64], count: int) -> dict[str, object]:
    county = draw.integers(0, len(towns), count)
    at = towns[county] + draw.normal(0, SPREAD, (count, 2))
    names = _ids("county", county)
    return {"area_id": names, "area_name": names, "lat": at[:, 0], "lon": at[:, 1]}


def _days(offset: Places) -> NDArray[np.datetime64]:
    return (np.datetime64(DAY, "s") + offset.astype("timedelta64[D]")).astype("datetime64[s]")


def _ids(word: str, numbers: Places) -> pd.Series:
    return _texts([f"{word}{number:06d}" for number in numbers.tolist()])


def _texts(values: list[object] | NDArray[np.object_]) -> pd.Series:
    return pd.Series(values, dtype="object")
