"""What is written at once: readers see all of it or nothing, and what they hold stays as it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from graph_schema import Schema
from graph_store import GraphStore, Marker, StoreError, open_store

HOUSEHOLDS = [f"h{number}" for number in range(300)]
READERS, VERSIONS = 4, 25


@pytest.fixture
def embedded(tmp_path: Path, schema: Schema) -> GraphStore:
    """Return an empty embedded graph."""
    made = open_store(f"embedded:{tmp_path / 'graph.kgl'}", schema)
    made.apply_schema()
    return made


def write(store: GraphStore, version: int) -> None:
    """Write a version: every household and residence says its number, and one more or fewer lot is there."""
    areas = pd.DataFrame({"id": ["350624101201"], "area_level": "village"})
    store.merge_nodes("Area", areas)
    store.merge_nodes("Household", pd.DataFrame({"id": HOUSEHOLDS, "member_count": version}))
    ends = {"from_kind": "Household", "from_id": HOUSEHOLDS, "to_kind": "Area", "to_id": "350624101201"}
    store.merge_relationships("LIVES_IN", pd.DataFrame(ends))
    if version % 2:
        store.merge_nodes("SupplyLot", pd.DataFrame({"id": ["lot"]}))
    else:
        store.remove_nodes("SupplyLot", ["lot"])
    store.mark(Marker("loads", version))


def seen(store: GraphStore) -> tuple[object, set[object], int]:
    """Return the version, the numbers of the households and how many lots there are."""
    version = {str(row["table_name"]): row["version"] for row in store.ask("upkeep/versions")}["loads"]
    counts = {str(row["kind"]): row["row_count"] for row in store.ask("upkeep/counts")}
    assert counts["LIVES_IN"] == len(HOUSEHOLDS)
    numbers = set(store.dump_nodes("Household")["member_count"])
    return version, numbers, int(str(counts.get("SupplyLot", 0)))


def held(store: GraphStore) -> GraphStore:
    found = store.held()
    assert found is not None
    return found


def test_every_answer_of_many_threads_is_of_one_whole_version(embedded: GraphStore) -> None:
    with embedded.at_once():
        write(embedded, 0)
    is_over = threading.Event()
    answers: list[tuple[object, set[object], int]] = []
    faults: list[Exception] = []

    def read() -> None:
        try:
            while not is_over.is_set():
                view = held(embedded)
                # Whatever is written between the two, they are the same.
                answers.extend((seen(view), seen(view)))
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test tells it
            faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for version in range(1, VERSIONS):
        with embedded.at_once():
            if version % 5 == 0:
                embedded.clear()
                embedded.apply_schema()
            write(embedded, version)
    is_over.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert len(answers) > READERS
    assert all(first == second for first, second in zip(answers[::2], answers[1::2], strict=True))
    assert [answer for answer in answers if answer[1:] != ({answer[0]}, int(str(answer[0])) % 2)] == []
    assert seen(embedded) == (VERSIONS - 1, {VERSIONS - 1}, (VERSIONS - 1) % 2)


def test_until_the_end_readers_see_nothing_of_what_is_written(embedded: GraphStore) -> None:
    write(embedded, 0)
    with embedded.at_once():
        write(embedded, 1)
        during = seen(embedded)
    assert (during[0], seen(embedded)[0]) == (0, 1)


@pytest.mark.parametrize("looks_first", [True, False])
def test_what_broke_off_was_never_begun(embedded: GraphStore, *, looks_first: bool) -> None:
    write(embedded, 2)
    embedded.save()

    def broken_off() -> None:
        with embedded.at_once():
            write(embedded, 3)
            raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        broken_off()
    if looks_first:
        assert seen(embedded) == (2, {2}, 0)
    embedded.mark(Marker("other", 1))
    assert seen(embedded) == (2, {2}, 0)


def test_a_held_version_refuses_to_be_written(embedded: GraphStore) -> None:
    view = held(embedded)
    calls: list[Callable[[], object]] = [
        view.apply_schema,
        view.clear,
        view.save,
        lambda: view.mark(Marker("loads", 1)),
        lambda: view.remove_nodes("Household", ["h1"]),
        view.at_once().__enter__,
    ]
    for call in calls:
        with pytest.raises(StoreError) as refused:
            call()
        assert refused.value.code == "read_only"


def test_a_server_shows_each_batch_and_holds_nothing(store: GraphStore) -> None:
    with store.at_once():
        store.mark(Marker("loads", 7))
    assert [row["version"] for row in store.ask("upkeep/versions")] == [7]
    assert (store.held() is None) is (store.engine == "neo4j")


def test_a_graph_without_anything_new_is_not_saved_again(embedded: GraphStore, tmp_path: Path) -> None:
    write(embedded, 0)
    embedded.save()
    (tmp_path / "graph.kgl").unlink()
    embedded.save()
    assert not (tmp_path / "graph.kgl").exists()
    embedded.mark(Marker("loads", 1))
    embedded.save()
    assert (tmp_path / "graph.kgl").exists()
