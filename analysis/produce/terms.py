"""The numbers of trade that hold where a lot lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

import pandas as pd

from analysis.produce.frames import TERMS
from policy import Policy


@dataclass(frozen=True)
class TradeTerms:
    """Road length per straight line, cost of transport, km driven in a day, days of loading; grades, best first."""

    road_factor: float
    transport_fen_per_t_km: float
    travel_km_per_day: float
    loading_days: float
    grade_order: tuple[str, ...]


def trade_terms(policy: Policy, area_id: str | None, day: date) -> TradeTerms:
    """Return the terms of an area on a day; raises ParameterError where the policy has none."""
    return TradeTerms(
        road_factor=policy.number("trade.road_factor", area_id=area_id, day=day),
        transport_fen_per_t_km=policy.number("trade.transport_fen_per_t_km", area_id=area_id, day=day),
        travel_km_per_day=policy.number("trade.travel_km_per_day", area_id=area_id, day=day),
        loading_days=policy.number("trade.loading_days", area_id=area_id, day=day),
        grade_order=tuple(policy.codes("trade.grade_order", area_id=area_id, day=day)),
    )


def with_terms(lots: pd.DataFrame, terms_by_area: Mapping[str | None, TradeTerms]) -> pd.DataFrame:
    """Return the lots with the terms of their areas (adds the columns of TERMS and `grade_order`)."""
    terms = [terms_by_area[area_id] for area_id in lots["area_id"]]
    columns = {name: pd.Series([asdict(each)[name] for each in terms], index=lots.index) for name in TERMS}
    numbers = {name: column.astype("float64") for name, column in columns.items()}
    orders = pd.Series([each.grade_order for each in terms], index=lots.index, dtype="object")
    return lots.assign(**numbers, grade_order=orders)
