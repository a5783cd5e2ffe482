"""The lots of one page of the board, each with how many demands could take it and the best of them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.frames import Row, day_stamp, rows_of
from analysis.produce.board_parts import BestBuyer, BoardLot
from analysis.produce.constraints import with_constraints
from analysis.produce.lot_parts import offered_part
from analysis.produce.pairs import pair_up
from analysis.produce.parts import Enterprise
from analysis.produce.ranking import ranked_buyers
from graph_schema import Schema

BEST = ["lot_id", "demand_id", "enterprise_id", "enterprise_name", "after_transport_fen_per_kg"]


def board_lots(lots: pd.DataFrame, demands: pd.DataFrame, *, schema: Schema, day: date) -> tuple[BoardLot, ...]:
    """Return the lots in their order. `lots`: LOTS with `left_quantity_kg` and terms; `demands`: DEMANDS likewise.

    Who could take a lot is found as `buyers` finds it.
    """
    possible = ranked_buyers(with_constraints(pair_up(lots, demands, day)))
    counts = possible.groupby("lot_id").size()
    best = {row["lot_id"]: row for row in rows_of(possible.drop_duplicates("lot_id")[BEST])}
    return tuple(
        BoardLot(
            lot=offered_part(row, schema),
            buyer_count=int(counts.get(row["lot_id"], 0)),
            best=_best(best.get(row["lot_id"])),
        )
        for row in rows_of(lots.assign(is_expired=lots["use_by_on"] < day_stamp(day)))
    )


def _best(row: Row | None) -> BestBuyer | None:
    if row is None:
        return None
    name = row["enterprise_name"]
    return BestBuyer.model_validate(
        {
            "demand_id": row["demand_id"],
            "enterprise": Enterprise(id=str(row["enterprise_id"]), name=None if name is None else str(name)),
            "after_transport_fen_per_kg": row["after_transport_fen_per_kg"],
        }
    )
