"""Ctrl-C that arrives while the embedded engine reads stops the program, and not the thread that happened to read."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NoReturn

import pytest

from graph_schema import Schema
from graph_store.embedded_view import EmbeddedView
from graph_store.errors import StoreAway


class InterruptedGraph:
    """An engine that takes Ctrl-C for itself, as the real one does during a long read."""

    def cypher(self, *_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt


@pytest.fixture
def signals() -> Iterator[list[int]]:
    """Yield the interrupts that reached the program."""
    received: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: received.append(number))
    yield received
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def view(schema: Schema) -> EmbeddedView:
    graph: Any = InterruptedGraph()
    return EmbeddedView(graph, Path("graph.kgl"), schema, {}, question_seconds=1.0)


def test_an_interrupt_that_the_engine_took_reaches_the_program(view: EmbeddedView, signals: list[int]) -> None:
    with ThreadPoolExecutor(1) as threads, pytest.raises(StoreAway) as caught:
        threads.submit(view.read, "places/areas", "RETURN 1", {}).result()
    assert (caught.value.code, signals) == ("interrupted", [signal.SIGINT])


def test_an_interrupt_in_the_thread_of_the_program_passes_as_it_is(view: EmbeddedView, signals: list[int]) -> None:
    with pytest.raises(KeyboardInterrupt):
        view.read("places/areas", "RETURN 1", {})
    assert signals == []
