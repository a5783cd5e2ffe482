from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.frames import Row, frame_of
from analysis.produce.frames import LEFT
from analysis.produce.plan.check_frames import faults_of_frames
from analysis.produce.plan.program import Plan, Program
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.ways.frames import COOPERATIVES, MEMBERS, ROADS
from analysis.produce.plan.ways.terms import PlanTerms
from analysis.produce.plan.why.frames import PlanFrames
from tests.analysis.produce.conftest import DAY

MakeFrame = Callable[..., pd.DataFrame]
COOPERATIVE: Row = {
    "cooperative_id": "c1",
    "area_id": "a1",
    "lat": 0.0,
    "lon": 117.5,
    "capacity_kg": None,
    "storage_days": 2.0,
    "pool_fee_fen_per_kg": 5,
    "closed_on": None,
}


@pytest.fixture
def frames(make_lots: MakeFrame, make_demands: MakeFrame) -> PlanFrames:
    """Return two lots, of which a cooperative pools both, and two demands, the second behind a known road."""
    return PlanFrames(
        make_lots({"lot_id": "l0", "seller_id": "h0"}, {"lot_id": "l1", "seller_id": "h1", LEFT: 300.0}),
        make_demands({"demand_id": "d0"}, {"demand_id": "d1", "lon": 118.5, "min_batch_quantity_kg": None}),
        DAY,
        PlanTerms(at_risk_weight=1.2, pool_fee_fen_per_kg=4),
        frame_of([COOPERATIVE], COOPERATIVES),
        frame_of([{"lot_id": lot, "cooperative_id": "c1"} for lot in ("l0", "l1")], MEMBERS),
        frame_of([{"from_id": "l1", "to_id": "d1", "road_km": 210.0, "is_one_way": False}], ROADS),
    )


@pytest.fixture
def program(frames: PlanFrames) -> Program:
    return program_of(
        frames.lots,
        frames.demands,
        day=frames.day,
        terms=frames.terms,
        cooperatives=frames.cooperatives,
        members=frames.members,
        distances=frames.distances,
        keeps_all_pooled=True,
    )


def names_of(program: Program, frames: PlanFrames) -> set[str]:
    every = Plan(kg=np.ones(len(program.ways), dtype="int64"), stages=())
    return {fault.name for fault in faults_of_frames(program, every, frames)}


def test_every_way_of_the_program_is_allowed_by_the_frames(program: Program, frames: PlanFrames) -> None:
    assert {*program.ways["cooperative"]} == {-1, 0}
    assert len(program.ways) == 8
    assert names_of(program, frames) == set()


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("grade", "process", {"grade"}),
        ("certificate_codes", (), {"certificates"}),
        ("lot_status", "sold", {"lot_open"}),
        ("ask_fen_per_kg", 500, {"price"}),
        ("use_by_on", date(2026, 5, 21), {"collected", "keeping"}),
        ("product_id", "fresh_peach", {"product"}),
        ("transport_fen_per_t_km", 600.0, {"income", "price"}),
    ],
)
def test_a_lot_that_is_otherwise_than_it_was_planned_is_found(
    program: Program, frames: PlanFrames, column: str, value: object, expected: set[str]
) -> None:
    changed = frames.lots.assign(**{column: pd.Series([value] * 2, dtype=frames.lots[column].dtype)})
    assert names_of(program, replace(frames, lots=changed)) == expected


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("max_distance_km", 100.0, {"distance"}),
        ("ends_on", date(2026, 5, 22), {"window"}),
        ("enterprise_closed_on", date(2026, 5, 1), {"buyer_open"}),
        ("max_fen_per_kg", 399, {"income"}),
    ],
)
def test_a_demand_that_is_otherwise_than_it_was_planned_is_found(
    program: Program, frames: PlanFrames, column: str, value: object, expected: set[str]
) -> None:
    changed = frames.demands.assign(**{column: pd.Series([value] * 2, dtype=frames.demands[column].dtype)})
    assert names_of(program, replace(frames, demands=changed)) == expected


def test_a_pooled_way_of_a_lot_that_is_no_member_is_found(program: Program, frames: PlanFrames) -> None:
    assert names_of(program, replace(frames, members=frame_of([], MEMBERS))) == {"member"}


def test_a_way_that_arrives_before_it_can_is_found(program: Program, frames: PlanFrames) -> None:
    early = program.ways["arrives_on"] - pd.Timedelta(days=1)
    assert names_of(replace(program, ways=program.ways.assign(arrives_on=early)), frames) == {"arrives"}
