"""The state of a data folder, as every front end tells it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graph_store import GraphStore
from loaders.graph_update import bring_up_to_date
from loaders.load_options import FilesGiven
from loaders.run import load_files
from loaders.settings import Settings
from loaders.status import NothingLoaded, status
from loaders.workspace import Workspace

AREAS = "id,name,area_level\n350624,Zhao'an,county\n350624105,Guanpi,town\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a data folder with two loads of the feed of places, recorded on the 18th and the 20th of May 2026."""
    made = Workspace(Settings(data=tmp_path / "data"))
    for day, text in ((18, AREAS), (20, AREAS + "350624106,Taiping,town\n")):
        file = tmp_path / str(day) / "place.Area.csv"
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
        load_files(FilesGiven((file,)), made.load_place(), recorded_at=datetime(2026, 5, day, 8, tzinfo=UTC))
    return made


@pytest.fixture
def store(workspace: Workspace) -> Iterator[GraphStore]:
    with closing(workspace.open_graph()) as graph:
        bring_up_to_date(graph, workspace.open_ledger(), workspace.schema, workspace.policy, day=date(2026, 5, 20))
        yield graph


NOW = datetime(2026, 5, 23, 7, 59, tzinfo=UTC)


def test_a_feed_is_told_with_its_loads_and_the_age_of_its_newest_facts(workspace: Workspace, store: GraphStore) -> None:
    told = status(workspace.open_ledger(), store, workspace.schema, now=NOW)
    (feed,) = told.feeds
    # One minute is lacking to the third whole day; of the second file only the new row is new, yet all were accepted.
    assert (feed.feed, feed.load_count, feed.age_days) == ("place", 2, 2)
    assert feed.row_count == 2 + 3
    assert feed.newest_at == told.newest_at == datetime(2026, 5, 20, 8, tzinfo=UTC)
    assert told.age_days == 2


def test_the_graph_is_told_with_its_day_and_what_it_holds(workspace: Workspace, store: GraphStore) -> None:
    told = status(workspace.open_ledger(), store, workspace.schema, now=NOW)
    assert (told.engine, told.day, told.graph_version, told.ledger_version) == ("embedded", date(2026, 5, 20), 1, 1)
    assert told.nodes["Area"] == 3


def test_a_ledger_without_a_graph_is_told_as_one_that_the_graph_has_yet_to_take_in(workspace: Workspace) -> None:
    told = status(workspace.open_ledger(), None, workspace.schema, now=NOW)
    assert (told.day, told.graph_version, told.ledger_version) == (None, -1, 1)
    assert told.nodes == {}
    assert [feed.feed for feed in told.feeds] == ["place"]


def test_where_nothing_is_loaded_it_says_what_to_do(tmp_path: Path) -> None:
    empty = Workspace(Settings(data=tmp_path / "empty"))
    with pytest.raises(NothingLoaded) as caught:
        status(empty.open_ledger(create=True), None, empty.schema, now=NOW)
    assert (caught.value.code, caught.value.status) == ("nothing_loaded", 404)
    assert "plumline load" in caught.value.remedy("en")
