"""Servers that files are sent to, on folders of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.loads.desk import Start
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.loads.office import Idle, InThisProcess, Office
from tests.api.small_ledger import DAY, HERE, PATIENT


def client_on(workspace: Workspace, start: Start) -> TestClient:
    app = create_app(workspace, today=lambda: DAY, patience_seconds=PATIENT, start_load=start)
    return TestClient(app, base_url=HERE)


@pytest.fixture(scope="module")
def office(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Yield a server that loads in this process, shared by the tests of a module."""
    data = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(loaded_folder, data)
    workspace = Workspace(Settings(data=data))
    shared = Office(client_on(workspace, InThisProcess), workspace)
    shared.begin()
    yield shared
    shared.stop()


@pytest.fixture
def open_office(
    workspace: Workspace, open_office_on: Callable[[Workspace, Start], Office]
) -> Callable[[Start], Office]:
    """Return what starts a server on the folder of this test, with processes of one's choice; it ends with the test."""
    return partial(open_office_on, workspace)


@pytest.fixture
def open_office_on() -> Iterator[Callable[[Workspace, Start], Office]]:
    """Return what starts a server on any folder."""
    started: list[Office] = []

    def start(workspace: Workspace, process: Start) -> Office:
        started.append(Office(client_on(workspace, process), workspace))
        started[-1].begin()
        return started[-1]

    yield start
    for office in reversed(started):
        office.stop()


@pytest.fixture
def idle_office(open_office: Callable[[Start], Office]) -> Office:
    """Return a server whose processes do nothing until they are ended."""
    return open_office(Idle)
