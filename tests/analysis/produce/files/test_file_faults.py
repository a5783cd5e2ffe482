"""Every fault of a file is told with its line and column, in both languages, and all of them together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from analysis.produce.files.faults import SHOWN_FAULTS, FaultyFiles, FileFault
from analysis.produce.files.file_table import FileTable
from analysis.produce.files.produce_files import FileTables, read_produce_files
from graph_schema import Schema
from tests.analysis.produce.files.made_tables import COOPERATIVE, DEMAND, LOT, ROAD, table, without

DAY = date(2026, 5, 20)
# What is changed of the lot in line 3, the fault, its column.
LOT_FAULTS: dict[str, tuple[dict[str, str], str, str]] = {
    "quantity below 0": ({"lot_quantity_kg": "-5"}, "produce_file_negative", "lot_quantity_kg"),
    "quantity of nothing": ({"lot_quantity_kg": "0"}, "produce_file_out_of_range", "lot_quantity_kg"),
    "quantity beyond any lot": ({"lot_quantity_kg": "100000001"}, "produce_file_out_of_range", "lot_quantity_kg"),
    "quantity in words": ({"lot_quantity_kg": "1.5 t"}, "produce_file_no_number", "lot_quantity_kg"),
    "no quantity": ({"lot_quantity_kg": ""}, "produce_file_no_value", "lot_quantity_kg"),
    "endless quantity": ({"lot_quantity_kg": "inf"}, "produce_file_no_number", "lot_quantity_kg"),
    "use by before ready": ({"use_by_on": "2026-05-19"}, "produce_file_days_of_lot", "use_by_on"),
    "no such day": ({"ready_on": "2026-02-30"}, "produce_file_no_day", "ready_on"),
    "day in another form": ({"ready_on": "20 May 2026"}, "produce_file_no_day", "ready_on"),
    "day of another century": ({"use_by_on": "2226-05-27"}, "produce_file_far_day", "use_by_on"),
    "unknown product": ({"product_id": "mango"}, "produce_file_unknown_product", "product_id"),
    "unknown grade": ({"grade": "A+"}, "produce_file_unknown_code", "grade"),
    "price of 0": ({"ask_fen_per_kg": "0"}, "produce_file_price_zero", "ask_fen_per_kg"),
    "price in yuan": ({"ask_fen_per_kg": "1.60"}, "produce_file_price_in_yuan", "ask_fen_per_kg"),
    "price below 0": ({"ask_fen_per_kg": "-1"}, "produce_file_negative", "ask_fen_per_kg"),
    "latitude off the map": ({"lat": "117.2"}, "produce_file_out_of_range", "lat"),
    "longitude off the map": ({"lon": "-181"}, "produce_file_out_of_range", "lon"),
    "half a place": ({"lon": ""}, "produce_file_half_place", "lon"),
    "no place": ({"lat": "", "lon": ""}, "produce_file_no_place", "area_id"),
    "a place no road leads to": ({"lat": "", "lon": "", "area_id": "Z"}, "produce_file_no_road", "area_id"),
    "no seller": ({"household_id": ""}, "produce_file_no_seller", "household_id"),
    "two sellers": ({"cooperative_id": "C1"}, "produce_file_two_sellers", "cooperative_id"),
    "neither yes nor no": ({"is_at_risk": "perhaps"}, "produce_file_no_answer", "is_at_risk"),
    "valid until before it begins": (
        {"valid_from": "2026-05-20", "valid_to": "2026-05-10"},
        "produce_file_days",
        "valid_to",
    ),
    "cooperative without a file": ({"cooperative_ids": "C1"}, "produce_file_no_cooperatives", "cooperative_ids"),
}
DEMAND_FAULTS: dict[str, tuple[dict[str, str], str, str]] = {
    "no last day": ({"ends_on": ""}, "produce_file_no_window", "ends_on"),
    "no first day": ({"starts_on": ""}, "produce_file_no_window", "starts_on"),
    "days the wrong way round": ({"ends_on": "2026-05-19"}, "produce_file_days_of_demand", "ends_on"),
    "price of 0": ({"max_fen_per_kg": "0"}, "produce_file_price_zero", "max_fen_per_kg"),
    "batch below 0": ({"min_batch_quantity_kg": "-1"}, "produce_file_negative", "min_batch_quantity_kg"),
    "distance beyond the Earth": ({"max_distance_km": "50001"}, "produce_file_out_of_range", "max_distance_km"),
    "nobody who wants it": ({"enterprise_id": ""}, "produce_file_no_value", "enterprise_id"),
    "another product unknown": (
        {"also_product_codes": "bayberry;mango"},
        "produce_file_unknown_product",
        "also_product_codes",
    ),
}


def faults_of(schema: Schema, tables: FileTables) -> tuple[FileFault, ...]:
    with pytest.raises(FaultyFiles) as caught:
        read_produce_files(tables, schema, DAY)
    return caught.value.faults


def lots_and_one_more(change: dict[str, str]) -> FileTable:
    """Return a sound lot in line 2 and a changed one in line 3."""
    empty = dict.fromkeys(change, "")
    return table("lots.csv", {**empty, **LOT}, {**LOT, "household_id": "H2", **change})


@pytest.mark.parametrize("name", LOT_FAULTS)
def test_a_fault_of_a_lot_is_told_with_its_line_and_column(schema: Schema, name: str) -> None:
    change, code, column = LOT_FAULTS[name]
    if "household_id" not in change and name != "two sellers":
        change = {"household_id": "H2", **change}
    found = faults_of(schema, FileTables(lots_and_one_more(change), table("demands.csv", DEMAND)))
    assert [(fault.file, fault.line, fault.column, fault.code) for fault in found] == [("lots.csv", 3, column, code)]


@pytest.mark.parametrize("name", DEMAND_FAULTS)
def test_a_fault_of_a_demand_is_told_with_its_line_and_column(schema: Schema, name: str) -> None:
    change, code, column = DEMAND_FAULTS[name]
    demands = table("demands.csv", {**dict.fromkeys(change, ""), **DEMAND}, {**DEMAND, "number": "2", **change})
    found = faults_of(schema, FileTables(table("lots.csv", LOT), demands))
    assert [(fault.file, fault.line, fault.column, fault.code) for fault in found] == [("demands.csv", 3, column, code)]


def test_ten_lots_of_one_id_are_nine_faults_that_name_the_first_line(schema: Schema) -> None:
    lots = table("lots.csv", *[{**LOT, "id": "L1", "lot_quantity_kg": str(number + 1)} for number in range(10)])
    found = faults_of(schema, FileTables(lots, table("demands.csv", DEMAND)))
    assert [fault.line for fault in found] == list(range(3, 12))
    assert {(fault.code, fault.fields["id"], fault.fields["first_line"]) for fault in found} == {
        ("produce_file_id_twice", "L1", 2)
    }


def test_lots_without_an_id_are_told_apart_by_their_number(schema: Schema) -> None:
    alike = FileTables(table("lots.csv", LOT, LOT), table("demands.csv", DEMAND))
    assert [fault.code for fault in faults_of(schema, alike)] == ["produce_file_id_twice"]
    numbered = table("lots.csv", {**LOT, "number": "1"}, {**LOT, "number": "2"})
    lots = read_produce_files(FileTables(numbered, table("demands.csv", DEMAND)), schema, DAY).lots
    assert lots["lot_id"].tolist() == ["H1-green_plum-2026-05-20-1", "H1-green_plum-2026-05-20-2"]


def test_the_header_says_which_columns_it_lacks_and_which_are_not_known(schema: Schema) -> None:
    lots = table("lots.csv", {**without(LOT, "grade"), "colour": "green"})
    found = faults_of(schema, FileTables(lots, table("demands.csv", DEMAND)))
    assert [(fault.line, fault.column, fault.code) for fault in found] == [
        (1, "colour", "produce_file_unknown_column"),
        (1, "grade", "produce_file_no_column"),
    ]


def test_a_header_alone_is_a_fault(schema: Schema) -> None:
    empty = FileTable("lots.csv", {name: np.array([], dtype=object) for name in LOT}, np.zeros(0, np.int64))
    found = faults_of(schema, FileTables(empty, table("demands.csv", DEMAND)))
    assert [(fault.line, fault.code) for fault in found] == [(1, "produce_file_no_row")]


def test_the_other_files_have_faults_of_their_own(schema: Schema) -> None:
    tables = FileTables(
        lots=table("lots.csv", {**LOT, "cooperative_ids": "C1;C9"}),
        demands=table("demands.csv", DEMAND),
        cooperatives=table("cooperatives.csv", COOPERATIVE, COOPERATIVE, {"cooperative_id": "C2", "lat": "23"}),
        distances=table("distances.csv", ROAD, ROAD, {**ROAD, "road_km": "13"}, {**ROAD, "from_id": ""}),
    )
    found = faults_of(schema, tables)
    assert [(fault.file, fault.line, fault.column, fault.code) for fault in found] == [
        ("lots.csv", 2, "cooperative_ids", "produce_file_unknown_cooperative"),
        ("cooperatives.csv", 3, "cooperative_id", "produce_file_cooperative_twice"),
        ("cooperatives.csv", 4, "lon", "produce_file_half_place"),
        ("distances.csv", 4, "road_km", "produce_file_road_twice"),
        ("distances.csv", 5, "from_id", "produce_file_no_value"),
    ]


def test_all_faults_of_all_files_are_told_together_and_the_rest_is_counted(schema: Schema) -> None:
    many = [{**LOT, "household_id": f"H{number}", "ask_fen_per_kg": "0"} for number in range(30)]
    tables = FileTables(table("lots.csv", *many), table("demands.csv", {**DEMAND, "ends_on": ""}))
    with pytest.raises(FaultyFiles) as caught:
        read_produce_files(tables, schema, DAY)
    assert len(caught.value.faults) == 31
    for language in ("en", "zh"):
        told = caught.value.what(language)
        assert told.count("ask_fen_per_kg") == SHOWN_FAULTS
        assert "31" in told
        assert "11" in told.splitlines()[-1]


def test_every_fault_has_its_sentence_and_what_to_do_in_both_languages() -> None:
    folder = Path(__file__).resolve().parents[4] / "analysis"
    messages = yaml.safe_load((folder / "messages.yaml").read_text(encoding="utf-8"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in (folder / "produce" / "files").glob("*.py"))
    code += (folder.parent / "cli" / "produce_files.py").read_text(encoding="utf-8")
    ours = {name for name in messages if name.startswith("produce_file_")}
    assert {name for name in ours if f'"{name}"' not in code} == set()
    assert {
        name for name in ours if not name.startswith("produce_file_where") and "remedy" not in messages[name]
    } == set()


def test_a_long_cell_is_shown_cut_off() -> None:
    fault = FileFault("produce_file_no_number", "lots.csv", 7, "lot_quantity_kg", "9" * 41 + "x")
    assert "9" * 40 + "… is no number" in fault.text("en")
    assert "9" * 41 not in fault.text("zh")
