"""Lots for sale read from a file."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.frames import frame_of
from analysis.produce.files import values
from analysis.produce.files.columns import file_columns
from analysis.produce.files.faults import FileFault
from analysis.produce.files.file_table import FileColumn, FileTable, ReadFile, read_columns
from analysis.produce.files.row_checks import check_days, check_place, filled_ids
from analysis.produce.frames import LEFT, LOTS
from analysis.produce.plan.ways.frames import AT_RISK, MEMBERS
from graph_schema import Schema

# A file lists what is for sale; who leaves the state out means that.
OPEN = "open"
MAY_LACK = frozenset({"lot_status"})
SELLERS = ("household_id", "cooperative_id")


def lot_columns(schema: Schema) -> tuple[FileColumn, ...]:
    """Return every column that a file of lots may have."""
    return (
        *file_columns(schema, "SupplyLot", may_lack=MAY_LACK),
        FileColumn("cooperative_ids", "texts", values.texts),
        FileColumn(AT_RISK, "flag", values.answer),
    )


def read_lots(
    table: FileTable, schema: Schema, *, on_roads: Collection[str], is_made_up: bool
) -> tuple[pd.DataFrame, tuple[FileFault, ...]]:
    """Return the rows of a file of lots in their types (columns of LOTS and of the file), and every fault.

    `on_roads`: the places that the file of distances knows.
    """
    read = read_columns(table, lot_columns(schema))
    check_days(read, "ready_on", "use_by_on", "produce_file_days_of_lot")
    check_days(read, "valid_from", "valid_to", "produce_file_days")
    _check_seller(read)
    ids = filled_ids(read, schema.node_kinds["SupplyLot"].id_parts)
    check_place(read, ids, on_roads)
    frame = read.frame
    is_cooperative = read.has("cooperative_id")
    frame = frame.assign(
        lot_id=ids,
        seller_kind=np.where(is_cooperative, "Cooperative", "Household"),
        seller_id=frame["cooperative_id"].where(is_cooperative, frame["household_id"]),
        seller_name=None,
        area_name=None,
        lot_status=frame["lot_status"].where(read.has("lot_status"), OPEN),
        is_made_up=is_made_up,
        **{LEFT: frame["lot_quantity_kg"]},
    )
    return frame, read.sorted_faults()


def members_of(lots: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """Return which cooperative may bring which lot (MEMBERS), of rows that `read_lots` gave; each pair once.

    It is the seller itself, one that the lot names, or one that the seller is a member of (`members.MEMBERSHIPS`).
    """
    of_household: dict[object, list[str]] = {}
    for household, cooperative in memberships.itertuples(index=False, name=None):
        of_household.setdefault(household, []).append(cooperative)
    columns = ("lot_id", "cooperative_id", "household_id", "cooperative_ids")
    rows = [
        {"cooperative_id": cooperative, "lot_id": lot}
        for lot, seller, household, others in zip(*(lots[name] for name in columns), strict=True)
        for cooperative in sorted({*others, *of_household.get(household, ()), *([] if pd.isna(seller) else [seller])})
    ]
    return frame_of(rows, MEMBERS)


def _check_seller(read: ReadFile) -> None:
    household, cooperative = (read.has(name) for name in SELLERS)
    read.add("produce_file_no_seller", ~household & ~cooperative, "household_id")
    read.add("produce_file_two_sellers", household & cooperative, "cooperative_id")


def lots_contract(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of LOTS, `left_quantity_kg` and `is_at_risk`, sorted by id."""
    return frame[[*LOTS, LEFT, AT_RISK]].sort_values("lot_id", ignore_index=True)
