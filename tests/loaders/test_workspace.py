from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from loaders.graph_update import rebuild
from loaders.load_options import FilesGiven
from loaders.run import load_files
from loaders.settings import Settings
from loaders.workspace import Workspace

MARCH, JUNE = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
DAY = date(2026, 6, 2)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a folder that learned of Fujian in March and of Guangdong in June, and has no graph yet."""
    found = Workspace(Settings(data=tmp_path / "data"))
    for recorded_at, code, name in ((MARCH, "350000", "福建省"), (JUNE, "440000", "广东省")):
        file = tmp_path / code / "place.Area.csv"
        file.parent.mkdir()
        file.write_text(f"id,name,area_level\n{code},{name},province\n", encoding="utf-8")
        load_files(FilesGiven((file,)), found.load_place(), recorded_at=recorded_at)
    return found


def test_the_first_question_makes_the_graph(workspace: Workspace) -> None:
    with workspace.ready_graph(today=DAY) as graph:
        assert list(graph.store.dump_nodes("Area")["id"]) == ["350000", "440000"]
        assert (graph.day, graph.missing_loads, graph.as_of) == (DAY, 0, None)


def test_a_graph_of_the_past_stays_as_it_is_and_says_so(workspace: Workspace) -> None:
    april = datetime(2026, 4, 1, tzinfo=UTC)
    store = workspace.open_graph()
    rebuild(store, workspace.open_ledger(), workspace.schema, workspace.policy, day=DAY, as_of=april)
    store.close()
    with workspace.ready_graph(today=DAY) as graph:
        assert list(graph.store.dump_nodes("Area")["id"]) == ["350000"]
        assert graph.as_of == april


def test_a_graph_that_follows_the_ledger_takes_in_what_came_later(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.ready_graph(today=DAY):
        pass
    file = tmp_path / "place.Area.csv"
    file.write_text("id,name,area_level\n360000,江西省,province\n", encoding="utf-8")
    load_files(FilesGiven((file,)), workspace.load_place(), recorded_at=JUNE)
    with workspace.ready_graph(today=DAY) as graph:
        assert list(graph.store.dump_nodes("Area")["id"]) == ["350000", "360000", "440000"]
