"""`kill -9` at any moment: what was told is there, nothing is there twice, and the same command again ends the same."""

from __future__ import annotations

import json
import random
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from graph_schema import Schema
from ledger import Ledger
from loaders.settings import EMBEDDED
from tests.faults.conftest import DONE, OwnNeo4j, Task, Village
from tests.faults.county import state_of
from tests.faults.process import Order, Running, Told, run

SEED = 20260520
# Of ten kills so many come at a moment, in the middle of a file, and at any time.
AT_A_MOMENT, IN_A_FILE = 6, 2
AT_ONCE = 2
# What is asked before anything is repaired, and what may be told before the first load is done.
QUESTIONS = (("status",), ("loads",), ("status",), ("cause-graph", "--area", "350624"))
NOTHING_YET = {"no_ledger", "nothing_loaded", "no_snapshot", "unknown_subject"}
DEAD = (-signal.SIGKILL, -signal.SIGXFSZ)


@dataclass(frozen=True)
class Kill:
    """A kill of a task: at a moment, in the next file after it, or after a part of the time that the task takes.

    `question`: what is asked afterwards, before the command is given again.
    """

    task: Task
    way: Literal["kill", "tear", "time"]
    place: float
    question: tuple[str, ...]

    def strike(self, arguments: tuple[str, ...]) -> Told:
        """Run the command until it is killed."""
        if self.way == "time":
            return Running(Order(arguments)).kill_after(self.place * self.task.seconds)
        return Running(Order(arguments, int(self.place), self.way)).ended()


def planned(tasks: list[Task], count: int, *, since: str | None = None) -> Iterator[Kill]:
    """Yield kills spread over all moments of the tasks: one by chance in each of as many equal parts.

    `since`: the name of the first moment of each task that is meant.
    """
    draw = random.Random(SEED)
    every = []
    for task in tasks:
        first = task.told.moments.index(since) if since else 0
        every += [(task, number) for number in range(first + 1, len(task.told.moments) + 1)]
    for number in range(count):
        part = len(every) / count
        task, moment = every[int((number + draw.random()) * part)]
        turn, question = number * 7 % 10, QUESTIONS[number % len(QUESTIONS)]
        if turn < AT_A_MOMENT:
            yield Kill(task, "kill", moment, question)
        elif turn < AT_A_MOMENT + IN_A_FILE:
            yield Kill(task, "tear", moment, question)
        else:
            yield Kill(task, "time", draw.random(), question)


@dataclass(frozen=True)
class Aftermath:
    """What is done after a kill, and what was found that should not be."""

    kill: Kill
    data: Path
    schema: Schema
    graph: str = EMBEDDED

    def faults(self) -> list[str]:
        """Kill the task, look, give the command again, and return every difference to the undisturbed task."""
        arguments = ("--graph", self.graph, *self.kill.task.begin(self.data))
        if self.graph != EMBEDDED:
            # A server holds one graph, and what the last kill left there is not what this task finds.
            run("--graph", self.graph, "--data", self.data, "rebuild")
        killed = self.kill.strike(arguments)
        again = [*self._died(killed), *self._acknowledged(killed.counted), *self._readable()]
        told = run(*arguments)
        if told.code not in DONE:
            again.append(f"given again it ends with {told.code}: {told.err}")
        else:
            again += self.kill.task.after.differences(state_of(self.data, self.schema, graph=self.graph))
            again += self._acknowledged(killed.counted)
        where = killed.moments[-1] if killed.moments else "the beginning"
        return [f"{self.kill.task.name}, {self.kill.way} {self.kill.place} at {where}: {fault}" for fault in again]

    def _died(self, killed: Told) -> list[str]:
        # After the last file, and after the end, there is nothing left to be torn or killed.
        allowed = (-signal.SIGKILL,) if self.kill.way == "kill" else (*DEAD, *DONE)
        return [] if killed.code in allowed else [f"it ended with {killed.code}: {killed.err}"]

    def _acknowledged(self, load_ids: list[str]) -> list[str]:
        if not load_ids:
            return []
        known = Ledger.open(self.data, self.schema, create=False).loads()["load_id"].to_pylist()
        return [f"{load_id} was acknowledged and is gone" for load_id in load_ids if load_id not in known]

    def _readable(self) -> list[str]:
        """Ask before anything is repaired: there is an answer, or a word that there is nothing yet."""
        told = run("--graph", self.graph, "--data", self.data, "--json", *self.kill.question)
        if told.code in DONE or json.loads(told.err)["code"] in NOTHING_YET:
            return []
        return [f"{self.kill.question[0]} ends with {told.code}: {told.err}"]


@pytest.fixture
def survived(tmp_path: Path, schema: Schema) -> Callable[[list[Kill]], list[str]]:
    """Return what strikes with each kill in a folder of its own, two at a time, and tells what was lost or doubled."""

    def faults_of(kills: list[Kill]) -> list[str]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = pool.map(
                lambda entry: Aftermath(entry[1], tmp_path / f"{entry[0]}", schema).faults(), enumerate(kills)
            )
        return [fault for faults in found for fault in faults]

    return faults_of


@pytest.mark.parametrize("count", [8, pytest.param(100, marks=pytest.mark.soak)])
def test_killed_at_any_moment_nothing_is_lost_or_doubled(
    village: Village, survived: Callable[[list[Kill]], list[str]], count: int
) -> None:
    kills = list(planned(list(village.tasks.values()), count))
    assert len({(kill.task.name, kill.way) for kill in kills}) >= 6
    assert "\n".join(survived(kills)) == ""


@pytest.mark.soak
@pytest.mark.parametrize(("count", "names"), [(2, ["load"]), (20, ["load", "rebuild"])])
def test_killed_while_a_neo4j_is_written_nothing_is_lost_or_doubled(
    own_neo4j: OwnNeo4j,
    on_neo4j: Callable[[str], Task],
    schema: Schema,
    tmp_path: Path,
    count: int,
    names: list[str],
) -> None:
    kills = planned([on_neo4j(name) for name in names], count, since="before _write")
    found = [
        fault
        for number, kill in enumerate(kills)
        for fault in Aftermath(kill, tmp_path / f"{number}", schema, own_neo4j.url).faults()
    ]
    assert "\n".join(found) == ""
