"""A disk that is full from some moment on: the fault is told, nothing is lost, and with room again all is well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_schema import Schema
from ledger import Ledger
from tests.faults.conftest import DONE, Task, Village
from tests.faults.county import state_of
from tests.faults.process import Told, run

NOT_DONE = 2
# What may be told: the ledger, the key, the rejects file or the graph cannot be written.
TOLD = {"write_failed", "folder_not_writable", "identity_key_not_written", "care_failed", "cannot_write"}
TOLD |= {"rejects_not_written"}


def moments_of(task: Task, count: int) -> list[int]:
    """Return so many moments of a task, at equal distances, the first moment among them."""
    last = len(task.told.moments)
    return [1 + place * (last - 1) // count for place in range(count)]


def told_of(task: Task, data: Path, moment: int, language: str) -> Iterator[str]:
    """Fill the disk at a moment of the task, and yield whatever is wrong with what is told and what is left."""
    arguments = ("--lang", language, *task.begin(data))
    refused = run(*arguments, moment=moment, act="fill")
    yield from _faults_of(refused, language)
    again = run(*arguments)
    if again.code not in DONE:
        yield f"with room again it ends with {again.code}: {again.err}"


def _faults_of(refused: Told, language: str) -> Iterator[str]:
    if refused.code in DONE:
        # All files had been written by then.
        return
    if refused.code != NOT_DONE:
        yield f"it ends with {refused.code}: {refused.err}"
        return
    problem = json.loads(refused.err.splitlines()[-1])
    if problem["code"] not in TOLD:
        yield f"it tells {problem}"
    is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in problem["detail"])
    if is_chinese != (language == "zh"):
        yield f"it tells in another language: {problem}"


@pytest.mark.soak
@pytest.mark.parametrize("count", [3, 25])
@pytest.mark.parametrize("name", ["load", "first load", "rebuild", "compact"])
def test_a_full_disk_is_told_and_loses_nothing(
    village: Village, schema: Schema, tmp_path: Path, name: str, count: int
) -> None:
    task = village.tasks[name]
    found = []
    for place, moment in enumerate(moments_of(task, count)):
        data, language = tmp_path / f"{moment}", ("en", "zh")[place % 2]
        where = f"{moment} {task.told.moments[moment - 1]}"
        found += [f"{where}: {fault}" for fault in told_of(task, data, moment, language)]
        found += [f"{moment}: {fault}" for fault in task.after.differences(state_of(data, schema))]
    assert "\n".join(found) == ""


def test_what_was_loaded_before_the_disk_was_full_is_told_and_counts(
    village: Village, schema: Schema, tmp_path: Path
) -> None:
    task = village.tasks["load"]
    # A file takes two writings, its facts and its record: the third is of the second file.
    writings = [number for number, name in enumerate(task.told.moments, 1) if name == "before write_deltalake"]
    moment = writings[2]
    refused = run(*task.begin(tmp_path / "data"), moment=moment, act="fill")
    known = Ledger.open(tmp_path / "data", schema, create=False).loads()["load_id"].to_pylist()
    assert refused.code == NOT_DONE
    assert len(refused.counted) == 1
    assert refused.counted[0] == known[-1]
    assert [report["load_id"] for report in json.loads(refused.out)["reports"]] == refused.counted
