"""What a killed process left in the data folder is gone with the next load; what a living one writes stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from loaders.load_options import LoadOptions
from tests.loaders.desk import Desk

WRONG = "id,member_count\n1,3\n2,four\n"


@pytest.fixture
def untidy(desk: Desk) -> Desk:
    """Return a desk with one load that rejected a row, and the rejects of one that never came to count."""
    desk.load(desk.write("police.Household.csv", WRONG))
    (desk.rejects / "police.Household.20260301T080000000000Z-000009-police-0badcafe.rejects.csv").write_text("id\n3\n")
    (desk.rejects / "police.Household.20260301T080000Z.not_loaded.csv").write_text("id\n4\n")
    return desk


def names(folder: Path, pattern: str) -> list[str]:
    return sorted(path.name for path in folder.glob(pattern))


def test_rejects_of_a_load_that_never_counted_are_gone(untidy: Desk) -> None:
    untidy.load(untidy.write("police.Household.more.csv", "id,member_count\n5,1\n"))
    (load_id,) = untidy.ledger.loads().filter([True, False])["load_id"].to_pylist()
    # Of what is in the second one nothing counted, so that it belongs to no load.
    kept = [f"police.Household.{load_id}.rejects.csv", "police.Household.20260301T080000Z.not_loaded.csv"]
    assert names(untidy.rejects, "*") == kept


def test_a_dry_run_removes_nothing(untidy: Desk) -> None:
    before = names(untidy.rejects, "*")
    more = untidy.write("police.Household.more.csv", "id,member_count\n5,1\n")
    untidy.load(more, options=LoadOptions(is_dry_run=True))
    assert names(untidy.rejects, "*") == before


def test_files_that_never_got_their_name_are_gone_once_nobody_can_be_writing_them(untidy: Desk) -> None:
    data = untidy.ledger.folder
    for name in ("ledger.lock.holder.1.tmp", "identity.key.1.tmp", "identity.key.2.tmp"):
        (data / name).write_text("")
    os.utime(data / "identity.key.1.tmp", (0, 0))
    untidy.load(untidy.write("police.Household.more.csv", "id,member_count\n5,1\n"))
    assert names(data, "*.tmp") == ["identity.key.2.tmp"]
