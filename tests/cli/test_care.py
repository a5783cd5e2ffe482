"""`plumline compact` and `erase`, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from cli.bodies import CompactBody, EraseBody, RebuildBody, StatusBody
from graph_schema import Schema, load_schema
from graph_store import open_store
from ledger import Ledger
from tests.cli.calls import Plumline

REQUEST = ("--yes", "--why", "request 14")


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def test_compacting_tells_each_table_that_changed_and_then_that_all_is_in_order(
    plumline: Plumline, small_folder: Path, tmp_path: Path
) -> None:
    more = tmp_path / "police.Household.csv"
    more.write_text("id,head_name,member_count,household_status\nA3,王某,2,active\n", encoding="utf-8")
    plumline("--data", small_folder, "load", more)
    said = plumline("--data", small_folder, "compact")
    assert said.code == 0
    lines = {line.split()[0]: line.split()[1:3] for line in said.out.splitlines() if line.split()}
    assert (lines["household"], lines["loads"]) == (["2", "1"], ["2", "1"])
    assert "2 of 2 tables were put in order in " in said.out
    assert "Replaced files stay for 7 days" in said.out
    assert (
        plumline("--data", small_folder, "compact", "--lang", "zh").out == "全部 2 个表都无需整理，没有重写任何内容。\n"
    )
    status = StatusBody.model_validate_json(plumline("--data", small_folder, "status", "--json").out)
    assert status.nodes["Household"] == 3


def test_without_yes_it_is_only_told_what_would_go(plumline: Plumline, small_folder: Path) -> None:
    said = plumline("--data", small_folder, "erase", "A1")
    assert said.code == 0
    assert "These facts would go for good: 1. Persons: 0. Rows of rejects files: 0." in said.out
    assert "Nothing has changed." in said.out
    assert "A1" not in said.out
    assert "目前没有任何改变" in plumline("--data", small_folder, "erase", "A1", "--lang", "zh").out
    status = StatusBody.model_validate_json(plumline("--data", small_folder, "status", "--json").out)
    assert status.nodes["Household"] == 2


@pytest.mark.parametrize("why", [(), ("--why", "  ")])
def test_nothing_is_erased_without_a_reason(why: tuple[str, ...], plumline: Plumline, small_folder: Path) -> None:
    said = plumline("--data", small_folder, "erase", "A1", "--yes", *why, "--json")
    assert (said.code, said.problem["code"]) == (2, "why_missing")


def test_an_erased_household_is_in_no_file_and_in_no_answer(plumline: Plumline, small_folder: Path) -> None:
    said = plumline("--data", small_folder, "erase", "A1", *REQUEST)
    assert said.code == 0
    assert "These facts are gone for good: 1." in said.out
    assert "Backups, exports, feed files and graphs on other servers made before still hold the household" in said.out
    assert "any other file that names the household brings it back" in said.out
    assert "Graph: made anew" in said.out
    holding = [path.name for path in small_folder.rglob("*") if path.is_file() and "张某".encode() in path.read_bytes()]
    assert holding == []
    assert plumline("--data", small_folder, "cause-graph", "--household", "A1", "--json").code == 2
    status = StatusBody.model_validate_json(plumline("--data", small_folder, "status", "--json").out)
    assert (status.nodes["Household"], status.graph_version) == (1, status.ledger_version)
    assert "1 facts were erased for good: request 14" in plumline("--data", small_folder, "loads").out
    again = plumline("--data", small_folder, "erase", "A1", *REQUEST, "--json")
    assert (again.code, again.problem["code"]) == (2, "household_unknown")


def test_a_graph_that_is_held_is_told_to_hold_the_household_still(
    plumline: Plumline, small_folder: Path, schema: Schema
) -> None:
    holder = open_store(f"embedded:{small_folder / 'graph' / 'graph.kgl'}", schema, stays=True)
    try:
        said = plumline("--data", small_folder, "erase", "A1", *REQUEST, "--lang", "zh")
    finally:
        holder.close()
    assert said.code == 0
    assert "图暂时无法写入，其中仍有该户" in said.out


def test_a_server_that_is_away_does_not_undo_the_erasure(plumline: Plumline, small_folder: Path) -> None:
    said = plumline("--data", small_folder, "--graph", "bolt://127.0.0.1:1", "erase", "A1", *REQUEST)
    assert said.code == 2
    assert "These facts are gone for good: 1." in said.out
    assert "still holds the household" in said.out
    # The graph in the folder is from before; it is made anew when it is wanted.
    assert not (small_folder / "graph" / "graph.kgl").exists()
    body = RebuildBody.model_validate_json(plumline("--data", small_folder, "rebuild", "--json").out)
    assert body.graph.nodes["Household"] == 1


@pytest.mark.parametrize("command", [("compact",), ("erase", "A1", *REQUEST)])
def test_it_waits_for_another_process_and_gives_up(
    command: tuple[str, ...], plumline: Plumline, small_folder: Path, schema: Schema
) -> None:
    with Ledger.open(small_folder, schema).writing():
        said = plumline("--data", small_folder, *command, "--wait", "0.1", "--json")
        told = plumline("--data", small_folder, *command, "--wait", "soon", "--json")
    assert (said.code, said.problem["code"]) == (2, "locked")
    assert (told.code, told.problem["code"]) == (2, "no_such_wait")


@pytest.mark.parametrize("command", [("compact",), ("erase", "A1")])
def test_a_folder_without_a_ledger_is_told_and_not_made(command: tuple[str, ...], plumline: Plumline) -> None:
    said = plumline("--data", "nowhere", *command)
    assert said.code == 2
    assert said.err.startswith("There is no ledger in the folder nowhere.")
    assert not Path("nowhere").exists()


def test_a_lost_key_is_told_since_nobody_can_be_found_without_it(plumline: Plumline, small_folder: Path) -> None:
    (small_folder / "identity.key").unlink()
    said = plumline("--data", small_folder, "erase", "A1", "--json")
    assert (said.code, said.problem["code"]) == (2, "identity_key_missing")
    assert not (small_folder / "identity.key").exists()


def test_the_bodies_have_the_form_of_their_schema(plumline: Plumline, small_folder: Path) -> None:
    compact, erase = (plumline("json-schema", name).body for name in ("compact", "erase"))
    said = plumline("--data", small_folder, "compact", "--json")
    assert Draft202012Validator(compact).is_valid(said.body)
    assert {table.table for table in CompactBody.model_validate_json(said.out).tables} == {"household", "loads"}
    for options, is_done in (((), False), (REQUEST, True)):
        said = plumline("--data", small_folder, "erase", "A1", *options, "--json")
        assert Draft202012Validator(erase).is_valid(said.body)
        body = EraseBody.model_validate_json(said.out)
        assert (body.is_done, body.rows, body.graph is not None) == (is_done, {"Household": 1}, is_done)
