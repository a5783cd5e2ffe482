"""The plum week of examples/produce by place: sums of lots, what goes where, and the rows beside the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analysis.questions.delivery_list import ProduceListAnswer, SenderUnknown, produce_list
from analysis.questions.produce_map import map_rows, plan_map
from analysis.questions.produce_plan import PlanSource, files_source, told_plan
from analysis.questions.produce_plan_answer import ProducePlanAnswer
from analysis.questions.produce_plan_made import HowToPlan, PlanInput, make_plan
from analysis.tables.delivery_list_tables import delivery_list_tables
from cli.produce_files import ProducePaths, read_tables
from graph_schema import load_schema
from policy import load_policy
from tests.cli.calls import ROOT

DAY = date(2026, 5, 20)
FOLDER = ROOT / "examples" / "produce"
SCHEMA = load_schema()


@pytest.fixture(scope="module")
def source() -> PlanSource:
    names = ("lots.csv", "demands.csv", "cooperatives.csv", "distances.csv")
    return files_source(read_tables(ProducePaths(*(FOLDER / name for name in names))), SCHEMA, DAY)


@pytest.fixture(scope="module")
def answer(source: PlanSource) -> ProducePlanAnswer:
    return told_plan(source, make_plan(source.frames, load_policy(), DAY, HowToPlan()), SCHEMA, DAY)


@pytest.fixture(scope="module")
def placed(source: PlanSource) -> PlanInput:
    """Return the frames with the places of three areas; that of the rest is not known."""
    lats, lons = {"GUANPI": 24.0, "TAIPING": 23.9, "ZHAOAN": 23.7}, {"GUANPI": 117.1, "TAIPING": 117.0, "ZHAOAN": 117.2}
    frames = source.frames

    def at(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(lat=frame["area_id"].map(lats), lon=frame["area_id"].map(lons))

    return replace(frames, lots=at(frames.lots), demands=at(frames.demands), cooperatives=at(frames.cooperatives))


def test_lots_are_summed_by_place(answer: ProducePlanAnswer, placed: PlanInput) -> None:
    shown = plan_map(answer, placed)
    sellers = {each.id: each for each in shown.points if each.kind == "seller"}
    # LOT-1, LOT-2, LOT-5, LOT-6 and LOT-8: 1500 + 1200 + 3000 + 600 + 700, of which 1200 of LOT-5 and LOT-8 stay.
    guanpi = sellers["GUANPI"]
    assert (guanpi.count, guanpi.quantity_kg, guanpi.moved_kg, guanpi.left_kg) == (5, 7000, 5100, 1900)
    assert (guanpi.lat, guanpi.lon, guanpi.name, guanpi.place) == (24.0, 117.1, "GUANPI", "GUANPI")
    # LOT-3, LOT-4 and LOT-7: 800 + 2500 + 400, of which 300 of LOT-4 and LOT-7 stay.
    assert (sellers["TAIPING"].quantity_kg, sellers["TAIPING"].left_kg) == (3700, 700)
    assert shown.is_made_up


def test_every_kilogram_flows_from_its_place_over_its_cooperative_to_its_buyer(
    answer: ProducePlanAnswer, placed: PlanInput
) -> None:
    flows = {(flow.from_key, flow.to_key): flow.quantity_kg for flow in plan_map(answer, placed).flows}
    assert flows == {
        ("seller GUANPI", "cooperative C-GUANPI"): 3000,
        ("cooperative C-GUANPI", "buyer E-JIEYANG JIEYANG"): 3000,
        ("seller TAIPING", "cooperative C-TAIPING"): 3000,
        ("cooperative C-TAIPING", "buyer E-JIEYANG JIEYANG"): 3000,
        ("seller GUANPI", "buyer E-ZHAOAN ZHAOAN"): 1500,
        ("seller GUANPI", "buyer E-SALTING ZHAOAN"): 600,
    }


def test_rows_tell_all_that_the_map_shows_and_what_has_no_place(answer: ProducePlanAnswer, placed: PlanInput) -> None:
    rows = map_rows(plan_map(answer, placed))
    assert [row.point.kind for row in rows] == ["seller"] * 2 + ["cooperative"] * 2 + ["buyer"] * 4
    assert [row.point.name for row in rows][:2] == ["GUANPI", "TAIPING"]
    assert [row.point.name for row in rows][4:] == ["E-JIEYANG", "E-GIFTS", "E-ZHAOAN", "E-SALTING"]
    assert [row.point.is_placed for row in rows] == [True, True, True, True, False, True, True, True]
    sent = {each.to.name: (each.quantity_kg, each.straight_km) for each in rows[0].sends}
    # 0.3 degrees north and 0.1 east: 33.36 km, and 0.1 x 111.195 x cos 23.85 = 10.17 km: by Pythagoras 34.9 km.
    assert sent["E-ZHAOAN"] == (1500, 34.9)
    assert sent["Guanpi plums (made up)"] == (3000, 0.0)
    assert [(each.quantity_kg, each.straight_km) for each in rows[2].sends] == [(3000, None)]


def test_without_coordinates_nothing_is_placed_and_everything_is_told(
    answer: ProducePlanAnswer, source: PlanSource
) -> None:
    shown = plan_map(answer, source.frames)
    assert len(shown.points) == 8
    assert not any(each.is_placed for each in shown.points)


def test_places_without_an_area_are_told_apart_by_where_they_lie(answer: ProducePlanAnswer, placed: PlanInput) -> None:
    bare = placed.lots.assign(area_id=None)
    sellers = [each for each in plan_map(answer, replace(placed, lots=bare)).points if each.kind == "seller"]
    assert [(each.name, each.count) for each in sellers] == [("24.00°, 117.10°", 5), ("23.90°, 117.00°", 3)]
    nowhere = replace(placed, lots=bare.assign(lat=float("nan")))
    names = {each.name for each in plan_map(answer, nowhere).points if each.kind == "seller"}
    assert names == {f"LOT-{number}" for number in range(1, 9)}


def told(listed: ProduceListAnswer) -> list[tuple[str | None, int, list[str]]]:
    return [
        (each.sender_id, each.quantity_kg, [delivery.delivery_id for delivery in each.deliveries])
        for each in listed.lists
    ]


def test_each_sender_has_a_list_cooperatives_first(answer: ProducePlanAnswer) -> None:
    listed = produce_list(answer)
    assert told(listed) == [
        ("C-GUANPI", 3000, ["C-GUANPI > WANT-1"]),
        ("C-TAIPING", 3000, ["C-TAIPING > WANT-1"]),
        ("H-101", 1500, ["LOT-1 > WANT-2"]),
        ("H-105", 600, ["LOT-6 > WANT-3"]),
    ]
    assert sum(each.income_fen for each in listed.lists) == answer.totals.income_fen
    parts = [(part.lot_id, part.quantity_kg) for part in listed.lists[0].deliveries[0].parts]
    assert parts == [("LOT-2", 1200), ("LOT-5", 1800)]


def test_what_a_cooperative_sends_of_its_own_stands_on_its_list_by_day_then_buyer(answer: ProducePlanAnswer) -> None:
    batch = answer.deliveries[0]
    sender = {"sender_kind": batch.sender_kind, "sender_id": batch.sender_id, "sender_name": batch.sender_name}
    others = [
        each.model_copy(update={**sender, "arrives_on": date(2026, 5, day)})
        for each, day in zip(answer.deliveries[2:], (23, 21), strict=True)
    ]
    (one,) = produce_list(answer.model_copy(update={"deliveries": (others[0], batch, others[1])})).lists
    assert [each.arrives_on.day for each in one.deliveries] == [21, 22, 23]
    assert (one.first_on.day, one.last_on.day, one.quantity_kg) == (21, 23, 3000 + 1500 + 600)
    assert [each.is_pooled for each in one.deliveries] == [False, True, False]


def test_one_sender_may_be_asked_about_and_an_unknown_one_is_named(answer: ProducePlanAnswer) -> None:
    assert told(produce_list(answer, "H-105")) == [("H-105", 600, ["LOT-6 > WANT-3"])]
    with pytest.raises(SenderUnknown, match="H-999"):
        produce_list(answer, "H-999")


def test_tables_have_a_row_for_each_lot_loaded_and_for_each_sender(answer: ProducePlanAnswer) -> None:
    loaded, senders, *_ = delivery_list_tables(produce_list(answer))
    codes = [column.code for column in loaded.columns]
    rows = [dict(zip(codes, row, strict=True)) for row in loaded.rows]
    assert [(row["sender"], row["lot_id"], row["quantity_kg"], row["delivery_kg"]) for row in rows] == [
        ("Guanpi plums (made up)", "LOT-2", 1200, 3000),
        ("Guanpi plums (made up)", "LOT-5", 1800, 3000),
        ("Taiping fruit (made up)", "LOT-3", 800, 3000),
        ("Taiping fruit (made up)", "LOT-4", 2200, 3000),
        ("H-101", "LOT-1", 1500, 1500),
        ("H-105", "LOT-6", 600, 600),
    ]
    assert [row[3] for row in senders.rows] == [3000, 3000, 1500, 600]
