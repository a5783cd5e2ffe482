"""A file with the columns of a ready mapping is told its name; rows that a mapping passes over are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema import Schema
from loaders.mapping import fitting_mapping, ready_mappings
from loaders.report import LoadReport
from tests.loaders.desk import Desk

FILES = Path(__file__).parent / "files"
NAMES = sorted(path.stem for path in FILES.glob("*.csv"))


def header(name: str) -> list[str]:
    return (FILES / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")


def reason_of(report: LoadReport) -> tuple[str, object]:
    assert report.reason is not None
    return report.reason.code, report.reason.fields.get("mapping")


def test_the_columns_of_each_file_fit_its_own_ready_mapping(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    read = ready_mappings(schema)
    monkeypatch.setattr("loaders.mapping.ready.ready_mappings", lambda schema: read)
    fitting = {name: fitting_mapping(header(name), schema) for name in NAMES}
    assert {name: mapping.name if mapping else None for name, mapping in fitting.items()} == {n: n for n in NAMES}


def test_columns_of_no_ready_mapping_fit_none(schema: Schema) -> None:
    assert fitting_mapping(["户号", "姓名"], schema) is None


@pytest.mark.parametrize("name", ["police.csv", "police.Household.csv", "what the police sent.csv"])
def test_a_file_without_a_mapping_is_told_the_ready_one(desk: Desk, name: str) -> None:
    (report,) = desk.load(desk.write(name, (FILES / "police.csv").read_bytes())).reports
    assert reason_of(report) == ("columns_of_ready_mapping", "police")


def test_a_file_that_fits_no_ready_mapping_is_refused_as_before(desk: Desk) -> None:
    named, nameless = (desk.write(name, "户号,身高\n1,2\n") for name in ("police.Household.csv", "heights.csv"))
    assert {reason_of(report) for report in desk.load(named, nameless).reports} == {
        ("unknown_column", None),
        ("name_tells_no_kind", None),
    }


def test_rows_that_give_no_fact_are_named_by_line(desk: Desk) -> None:
    rows = "登记类型,户编号,身份证号,发生日期,是否劳动力,统计日期\n"
    rows += "死亡,,350624197211080053,2026-01-18,否,2026-01-31\n迁居,,350624198601120066,2026-01-20,,2026-01-31\n"
    (report,) = desk.load(desk.write("events.csv", rows), mapping=Path("civil_events")).reports
    assert [(note.code, note.fields["count"], note.fields["lines"]) for note in report.notes] == [
        ("rows_give_nothing", 1, "3")
    ]


def test_brackets_may_be_wide_in_the_file_or_in_the_mapping(desk: Desk) -> None:
    mapping = desk.write(
        "places.yaml",
        "places:\n  version: 1\n  feed: place\n  label: {en: places, zh: 地区}\n  facts:\n    - kind: Area\n"
        "      where: [{column: 名称（全称）, filled: true}]\n      group_by: [代码(9位)]\n      columns:\n"
        '        id: {text: "x.{代码(9位)}"}\n        name: {first_of: [名称（全称）]}\n'
        "        area_level: {value: town}\n"
        "        population_count: {column: 人口(万人), unit: 万人, to: 人, take: sum}\n",
    )
    rows = "代码（9位）,名称(全称),人口（万人）\n350624105,官陂镇,4\n350624105,官陂镇,0.1\n350624106,,3\n"
    (report,) = desk.load(desk.write("towns.csv", rows), mapping=mapping).reports
    assert report.rejects == ()
    (town,) = desk.ledger.facts("Area").to_pylist()
    # 4.1 ten thousand people.
    assert (town["id"], town["name"], town["population_count"]) == ("x.350624105", "官陂镇", 41000)
