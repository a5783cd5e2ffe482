"""`plumline loads`, `withdraw`, and the ways of loading: as a trial, late, with a limit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cli.bodies import StatusBody
from loaders.loads_answers import LoadsBody
from tests.cli.calls import Plumline

ONE_WRONG = "id,member_count\nB1,3\nB2,four\n"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Return a file with one of two rows wrong."""
    file = tmp_path / "faulty" / "police.Household.csv"
    file.parent.mkdir()
    file.write_text(ONE_WRONG, encoding="utf-8")
    return file


def _load_id(plumline: Plumline, folder: Path) -> str:
    return _loads(plumline, folder).loads[0].load_id


def _loads(plumline: Plumline, folder: Path, *options: str) -> LoadsBody:
    return LoadsBody.model_validate_json(plumline("--data", folder, "--json", "loads", *options).out)


def test_the_loads_are_listed_with_feed_file_and_rows(plumline: Plumline, small_folder: Path) -> None:
    said = plumline("--data", small_folder, "loads")
    assert said.code == 0
    assert _load_id(plumline, small_folder) in said.out
    assert "police.Household.csv" in said.out
    assert "counts" in said.out


def test_a_load_that_is_taken_back_is_gone_from_the_graph_and_stays_in_the_list(
    plumline: Plumline, small_folder: Path
) -> None:
    load_id = _load_id(plumline, small_folder)
    withdrawn = plumline("--data", small_folder, "withdraw", load_id, "--why", "the file was of another county")
    assert withdrawn.code == 0
    assert f"Load {load_id} is taken back; its facts count no more." in withdrawn.out
    status = StatusBody.model_validate_json(plumline("--data", small_folder, "status", "--json").out)
    assert "Household" not in status.nodes
    listed = plumline("--data", small_folder, "loads", "--lang", "zh").out
    assert "撤回：the file was of another county" in listed


def test_a_load_is_taken_back_once(plumline: Plumline, small_folder: Path) -> None:
    load_id = _load_id(plumline, small_folder)
    plumline("--data", small_folder, "withdraw", load_id, "--why", "wrong")
    again = plumline("--data", small_folder, "withdraw", load_id, "--why", "wrong")
    assert again.code == 2
    assert load_id in again.err


def test_a_load_that_nobody_knows_is_named(plumline: Plumline, small_folder: Path) -> None:
    said = plumline("--data", small_folder, "withdraw", "no-such-load", "--why", "wrong")
    assert said.code == 2
    assert "no-such-load" in said.err


@pytest.mark.parametrize("arguments", [("withdraw", "x"), ("withdraw", "x", "--why", " ")])
def test_taking_back_needs_a_reason(plumline: Plumline, small_folder: Path, arguments: tuple[str, ...]) -> None:
    assert plumline("--data", small_folder, *arguments).code == 2


def test_a_trial_makes_no_data_folder(plumline: Plumline, faulty: Path, tmp_path: Path) -> None:
    said = plumline("--data", tmp_path / "none", "load", faulty, "--dry-run")
    assert said.code == 1
    assert "2 read = 1 accepted + 1 rejected" in said.out
    assert "This was a trial: nothing was written." in said.out
    assert not (tmp_path / "none").exists()


def test_above_the_limit_nothing_is_loaded(plumline: Plumline, faulty: Path, tmp_path: Path) -> None:
    said = plumline("--data", tmp_path / "data", "load", faulty, "--max-rejects", "10%")
    assert said.code == 1
    assert "1 of 2 rows of police.Household.csv were rejected, more than the limit of 10%" in said.out
    assert _loads(plumline, tmp_path / "data").count == 0


def test_a_file_entered_late_is_marked_in_the_list(plumline: Plumline, household_file: Path, tmp_path: Path) -> None:
    said = plumline("--data", tmp_path / "data", "load", household_file, "--backfill", "--recorded-at", "2024-01-31")
    assert said.code == 0
    (entry,) = _loads(plumline, tmp_path / "data").loads
    assert (entry.is_backfill, entry.recorded_at.astimezone().date()) == (True, date(2024, 1, 31))
    assert "entered late" in plumline("--data", tmp_path / "data", "loads").out


@pytest.mark.parametrize(
    ("options", "said_of"),
    [
        (("--backfill",), "--recorded-at"),
        (("--recorded-at", "2024-01-31"), "--backfill"),
        (("--backfill", "--recorded-at", "2999-01-01"), "2999-01-01"),
        (("--backfill", "--recorded-at", "31.1.2024"), "31.1.2024"),
        (("--max-rejects", "many"), "many"),
        (("--max-rejects", "101%"), "101%"),
        (("--max-rejects", "1.5"), "1.5"),
        (("--wait", "-1"), "-1"),
        (("--part", "--ends-all"), "--ends-all"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    plumline: Plumline, household_file: Path, tmp_path: Path, options: tuple[str, ...], said_of: str
) -> None:
    said = plumline("--data", tmp_path / "data", "load", household_file, *options)
    assert said.code == 2
    assert said_of in said.err
    assert not (tmp_path / "data").exists()


def test_the_loads_of_an_unknown_feed_are_refused(plumline: Plumline, small_folder: Path) -> None:
    assert plumline("--data", small_folder, "loads", "--feed", "pollice").code == 2
    assert _loads(plumline, small_folder, "--feed", "civil").count == 0
