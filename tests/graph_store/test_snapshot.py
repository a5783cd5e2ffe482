"""The embedded graph is one file, always whole, written by one process at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import kglite
import pandas as pd
import pytest

from graph_schema import Schema
from graph_store import GraphStore, Marker, StoreError, StoreHeld, open_store
from tests.graph_store.conftest import StartChild


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "graph.kgl"


@pytest.fixture
def saved(schema: Schema, path: Path) -> Path:
    """Return a snapshot that holds household h1 and says that version 3 was taken in."""
    store = open_store(f"embedded:{path}", schema)
    store.apply_schema()
    store.merge_nodes("Household", pd.DataFrame({"id": ["h1"], "head_name": ["沈一"]}), Marker("Household", 3))
    store.save()
    store.close()
    return path


@pytest.fixture
def opened(schema: Schema, saved: Path) -> GraphStore:
    """Return the saved graph, open for writing; whatever it holds ends with the test's folder."""
    return open_store(f"embedded:{saved}", schema)


def test_a_saved_graph_is_there_when_it_is_opened_again(opened: GraphStore) -> None:
    assert opened.dump_nodes("Household")[["id", "head_name"]].to_numpy().tolist() == [["h1", "沈一"]]
    assert opened.ask("upkeep/versions") == [{"table_name": "Household", "version": 3}]
    opened.close()


def test_an_opened_graph_is_written_on(opened: GraphStore) -> None:
    opened.merge_nodes("Household", pd.DataFrame({"id": ["h1", "h2"], "head_name": [None, "沈二"]}, dtype=object))
    assert opened.ask("upkeep/counts")[0] == {"kind": "Household", "row_count": 2}
    opened.close()


def test_what_was_not_saved_is_gone(opened: GraphStore, schema: Schema, saved: Path) -> None:
    opened.merge_nodes("Household", pd.DataFrame({"id": ["h2"]}))
    opened.close()
    again = open_store(f"embedded:{saved}", schema, read_only=True)
    assert again.dump_nodes("Household")["id"].tolist() == ["h1"]


def test_a_cleared_graph_that_was_not_saved_leaves_the_old_snapshot(
    opened: GraphStore, schema: Schema, saved: Path
) -> None:
    opened.clear()
    opened.close()
    again = open_store(f"embedded:{saved}", schema, read_only=True)
    assert again.dump_nodes("Household")["id"].tolist() == ["h1"]


def test_a_cleared_graph_that_was_saved_is_empty(opened: GraphStore, schema: Schema, saved: Path) -> None:
    opened.clear()
    opened.save()
    opened.close()
    again = open_store(f"embedded:{saved}", schema, read_only=True)
    assert again.ask("upkeep/counts") == []


def test_a_saved_graph_leaves_only_the_snapshot_and_the_lock(opened: GraphStore, saved: Path) -> None:
    opened.save()
    opened.close()
    assert sorted(file.name for file in saved.parent.iterdir()) in (
        ["graph.kgl"],
        # The lock file itself may stay: removing it would race with who waits for it.
        ["graph.kgl", "graph.kgl.held"],
    )


def test_a_snapshot_is_another_file_put_in_the_place_of_the_old(opened: GraphStore, saved: Path) -> None:
    # Who has the old file open, a reader or a copy to a backup, goes on reading the old one whole.
    with saved.open("rb") as old:
        before = saved.read_bytes()
        opened.merge_nodes("Household", pd.DataFrame({"id": ["h2"]}))
        opened.save()
        assert saved.stat().st_ino != os.fstat(old.fileno()).st_ino
        assert old.read() == before
    opened.close()


def test_a_folder_that_is_not_there_is_made(schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "graph.kgl"
    store = open_store(f"embedded:{path}", schema)
    store.save()
    store.close()
    assert path.is_file()


def test_a_process_killed_while_it_saves_leaves_a_whole_snapshot(
    start_child: StartChild, schema: Schema, path: Path
) -> None:
    child = start_child("save", path)
    time.sleep(0.137)
    child.kill()
    child.wait()
    store = open_store(f"embedded:{path}", schema)
    counts = {str(row["kind"]): row["row_count"] for row in store.ask("upkeep/counts")}
    rounds = len(store.dump_nodes("Household"))
    store.close()
    # One household, its relationship and 200 areas a round, never a part of a round; at least ten rounds.
    assert rounds > 10
    assert counts == {"Area": 200 * rounds, "Household": rounds, "LIVES_IN": rounds}


def test_a_killed_process_does_not_hold_the_graph(start_child: StartChild, schema: Schema, saved: Path) -> None:
    child = start_child("hold", saved)
    child.kill()
    child.wait()
    store = open_store(f"embedded:{saved}", schema)
    assert store.dump_nodes("Household")["id"].tolist() == ["h1"]
    store.close()


def test_a_second_process_is_told_who_holds_the_graph(start_child: StartChild, schema: Schema, saved: Path) -> None:
    child = start_child("hold", saved)
    with pytest.raises(StoreHeld) as caught:
        open_store(f"embedded:{saved}", schema)
    assert (caught.value.code, caught.value.fields["pid"]) == ("held_by_another_process", child.pid)
    assert f"in process {child.pid} since 20" in caught.value.text("en")


def test_a_graph_that_another_process_holds_can_be_read(start_child: StartChild, schema: Schema, saved: Path) -> None:
    start_child("hold", saved)
    store = open_store(f"embedded:{saved}", schema, read_only=True)
    assert store.dump_nodes("Household")["id"].tolist() == ["h1"]


def test_the_same_process_cannot_open_a_graph_twice_for_writing(
    opened: GraphStore, schema: Schema, saved: Path
) -> None:
    with pytest.raises(StoreHeld) as caught:
        open_store(f"embedded:{saved}", schema)
    assert caught.value.fields["pid"] == os.getpid()
    opened.close()


def test_a_closed_graph_can_be_opened_by_another(opened: GraphStore, schema: Schema, saved: Path) -> None:
    opened.close()
    again = open_store(f"embedded:{saved}", schema)
    assert again.engine == "embedded"
    again.close()


def test_a_closed_graph_takes_no_more_writing(opened: GraphStore) -> None:
    # Another process may hold it by now.
    opened.close()
    with pytest.raises(StoreError):
        opened.merge_nodes("Household", pd.DataFrame({"id": ["h2"]}))


@pytest.mark.parametrize(
    "write",
    [
        lambda store: store.apply_schema(),
        lambda store: store.clear(),
        lambda store: store.save(),
        lambda store: store.merge_nodes("Household", pd.DataFrame({"id": ["h2"]})),
        lambda store: store.remove_nodes("Household", ["h1"]),
        lambda store: store.mark(Marker("Household", 4)),
    ],
    ids=["apply_schema", "clear", "save", "merge_nodes", "remove_nodes", "mark"],
)
def test_a_graph_open_for_reading_refuses_to_be_written(
    schema: Schema, saved: Path, write: Callable[[GraphStore], object]
) -> None:
    store = open_store(f"embedded:{saved}", schema, read_only=True)
    with pytest.raises(StoreError) as caught:
        write(store)
    assert caught.value.code == "read_only"


def test_there_is_nothing_to_read_before_the_first_save(schema: Schema, path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(f"embedded:{path}", schema, read_only=True)
    assert (caught.value.code, list(path.parent.iterdir())) == ("no_snapshot", [])


@pytest.mark.parametrize("read_only", [False, True])
def test_a_snapshot_of_a_newer_format_is_refused_and_left_as_it_is(schema: Schema, path: Path, read_only: bool) -> None:
    graph = kglite.KnowledgeGraph()
    graph.set_schema_version(2)
    graph.save(str(path))
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        open_store(f"embedded:{path}", schema, read_only=read_only)
    assert (caught.value.code, caught.value.fields["found"], caught.value.fields["known"]) == ("newer_format", 2, 1)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a graph at all", b"\x00" * 4096])
def test_a_file_that_is_no_graph_is_refused_and_left_as_it_is(schema: Schema, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        open_store(f"embedded:{path}", schema)
    assert (caught.value.code, path.read_bytes()) == ("unreadable_snapshot", content)


def test_a_snapshot_cut_short_is_refused(schema: Schema, saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[:-20])
    with pytest.raises(StoreError) as caught:
        open_store(f"embedded:{saved}", schema)
    assert caught.value.code == "unreadable_snapshot"


def test_a_graph_that_could_not_be_opened_is_not_held(schema: Schema, path: Path) -> None:
    path.write_bytes(b"not a graph at all")
    with pytest.raises(StoreError):
        open_store(f"embedded:{path}", schema)
    path.unlink()
    store = open_store(f"embedded:{path}", schema)
    assert store.ask("upkeep/counts") == []
    store.close()


def test_a_place_that_cannot_be_written_is_named(schema: Schema, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file, not a folder")
    with pytest.raises(StoreError) as caught:
        open_store(f"embedded:{tmp_path / 'file' / 'graph.kgl'}", schema)
    assert caught.value.code == "cannot_write"


def test_a_graph_that_cannot_be_saved_says_so(opened: GraphStore, saved: Path) -> None:
    # What is on disk already is not written again.
    opened.mark(Marker("Household", 9))
    saved.unlink()
    saved.mkdir()
    with pytest.raises(StoreError) as caught:
        opened.save()
    assert caught.value.code == "cannot_write"
    opened.close()
