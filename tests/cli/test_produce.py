"""`plumline produce` on files alone: in words, in JSON and as tables, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from cli.produce_files import read_table
from cli.produce_options import parse_seconds
from cli.usage import UsageError
from tests.cli.calls import ROOT, Plumline

FOLDER = ROOT / "examples" / "produce"
LOTS, DEMANDS = ("--lots", FOLDER / "lots.csv"), ("--demands", FOLDER / "demands.csv")
MORE = ("--cooperatives", FOLDER / "cooperatives.csv", "--distances", FOLDER / "distances.csv")
FILES = (*LOTS, *DEMANDS, *MORE, "--day", "2026-05-20")
PAGE = (ROOT / "docs" / "surplus-produce-on-files.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```\n(plumline [^\n]*)\n```\n\n```\n(.*?)```\n", PAGE, flags=re.DOTALL)
BODIES = {
    "produce-plan": ("plan",),
    "produce-why": ("explain", "LOT-5"),
    "produce-worth": ("explain", "--demand", "WANT-1"),
    "produce-compare": ("compare",),
    "produce-gluts": ("gluts",),
    "produce-list": ("list",),
}


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command.split()[2] for command, _ in SHOWN])
def test_the_page_shows_what_the_command_says(
    plumline: Plumline, monkeypatch: pytest.MonkeyPatch, command: str, output: str
) -> None:
    monkeypatch.chdir(ROOT)
    said = plumline(*command.split()[1:])
    assert (said.code, said.out) == (0, output), said.err


def test_the_page_shows_every_command() -> None:
    assert [command.split()[2] for command, _ in SHOWN] == ["plan", "compare", "explain", "gluts", "list"]


@pytest.mark.parametrize("name", BODIES)
def test_json_has_the_form_of_its_schema_and_needs_no_data_folder(
    plumline: Plumline, tmp_path: Path, name: str
) -> None:
    schema = plumline("json-schema", name).body
    said = plumline("--data", tmp_path / "none", "produce", *BODIES[name], *FILES, "--json")
    assert (said.code, (tmp_path / "none").exists()) == (0, False), said.err
    assert list(Draft202012Validator(schema).iter_errors(said.body)) == []


def test_the_commands_speak_chinese(plumline: Plumline) -> None:
    assert "售出：10.7 吨 中的 8.1 吨" in plumline("produce", "plan", *FILES, "--lang", "zh").out
    assert "可收购的买家均已满" in plumline("produce", "plan", *FILES, "--lang", "zh").out


def test_one_workbook_may_hold_lots_and_demands(plumline: Plumline, tmp_path: Path) -> None:
    week = tmp_path / "week.xlsx"
    with xlsxwriter.Workbook(week) as workbook:
        for kind, name in (("SupplyLot", "lots.csv"), ("Demand", "demands.csv")):
            sheet = workbook.add_worksheet(kind)
            for number, line in enumerate((FOLDER / name).read_text(encoding="utf-8").splitlines()):
                sheet.write_row(number, 0, line.split(","))
    as_workbook, as_text = read_table(week, "SupplyLot"), read_table(FOLDER / "lots.csv")
    assert as_workbook.lines.tolist() == as_text.lines.tolist() == list(range(2, 10))
    assert {name: cells.tolist() for name, cells in as_workbook.cells.items()} == {
        name: cells.tolist() for name, cells in as_text.cells.items()
    }
    files = ("--lots", week, "--demands", week, *MORE, "--day", "2026-05-20")
    assert "Sold: 8.1 t of 10.7 t" in plumline("produce", "plan", *files).out


def test_a_plan_is_written_as_one_table_or_as_a_workbook(plumline: Plumline, tmp_path: Path) -> None:
    plumline("produce", "plan", *FILES, "--output", tmp_path / "week.plan_lots.csv")
    lines = (tmp_path / "week.plan_lots.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Lot,Product,Grade,Seller")
    assert [line.partition(",")[0] for line in lines[1:]] == [f"LOT-{number}" for number in range(1, 9)]
    plumline("produce", "plan", *FILES, "--output", tmp_path / "week.csv")
    assert (tmp_path / "week.csv").read_text(encoding="utf-8-sig").startswith("Delivery,Sent by")
    plumline("produce", "plan", *FILES, "--output", tmp_path / "week.xlsx")
    assert (tmp_path / "week.xlsx").read_bytes().startswith(b"PK")
    refused = plumline("produce", "plan", *FILES, "--output", tmp_path / "week.pdf")
    assert (refused.code, "week.pdf is neither .xlsx nor .csv" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("asked", "header", "row"),
    [
        (("explain", "LOT-5"), "What would change,By how much,Unit", "quantity wanted,1200,kg"),
        (("explain", "--demand", "WANT-1"), "Demand,If so much more", "WANT-1,1000,"),
        (("compare",), "Plan,Sold (kg)", "the plan,8100,17562.00,799.2"),
        (("gluts",), "Product,Week", "green plum,2026-W21,GUANPI,6300,8300,5100,1200,2026-05-22"),
    ],
    ids=["explain", "worth", "compare", "gluts"],
)
def test_every_answer_is_written_as_tables(
    plumline: Plumline, tmp_path: Path, asked: tuple[str, ...], header: str, row: str
) -> None:
    file = tmp_path / "told.csv"
    assert plumline("produce", *asked, *FILES, "-o", file).code == 0
    first, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    assert first.startswith(header)
    assert any(line.startswith(row) for line in rows), rows


def test_a_member_s_lot_goes_through_its_cooperative(plumline: Plumline, tmp_path: Path) -> None:
    # The same week without the column that names the cooperatives of each lot.
    rows = [line.split(",") for line in (FOLDER / "lots.csv").read_text(encoding="utf-8").splitlines()]
    place, lots = rows[0].index("cooperative_ids"), tmp_path / "lots.csv"
    lots.write_text("".join(",".join((*row[:place], *row[place + 1 :])) + "\n" for row in rows), encoding="utf-8")
    files = ("--lots", lots, *DEMANDS, *MORE, "--day", "2026-05-20", "--json")
    with_members = plumline("produce", "plan", *files, "--members", FOLDER / "members.csv").body
    assert with_members["deliveries"] == plumline("produce", "plan", *FILES, "--json").body["deliveries"]
    # What nobody may pool does not reach the smallest batch of WANT-1; LOT-5 alone does.
    alone = plumline("produce", "plan", *files).body["totals"]
    assert isinstance(alone, dict)
    assert alone["sold_kg"] == 8100 - 3000


def test_a_buyer_may_take_another_product_as_well(plumline: Plumline, tmp_path: Path) -> None:
    # Salted plums are wanted; the buyer takes fresh ones as well.
    lots, demands = tmp_path / "lots.csv", tmp_path / "demands.csv"
    lots.write_text(
        "id,household_id,product_id,lot_quantity_kg,grade,ready_on,use_by_on,ask_fen_per_kg,lot_status,lat,lon\n"
        "L1,H1,green_plum,1000,1,2026-05-20,2026-05-27,100,open,23.7,117.2\n",
        encoding="utf-8",
    )
    demands.write_text(
        "id,enterprise_id,product_id,also_product_codes,wanted_quantity_kg,min_grade,max_fen_per_kg,starts_on,ends_on,"
        "demand_status,lat,lon\n"
        "D1,E1,green_plum_salted,green_plum,600,2,200,2026-05-20,2026-05-30,open,23.7,117.2\n",
        encoding="utf-8",
    )
    files = ("--lots", lots, "--demands", demands, "--day", "2026-05-20")
    assert plumline("produce", "plan", *files, "--json").body["totals"]["sold_kg"] == 600  # type: ignore[index]
    assert "green plum, which the buyer takes as well" in plumline("produce", "plan", *files).out
    assert "(green plum, taken as well)" in plumline("produce", "list", *files).out
    assert "400" in plumline("produce", "explain", "L1", *files).out
    assert plumline("produce", "gluts", *files).code == 0


def test_rules_that_people_set_are_kept(plumline: Plumline, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("forbidden: [{lot: LOT-2, demand: WANT-1}]\n", encoding="utf-8")
    lots = plumline("produce", "plan", *FILES, "--rules", rules, "--json").body["lots"]
    assert isinstance(lots, list)
    assert {lot["lot_id"]: lot["sold_kg"] for lot in lots}["LOT-2"] == 0


def test_every_fault_of_every_file_is_told_in_both_languages(plumline: Plumline, tmp_path: Path) -> None:
    lots, demands = tmp_path / "lots.csv", tmp_path / "demands.csv"
    lots.write_text((FOLDER / "lots.csv").read_text(encoding="utf-8").replace(",160,", ",0,"), encoding="gb18030")
    text = (FOLDER / "demands.csv").read_text(encoding="utf-8")
    demands.write_text(text.replace("2026-05-26", "") + "WANT-5,green_plum\n", encoding="utf-8")
    files = ("--lots", lots, "--demands", demands, *MORE)
    said = plumline("produce", "plan", *files)
    assert said.code == 2
    assert "lots.csv, line 2, ask_fen_per_kg: the price is 0." in said.err
    assert "demands.csv, line 2, ends_on: it is empty" in said.err
    assert "demands.csv, line 6: the row has 2 values, the header 11 columns." in said.err
    assert "demands.csv 第 2 行 ends_on：为空" in plumline("produce", "plan", *files, "--lang", "zh").err
    assert plumline("produce", "plan", *files, "--json").problem["code"] == "produce_files_faulty"


def test_an_empty_file_is_told_as_such(plumline: Plumline, tmp_path: Path) -> None:
    (tmp_path / "lots.csv").write_bytes(b"")
    said = plumline("produce", "plan", "--lots", tmp_path / "lots.csv", *DEMANDS)
    assert (said.code, "lots.csv" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("plan", *LOTS), "lots_and_demands"),
        (("plan", *FILES, "--area", "350624"), "area_of_produce_files"),
        (("plan", *MORE), "cooperatives_of_graph"),
        (("plan", "--members", FOLDER / "lots.csv"), "cooperatives_of_graph"),
        (("explain", *FILES), "lot_or_demand"),
        (("explain", "LOT-1", "--demand", "WANT-1", *FILES), "lot_or_demand"),
        (("explain", "LOT-99", *FILES), "unknown_lot_in_plan"),
        (("explain", "--demand", "WANT-99", *FILES), "unknown_demand_in_plan"),
        (("plan", *FILES, "--seconds", "0"), "not_seconds"),
        ((), "command_missing"),
    ],
)
def test_what_cannot_be_done_is_told(plumline: Plumline, arguments: tuple[str | Path, ...], code: str) -> None:
    said = plumline("produce", *arguments, "--json")
    assert (said.code, said.problem["code"]) == (2, code)


@pytest.mark.parametrize("text", ["", "x", "-1", "0", "nan", "inf"])
def test_what_is_no_number_of_seconds_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_seconds(text)


def test_the_graph_is_planned_where_no_file_is_named(plumline: Plumline, ask_demo: Plumline) -> None:
    body = ask_demo("produce", "plan", "--product", "green_plum", "--json").body
    assert Draft202012Validator(plumline("json-schema", "produce-plan").body).is_valid(body)
    totals, lots = body["totals"], body["lots"]
    assert isinstance(totals, dict)
    assert isinstance(lots, list)
    assert totals["sold_kg"] > 0
    assert totals["sold_kg"] == sum(lot["sold_kg"] for lot in lots)
