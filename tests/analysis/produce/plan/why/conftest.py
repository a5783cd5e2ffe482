"""A plan of frames with its explanations, and the frames with a change made for one lot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from analysis.frames import Row, frame_of
from analysis.produce.plan.program import Program
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.ways.frames import COOPERATIVES, MEMBERS, ROADS
from analysis.produce.plan.why.frames import PlanFrames
from analysis.produce.plan.why.index import WhyIndex, why_index
from analysis.produce.plan.why.parts import Change
from graph_schema import Schema
from tests.analysis.produce.conftest import DAY
from tests.analysis.produce.plan.oracle import best_plan

MakeFrame = Callable[..., pd.DataFrame]
POOL: Row = {
    "cooperative_id": "c1",
    "area_id": "a1",
    "lat": 0.0,
    "lon": 117.5,
    "capacity_kg": None,
    "storage_days": None,
    "pool_fee_fen_per_kg": 10,
    "closed_on": None,
}
MakeIndex = Callable[..., WhyIndex]


@pytest.fixture(scope="session")
def make_index(make_lots: MakeFrame, make_demands: MakeFrame, schema: Schema) -> MakeIndex:
    """Return what plans lots l0, l1 ... and demands d0, d1 ... and indexes the plan; no batch unless one is given.

    With `pool`, changes to POOL, a cooperative pools all lots.
    """

    def make(
        lots: list[Row],
        demands: list[Row],
        pool: Row | None = None,
        roads: list[tuple[str, str, float]] | None = None,
    ) -> WhyIndex:
        lot_rows = [{"lot_id": f"l{number}", "seller_id": f"h{number}", **row} for number, row in enumerate(lots)]
        demand_rows = [
            {"demand_id": f"d{number}", "enterprise_name": f"E{number}", "min_batch_quantity_kg": None, **row}
            for number, row in enumerate(demands)
        ]
        frames = PlanFrames(make_lots(*lot_rows), make_demands(*demand_rows), DAY)
        frames = pooled(frames, pool)
        if roads is not None:
            rows = [{"from_id": one, "to_id": two, "road_km": km, "is_one_way": False} for one, two, km in roads]
            frames = replace(frames, distances=frame_of(rows, ROADS))
        program = made_from(frames)
        plan = best_plan(program)
        assert plan is not None
        return why_index(program, plan, frames, schema)

    return make


def pooled(frames: PlanFrames, pool: Row | None) -> PlanFrames:
    """Return the frames with the cooperative POOL, changed so, of which every lot is a member; None: as they are."""
    if pool is None:
        return frames
    members = [{"lot_id": lot_id, "cooperative_id": "c1"} for lot_id in frames.lots["lot_id"]]
    pools = frame_of([{**POOL, **pool}], COOPERATIVES)
    return replace(frames, cooperatives=pools, members=frame_of(members, MEMBERS))


def made_from(frames: PlanFrames) -> Program:
    """Return the program of the frames with every pooled way."""
    return program_of(
        frames.lots,
        frames.demands,
        day=frames.day,
        cooperatives=frames.cooperatives,
        members=frames.members,
        distances=frames.distances,
        keeps_all_pooled=True,
    )


def changed_program(index: WhyIndex, lot: int, change: Change, pool: Row | None = None, *, less: float = 0) -> Program:
    """Return the program with the change made, smaller by `less`: for the lot alone, unless it is a buyer's."""
    amount = (change.amount or 0) - less
    lots, demands, program = index.lots, index.demands, index.planned.program
    row: dict[str, Any] = dict(lots.iloc[lot])
    if change.dimension == "quantity":
        more = (program.demands["demand_id"] == change.demand_id) * int(amount)
        return replace(program, demands=program.demands.assign(quantity_kg=program.demands["quantity_kg"] + more))
    if change.dimension == "batch":
        smaller = (program.demands["min_batch_kg"] - int(amount)).clip(lower=0)
        return replace(program, demands=program.demands.assign(min_batch_kg=smaller))
    if change.dimension == "capacity":
        larger = program.cooperatives["capacity_kg"] + int(amount)
        return replace(program, cooperatives=program.cooperatives.assign(capacity_kg=larger))
    if change.dimension == "split":
        smaller = program.lots["min_split_kg"].copy()
        smaller.iloc[lot] = max(int(smaller.iloc[lot]) - int(amount), 0)
        return replace(program, lots=program.lots.assign(min_split_kg=smaller))
    if change.dimension == "distance":
        demands = demands.assign(max_distance_km=(demands["max_distance_km"] + amount).round(1))
    elif change.dimension == "window":
        demands = demands.assign(ends_on=demands["ends_on"] + pd.Timedelta(days=amount))
    elif change.dimension == "price":
        row = {**row, "ask_fen_per_kg": row["ask_fen_per_kg"] - int(amount)}
    elif change.dimension == "keeping":
        row = {**row, "use_by_on": (row["use_by_on"] + timedelta(days=amount))}
    elif change.dimension == "grade":
        order = row["grade_order"]
        row = {**row, "grade": order[order.index(change.grade) + int(less)]}
    elif change.dimension == "certificates":
        kept = change.certificates[: len(change.certificates) - int(less)]
        row = {**row, "certificate_codes": (*row["certificate_codes"], *kept)}
    frames = pooled(PlanFrames(with_row(lots, lot, row), demands, DAY), pool)
    return with_ways_of(program, made_from(frames), lot)


def with_row(frame: pd.DataFrame, place: int, row: Row) -> pd.DataFrame:
    """Return the frame with one row replaced."""
    one = pd.DataFrame([row]).astype(frame.dtypes.to_dict())
    return pd.concat([frame.iloc[:place], one, frame.iloc[place + 1 :]], ignore_index=True)


def with_ways_of(program: Program, changed: Program, lot: int) -> Program:
    """Return the program with the ways of one lot as they are in the changed program."""
    ways = pd.concat([program.ways[program.ways["lot"] != lot], changed.ways[changed.ways["lot"] == lot]])
    return replace(program, ways=ways.sort_values(["lot", "demand", "cooperative"], ignore_index=True))
