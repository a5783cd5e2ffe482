"""A mapping that cannot be read as it says is refused with its file and line; the good one is filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph_schema import Schema, SchemaError
from graph_schema.meta import Names
from loaders.errors import LoadError
from loaders.mapping import FactForm, Mapping, find_mapping, load_mapping

Loaded = Callable[..., Mapping]

# The first fact stands in line 6, its cells from line 8 on.
BEGINNING = "small:\n  version: 1\n  feed: survey\n  label: {{en: small, zh: 小}}\n  facts:\n    - kind: {kind}\n"


@pytest.fixture
def loaded(tmp_path: Path, schema: Schema) -> Loaded:
    """Return what loads a mapping of one fact from lines of YAML."""

    def load(kind: str, *lines: str, cells: str = "") -> Mapping:
        path = tmp_path / "small.yaml"
        inner = [*lines, "columns:", f"  {cells}" if cells else "  id: {column: a}"]
        text = BEGINNING.format(kind=kind) + "".join(f"      {line}\n" for line in inner)
        path.write_text(text, encoding="utf-8")
        return load_mapping(path, schema)

    return load


@pytest.mark.parametrize(
    ("kind", "cells", "code"),
    [
        ("Household", "arable_mu: {column: a, unit: furlong}", "mapping_unknown_unit"),
        ("Household", "arable_mu: {column: a, unit: 万元}", "mapping_unit_does_not_fit"),
        ("Household", "arable_mu: {column: a, unit: 公顷, to: km}", "mapping_unit_told"),
        ("Household", "head_name: {column: a, unit: 元}", "mapping_unit_without_target"),
        ("Observation", "number_value: {column: a, unit: 元}", "mapping_unit_without_target"),
        ("Observation", "number_value: {column: a, unit: 元, to: furlong}", "mapping_unknown_unit"),
        ("Household", "arable_mu: {column: a, to: mu}", "mapping_key_without"),
        ("Person", "sex: {column: a, codes_from: colours}", "mapping_unknown_code_list"),
        ("Person", "sex: {column: a, codes_from: housing_grade}", "mapping_codes_do_not_fit"),
        ("Person", "sex: {column: a, codes: {男: man}}", "mapping_unknown_code"),
        ("Person", "sex: {value: man}", "mapping_unknown_code"),
        ("Person", "name: {column: a, day: true}", "mapping_no_day_column"),
        ("Person", "died_on: {column: a, day: true, times: 2}", "mapping_keys_exclude"),
        ("Person", "died_on: {value: x, day: true}", "mapping_key_without"),
        ("Person", "name: {text: '{a}', part: {from: 1, to: 2}}", "mapping_key_without"),
        ("Person", "name: {column: a, take: first}", "mapping_key_without"),
        ("Person", "surname: {column: a}", "mapping_unknown_property"),
    ],
)
def test_a_cell_that_cannot_be_read_so_is_told_with_file_and_line(
    loaded: Loaded, kind: str, cells: str, code: str
) -> None:
    with pytest.raises(LoadError, match=r"small\.yaml, line 8") as caught:
        loaded(kind, cells=cells)
    assert caught.value.code == code
    assert "small.yaml 第 8 行" in caught.value.text("zh")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("name: {column: a, units: 元}", "unknown_inner_key"),
        ("name: {column: a, part: {from: 3, to: 1}}", "wrong_value"),
        ("name: {column: a, part: {from: 0}}", "wrong_value"),
        ("died_on: {column: a, day: {order: ymd}}", "value_not_allowed"),
        ("died_on: {column: a, day: false}", "wrong_value"),
        ("name: {column: a, first_of: [b]}", "wrong_value"),
        ("name: {take: first}", "wrong_value"),
    ],
)
def test_a_cell_without_the_form_of_one_is_told_with_its_line(loaded: Loaded, cells: str, code: str) -> None:
    with pytest.raises(SchemaError) as caught:
        loaded("Person", "group_by: [a]", cells=cells)
    assert (caught.value.code, caught.value.fields["line"]) == (code, 9)


def test_rows_are_grouped_or_distinct(loaded: Loaded) -> None:
    with pytest.raises(LoadError, match="line 8") as caught:
        loaded("Person", "distinct: true", "group_by: [a]")
    assert caught.value.code == "mapping_keys_exclude"


def test_a_unit_is_turned_into_that_of_the_indicator(tmp_path: Path, schema: Schema) -> None:
    path = tmp_path / "small.yaml"
    cells = "indicator_id: {value: I03a}, number_value: {column: a, unit: 万元}"
    path.write_text(BEGINNING.format(kind="Observation") + f"      columns: {{{cells}}}\n", encoding="utf-8")
    cell = load_mapping(path, schema).facts[0].columns["number_value"]
    assert (cell.unit, cell.to) == ("ten thousand yuan", "fen")


def test_codes_of_the_cell_go_before_those_of_the_shared_list(loaded: Loaded) -> None:
    mapping = loaded("Person", cells="sex: {column: a, codes_from: sex, codes: {男: female, 甲: male}}")
    codes = mapping.facts[0].columns["sex"].codes
    assert (codes["男"], codes["甲"], codes["女"]) == ("female", "male", "female")


def test_a_column_that_may_be_missing_is_read_but_not_needed() -> None:
    fact = FactForm.model_validate(
        {
            "kind": "Person",
            "columns": {"id": {"column": "a"}, "name": {"column": "b", "optional": True}},
            "where": [{"column": "b", "filled": True}, {"column": "c", "filled": True}],
            "group_by": ["d"],
        }
    )
    mapping = Mapping(name="m", version="1", feed="survey", label=Names(en="m", zh="m"), facts=(fact,))
    assert mapping.reads_columns == ("a", "b", "c", "d")
    assert mapping.needs_columns == ("a", "c", "d")


@pytest.mark.parametrize("content", ["small:\n  标签: 中文\n".encode("gb18030"), b"small: \x00\n", b"\xff\xfe\x00"])
def test_a_mapping_that_is_no_text_is_told(tmp_path: Path, schema: Schema, content: bytes) -> None:
    path = tmp_path / "small.yaml"
    path.write_bytes(content)
    with pytest.raises(LoadError) as caught:
        load_mapping(path, schema)
    assert caught.value.code == "mapping_unreadable"


def test_a_ready_mapping_has_no_folder_before_its_name(tmp_path: Path) -> None:
    with pytest.raises(LoadError) as caught:
        find_mapping(tmp_path / "rice_households_2010")
    assert caught.value.code == "no_such_mapping"
    with pytest.raises(LoadError):
        find_mapping(Path("wrong/dir/rice_households_2010"))
