"""A file that changes while it is read, a folder that may not be written, a data folder that goes away."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph_schema import Schema
from ledger import Ledger
from tests.faults.conftest import DONE, Village
from tests.faults.county import state_of
from tests.faults.process import Order, Running, run

NOT_DONE = 2
Lock = Callable[[Path], None]


@pytest.fixture
def data(village: Village, tmp_path: Path) -> Path:
    """Return a data folder with the first feeds."""
    village.tasks["load"].begin(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def lock() -> Iterator[Lock]:
    """Return what takes the right to write from a folder and all below it, until the test ends."""
    locked: list[Path] = []

    def take(folder: Path) -> None:
        locked.append(folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(path.stat().st_mode & ~0o222)

    yield take
    for folder in locked:
        _unlock(folder)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_file_that_changes_while_it_is_read_is_refused_and_can_be_loaded_when_it_is_whole(
    village: Village, data: Path, schema: Schema, tmp_path: Path, language: str
) -> None:
    feeds = shutil.copytree(village.later_feeds, tmp_path / "feeds")
    growing = feeds / "police.Household.csv"
    whole = growing.read_text(encoding="utf-8")
    told = run("--data", data, "--lang", language, "load", feeds, growing=growing)
    sentence = {"en": "changed while it was being read", "zh": "在读取过程中发生了变化"}[language]
    assert told.code == 1
    assert sentence in told.out
    assert Ledger.open(data, schema).facts("Household").num_rows == 2
    growing.write_text(whole, encoding="utf-8")
    assert run("--data", data, "load", feeds).code in DONE
    assert Ledger.open(data, schema).facts("Household").num_rows == 4


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (".", "folder_not_writable"),
        ("ledger/household", "write_failed"),
        pytest.param("rejects", "rejects_not_written", marks=pytest.mark.soak),
        pytest.param("graph", "cannot_write", marks=pytest.mark.soak),
    ],
)
def test_a_folder_without_the_right_to_write_is_told_and_readable_and_loses_nothing(
    village: Village, data: Path, schema: Schema, lock: Lock, place: str, code: str
) -> None:
    (data / "rejects").mkdir(exist_ok=True)
    task = village.tasks["load"]
    arguments = ("--data", str(data), "--json", *task.arguments)
    lock(data / place)
    told = run(*arguments, is_plain_user=True)
    status = run("--data", data, "--json", "status", is_plain_user=True)
    codes = [json.loads(line)["code"] for line in told.err.splitlines()]
    codes += [report["reason"]["code"] for report in _reports(told.out) if report["status"] == "refused"]
    assert (codes, status.code) == ([code], 0)
    known = Ledger.open(data, schema).loads()["load_id"].to_pylist()
    assert set(told.counted) <= set(known)
    _unlock(data / place)
    assert run(*arguments).code in DONE
    state = state_of(data, schema)
    # What was refused comes behind what was not.
    assert sorted(state.loads) == sorted(task.after.loads)
    assert task.after.differences(replace(state, loads=task.after.loads)) == []


def test_a_new_data_folder_where_nothing_may_be_made_is_told(village: Village, tmp_path: Path, lock: Lock) -> None:
    (tmp_path / "locked").mkdir()
    lock(tmp_path / "locked")
    told = run("--data", tmp_path / "locked" / "data", "--json", "load", village.first_feeds, is_plain_user=True)
    assert (told.code, json.loads(told.err)["code"]) == (NOT_DONE, "folder_not_writable")


@pytest.mark.parametrize(
    "moment", [pytest.param("before write_deltalake", marks=pytest.mark.soak), "after write_deltalake"]
)
def test_a_data_folder_that_goes_away_takes_nothing_in_that_would_count_without_it(
    village: Village, data: Path, schema: Schema, tmp_path: Path, moment: str
) -> None:
    task = village.tasks["load"]
    arguments = ("--data", str(data), "--json", *task.arguments)
    loading = Running(Order(arguments, task.told.moments.index(moment) + 1, "wait"))
    loading.until_it_waits()
    data.rename(tmp_path / "unplugged")
    loading.go_on()
    told = loading.ended()
    assert (told.code, told.counted) == (NOT_DONE, [])
    assert json.loads(told.err)["code"] in {"folder_gone", "write_failed"}
    asked = run("--data", data, "--json", "status")
    assert (asked.code, json.loads(asked.err)["code"]) == (NOT_DONE, "no_ledger")
    shutil.rmtree(data, ignore_errors=True)
    (tmp_path / "unplugged").rename(data)
    assert run(*arguments).code in DONE
    assert task.after.differences(state_of(data, schema)) == []


def _reports(out: str) -> list[dict[str, Any]]:
    return list(json.loads(out)["reports"]) if out else []


def _unlock(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)
