"""Two commands at once on one data folder: the second says whom it waits for, and for how long it does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph_schema import Schema
from graph_store import open_store
from ledger import Ledger
from tests.cli.calls import clean_environment
from tests.faults.conftest import DONE, Village
from tests.faults.county import state_of
from tests.faults.process import Order, Running, run

NOT_DONE = 2
# Both commands take the same day, so that their graph can be compared.
DAY = ("--day", "2026-05-20")
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def data(village: Village, tmp_path: Path) -> Path:
    """Return a data folder with the first feeds, put in place by the first load."""
    village.tasks["load"].begin(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def start() -> Iterator[Start]:
    """Return what starts the real command line as a process of its own."""
    begun: list[subprocess.Popen[str]] = []

    def started(*arguments: str | Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "cli", *map(str, arguments)]
        begun.append(
            subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                env=clean_environment(),
            )
        )
        return begun[-1]

    yield started
    for process in begun:
        process.kill()
        process.communicate()


def holding(village: Village, data: Path, moment: str) -> Running:
    """Return a load that has come to the first moment of this name after it has taken the lock, and waits there."""
    moments = village.tasks["load"].told.moments
    first = Running(
        Order(("--data", str(data), "--json", "load", str(village.later_feeds)), moments.index(moment) + 1, "wait")
    )
    first.until_it_waits()
    return first


@pytest.mark.soak
def test_the_second_load_says_for_whom_it_waits_and_succeeds(
    village: Village, data: Path, schema: Schema, start: Start
) -> None:
    first = holding(village, data, "before write_deltalake")
    second = start("--data", data, "load", village.later_feeds, *DAY)
    assert second.stderr is not None
    told = second.stderr.readline()
    while "Waiting" not in told:
        told = second.stderr.readline()
    assert f"(number {first.pid}, since 20" in told
    first.go_on()
    assert first.ended().code in DONE
    out, err = second.communicate(timeout=120)
    assert second.returncode in DONE, err
    assert "police.Household.csv" in out
    # Which of the two takes each of the other files is open; that each is taken once is not.
    state, alone = state_of(data, schema), village.tasks["load"].after
    assert sorted(load[:-1] for load in state.loads) == sorted(load[:-1] for load in alone.loads)
    assert state.counts == alone.counts


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "is being written by process {pid} since 20"),
        pytest.param("zh", "起正由进程 {pid} 写入", marks=pytest.mark.soak),
    ],
)
def test_a_load_that_has_waited_long_enough_gives_up(village: Village, data: Path, language: str, told: str) -> None:
    first = holding(village, data, "before write_deltalake")
    second = run("--data", data, "--lang", language, "load", village.later_feeds, "--wait", "1")
    assert (second.code, second.counted) == (NOT_DONE, [])
    assert told.format(pid=first.pid) in second.err
    first.go_on()
    assert first.ended().code in DONE


@pytest.mark.soak
def test_a_load_waits_for_another_that_holds_the_graph(
    village: Village, data: Path, schema: Schema, tmp_path: Path, start: Start
) -> None:
    first = holding(village, data, "before save")
    news = tmp_path / "police.Household.csv"
    news.write_text("id,member_count,household_status\n1004,2,active\n", encoding="utf-8")
    second = start("--data", data, "load", news, *DAY)
    assert second.stderr is not None
    assert f"(number {first.pid}, since 20" in second.stderr.readline()
    first.go_on()
    assert first.ended().code in DONE
    out, err = second.communicate(timeout=120)
    assert second.returncode == 0, err
    assert "holds the graph" not in out
    state = state_of(data, schema)
    assert state.graph_version == Ledger.open(data, schema).version
    assert sum(state.graph["Household"].values()) == 4


@pytest.mark.soak
def test_a_load_that_waited_for_the_graph_in_vain_says_that_its_facts_are_in_the_ledger(
    village: Village, data: Path, schema: Schema, tmp_path: Path
) -> None:
    first = holding(village, data, "before save")
    news = tmp_path / "police.Household.csv"
    news.write_text("id,member_count,household_status\n1004,2,active\n", encoding="utf-8")
    second = run("--data", data, "load", news, "--wait", "1")
    assert second.code == NOT_DONE
    assert "What was loaded is in the ledger" in second.out
    assert f"is open for writing in process {first.pid} since 20" in second.err
    first.go_on()
    assert first.ended().code in DONE
    assert Ledger.open(data, schema).loads()["load_id"].to_pylist()[-1:] == second.counted
    # Any question takes it in.
    asked = run("--data", data, "--json", "cause-graph", "--area", "350624")
    assert (asked.code, state_of(data, schema).graph_version) == (0, Ledger.open(data, schema).version)


def test_a_graph_that_a_server_holds_is_not_waited_for(
    village: Village, data: Path, schema: Schema, tmp_path: Path
) -> None:
    server = open_store(f"embedded:{data / 'graph' / 'graph.kgl'}", schema, stays=True)
    told = run("--data", data, "--json", "load", village.later_feeds)
    server.close()
    assert told.code in DONE
    assert json.loads(told.out)["graph"] is None
