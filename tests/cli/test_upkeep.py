"""`plumline status`, `check` and `rebuild`."""

from __future__ import annotations

from pathlib import Path

from cli.bodies import CheckBody, RebuildBody, StatusBody
from tests.cli.calls import Plumline


def test_status_tells_feeds_with_their_rows(ask_demo: Plumline) -> None:
    said = ask_demo("status")
    line = next(line for line in said.out.splitlines() if line.strip().startswith("police"))
    # Households 300, persons 1,104, stays 1,104, residences 300, observations 300.
    assert line.split() == ["police", "public", "security", "5", "3,108", "0", "yes"]


def test_status_speaks_chinese(ask_demo: Plumline) -> None:
    said = ask_demo("status", "--lang", "zh")
    assert "公安" in said.out
    assert "显示日期：2026-04-20。" in said.out


def test_status_tells_nodes_by_kind(ask_demo: Plumline) -> None:
    body = StatusBody.model_validate_json(ask_demo("status", "--json").out)
    assert body.version == "status/1"
    # 300 households of the plum week and 1,410 of the rice villages.
    assert body.nodes["Household"] == 1710
    assert body.relationships["LIVES_IN"] == 1710
    assert body.graph_version == body.ledger_version


def test_status_says_which_feeds_are_made_up(ask_demo: Plumline) -> None:
    body = StatusBody.model_validate_json(ask_demo("status", "--json").out)
    assert {feed.feed for feed in body.feeds if not feed.is_made_up} == {"place", "survey"}


def test_a_fault_in_the_graph_ends_the_check_with_code_1(plumline: Plumline, small_folder: Path) -> None:
    # No feed has said whether the two households were once registered as poor.
    said = plumline("--data", small_folder, "check")
    assert said.code == 1
    assert "2 x Household without “was once registered as poor”" in said.out


def test_check_comes_as_json(plumline: Plumline, small_folder: Path) -> None:
    body = CheckBody.model_validate_json(plumline("--data", small_folder, "check", "--json").out)
    assert body.version == "check/1"
    fault = next(fault for fault in body.faults if fault.code == "missing_property")
    assert (fault.kind, fault.count, len(fault.ids)) == ("Household", 2, 2)


def test_a_rebuild_writes_the_same_again(plumline: Plumline, small_folder: Path) -> None:
    before = StatusBody.model_validate_json(plumline("--data", small_folder, "status", "--json").out)
    body = RebuildBody.model_validate_json(plumline("--data", small_folder, "rebuild", "--json").out)
    assert body.graph.nodes == before.nodes
    assert body.graph.relationships == before.relationships


def test_a_rebuild_as_of_a_day_before_the_first_load_holds_no_household(
    plumline: Plumline, small_folder: Path, tmp_path: Path
) -> None:
    other = f"embedded:{tmp_path / 'before.kgl'}"
    said = plumline("--data", small_folder, "rebuild", "--as-of", "2021-06-01", "--to", other, "--json")
    body = RebuildBody.model_validate_json(said.out)
    assert str(body.day) == "2021-06-01"
    assert "Household" not in body.graph.nodes


def test_a_rebuild_to_another_store_leaves_the_own_one_as_it_is(
    plumline: Plumline, small_folder: Path, tmp_path: Path
) -> None:
    before = (small_folder / "graph" / "graph.kgl").read_bytes()
    plumline("--data", small_folder, "rebuild", "--to", f"embedded:{tmp_path / 'other.kgl'}")
    assert (small_folder / "graph" / "graph.kgl").read_bytes() == before
    assert (tmp_path / "other.kgl").is_file()


def test_a_rebuild_says_which_day_it_shows(plumline: Plumline, small_folder: Path) -> None:
    said = plumline("--data", small_folder, "rebuild", "--day", "2026-04-20", "--lang", "zh")
    assert "显示日期：2026-04-20。" in said.out
