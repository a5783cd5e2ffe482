"""A mapping tried on a file: before, after and what is wrong, without anything being kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema import Schema
from loaders.errors import LoadError
from loaders.mapping import load_mapping
from loaders.mapping_trial import Trial, trial

MAPPING = """\
people:
  version: 1
  feed: survey
  label: {en: people, zh: 人员}
  facts:
    - kind: Household
      group_by: [户号]
      columns: {id: {column: 户号}, member_count: {take: count}}
    - kind: Stay
      columns:
        person_id: {column: 证件号}
        household_id: {column: 户号}
        member_role: {column: 关系, codes_from: member_role}
        has_shared_budget: {value: yes}
        starts_on: {column: 登记日, day: true}
"""
ROWS = (
    "户号,证件号,关系,登记日,备注\nH1,P1,户主,2026年1月1日,x\nH1,P2,妻,2026/1/1,\nH2,P3,户主,2026-02-31,\nH3,P4,本人\n"
)


@pytest.fixture
def tried(tmp_path: Path, schema: Schema) -> Trial:
    (tmp_path / "people.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "people.csv").write_text(ROWS, encoding="utf-8")
    return trial(tmp_path / "people.csv", load_mapping(tmp_path / "people.yaml", schema), schema=schema)


def test_a_row_is_shown_as_it_was_read_and_as_the_facts_it_becomes(tried: Trial) -> None:
    first = tried.rows[0]
    assert (first.line, dict(first.cells)) == (
        2,
        {"户号": "H1", "证件号": "P1", "关系": "户主", "登记日": "2026年1月1日"},
    )
    assert [(fact.kind, dict(fact.cells)) for fact in first.facts] == [
        ("Household", {"id": "H1", "member_count": "2"}),
        (
            "Stay",
            {
                "person_id": "P1",
                "household_id": "H1",
                "member_role": "head",
                "has_shared_budget": "yes",
                "starts_on": "2026-01-01",
            },
        ),
    ]


def test_a_fault_stands_with_its_row_and_all_rows_are_counted(tried: Trial) -> None:
    codes = [[reject.code for reject in row.rejects] for row in tried.rows]
    assert codes == [[], [], ["day_not_in_calendar"]]
    # Two rows of three cells fit; the last has three cells where the header has five.
    assert (tried.counts.read, tried.counts.accepted, tried.counts.rejected) == (4, 2, 2)
    assert [reject.code for reject in tried.rejects] == ["day_not_in_calendar", "wrong_cell_count"]


def test_columns_that_the_mapping_leaves_alone_are_named(tried: Trial) -> None:
    assert tried.unread == ("备注",)


def test_only_the_first_rows_are_shown(tmp_path: Path, schema: Schema) -> None:
    (tmp_path / "people.yaml").write_text(MAPPING, encoding="utf-8")
    rows = [f"H{number},P{number},户主,2026-01-01,\n" for number in range(30)]
    (tmp_path / "people.csv").write_text("户号,证件号,关系,登记日,备注\n" + "".join(rows), encoding="utf-8")
    found = trial(tmp_path / "people.csv", load_mapping(tmp_path / "people.yaml", schema), schema=schema)
    assert ([row.line for row in found.rows], found.counts.read) == (list(range(2, 12)), 30)


def test_what_a_row_refers_to_in_the_vocabulary_must_be_there(tmp_path: Path, schema: Schema) -> None:
    (tmp_path / "x.yaml").write_text(
        "x:\n  version: 1\n  feed: survey\n  label: {en: x, zh: x}\n  facts:\n    - kind: Observation\n"
        "      columns: {indicator_id: {column: i}, household_id: {column: h}, number_value: {column: n},"
        " observed_on: {value: 2026-01-01}}\n",
        encoding="utf-8",
    )
    (tmp_path / "x.csv").write_text("i,h,n\nI20,H1,2\nI99,H1,2\n", encoding="utf-8")
    found = trial(tmp_path / "x.csv", load_mapping(tmp_path / "x.yaml", schema), schema=schema)
    assert [(reject.line, reject.code) for reject in found.rejects] == [(3, "unknown_reference")]


def test_a_file_that_lacks_a_needed_column_is_refused(tmp_path: Path, schema: Schema) -> None:
    (tmp_path / "people.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "people.csv").write_text("户号,证件号\nH1,P1\n", encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        trial(tmp_path / "people.csv", load_mapping(tmp_path / "people.yaml", schema), schema=schema)
    assert caught.value.code == "mapping_column_missing"


def test_a_folder_without_a_table_is_told(tmp_path: Path, schema: Schema) -> None:
    (tmp_path / "people.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(LoadError) as caught:
        trial(tmp_path / "empty", load_mapping(tmp_path / "people.yaml", schema), schema=schema)
    assert caught.value.code == "no_table_here"
