"""`plumline produce plan --map` and `plumline produce list`, on files alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calls import ROOT, Plumline

FOLDER = ROOT / "examples" / "produce"
NAMES = ("lots", "demands", "cooperatives", "distances")
PLACES = {"GUANPI": ("24.0", "117.1"), "TAIPING": ("23.9", "117.0"), "ZHAOAN": ("23.7", "117.2")}


def options(folder: Path) -> Iterator[object]:
    for name in NAMES:
        yield from (f"--{name}", folder / f"{name}.csv")
    yield from ("--day", "2026-05-20")


@pytest.fixture
def placed(tmp_path: Path) -> Path:
    """Return a folder with the plum week, its places with coordinates but for Jieyang."""
    for name in NAMES:
        rows = list(csv.DictReader((FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
        if name != "distances":
            rows = [
                {**row, **dict(zip(("lat", "lon"), PLACES.get(row["area_id"], ("", "")), strict=True))} for row in rows
            ]
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return tmp_path


def test_the_map_is_drawn_in_the_language_of_the_person(plumline: Plumline, placed: Path) -> None:
    said = plumline("--lang", "zh", "produce", "plan", *options(placed), "--map", placed / "map.svg")
    assert said.code == 0, said.err
    text = (placed / "map.svg").read_text(encoding="utf-8")
    assert "余量农产品去向示意图" in text
    assert "GUANPI 7 吨，未售 1.9 吨：GUANPI的卖方，供应批 5 个" in text
    assert "另有 1 处地点不明" in text
    assert "map.svg" in said.out


def test_without_places_the_map_says_so(plumline: Plumline, tmp_path: Path) -> None:
    said = plumline("produce", "plan", *options(FOLDER), "--map", tmp_path / "map.svg", "--json")
    assert said.body["version"] == "produce-plan/1"
    assert "There is no map" in (tmp_path / "map.svg").read_text(encoding="utf-8")


def test_boundaries_of_the_settings_are_drawn_and_faulty_ones_told_before_a_plan_is_made(
    plumline: Plumline, placed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outline = [[117.0, 23.0], [118.0, 23.0], [118.0, 24.5], [117.0, 23.0]]
    area = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [outline]}}
    path = placed / "county.geojson"
    monkeypatch.setenv("PLUMLINE_BOUNDARIES", str(path))
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}), encoding="utf-8")
    assert plumline("produce", "plan", *options(placed), "--map", placed / "map.svg").code == 0
    assert "Boundaries: county.geojson." in (placed / "map.svg").read_text(encoding="utf-8")
    path.write_text("[]", encoding="utf-8")
    refused = plumline("produce", "plan", "--lots", "none.csv", "--map", placed / "map.svg", "--json")
    assert refused.problem["code"] == "boundaries_no_collection"


def test_a_map_with_another_ending_is_refused(plumline: Plumline) -> None:
    assert plumline("produce", "plan", "--map", "map.pdf", "--json").problem["code"] == "no_map_file"


def test_lists_tell_who_brings_what_to_whom_and_when(plumline: Plumline, tmp_path: Path) -> None:
    said = plumline("produce", "list", *options(FOLDER), "--output", tmp_path / "list.csv")
    assert "Guanpi plums (made up): 3 t, deliveries: 1, sellers get 6,564 yuan" in said.out
    assert "1.8 t of LOT-5, seller C-GUANPI, at 2.22 yuan/kg" in said.out
    assert (tmp_path / "list.csv").read_text(encoding="utf-8-sig").count("\n") == 7
    one = plumline("produce", "list", "H-105", *options(FOLDER), "--lang", "zh").out
    assert "H-105：1 笔交货共 600 公斤，卖方所得 768 元" in one
    assert "H-101" not in one
    assert plumline("produce", "list", "H-999", *options(FOLDER), "--json").problem["code"] == "sender_unknown"
