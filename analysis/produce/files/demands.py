"""Demands for produce read from a file."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.produce.files.columns import file_columns
from analysis.produce.files.faults import FileFault
from analysis.produce.files.file_table import FileColumn, FileTable, ReadFile, read_columns
from analysis.produce.files.row_checks import check_days, check_place, filled_ids
from analysis.produce.frames import DEMANDS, LEFT
from graph_schema import Schema

OPEN = "open"
MAY_LACK = frozenset({"demand_status"})
# A demand without its first or last day is told by a fault of its own.
WINDOW = ("starts_on", "ends_on")


def demand_columns(schema: Schema) -> tuple[FileColumn, ...]:
    """Return every column that a file of demands may have."""
    return file_columns(schema, "Demand", may_lack=MAY_LACK)


def read_demands(
    table: FileTable, schema: Schema, *, on_roads: Collection[str], is_made_up: bool
) -> tuple[pd.DataFrame, tuple[FileFault, ...]]:
    """Return the rows of a file of demands in their types (columns of DEMANDS and of the file), and every fault.

    `on_roads`: the places that the file of distances knows.
    """
    read = read_columns(table, demand_columns(schema))
    _tell_windows(read)
    check_days(read, *WINDOW, "produce_file_days_of_demand")
    check_days(read, "valid_from", "valid_to", "produce_file_days")
    ids = filled_ids(read, schema.node_kinds["Demand"].id_parts)
    check_place(read, ids, on_roads)
    frame = read.frame
    frame = frame.assign(
        demand_id=ids,
        enterprise_name=None,
        enterprise_closed_on=pd.Series(pd.NaT, index=frame.index).astype("datetime64[s]"),
        area_name=None,
        demand_status=frame["demand_status"].where(read.has("demand_status"), OPEN),
        is_made_up=is_made_up,
        **{LEFT: frame["wanted_quantity_kg"]},
    )
    return frame, read.sorted_faults()


def demands_contract(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of DEMANDS and `left_quantity_kg`, sorted by id."""
    return frame[[*DEMANDS, LEFT]].sort_values("demand_id", ignore_index=True)


def _tell_windows(read: ReadFile) -> None:
    """Tell an empty first or last day as what it is: a demand without a window."""
    read.faults = [
        FileFault("produce_file_no_window", fault.file, fault.line, fault.column, fault.value)
        if fault.code == "produce_file_no_value" and fault.column in WINDOW
        else fault
        for fault in read.faults
    ]
