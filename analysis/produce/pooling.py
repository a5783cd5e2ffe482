"""What a cooperative could bring together where one lot is too small for a buyer."""

from __future__ import annotations

import pandas as pd

from analysis.frames import Contract, Row, frame_of, rows_of, texts_in
from analysis.produce.frames import LEFT
from analysis.produce.pairs import WANTED
from analysis.produce.products import ALSO_TAKES
from policy.grades import is_good_enough

# One row per lot and demand whose smallest batch the lot does not reach: the cooperative that could pool most for it.
POOLED: Contract = {
    "lot_id": "text",
    "demand_id": "text",
    "cooperative_id": "text",
    "cooperative_name": "text",
    "pooled_quantity_kg": "number",
}


def pooled_quantities(pairs: pd.DataFrame, cooperatives: pd.DataFrame, member_lots: pd.DataFrame) -> pd.DataFrame:
    """Return what could be pooled for each pair that is too small (contract POOLED); `pairs` come with constraints.

    What counts is what is left of the lots of the cooperative and its households (`member_lots`: MEMBER_LOTS with LOTS
    and `left_quantity_kg`) that are of a product, of the grade and with the certificates that the buyer wants, and
    that keep until the day of arrival.
    """
    too_small = rows_of(pairs[~pairs["holds_batch"]])
    by_lot: dict[object, list[Row]] = {}
    for row in rows_of(cooperatives):
        by_lot.setdefault(row["lot_id"], []).append(row)
    of_cooperative: dict[object, list[Row]] = {}
    for row in rows_of(member_lots):
        of_cooperative.setdefault(row["cooperative_id"], []).append(row)
    found = [_largest(pair, by_lot[pair["lot_id"]], of_cooperative) for pair in too_small if pair["lot_id"] in by_lot]
    return frame_of(found, POOLED)


def _largest(pair: Row, cooperatives: list[Row], of_cooperative: dict[object, list[Row]]) -> Row:
    pooled = [
        {
            "lot_id": pair["lot_id"],
            "demand_id": pair["demand_id"],
            "cooperative_id": each["cooperative_id"],
            "cooperative_name": each["cooperative_name"],
            "pooled_quantity_kg": sum(
                float(str(lot[LEFT])) for lot in of_cooperative.get(each["cooperative_id"], []) if _would_do(lot, pair)
            ),
        }
        for each in cooperatives
    ]
    return min(pooled, key=lambda row: (-float(str(row["pooled_quantity_kg"])), str(row["cooperative_id"])))


def _would_do(lot: Row, pair: Row) -> bool:
    asked = texts_in(pair, "certificate_codes_demand")
    return (
        lot["product_id"] in (pair[WANTED], *texts_in(pair, ALSO_TAKES))
        and is_good_enough(str(lot["grade"]), str(pair["min_grade"]), texts_in(pair, "grade_order"))
        and {*asked} <= {*texts_in(lot, "certificate_codes")}
        and str(lot["use_by_on"]) >= str(pair["arrives_on"])
    )
