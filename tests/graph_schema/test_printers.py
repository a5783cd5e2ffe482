"""What is printed is the same as what the repository holds, and a reader finds in it what they look for."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from graph_schema import Schema
from graph_schema.printers.__main__ import main
from graph_schema.printers.dictionary import dictionary
from graph_schema.printers.json_schema import json_schema
from graph_schema.printers.pages import printed_files

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="session")
def printed(schema: Schema) -> dict[str, bytes]:
    return printed_files(schema)


def test_the_printed_files_are_those_of_the_repository(printed: dict[str, bytes]) -> None:
    kept = {path.relative_to(DOCS).as_posix() for path in (DOCS / "templates").rglob("*") if path.is_file()}
    differing = [name for name, content in printed.items() if (DOCS / name).read_bytes() != content]

    assert differing == []
    assert kept == {name for name in printed if name.startswith("templates/")}


def test_printing_twice_gives_the_same_bytes(schema: Schema, printed: dict[str, bytes]) -> None:
    assert printed_files(schema) == printed


def test_printing_into_a_folder_removes_the_templates_that_are_printed_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "templates" / "moon" / "moon.Area.csv"
    old.parent.mkdir(parents=True)
    old.touch()
    monkeypatch.setattr(sys, "argv", ["printers", str(tmp_path)])

    main()

    assert not old.exists()
    assert (tmp_path / "templates" / "place" / "place.Area.csv").read_text(encoding="utf-8") == (
        "id,name,area_level,altitude_m,population_count,lat,lon,area_id,valid_from,valid_to\n"
    )


def test_the_dictionary_keeps_proposed_values_apart_from_sourced_ones(schema: Schema) -> None:
    rows = dictionary(schema, "en").splitlines()
    link = next(row for row in rows if row.startswith("| K01 |"))

    # Strength and lag are our own proposal, the link itself is supported by T15.
    assert "| 0.6 [P] | 30 [P] | A | T15 |" in link


def test_the_dictionary_has_every_noun_in_both_languages(schema: Schema) -> None:
    english, chinese = dictionary(schema, "en"), dictionary(schema, "zh")
    nouns = [*schema.node_kinds, *schema.relationship_kinds, *schema.code_lists, *schema.causes, *schema.links]
    nouns += [*schema.indicators, *schema.measures, *schema.products, *schema.feeds, *schema.roles]
    nouns += [*schema.case_states, *schema.phases, *schema.sources]

    assert [noun for noun in nouns if noun not in english] == []
    assert [noun for noun in nouns if noun not in chinese] == []
    assert all(f"### {name} ({kind.label.zh})" in chinese for name, kind in schema.node_kinds.items())


def test_the_dictionary_begins_with_the_words_of_the_product(schema: Schema) -> None:
    assert "| 供应批 | 待售的农产品 |" in dictionary(schema, "zh")
    assert "| reject | a row that was not accepted, with its reason and what to do |" in dictionary(schema, "en")


def test_every_link_of_the_contents_leads_somewhere(schema: Schema) -> None:
    page = dictionary(schema, "en")
    targets = [line.rpartition("(#")[2].rstrip(")") for line in page.splitlines() if line.startswith("- [")]

    assert len(targets) == 27
    assert [target for target in targets if f'<a id="{target}"></a>' not in page] == []


def test_every_row_of_a_table_has_as_many_cells_as_its_head(schema: Schema) -> None:
    for language in ("en", "zh"):
        width = 0
        for line in dictionary(schema, language).splitlines():
            if line.startswith("|-"):
                width = line.count("-")
            elif line.startswith("|") and width:
                assert line.replace("\\|", "").count("|") == width + 1, line
            elif not line:
                width = 0


def test_a_csv_template_is_one_line_of_columns(printed: dict[str, bytes]) -> None:
    header = printed["templates/police/police.Household.csv"].decode()
    rows = list(csv.reader(io.StringIO(header)))

    assert len(rows) == 1
    assert rows[0][:3] == ["id", "head_name", "member_count"]
    assert rows[0][-2:] == ["valid_from", "valid_to"]


def test_a_workbook_has_a_sheet_per_kind_and_notes_in_both_languages(printed: dict[str, bytes]) -> None:
    book = zipfile.ZipFile(io.BytesIO(printed["templates/place.xlsx"]))
    sheets, words = book.read("xl/workbook.xml").decode(), book.read("xl/sharedStrings.xml").decode()

    assert [name for name in ("Area", "Observation", "Notes 说明") if f'name="{name}"' in sheets] == [
        "Area",
        "Observation",
        "Notes 说明",
    ]
    assert "altitude\n海拔" in words
    assert "village = village" in words
    assert "village = 村" in words


def test_what_the_product_computes_itself_has_no_template(printed: dict[str, bytes]) -> None:
    assert not any(path.startswith("templates/derived") for path in printed)


def test_the_json_schema_is_a_json_schema(schema: Schema) -> None:
    document = json.loads(json_schema(schema))

    Draft202012Validator.check_schema(document)
    assert set(document["$defs"]) == set(schema.fact_tables)


LOT: dict[str, object] = {
    "lot_quantity_kg": 3000,
    "grade": "1",
    "ready_on": "2026-05-12",
    "use_by_on": "2026-05-19",
    "ask_fen_per_kg": 260,
    "lot_status": "open",
    "cooperative_id": "C1",
    "product_id": "green_plum",
}


@pytest.mark.parametrize(
    ("kind", "row", "is_valid"),
    [
        ("SupplyLot", LOT, True),
        ("SupplyLot", {**LOT, "grade": "9"}, False),
        ("SupplyLot", {**LOT, "household_id": "h1"}, False),
        ("SupplyLot", {**LOT, "colour": "green"}, False),
        ("SupplyLot", {name: value for name, value in LOT.items() if name != "ready_on"}, False),
        ("SupplyLot", {**LOT, "certificate_codes": ["organic"], "min_split_quantity_kg": None}, True),
        # Several feeds each know a part of a household: only its id must stand in every row.
        ("Household", {"id": "1", "arable_mu": 3.5}, True),
        ("Household", {"arable_mu": 3.5}, False),
        ("HIT", {"from_id": "s", "to_id": "350624", "exposure_share": 1.2}, False),
    ],
)
def test_a_row_is_judged_by_the_json_schema(schema: Schema, kind: str, row: dict[str, object], is_valid: bool) -> None:
    document = json.loads(json_schema(schema))
    judge = Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": document["$defs"]})

    assert judge.is_valid(row) is is_valid
