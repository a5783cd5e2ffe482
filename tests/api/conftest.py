"""The application on the small ledger, as a client in this process asks it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from loaders.graph_update import bring_up_to_date
from loaders.plan_process import Planner
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.small_ledger import DAY, HERE, PATIENT, Households, load


@pytest.fixture(scope="session")
def loaded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with `first` in its ledger and in its graph; to be copied, not to be changed."""
    workspace = Workspace(Settings(data=tmp_path_factory.mktemp("api") / "data"))
    load(workspace, "first")
    store = workspace.open_graph()
    bring_up_to_date(store, workspace.open_ledger(), workspace.schema, workspace.policy, day=DAY)
    store.close()
    return workspace.settings.data


@pytest.fixture(scope="session")
def households(loaded_folder: Path) -> Households:
    identity = Workspace(Settings(data=loaded_folder)).identity
    return Households(*(identity.pseudonym("Household", number) for number in ("1001", "1002")))


@pytest.fixture
def workspace(loaded_folder: Path, tmp_path: Path) -> Workspace:
    """Return a data folder of this test's own."""
    shutil.copytree(loaded_folder, tmp_path / "data")
    return Workspace(Settings(data=tmp_path / "data"))


@pytest.fixture
def client_of() -> Iterator[Callable[..., TestClient]]:
    """Return what starts an application on a workspace; it stops when the test ends."""
    started: list[TestClient] = []

    def start(
        workspace: Workspace,
        *,
        shows_sensitive: bool = False,
        patience_seconds: float = PATIENT,
        planner: Planner | None = None,
    ) -> TestClient:
        app = create_app(
            workspace,
            shows_sensitive=shows_sensitive,
            today=lambda: DAY,
            patience_seconds=patience_seconds,
            planner=planner,
        )
        client = TestClient(app, base_url=HERE)
        client.__enter__()
        started.append(client)
        return client

    yield start
    for client in started:
        client.__exit__(None, None, None)


@pytest.fixture(scope="session")
def client(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield an application on `first` that only answers questions; shared by all tests that change nothing."""
    data = tmp_path_factory.mktemp("shared") / "data"
    shutil.copytree(loaded_folder, data)
    app = create_app(Workspace(Settings(data=data)), today=lambda: DAY, patience_seconds=PATIENT)
    with TestClient(app, base_url=HERE) as shared:
        yield shared
