"""What is read from sound files: products by code or name, ids as a load makes them, nothing lost."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.frames import rows_of
from analysis.produce.files.faults import FaultyFiles
from analysis.produce.files.lots import lot_columns
from analysis.produce.files.produce_files import FileTables, ProduceFiles, read_produce_files
from analysis.produce.frames import DEMANDS, LEFT, LOTS
from analysis.produce.plan.ways.frames import AT_RISK, COOPERATIVES, MEMBERS, ROADS
from graph_schema import Schema, load_schema
from tests.analysis.produce.files.made_tables import COOPERATIVE, DEMAND, LOT, ROAD, table, without

DAY = date(2026, 5, 20)
SCHEMA = load_schema()


def read(lots: list[dict[str, str]], demands: list[dict[str, str]] | None = None, **more: object) -> ProduceFiles:
    tables = FileTables(table("lots.csv", *lots), table("demands.csv", *(demands or [DEMAND])), **more)  # type: ignore[arg-type]
    return read_produce_files(tables, SCHEMA, DAY)


def test_the_frames_have_the_columns_that_a_program_is_made_of() -> None:
    found = read([LOT])
    assert list(found.lots) == [*LOTS, LEFT, AT_RISK]
    assert list(found.demands) == [*DEMANDS, LEFT]
    assert list(found.cooperatives) == [*COOPERATIVES, "cooperative_name"]
    assert (list(found.members), list(found.roads)) == ([*MEMBERS], [*ROADS])


def test_a_lot_is_read_in_its_types() -> None:
    row = {**LOT, "min_split_quantity_kg": "200.5", "certificate_codes": "organic; green_food", "is_at_risk": "是"}
    (lot,) = rows_of(read([row]).lots)
    assert lot == {
        "lot_id": "H1-green_plum-2026-05-20-1",
        "product_id": "green_plum",
        "seller_kind": "Household",
        "seller_id": "H1",
        "seller_name": None,
        "grade": "1",
        "lot_quantity_kg": 1500.0,
        "ready_on": date(2026, 5, 20),
        "use_by_on": date(2026, 5, 27),
        "ask_fen_per_kg": 160,
        "min_split_quantity_kg": 200.5,
        "certificate_codes": ("organic", "green_food"),
        "lot_status": "open",
        "area_id": None,
        "area_name": None,
        "lat": 23.7,
        "lon": 117.2,
        "is_made_up": False,
        "left_quantity_kg": 1500.0,
        "is_at_risk": True,
    }


@pytest.mark.parametrize("written", ["green_plum", "Green Plum", "青梅"])
def test_a_product_may_be_written_by_its_code_or_a_name(written: str) -> None:
    assert read([{**LOT, "product_id": written}]).lots["product_id"].tolist() == ["green_plum"]


@pytest.mark.parametrize("written", ["process", "加工级", "for processing"])
def test_a_grade_may_be_written_by_its_code_or_a_name(written: str) -> None:
    assert read([{**LOT, "grade": written}]).lots["grade"].tolist() == ["process"]


def test_a_demand_names_other_products_that_it_also_takes() -> None:
    found = read([LOT], [{**DEMAND, "also_product_codes": "盐渍青梅; green_plum_salted"}])
    assert found.demands["also_product_codes"].tolist() == [("green_plum_salted",)]


def test_an_empty_limit_is_no_limit_and_an_empty_state_is_open() -> None:
    found = read([{**LOT, "lot_status": ""}], [{**DEMAND, "min_batch_quantity_kg": "", "demand_status": ""}])
    assert found.demands["min_batch_quantity_kg"].isna().tolist() == [True]
    assert found.demands["max_distance_km"].isna().tolist() == [True]
    assert (found.lots["lot_status"].tolist(), found.demands["demand_status"].tolist()) == (["open"], ["open"])


def test_a_lot_of_a_cooperative_is_its_own_and_pooled_lots_name_theirs() -> None:
    own = {**LOT, "household_id": "", "cooperative_id": "C1"}
    others = {**LOT, "cooperative_ids": "C2;C1;C2"}
    named = [{**COOPERATIVE, "name": "Plums"}, {**COOPERATIVE, "cooperative_id": "C2"}]
    found = read([own, others], cooperatives=table("cooperatives.csv", *named))
    assert rows_of(found.members) == [
        {"lot_id": "C1-green_plum-2026-05-20-1", "cooperative_id": "C1"},
        {"lot_id": "H1-green_plum-2026-05-20-1", "cooperative_id": "C1"},
        {"lot_id": "H1-green_plum-2026-05-20-1", "cooperative_id": "C2"},
    ]
    assert found.lots["seller_name"].tolist() == ["Plums", None]
    assert found.lots["seller_kind"].tolist() == ["Cooperative", "Household"]


def test_a_place_may_be_an_end_of_a_known_road() -> None:
    lot = {**without(without(LOT, "lat"), "lon"), "area_id": "A"}
    demand = {**without(without(DEMAND, "lat"), "lon"), "id": "B"}
    found = read([lot], [demand], distances=table("distances.csv", ROAD))
    assert rows_of(found.roads) == [{"from_id": "A", "to_id": "B", "road_km": 12.5, "is_one_way": False}]
    assert found.lots["lat"].isna().tolist() == [True]


def test_rows_that_do_not_hold_on_the_day_are_left_out_and_counted() -> None:
    rows = [
        {**LOT, "number": str(number), "valid_from": first, "valid_to": last}
        for number, (first, last) in enumerate(
            [("", ""), ("2026-05-20", ""), ("2026-05-21", ""), ("", "2026-05-20"), ("", "2026-05-19")], start=1
        )
    ]
    found = read(rows)
    assert found.lots["lot_id"].str[-1].tolist() == ["1", "2", "4"]
    assert found.left_out_count == 2


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    rows = [{**LOT, "household_id": f"H{number}"} for number in (3, 1, 2)]
    turned = [dict(reversed(row.items())) for row in reversed(rows)]
    pd.testing.assert_frame_equal(read(rows).lots, read(turned).lots)
    assert read(rows).lots["seller_id"].tolist() == ["H1", "H2", "H3"]


CELLS = st.sampled_from(
    ["", "0", "-1", "1.5", "1", "9" * 30, "nan", "x", "青梅", "yes", "2026-05-20", "2026-13-01", ";"]
)
COLUMNS = [column.name for column in lot_columns(SCHEMA)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELLS)), min_size=1, max_size=3))
def test_whatever_stands_in_a_file_each_row_is_read_or_told(rows: list[dict[str, str]]) -> None:
    lines = set(range(2, len(rows) + 2))
    try:
        found = read(rows)
    except FaultyFiles as error:
        told = {fault.line for fault in error.faults}
    else:
        told = lines if len(found.lots) + found.left_out_count == len(rows) else set()
    assert told
    assert told <= lines


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 100_000_000), st.integers(1, 1_000_000), st.integers(0, 20), st.integers(0, 20)),
        min_size=1,
        max_size=5,
    )
)
def test_sound_numbers_come_back_as_they_were_written(rows: list[tuple[int, int, int, int]]) -> None:
    lots = [
        {
            **LOT,
            "id": f"L{number}",
            "lot_quantity_kg": str(kg),
            "ask_fen_per_kg": str(fen),
            "ready_on": str(date(2026, 5, 1 + ready)),
            "use_by_on": str(date(2026, 5, 1 + ready + keeps % (31 - ready))),
        }
        for number, (kg, fen, ready, keeps) in enumerate(rows)
    ]
    found = read(lots).lots
    assert found["lot_quantity_kg"].tolist() == [float(kg) for kg, *_ in rows]
    assert found["ask_fen_per_kg"].tolist() == [fen for _, fen, *_ in rows]
    assert (found["use_by_on"] >= found["ready_on"]).all()


def test_the_schema_of_the_tests_is_the_one_that_is_shipped(schema: Schema) -> None:
    assert schema.products.keys() == SCHEMA.products.keys()
