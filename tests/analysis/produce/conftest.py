"""One lot and one demand that fit, and what makes a pair of them with some values changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from analysis.frames import Contract, Row, frame_of
from analysis.produce.constraints import with_constraints
from analysis.produce.frames import DEMANDS, LEFT, LOTS, TERMS
from analysis.produce.pairs import pair_up

DAY = date(2026, 5, 20)

# Two degrees of longitude apart on the equator: 222.4 km as the crow flies, 200 fen a km and tonne makes whole numbers.
FITTING_LOT: Row = {
    "lot_id": "lot",
    "product_id": "green_plum",
    "seller_kind": "Household",
    "seller_id": "h1",
    "seller_name": None,
    "grade": "1",
    "lot_quantity_kg": 1000.0,
    "ready_on": date(2026, 5, 22),
    "use_by_on": date(2026, 5, 29),
    "ask_fen_per_kg": 300,
    "min_split_quantity_kg": None,
    "certificate_codes": ("organic",),
    "lot_status": "open",
    "area_id": "a1",
    "area_name": "A",
    "lat": 0.0,
    "lon": 117.0,
    "is_made_up": True,
    LEFT: 1000.0,
    "road_factor": 1.0,
    "transport_fen_per_t_km": 100.0,
    "travel_km_per_day": 200.0,
    "loading_days": 0.0,
    "grade_order": ("special", "1", "2", "process"),
}
FITTING_DEMAND: Row = {
    "demand_id": "demand",
    "product_id": "green_plum",
    "enterprise_id": "e1",
    "enterprise_name": "E",
    "enterprise_closed_on": None,
    "min_grade": "2",
    "wanted_quantity_kg": 5000.0,
    "max_fen_per_kg": 400,
    "max_distance_km": 300.0,
    "min_batch_quantity_kg": 500.0,
    "certificate_codes": ("organic",),
    "also_product_codes": (),
    "starts_on": date(2026, 5, 15),
    "ends_on": date(2026, 5, 31),
    "demand_status": "open",
    "area_id": "a2",
    "area_name": "B",
    "lat": 0.0,
    "lon": 119.0,
    "is_made_up": True,
    LEFT: 5000.0,
}


@pytest.fixture(scope="session")
def make_lots() -> Callable[..., pd.DataFrame]:
    """Return what makes lots out of rows of changes."""

    def make(*changes: Row) -> pd.DataFrame:
        form: Contract = {**LOTS, **TERMS, LEFT: "number", "grade_order": "texts"}
        return frame_of([FITTING_LOT | change for change in changes], form)

    return make


@pytest.fixture(scope="session")
def make_demands() -> Callable[..., pd.DataFrame]:
    """Return what makes demands out of rows of changes."""

    def make(*changes: Row) -> pd.DataFrame:
        return frame_of([FITTING_DEMAND | change for change in changes], {**DEMANDS, LEFT: "number"})

    return make


@pytest.fixture(scope="session")
def make_pair(
    make_lots: Callable[..., pd.DataFrame], make_demands: Callable[..., pd.DataFrame]
) -> Callable[..., pd.DataFrame]:
    """Return what makes the one pair of a lot and a demand, with constraints."""

    def make(lot: Row | None = None, demand: Row | None = None) -> pd.DataFrame:
        return with_constraints(pair_up(make_lots(lot or {}), make_demands(demand or {}), DAY))

    return make
