"""What a number may be, told by its name: a count is never negative, a latitude lies between -90 and 90."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.meta import PropertyType
from graph_schema.tables import FactColumn
from loaders.rows.fact_rows import Fault, places

# Bounds that follow from what the name means; both ends belong to the range.
RANGES: dict[str, tuple[int, int]] = {
    "lat": (-90, 90),
    "lon": (-180, 180),
    "rating_number": (1, 5),
    "worked_months": (0, 12),
}
SHARE_RANGE = (0, 1)
# A year has four digits.
YEAR_RANGE = (1000, 9999)
# Incomes are net of costs, land may lie below the sea, and what an indicator measures may be anything.
MAY_BE_NEGATIVE = frozenset({"low_fen", "high_fen", "altitude_m", "number_value", "low_value", "high_value"})
# Nothing offered, wanted, promised or brought is no lot, demand, commitment or delivery.
MUST_BE_POSITIVE = frozenset(
    {
        "agreed_quantity_kg",
        "contract_quantity_kg",
        "delivered_quantity_kg",
        "lot_quantity_kg",
        "number",
        "period_months",
        "pooled_quantity_kg",
        "wanted_quantity_kg",
    }
)


def range_faults(column: FactColumn, typed: pa.Array) -> list[Fault]:
    """Return the faults of numbers that their name rules out."""
    if column.type not in (PropertyType.WHOLE, PropertyType.NUMBER, PropertyType.SHARE):
        return []
    bounds = _bounds(column)
    if bounds is not None:
        low, high = bounds
        outside = places(pc.or_(pc.less(typed, low), pc.greater(typed, high)))
        return [Fault("out_of_range", column.name, outside, {"low": low, "high": high})] if len(outside) else []
    if column.name in MUST_BE_POSITIVE:
        return _faults("not_positive", column, pc.less_equal(typed, 0))
    if column.name not in MAY_BE_NEGATIVE:
        return _faults("negative", column, pc.less(typed, 0))
    return []


def _bounds(column: FactColumn) -> tuple[int, int] | None:
    if column.type is PropertyType.SHARE:
        return SHARE_RANGE
    if column.name.endswith("_year"):
        return YEAR_RANGE
    return RANGES.get(column.name)


def _faults(code: str, column: FactColumn, mask: pa.Array) -> list[Fault]:
    wrong = places(mask)
    return [Fault(code, column.name, wrong)] if len(wrong) else []
