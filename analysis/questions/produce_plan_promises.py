"""What people have promised already, as a plan tells it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from analysis.frames import Row, day_stamp, rows_of
from analysis.produce.lot_parts import product_part
from analysis.produce.parts import Enterprise
from analysis.produce.promises import standing
from analysis.questions.produce_plan_answer import StandingPromise
from graph_schema import Schema


def standing_promises(
    promises: pd.DataFrame, lot_ids: Iterable[str], schema: Schema, day: date
) -> tuple[StandingPromise, ...]:
    """Return what of PROMISES still stands of some lots on a day, by id."""
    found = standing(promises, day)
    found = found[found["lot_id"].isin({*lot_ids})]
    found = found.assign(is_late=found["arrives_on"] < day_stamp(day))
    return tuple(_promise(row, schema) for row in rows_of(found))


def _promise(row: Row, schema: Schema) -> StandingPromise:
    same = (
        "commitment_id",
        "commitment_status",
        "lot_id",
        "seller_kind",
        "seller_id",
        "seller_name",
        "demand_id",
        "cooperative_id",
        "cooperative_name",
        "price_fen_per_kg",
        "arrives_on",
        "is_late",
    )
    buyer, name = row["enterprise_id"], row["enterprise_name"]
    return StandingPromise.model_validate(
        {
            **{column: row[column] for column in same},
            "enterprise": None
            if buyer is None
            else Enterprise(id=str(buyer), name=None if name is None else str(name)),
            "product": product_part(str(row["product_id"]), schema),
            "quantity_kg": row["held_quantity_kg"],
        }
    )
