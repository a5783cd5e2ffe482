"""What makes cooperatives, members and roads out of rows, and tells the ways of a program by id."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.frames import Row, frame_of
from analysis.produce.plan.program import Program
from analysis.produce.plan.ways.frames import COOPERATIVES, MEMBERS, ROADS

# At the lot's own place, so that nothing is driven to it; see FITTING_LOT.
FITTING_COOPERATIVE: Row = {
    "cooperative_id": "c",
    "area_id": "a1",
    "lat": 0.0,
    "lon": 117.0,
    "capacity_kg": None,
    "storage_days": None,
    "pool_fee_fen_per_kg": None,
    "closed_on": None,
}


@pytest.fixture(scope="session")
def make_cooperatives() -> Callable[..., pd.DataFrame]:
    """Return what makes cooperatives out of rows of changes."""

    def make(*changes: Row) -> pd.DataFrame:
        return frame_of([FITTING_COOPERATIVE | change for change in changes], COOPERATIVES)

    return make


@pytest.fixture(scope="session")
def make_members() -> Callable[..., pd.DataFrame]:
    """Return what makes members out of pairs of a lot and a cooperative."""

    def make(*pairs: tuple[str, str]) -> pd.DataFrame:
        return frame_of([dict(zip(MEMBERS, pair, strict=True)) for pair in pairs], MEMBERS)

    return make


@pytest.fixture(scope="session")
def make_roads() -> Callable[..., pd.DataFrame]:
    """Return what makes roads out of from, to, km and, if given, whether it is one way."""

    def make(*roads: tuple[object, ...]) -> pd.DataFrame:
        return frame_of([dict(zip(ROADS, (*road, False)[:4], strict=True)) for road in roads], ROADS)

    return make


@pytest.fixture(scope="session")
def told() -> Callable[[Program], list[tuple[object, ...]]]:
    """Return what tells each way: lot, demand, cooperative (None: none), fen a kg, hundred metres, day of arrival."""

    def tell(program: Program) -> list[tuple[object, ...]]:
        lots, demands = program.lots["lot_id"].tolist(), program.demands["demand_id"].tolist()
        cooperatives = program.cooperatives["cooperative_id"].tolist()
        columns = ("lot", "demand", "cooperative", "income_fen_per_kg", "distance_hm", "arrives_on")
        return [
            (lots[lot], demands[demand], cooperatives[pool] if pool >= 0 else None, *rest)
            for lot, demand, pool, *rest in zip(*(program.ways[name].tolist() for name in columns), strict=True)
        ]

    return tell
