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
# A share above one but not above this may be one in percent.
WHOLE_IN_PERCENT = 100
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
    if column.type is PropertyType.SHARE:
        return share_faults(column.name, typed)
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


def share_faults(column: str, shares: pa.Array) -> list[Fault]:
    """Return the faults of shares that are none; one that may be meant in percent is told with its share."""
    low, high = SHARE_RANGE
    in_percent = pc.and_(pc.greater(shares, high), pc.less_equal(shares, WHOLE_IN_PERCENT))
    percents = places(in_percent)
    outside = places(pc.or_(pc.less(shares, low), pc.greater(shares, WHOLE_IN_PERCENT)))
    plain = [f"{percent / WHOLE_IN_PERCENT:.10g}" for percent in shares.take(pa.array(percents)).to_pylist()]
    faults = [
        Fault("share_in_percent", column, percents, {}, {"plain": plain}),
        Fault("out_of_range", column, outside, {"low": low, "high": high}),
    ]
    return [fault for fault in faults if len(fault.facts)]


def shown_number(number: float) -> str:
    """Return the number as a person writes it.

    >>> shown_number(1250000.0), shown_number(0.5)
    ('1250000', '0.5')
    """
    return str(int(number)) if number == int(number) else str(number)


def _bounds(column: FactColumn) -> tuple[int, int] | None:
    if column.name.endswith("_year"):
        return YEAR_RANGE
    return RANGES.get(column.name)


def _faults(code: str, column: FactColumn, mask: pa.Array) -> list[Fault]:
    wrong = places(mask)
    return [Fault(code, column.name, wrong)] if len(wrong) else []
