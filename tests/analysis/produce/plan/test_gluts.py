from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from analysis.frames import Row
from analysis.produce.frames import LEFT
from analysis.produce.plan.gluts import Help, gluts_ahead, help_most
from analysis.produce.plan.program import Plan, Program
from analysis.produce.plan.ways.build import program_of
from analysis.produce.plan.why.frames import PlanFrames
from graph_schema import Schema
from tests.analysis.produce.conftest import DAY
from tests.analysis.produce.plan.oracle import best_plan

MakeFrame = Callable[..., pd.DataFrame]


def solver(program: Program) -> Plan:
    plan = best_plan(program)
    assert plan is not None
    return plan


def frames_of(make_lots: MakeFrame, make_demands: MakeFrame, lots: list[Row], demands: list[Row]) -> PlanFrames:
    lot_rows = [{"lot_id": f"l{number}", "seller_id": f"h{number}", **row} for number, row in enumerate(lots)]
    demand_rows = [
        {"demand_id": f"d{number}", "min_batch_quantity_kg": None, **row} for number, row in enumerate(demands)
    ]
    return PlanFrames(make_lots(*lot_rows), make_demands(*demand_rows), DAY)


def test_what_will_not_sell_is_summed_day_by_day(make_lots: MakeFrame, make_demands: MakeFrame, schema: Schema) -> None:
    # Thursday 21 to Saturday 23 May 2026: 300, 400 and 500 kg; one buyer wants 500 kg and pays most for the first.
    # The plan is given: all of the first, 200 kg of the second, nothing of the third.
    frames = frames_of(
        make_lots,
        make_demands,
        [
            {LEFT: 300.0, "ready_on": date(2026, 5, 21)},
            {LEFT: 400.0, "ready_on": date(2026, 5, 22)},
            {LEFT: 500.0, "ready_on": date(2026, 5, 23)},
            {LEFT: 100.0, "ready_on": date(2026, 5, 25)},
            {LEFT: 50.0, "ready_on": date(2026, 5, 1), "area_id": "a9", "area_name": "Z"},
        ],
        [{LEFT: 500.0}, {"product_id": "fresh_peach"}],
    )
    program = program_of(frames.lots, frames.demands, day=DAY)
    plan = Plan(kg=np.array([300, 200, 0, 0, 0], dtype="int64"), stages=())
    here, there, later = gluts_ahead(program, plan, frames, schema)
    assert (here.week, here.area_id, here.starts_on, here.ends_on) == (
        "2026-W21",
        "a1",
        date(2026, 5, 18),
        date(2026, 5, 24),
    )
    assert (here.ready_kg, here.wanted_kg, here.sold_kg, here.unsold_kg) == (1200, 500, 500, 700)
    assert here.unsold_from == date(2026, 5, 22)
    assert [(each.day, each.unsold_kg) for each in here.days] == [(date(2026, 5, 22), 200), (date(2026, 5, 23), 700)]
    assert here.text_en.endswith("700 kg will not sell, from 2026-05-22 on. Call buyers before then.")
    # What is ready already counts on the day of the plan, a Wednesday of the same week.
    assert (there.area_name, there.week, there.unsold_from) == ("Z", "2026-W21", DAY)
    assert (later.week, later.unsold_kg) == ("2026-W22", 100)


def test_what_sells_is_no_glut(make_lots: MakeFrame, make_demands: MakeFrame, schema: Schema) -> None:
    frames = frames_of(make_lots, make_demands, [{}], [{}])
    program = program_of(frames.lots, frames.demands, day=DAY)
    (only,) = gluts_ahead(program, solver(program), frames, schema)
    assert (only.unsold_kg, only.unsold_from, only.days) == (0, None, ())
    assert "all of it sells" in only.text_en


def test_what_would_help_most_comes_first(make_lots: MakeFrame, make_demands: MakeFrame, schema: Schema) -> None:
    # 1,000 kg of grade 1 until the 29th and 500 kg of grade 2. d0 wants 700 kg of either; d1 wants 400 kg of the best;
    # d2 wants 300 kg of either from the 30th on.
    lots: list[Row] = [
        {LEFT: 1000.0, "lot_quantity_kg": 1000.0},
        {LEFT: 500.0, "grade": "2", "use_by_on": date(2026, 5, 23)},
    ]
    demands: list[Row] = [
        {LEFT: 700.0},
        {LEFT: 400.0, "min_grade": "special"},
        {LEFT: 300.0, "lon": 120.8, "max_distance_km": None, "starts_on": date(2026, 5, 30), "max_fen_per_kg": 500},
    ]
    frames = frames_of(make_lots, make_demands, lots, demands)
    told = help_most(frames, schema, solver, product_id="green_plum", days=1, more_kg=250)
    gained = {each.measure: each for each in told}
    # One grade better: d1 takes 400. One day longer: d2, from the 30th on, takes 300 of the first lot, which keeps
    # until the 29th. 250 kg more at d0 sell in full.
    assert [(each.measure, each.gained_kg) for each in told] == [("grade", 400), ("storage", 300), ("demand", 250)]
    assert isinstance(gained["demand"], Help)
    assert gained["demand"].demand_id == "d0"
    assert gained["demand"].gained_fen == 250 * 377
    assert "250 kg" in gained["demand"].text_en
