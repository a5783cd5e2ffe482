"""`plumline produce plan --keep` and `--since`, and `plumline produce kept`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no type hints

from tests.cli.calls import ROOT, Demonstration, Plumline

FOLDER = ROOT / "examples" / "produce"
FILES = ("--lots", FOLDER / "lots.csv", "--demands", FOLDER / "demands.csv", "--day", "2026-05-20")
PLAN = ("produce", "plan", "--product", "green_plum", "--day", "2026-04-20")


def is_valid(plumline: Plumline, name: str, body: dict[str, object]) -> bool:
    return bool(Draft202012Validator(plumline("json-schema", name).body).is_valid(body))


@pytest.mark.soak
def test_a_plan_is_kept_listed_and_set_beside_the_next_one(
    plumline: Plumline, demonstration: Demonstration, tmp_path: Path
) -> None:
    folder = shutil.copytree(demonstration.folder, tmp_path / "data")

    def ask(*arguments: str | Path) -> Any:  # noqa: ANN401 - a JSON body
        said = plumline("--data", folder, *arguments, "--json")
        assert said.code == 0, said.err
        return said.body

    body = ask(*PLAN, "--keep")
    run_id, sold = body["kept_as"], body["totals"]["sold_kg"]
    kept = ask("produce", "kept")
    assert is_valid(plumline, "produce-kept", kept)
    (plan,) = kept["plans"]
    assert (plan["run_id"], plan["day"], plan["totals"]["sold_kg"]) == (run_id, "2026-04-20", sold)
    # Nothing was loaded since: whatever way it is named, nothing changes.
    changes = ask(*PLAN, "--since", "last")
    assert is_valid(plumline, "produce-changes", changes)
    assert (changes["changes"], changes["sellers"], changes["since"]["run_id"]) == ([], [], run_id)
    table = tmp_path / "changes.csv"
    said = plumline("--data", folder, *PLAN, "--since", str(run_id), "-o", table, "--lang", "zh")
    assert "没有变化" in said.out
    assert table.read_text(encoding="utf-8-sig").startswith("供应批,产品,卖方,买家,需求,送货合作社,原（公斤）")
    other = plumline("--data", folder, "produce", "plan", "--since", "last", "--json")
    assert (other.code, other.problem["code"]) == (2, "no_kept_plan")


def test_where_nothing_was_kept_that_is_said(ask_demo: Plumline) -> None:
    assert "No plan was kept yet" in ask_demo("produce", "kept").out
    said = ask_demo(*PLAN, "--since", "produce-1", "--json")
    assert (said.code, said.problem["code"]) == (2, "unknown_kept_plan")


@pytest.mark.parametrize("option", [("--keep",), ("--since", "last")])
def test_files_are_planned_without_a_folder_so_nothing_is_kept(plumline: Plumline, option: tuple[str, ...]) -> None:
    said = plumline("produce", "plan", *FILES, *option, "--json")
    assert (said.code, said.problem["code"]) == (2, "keep_of_produce_files")
