"""The village loaded undisturbed, which everything is compared with."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from graph_schema import Schema
from tests.faults.county import State, state_of, write_feeds
from tests.faults.process import Told, run
from tools.neo4j.server import Neo4jNotAvailable, start_server

# Done, or done with rows that were rejected.
DONE = (0, 1)


@dataclass(frozen=True)
class Task:
    """A command, the data folder that it finds (None: none yet), what it leaves, what it told and its seconds."""

    name: str
    arguments: tuple[str, ...]
    before: Path | None
    after: State
    told: Told
    seconds: float

    def begin(self, data: Path) -> tuple[str, ...]:
        """Put the data folder in place as the command finds it, and return the command on it."""
        if self.before is not None:
            shutil.copytree(self.before, data)
        return ("--data", str(data), "--json", *self.arguments)


class OwnNeo4j:
    """A Neo4j of these tests' own, which may be killed and started again with what it had kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = start_server(folder)

    @property
    def url(self) -> str:
        """Return where it is, also while it is away."""
        return self._server.url

    def kill(self) -> None:
        """End it as a loss of power does."""
        self._server.process.kill()
        self._server.stop()

    def start(self) -> None:
        """Start it again at the same place."""
        self._server = start_server(self._folder, port=self._server.port)

    def stop(self) -> None:
        """End it for good."""
        self._server.stop()


@dataclass(frozen=True)
class Village:
    """The folders of feed files, data folders with the first of them loaded and with all, and the tasks."""

    first_feeds: Path
    later_feeds: Path
    first: Path
    full: Path
    tasks: dict[str, Task]


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory, schema: Schema) -> Village:
    place = tmp_path_factory.mktemp("village")
    first_feeds, later_feeds = write_feeds(place / "feeds")
    tasks: dict[str, Task] = {}

    def undisturbed(name: str, before: Path | None, *arguments: str) -> Path:
        data = place / name
        if before is not None:
            shutil.copytree(before, data)
        begun = time.monotonic()
        told = run("--data", data, "--json", *arguments)
        seconds = time.monotonic() - begun
        assert told.code in DONE, told.err
        tasks[name] = Task(name, arguments, before, state_of(data, schema), told, seconds)
        return data

    first = undisturbed("first load", None, "load", str(first_feeds))
    full = undisturbed("load", first, "load", str(later_feeds))
    undisturbed("rebuild", full, "rebuild")
    undisturbed("compact", full, "compact")
    return Village(first_feeds, later_feeds, first, full, tasks)


@pytest.fixture(scope="session")
def own_neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnNeo4j]:
    """Yield a Neo4j that is not the one of the other tests; skips, or in CI fails, where there is none."""
    try:
        server = OwnNeo4j(tmp_path_factory.mktemp("own_neo4j"))
    except Neo4jNotAvailable as error:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"NOT RUN on Neo4j: {error}")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def on_neo4j(village: Village, own_neo4j: OwnNeo4j, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Task]:
    """Return what gives a task of the village as it goes on Neo4j, which is tried once."""

    @cache
    def task(name: str) -> Task:
        embedded = village.tasks[name]
        arguments = ("--graph", own_neo4j.url, *embedded.begin(tmp_path_factory.mktemp("on_neo4j") / "data"))
        assert run(*arguments[: -len(embedded.arguments)], "rebuild").code == 0
        begun = time.monotonic()
        told = run(*arguments)
        assert told.code in DONE, told.err
        return replace(embedded, told=told, seconds=time.monotonic() - begun)

    return task
