"""`plumline mapping try` and `suggest`: tables for people, bodies for programs, and no data folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from tests.cli.calls import Plumline

ROWS = "户编号,户主姓名,家庭人口,住房安全等级\n3506241052030007,张三,4,C级\n3506241052030008,李四,x,D级\n"


@pytest.fixture
def households(tmp_path: Path) -> Path:
    path = tmp_path / "households.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def mapping(plumline: Plumline, households: Path, tmp_path: Path) -> Path:
    path = tmp_path / "households.yaml"
    path.write_text(plumline("mapping", "suggest", households, "--feed", "police").out, encoding="utf-8")
    return path


def test_what_is_suggested_can_be_tried_at_once(plumline: Plumline, households: Path, mapping: Path) -> None:
    said = plumline("mapping", "try", households, mapping)
    assert said.code == 1
    assert "3506241052030007" in said.out
    assert "housing_grade" in said.out
    assert "“x” is not a whole number" in said.out
    assert "Of all 2 rows, 1 would be accepted and 1 rejected" in said.out


def test_it_speaks_chinese(plumline: Plumline, households: Path, mapping: Path) -> None:
    said = plumline("mapping", "try", households, mapping, "--lang", "zh")
    assert "全部 2 行中，1 行会被接受，1 行会被退回" in said.out
    assert "确定：与本系统名称一致" in plumline("mapping", "suggest", households, "--lang", "zh").out


def test_a_trial_writes_nothing(plumline: Plumline, households: Path, mapping: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    plumline("mapping", "try", households, mapping)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["try", "suggest"])
def test_a_body_has_the_form_of_its_schema(plumline: Plumline, households: Path, mapping: Path, name: str) -> None:
    schema = plumline("json-schema", f"mapping-{name}").body
    body = plumline("mapping", name, households, *([mapping] if name == "try" else []), "--json").body
    assert Draft202012Validator(schema).is_valid(body)
    assert body["version"] == f"mapping-{name}/1"


def test_the_text_of_the_body_is_the_mapping(plumline: Plumline, households: Path) -> None:
    body = plumline("mapping", "suggest", households, "--json").body
    assert body["text"] == plumline("mapping", "suggest", households).out


def test_a_file_of_strange_columns_gives_exit_code_1(plumline: Plumline, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("foo,bar\n1,2\n", encoding="utf-8")
    said = plumline("mapping", "suggest", tmp_path / "x.csv")
    assert said.code == 1
    assert "No fact can be made of these columns" in said.out


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (("mapping", "foo"), "There is no command “mapping foo”", "没有“mapping foo”这个命令"),
        (("mapping", "try"), "“plumline mapping try” needs FILE", "“plumline mapping try”缺少 FILE"),
        (
            ("mapping", "suggest", "x", "--foo"),
            "“plumline mapping suggest” has no option",
            "“plumline mapping suggest”没有",
        ),
        (("mapping", "suggest", "nowhere.csv"), "There is no file or folder nowhere.csv", "找不到文件或文件夹"),
        (("mapping", "try", "x", "a/rice_households_2010"), "There is no mapping a/rice_households_2010", "找不到映射"),
    ],
)
def test_a_fault_is_told_in_both_languages(
    plumline: Plumline, arguments: tuple[str, ...], english: str, chinese: str
) -> None:
    for language, told in (("en", english), ("zh", chinese)):
        said = plumline("--lang", language, *arguments)
        assert (said.code, told in said.err) == (2, True), said.err


def test_the_group_without_a_command_shows_its_commands(plumline: Plumline) -> None:
    said = plumline("mapping", "--lang", "zh")
    assert said.code == 2
    assert "按列名提出映射并输出" in said.out
    assert plumline("mapping", "--json").problem["code"] == "command_missing"


def test_signs_that_steer_a_terminal_are_not_printed(plumline: Plumline, households: Path, mapping: Path) -> None:
    households.write_text(ROWS.replace("张三", "\x1b[31m" + "长" * 100), encoding="utf-8")
    out = plumline("mapping", "try", households, mapping).out
    assert "\x1b" not in out
    assert "长" * 41 not in out


def test_the_ready_mappings_are_listed_and_those_of_a_feed_with_their_columns(plumline: Plumline) -> None:
    body = plumline("mapping", "list", "--json").body
    assert Draft202012Validator(plumline("json-schema", "mapping-list").body).is_valid(body)
    assert isinstance(body["mappings"], list)
    assert {"police", "civil", "trade_demands"} <= {mapping["name"] for mapping in body["mappings"]}
    assert "register of households" in plumline("mapping", "list").out
    of_civil = plumline("mapping", "list", "--feed", "civil", "--lang", "zh").out
    assert "年发放金额(元)" in of_civil
    assert "户籍人口登记表" not in of_civil


def test_a_feed_that_is_not_there_has_no_list(plumline: Plumline) -> None:
    said = plumline("mapping", "list", "--feed", "weather")
    assert said.code == 2
    assert "There is no feed “weather”" in said.err
