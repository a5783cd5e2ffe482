"""`plumline load`: every row accounted for, exit codes, and what it says when the graph cannot follow."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_schema import Schema
from graph_store import open_store
from loaders.load_answers import LoadBody
from tests.cli.calls import Plumline

FAULTY = (
    "id,head_name,member_count,household_status\nB1,张某,4,active\nB2,李某,-3,active\nB3,王某,vier,active\nB4,赵某,2\n"
)
RICE = Path(__file__).resolve().parents[2] / "loaders" / "data" / "rice_households_2010" / "social_insure.csv"
CLOSED_PORT = "bolt://127.0.0.1:9"


@pytest.fixture
def faulty_file(tmp_path: Path) -> Path:
    """Return a feed file with one row to accept and three to reject."""
    file = tmp_path / "faulty" / "police.Household.csv"
    file.parent.mkdir()
    file.write_text(FAULTY, encoding="utf-8")
    return file


@pytest.fixture
def held_folder(small_folder: Path, schema: Schema) -> Iterator[Path]:
    """Yield a data folder whose graph is held for writing, as by a running server."""
    holder = open_store(f"embedded:{small_folder / 'graph' / 'graph.kgl'}", schema, stays=True)
    yield small_folder
    holder.close()


def test_files_without_a_fault_end_with_code_0(plumline: Plumline, household_file: Path) -> None:
    said = plumline("load", household_file)
    assert said.code == 0
    assert "Files: 1. Rows: 2 read = 2 accepted + 0 rejected." in said.out


def test_rejected_rows_end_with_code_1(plumline: Plumline, faulty_file: Path) -> None:
    said = plumline("load", faulty_file)
    assert said.code == 1
    assert "Files: 1. Rows: 4 read = 1 accepted + 3 rejected." in said.out


def test_a_rejected_row_is_told_with_line_column_reason_and_remedy(plumline: Plumline, faulty_file: Path) -> None:
    said = plumline("load", faulty_file)
    assert "    line 3, member_count: “-3” is below zero. Check the value; this can never be negative.\n" in said.out
    assert "    line 5: The row has 3 cells where the header has 4." in said.out


def test_a_rejected_row_is_told_in_chinese(plumline: Plumline, faulty_file: Path) -> None:
    said = plumline("load", faulty_file, "--lang", "zh")
    assert "    第 3 行，member_count 列：“-3”小于零。请核对数值，该项不能为负。\n" in said.out


def test_the_file_of_rejected_rows_is_named_on_a_line_of_its_own(plumline: Plumline, faulty_file: Path) -> None:
    said = plumline("load", faulty_file)
    named = next(line for line in said.out.splitlines() if line.endswith(".rejects.csv"))
    assert Path(named.strip()).is_file()


def test_json_says_what_came_of_each_row(plumline: Plumline, faulty_file: Path) -> None:
    body = LoadBody.model_validate_json(plumline("load", faulty_file, "--json").out)
    assert body.version == "load/1"
    assert (body.rows.read, body.rows.accepted, body.rows.rejected) == (4, 1, 3)
    assert [reject.line for reject in body.reports[0].rejects] == [3, 4, 5]
    assert body.graph is not None
    assert body.graph.nodes["Household"] == 1


def test_the_same_file_is_skipped_the_second_time(plumline: Plumline, small_folder: Path, household_file: Path) -> None:
    said = plumline("--data", small_folder, "load", household_file)
    assert said.code == 0
    assert "Files loaded before and skipped: 1." in said.out
    assert "Graph: up to date, nothing to write." in said.out


def test_a_folder_is_searched_with_all_below_it(plumline: Plumline, household_file: Path) -> None:
    below = household_file.parent / "deep" / "er"
    below.mkdir(parents=True)
    shutil.move(household_file, below / household_file.name)
    assert plumline("load", household_file.parent, "--json").body["rows"] == {"read": 2, "accepted": 2, "rejected": 0}


def test_a_file_whose_name_says_nothing_is_told_and_ends_with_code_1(plumline: Plumline, household_file: Path) -> None:
    (household_file.parent / "notes.txt").write_text("plums", encoding="utf-8")
    said = plumline("load", household_file.parent)
    assert said.code == 1
    assert "notes.txt: not loaded, since its name does not say feed and kind" in said.out


def test_feed_and_kind_may_be_given(plumline: Plumline, household_file: Path) -> None:
    file = household_file.rename(household_file.with_name("export.csv"))
    said = plumline("load", file, "--feed", "police", "--kind", "Household")
    assert said.code == 0


def test_a_folder_without_files_is_told(plumline: Plumline, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = plumline("load", tmp_path / "empty")
    assert said.code == 1
    assert "No file to load was found there." in said.out


def test_a_delivered_mapping_is_known_by_its_name(plumline: Plumline) -> None:
    said = plumline("load", RICE, "--mapping", "rice_households_2010")
    assert said.code == 0
    assert "1,410 read = 1,410 accepted" in said.out


def test_a_held_graph_takes_the_load_in_by_itself(plumline: Plumline, held_folder: Path, faulty_file: Path) -> None:
    said = plumline("--data", held_folder, "load", faulty_file)
    assert "A running server holds the graph and takes in by itself what was loaded." in said.out


def test_a_question_to_a_held_graph_says_what_it_lacks(
    plumline: Plumline, held_folder: Path, faulty_file: Path
) -> None:
    plumline("--data", held_folder, "load", faulty_file)
    answer = plumline("--data", held_folder, "chains", "--household", "A1", "--json").body
    notices = answer["notices"]
    assert isinstance(notices, list)
    assert [notice["code"] for notice in notices] == ["graph_behind"]


def test_a_held_graph_is_not_rebuilt(plumline: Plumline, held_folder: Path) -> None:
    said = plumline("--data", held_folder, "rebuild", "--json")
    assert (said.code, said.problem["code"]) == (2, "held_by_another_process")


def test_what_was_loaded_is_told_when_the_server_of_the_graph_is_away(plumline: Plumline, household_file: Path) -> None:
    said = plumline("load", household_file, "--graph", CLOSED_PORT)
    assert said.code == 2
    assert "What was loaded is in the ledger" in said.out
    assert "does not answer" in said.err


def test_json_tells_the_load_and_the_problem_of_the_graph(plumline: Plumline, household_file: Path) -> None:
    said = plumline("load", household_file, "--graph", CLOSED_PORT, "--json")
    assert LoadBody.model_validate_json(said.out).graph is None
    assert said.problem["code"] == "engine_away"
