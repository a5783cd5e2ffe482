"""Cooperatives that pool lots, and roads that are known, read from files."""

from __future__ import annotations

import pandas as pd

from analysis.produce.files import values
from analysis.produce.files.columns import LEAST_KG, MOST_FEN_PER_KG, MOST_KG, MOST_KM, PLACE
from analysis.produce.files.faults import FileFault
from analysis.produce.files.file_table import FileColumn, FileTable, read_columns
from analysis.produce.files.row_checks import check_coordinates
from analysis.produce.plan.ways.frames import COOPERATIVES, ROADS

# Beside COOPERATIVES: what a plan is told with.
NAME = "cooperative_name"
MOST_STORAGE_DAYS = 3650

COOPERATIVE_COLUMNS = (
    FileColumn("cooperative_id", "text", values.text, is_needed=True),
    FileColumn("name", "text", values.text),
    FileColumn("capacity_kg", "number", values.number(LEAST_KG, MOST_KG)),
    FileColumn("pool_fee_fen_per_kg", "whole", values.whole(0, MOST_FEN_PER_KG)),
    FileColumn("storage_days", "number", values.number(0, MOST_STORAGE_DAYS)),
    FileColumn("closed_on", "day", values.day),
    *PLACE,
)
ROAD_COLUMNS = (
    FileColumn("from_id", "text", values.text, is_needed=True),
    FileColumn("to_id", "text", values.text, is_needed=True),
    FileColumn("road_km", "number", values.number(0, MOST_KM), is_needed=True),
    FileColumn("is_one_way", "flag", values.answer),
)


def read_cooperatives(table: FileTable) -> tuple[pd.DataFrame, tuple[FileFault, ...]]:
    """Return the cooperatives of a file (COOPERATIVES and `cooperative_name`), sorted by id, and every fault."""
    read = read_columns(table, COOPERATIVE_COLUMNS)
    check_coordinates(read)
    ids = read.frame["cooperative_id"]
    is_later = (ids.duplicated() & ids.notna()).to_numpy(bool)
    read.add("produce_file_cooperative_twice", is_later, "cooperative_id")
    frame = read.frame.rename(columns={"name": NAME})[[*COOPERATIVES, NAME]]
    return frame.sort_values("cooperative_id", ignore_index=True), read.sorted_faults()


def read_roads(table: FileTable) -> tuple[pd.DataFrame, tuple[FileFault, ...]]:
    """Return the roads of a file of distances (contract ROADS), and every fault."""
    read = read_columns(table, ROAD_COLUMNS)
    # The same length twice is no contradiction.
    roads = read.frame[["from_id", "to_id", "road_km"]].dropna().drop_duplicates()
    later = roads.index[roads.duplicated(["from_id", "to_id"])]
    is_later = read.frame.index.isin(later)
    read.add("produce_file_road_twice", is_later, "road_km")
    return read.frame[[*ROADS]], read.sorted_faults()
