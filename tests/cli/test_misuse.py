"""A call that cannot be understood: what is wrong and what to do, in the right language, exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calls import Plumline

CALLS: list[tuple[str, tuple[str, ...], str, str]] = [
    ("command", ("statsu",), "There is no command “statsu”.", "没有“statsu”这个命令。"),
    ("option", ("status", "--foo"), "“plumline status” has no option --foo.", "“plumline status”没有 --foo 这个选项。"),
    ("no value", ("chains", "--household"), "The option --household of “plumline chains” lacks", "后面缺少值"),
    ("a value too many", ("chains", "--show-sensitive=yes"), "has one that it does not take", "多写了值"),
    ("no value of a shared option", ("status", "--data"), "The option --data of", "的选项 --data"),
    ("word too many", ("status", "now"), "“plumline status” cannot be understood", "无法理解对“plumline status”的调用"),
    ("no path", ("load",), "“plumline load” needs PATH", "“plumline load”缺少 PATH"),
    ("no subject", ("chains",), "does not say what it is about", "没有说明要询问的对象"),
    ("two subjects", ("chains", "--area", "1", "--cause", "M02"), "several were named", "现在指定了多个"),
    (
        "day",
        ("chains", "--area", "1", "--day", "2026-02-30"),
        "“2026-02-30” is not a day",
        "“2026-02-30”不是有效的日期",
    ),
    ("rows", ("chains", "--area", "1", "--limit", "0"), "“0” is not a number of rows", "“0”不是有效的行数"),
    ("form", ("cause-graph", "--area", "1", "--format", "pdf"), "in the form “pdf”", "没有“pdf”这种格式"),
    ("no form", ("cause-graph", "--area", "1", "--output", "x"), "Add --format", "请加上 --format"),
    ("port", ("serve", "--port", "70000"), "“70000” is not the number of a port", "“70000”不是有效的端口号"),
    ("port in words", ("serve", "--port", "web"), "“web” is not the number of a port", "“web”不是有效的端口号"),
    ("host", ("serve", "--host", "0.0.0.0"), "does not listen on 0.0.0.0", "不在 0.0.0.0 上监听"),  # noqa: S104 - refused
    ("body", ("json-schema", "foo"), "No body of JSON is named “foo”", "没有名为“foo”的 JSON 格式"),
    ("mapping", ("load", ".", "--mapping", "foo"), "There is no mapping foo", "找不到映射 foo"),
    ("path", ("load", "nowhere"), "There is no file or folder nowhere", "找不到文件或文件夹 nowhere"),
    ("policy", ("load", ".", "--policy", "nowhere"), "The policy folder nowhere", "nowhere"),
    ("graph", ("load", ".", "--graph", "http://x"), "is not the address of a graph", "不是有效的图数据库地址"),
    ("no data", ("status",), "plumline load PATH", "plumline load 路径"),
    ("no data to ask", ("chains", "--area", "1"), "There is no ledger in the folder", "中没有台账"),
]


@pytest.mark.parametrize(("arguments", "english"), [call[1:3] for call in CALLS], ids=[call[0] for call in CALLS])
def test_a_fault_is_told_in_english(plumline: Plumline, arguments: tuple[str, ...], english: str) -> None:
    said = plumline(*arguments)
    assert (said.code, english in said.err) == (2, True), said.err


@pytest.mark.parametrize(("arguments", "chinese"), [call[1::2] for call in CALLS], ids=[call[0] for call in CALLS])
def test_a_fault_is_told_in_chinese(plumline: Plumline, arguments: tuple[str, ...], chinese: str) -> None:
    said = plumline("--lang", "zh", *arguments)
    assert (said.code, chinese in said.err) == (2, True), said.err


@pytest.mark.parametrize("arguments", [call[1] for call in CALLS[:6]], ids=[call[0] for call in CALLS[:6]])
def test_a_fault_leaves_standard_output_to_others(plumline: Plumline, arguments: tuple[str, ...]) -> None:
    assert plumline(*arguments).out == ""


@pytest.mark.parametrize(
    ("arguments", "code", "status"),
    [
        (("statsu",), "no_such_command", 400),
        (("status", "--foo"), "no_such_option", 400),
        (("status",), "no_ledger", 404),
        (("load", "nowhere"), "no_such_path", 422),
        ((), "command_missing", 400),
        (("cause-graph", "--area", "1", "--format", "svg"), "json_or_form", 400),
    ],
)
def test_in_json_mode_a_fault_is_a_problem_in_one_line(
    plumline: Plumline, arguments: tuple[str, ...], code: str, status: int
) -> None:
    said = plumline(*arguments, "--json")
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert (said.problem["code"], said.problem["status"]) == (code, status)


def test_a_misspelt_variable_is_told(plumline: Plumline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMLINE_DATUM", "x")
    said = plumline("status")
    assert said.code == 2
    assert "PLUMLINE_DATUM is not a setting" in said.err


def test_a_language_that_is_not_spoken_is_told(plumline: Plumline) -> None:
    said = plumline("status", "--lang", "fr")
    assert said.code == 2
    assert "“fr” is not a language" in said.err


def test_a_folder_that_does_not_exist_is_not_made_by_asking(plumline: Plumline, tmp_path: Path) -> None:
    plumline("--data", tmp_path / "none", "status")
    assert not (tmp_path / "none").exists()


def test_a_data_folder_of_a_newer_version_is_refused(plumline: Plumline, small_folder: Path) -> None:
    (small_folder / "FORMAT").write_text("99", encoding="utf-8")
    said = plumline("--data", small_folder, "status")
    assert said.code == 2
    assert "has format 99" in said.err


def test_a_file_where_the_data_folder_should_be_is_told(plumline: Plumline, household_file: Path) -> None:
    said = plumline("--data", household_file, "load", household_file)
    assert said.code == 2
    assert f"The folder {household_file} cannot be written to" in said.err


def test_a_fault_in_an_overlay_is_told_with_file_and_line(
    plumline: Plumline, small_folder: Path, tmp_path: Path
) -> None:
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    (overlay / "ours.yaml").write_text("trade.road_factor:\n  - {value: 1.5}\n", encoding="utf-8")
    said = plumline("--data", small_folder, "--policy", overlay, "check")
    assert said.code == 2
    assert "ours.yaml, line 2" in said.err


def test_help_is_printed_when_nothing_is_asked(plumline: Plumline) -> None:
    said = plumline()
    assert said.code == 2
    assert said.out.startswith("Usage: plumline")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_speaks_chinese(plumline: Plumline, option: str) -> None:
    said = plumline("chains", option, "--lang", "zh")
    assert said.code == 0
    assert said.out.startswith("用法：plumline chains")
    assert "农户：编号或登记号。" in said.out


def test_help_names_every_command_in_full(plumline: Plumline) -> None:
    said = plumline("--help")
    assert "..." not in said.out.partition("Commands:")[2]


def test_the_version_is_said(plumline: Plumline) -> None:
    assert plumline("--version").out == "0.1.0\n"
