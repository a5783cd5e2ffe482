"""The files of a plan together: what is for sale, what is wanted, who pools, how far it is. No graph is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.frames import Contract, day_stamp, frame_of
from analysis.produce.files.cooperatives import NAME, read_cooperatives, read_roads
from analysis.produce.files.demands import demands_contract, read_demands
from analysis.produce.files.faults import FileFault, check_faults
from analysis.produce.files.file_table import FileTable
from analysis.produce.files.lots import lots_contract, members_of, read_lots
from analysis.produce.files.members import MEMBERSHIPS, read_members
from analysis.produce.plan.ways.frames import COOPERATIVES, ROADS
from graph_schema import Schema


@dataclass(frozen=True)
class FileTables:
    """The files as text. `is_made_up`: what lies beside the files says that they were made up."""

    lots: FileTable
    demands: FileTable
    cooperatives: FileTable | None = None
    distances: FileTable | None = None
    members: FileTable | None = None
    is_made_up: bool = False


@dataclass(frozen=True)
class ProduceFiles:
    """What the files hold, each frame sorted by id.

    `lots`: LOTS with `left_quantity_kg` and `is_at_risk`; `demands`: DEMANDS with `left_quantity_kg`;
    `cooperatives`: COOPERATIVES with `cooperative_name`; `members`: MEMBERS; `roads`: ROADS.
    `left_out_count`: lots and demands whose `valid_from` and `valid_to` do not hold on the day.
    """

    lots: pd.DataFrame
    demands: pd.DataFrame
    cooperatives: pd.DataFrame
    members: pd.DataFrame
    roads: pd.DataFrame
    left_out_count: int
    is_made_up: bool


def read_produce_files(tables: FileTables, schema: Schema, day: date) -> ProduceFiles:
    """Return what the files hold on a day. Raises FaultyFiles with every fault of every file."""
    roads, road_faults = _optional(tables.distances, read_roads, ROADS)
    cooperatives, cooperative_faults = _optional(tables.cooperatives, read_cooperatives, {**COOPERATIVES, NAME: "text"})
    on_roads = {*roads["from_id"].dropna(), *roads["to_id"].dropna()}
    lots, faults = read_lots(tables.lots, schema, on_roads=on_roads, is_made_up=tables.is_made_up)
    demands, demand_faults = read_demands(tables.demands, schema, on_roads=on_roads, is_made_up=tables.is_made_up)
    faults = _by_line((*faults, *_unknown_cooperatives(tables, lots, cooperatives)))
    known = None if tables.cooperatives is None else {*cooperatives["cooperative_id"].dropna()}
    memberships, member_faults = _optional(
        tables.members, lambda table: read_members(table, schema, day, known), MEMBERSHIPS
    )
    check_faults((*faults, *demand_faults, *cooperative_faults, *road_faults, *member_faults))
    holds, holds_too = _holding(lots, day), _holding(demands, day)
    lots, demands = lots[holds], demands[holds_too]
    names = cooperatives.set_index("cooperative_id")[NAME]
    lots = lots.assign(
        seller_name=lots["cooperative_id"].map(names).astype("object").where(lambda name: name.notna(), None)
    )
    return ProduceFiles(
        lots=lots_contract(lots),
        demands=demands_contract(demands),
        cooperatives=cooperatives,
        members=members_of(lots, memberships),
        roads=roads,
        left_out_count=int((~holds).sum() + (~holds_too).sum()),
        is_made_up=tables.is_made_up,
    )


def _optional(
    table: FileTable | None,
    read: Callable[[FileTable], tuple[pd.DataFrame, tuple[FileFault, ...]]],
    contract: Contract,
) -> tuple[pd.DataFrame, tuple[FileFault, ...]]:
    return (frame_of((), contract), ()) if table is None else read(table)


def _unknown_cooperatives(tables: FileTables, lots: pd.DataFrame, cooperatives: pd.DataFrame) -> list[FileFault]:
    """Return lots of cooperatives that nothing is known of: who pools must have a place."""
    known, table = set(cooperatives["cooperative_id"].dropna()), tables.lots
    code = "produce_file_unknown_cooperative" if tables.cooperatives is not None else "produce_file_no_cooperatives"
    return [
        FileFault(code, table.name, int(table.lines[row]), "cooperative_ids", cooperative)
        for row, others in enumerate(lots["cooperative_ids"])
        for cooperative in others
        if cooperative not in known
    ]


def _by_line(faults: tuple[FileFault, ...]) -> tuple[FileFault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _holding(frame: pd.DataFrame, day: date) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which rows hold on the day: from `valid_from` to `valid_to`, both included."""
    today = day_stamp(day)
    outside = (frame["valid_from"] > today) | (frame["valid_to"] < today)
    return (~outside).to_numpy(bool)
