"""`plumline assist` on files alone: in words, in JSON and as tables, and what is refused."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import xlsxwriter
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from tests.cli.calls import ROOT, Plumline

FOLDER = ROOT / "examples" / "assist"
HOUSEHOLDS, PROGRAMMES = ("--households", FOLDER / "households.csv"), ("--programmes", FOLDER / "programmes.csv")
CHAINS = ("--chains", FOLDER / "chains.csv")
FILES = (*HOUSEHOLDS, *PROGRAMMES, *CHAINS, "--day", "2026-03-01")
PAGE = (ROOT / "docs" / "assistance-on-files.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```\n(plumline [^\n]*)\n```\n\n```\n(.*?)```\n", PAGE, flags=re.DOTALL)
# By the name of a body: what is typed, how the header of its first table begins, and one row of it.
ANSWERS = {
    "assist-plan": (("plan",), "Household,Village,Cause", "H-208,HILL,unstable work,4,assistance workshop,LABOUR"),
    "assist-why": (("explain", "H-201"), "Cause,", "unstable work,3,5000.00,0.00,5000.00,"),
    "assist-uncovered": (("explain", "--uncovered"), "Household,Village,", "H-209,FORD,lack skill,3,2500.00,2500.00,"),
    "assist-second": (("explain", "--second"), "Household,Measure,Programme,Who gets none", ""),
    "assist-worth": (("explain", "--more", "P-WATER,2000"), "Who,What more", "Safe water (made up),"),
    "assist-dependence": (
        ("explain", "--enterprise", "E-TOYS"),
        "Household,Village",
        "H-208,HILL,1800.00,1800.00,0.00,1800.00",
    ),
    "assist-links": (("explain", "--links"), "From,To,Needs", "E-JOBS,C-TAIPING,1,1,"),
    "assist-compare": (("compare",), "Household,Village", "H-208,HILL,4500.00,0.00,1800.00,1800.00,0.00"),
    "assist-locked": (
        ("lock", "--forbid", "H-208,P-WORK"),
        "Household,Village",
        "H-208,HILL,4500.00,1800.00,0.00,0.00,1800.00",
    ),
}


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[" ".join(command.split()[2:4]) for command, _ in SHOWN])
def test_the_page_shows_what_the_command_says(
    plumline: Plumline, monkeypatch: pytest.MonkeyPatch, command: str, output: str
) -> None:
    monkeypatch.chdir(ROOT)
    said = plumline(*command.split()[1:])
    assert (said.code, said.out) == (0, output), said.err


def test_the_page_shows_every_command_that_files_have() -> None:
    assert {command.split()[2] for command, _ in SHOWN} == {"plan", "explain", "lock", "compare"}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_has_the_form_of_its_schema_is_written_as_tables_and_needs_no_data_folder(
    plumline: Plumline, tmp_path: Path, name: str
) -> None:
    asked, header, row = ANSWERS[name]
    schema, file = plumline("json-schema", name).body, tmp_path / "told.csv"
    said = plumline("--data", tmp_path / "none", "assist", *asked, *FILES, "--json", "-o", file)
    assert (said.code, (tmp_path / "none").exists()) == (0, False), said.err
    assert list(Draft202012Validator(schema).iter_errors(said.body)) == []
    first, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    assert first.startswith(header)
    assert [line for line in rows if line.startswith(row)] or not row, rows


def test_the_commands_speak_chinese(plumline: Plumline) -> None:
    plan = plumline("assist", "plan", *FILES, "--lang", "zh").out
    assert "满足需求：3.06 万元中的5,500 元（18 %）" in plan
    assert "缺技术" in plan
    why = plumline("assist", "explain", "H-201", *FILES, "--lang", "zh").out
    assert "帮扶方案中的农户 H-201（PLUM），截至 2026-03-01" in why
    assert "满足 750 元，费用 1,500 元" in why


def test_one_workbook_may_hold_all_three_files(plumline: Plumline, tmp_path: Path) -> None:
    county = tmp_path / "county.xlsx"
    with xlsxwriter.Workbook(county) as workbook:
        for name in ("households", "programmes", "chains"):
            sheet = workbook.add_worksheet(name)
            with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
                for number, row in enumerate(csv.reader(file)):
                    sheet.write_row(number, 0, row)
    files = ("--households", county, "--programmes", county, "--chains", county, "--day", "2026-03-01", "--json")
    as_text = plumline("assist", "plan", *FILES, "--json").body
    as_workbook = plumline("assist", "plan", *files).body
    assert as_workbook["helps"] == as_text["helps"]
    assert as_workbook["totals"] == as_text["totals"]


def test_a_plan_is_written_as_a_workbook_or_as_the_table_that_is_named(plumline: Plumline, tmp_path: Path) -> None:
    plumline("assist", "plan", *FILES, "-o", tmp_path / "spring.xlsx")
    assert (tmp_path / "spring.xlsx").read_bytes().startswith(b"PK")
    plumline("assist", "plan", *FILES, "-o", tmp_path / "spring.assist_villages.csv", "--lang", "zh")
    first, *rows = (tmp_path / "spring.assist_villages.csv").read_text(encoding="utf-8-sig").splitlines()
    assert first.startswith("村,")
    assert [row.partition(",")[0] for row in rows] == ["FORD", "PLUM", "HILL"]


def test_every_fault_of_every_file_is_told_at_once_and_nothing_is_planned(plumline: Plumline, tmp_path: Path) -> None:
    for name in ("households", "programmes", "chains"):
        (tmp_path / f"{name}.csv").write_bytes((FOLDER / f"{name}.csv").read_bytes())
    households = tmp_path / "households.csv"
    households.write_text(
        households.read_text(encoding="utf-8").replace("H-202,PLUM,NORTH,COUNTY,F01", "H-201,PLUM,NORTH,ELSEWHERE,X99"),
        encoding="utf-8",
    )
    programmes = tmp_path / "programmes.csv"
    programmes.write_text(programmes.read_text(encoding="utf-8").replace("400000", "-400000"), encoding="utf-8")
    options = [part for name in ("households", "programmes", "chains") for part in (f"--{name}", f"{name}.csv")]
    said = plumline("assist", "plan", *options, "-o", "plan.xlsx", "--json")
    assert (said.code, said.problem["code"], Path("plan.xlsx").exists()) == (2, "produce_files_faulty", False)
    detail = str(said.problem["detail"])
    assert "households.csv, line 4, cause_id: there is no cause X99" in detail
    assert "households.csv, line 4, county_id: ELSEWHERE is said of H-201 here, COUNTY in line 2" in detail
    assert "programmes.csv, line 5, budget_fen: -400000 is below 0" in detail


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("plan", *HOUSEHOLDS), "households_and_programmes"),
        (("plan", *FILES, "--area", "1"), "area_of_assist_files"),
        (("plan", *FILES, "--keep"), "keep_of_assist_files"),
        (("plan", *FILES, "--only", "P-NONE"), "assist_programme_unknown"),
        (("explain", *FILES), "assist_explain_what"),
        (("explain", "H-201", "--links", *FILES), "assist_explain_what"),
        (("explain", "--links", "--cause", "E02", *FILES), "assist_explain_what"),
        (("explain", "--programme", "P-WORK", "--enterprise", "E-TOYS", *FILES), "assist_explain_what"),
        (("explain", "H-999", *FILES), "unknown_in_assist_plan"),
        (("explain", "H-201", "--cause", "A06", *FILES), "unknown_in_assist_plan"),
        (("explain", "--more", "P-WATER", *FILES), "assist_more_misread"),
        (("explain", "--more", "P-WATER,much", *FILES), "not_yuan"),
        (("explain", "--more", "P-NONE,5", *FILES), "unknown_in_assist_plan"),
        (("explain", "--more", "partner/P-WORK/E-TOYS,0.5", *FILES), "assist_more_misread"),
        (("lock", *FILES), "assist_no_rule"),
        (("lock", "--lock", "H-201", *FILES), "assist_rule_misread"),
        (("lock", "--floor", "PLUM,0", *FILES), "not_yuan"),
        (("lock", "last", "--floor", "PLUM,5", *FILES), "assist_draft_and_order"),
        (("lock", "--floor", "FORD,5000", *FILES), "assist_rule_impossible"),
        (("lock", "--lock", "H-208,P-WORK", "--forbid", "H-208,P-WORK", *FILES), "assist_rules_contradict"),
        (("compare", "--first-come", "--without-rules", *FILES), "assist_beside_one"),
    ],
    ids=lambda part: part if isinstance(part, str) else " ".join(map(str, part[:3])),
)
def test_what_cannot_be_is_refused_and_said_in_the_language_of_the_call(
    plumline: Plumline, typed: tuple[str | Path, ...], code: str
) -> None:
    said = plumline("assist", *typed, "--json", "--lang", "zh")
    assert (said.code, said.problem["code"]) == (2, code)
    assert re.search(r"[\u4e00-\u9fff]", str(said.problem["detail"]))


def test_rules_of_a_file_are_kept_and_more_is_added_to_them(plumline: Plumline) -> None:
    rules = ("--rules", FOLDER / "rules.yaml")
    helps = plumline("assist", "plan", *FILES, *rules, "--json").body["helps"]
    assert isinstance(helps, list)
    assert {each["household_id"] for each in helps if each["measure"]["id"] == "B26"} == {"H-201"}
    locked = plumline("assist", "lock", *FILES, *rules, "--ceiling", "E-TEXTILE,750", "--json").body["cost"]
    assert isinstance(locked, dict)
    # One course of two is left out: that of H-201, whose lack of skill weighs 0.8 and not 1.
    assert (locked["gained_yuan"], [each["household_id"] for each in locked["households"]]) == (-600.0, ["H-201"])


def test_only_the_programmes_that_are_named_give(plumline: Plumline) -> None:
    body = plumline("assist", "plan", *FILES, "--only", "P-LOAN", "--only", "P-WATER", "--json").body
    helps = body["helps"]
    assert isinstance(helps, list)
    assert {each["programme"]["id"] for each in helps} == {"P-LOAN"}


def test_a_household_may_have_help_of_few_programmes_only(plumline: Plumline, tmp_path: Path) -> None:
    more = (FOLDER / "chains.csv").read_text(encoding="utf-8").replace("C-GUANPI,1,", "C-GUANPI,2,")
    (tmp_path / "chains.csv").write_text(more, encoding="utf-8")
    files = (*HOUSEHOLDS, *PROGRAMMES, "--chains", tmp_path / "chains.csv", "--day", "2026-03-01", "--json")
    counts = []
    for most in ("1", "2"):
        helps = plumline("assist", "plan", *files, "--most-programmes", most).body["helps"]
        assert isinstance(helps, list)
        counts.append(sum(each["household_id"] == "H-201" for each in helps))
    assert counts == [1, 2]
