"""The embedded graph as it was at one moment: what is written later is not seen through it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from logging import getLogger
from pathlib import Path
from signal import SIGINT, raise_signal
from threading import current_thread, main_thread
from typing import Any, NoReturn

import kglite
import pandas as pd

from graph_schema import Schema
from graph_store import writes
from graph_store.asking import checked_parameters, checked_rows, query_named
from graph_store.deadline import seconds_for, told_seconds
from graph_store.errors import StoreAway, StoreError
from graph_store.frames import END_COLUMNS, dumped_frame, property_types
from graph_store.protocol import Engine, Row
from graph_store.queries import Query
from graph_store.writes import Ends

logger = getLogger(__name__)


class EmbeddedView:
    """One version of an embedded graph, read by any number of threads. It is a store that refuses to be written."""

    engine: Engine = "embedded"

    def __init__(
        self,
        graph: kglite.FrozenGraph,
        path: Path,
        schema: Schema,
        queries: Mapping[str, Query],
        *,
        question_seconds: float,
    ) -> None:
        self._graph = graph
        self._path = path
        self._schema = schema
        self._queries = queries
        self._question_seconds = question_seconds

    def ask(self, name: str, **parameters: object) -> list[Row]:
        """Return the rows of a named question. Raises StoreError. See `GraphStore`."""
        query = query_named(self._queries, name)
        values = checked_parameters(query, parameters)
        started = time.perf_counter()
        columns, rows = self.read(query.name, query.text, values)
        logger.debug("asked %s rows=%d seconds=%.4f", name, len(rows), time.perf_counter() - started)
        return checked_rows(query, columns, rows)

    def dump_nodes(self, kind: str) -> pd.DataFrame:
        """Return all nodes of a kind. See `GraphStore`."""
        types = property_types(self._schema, kind)
        _, rows = self.read(kind, writes.node_dump(kind, types), {})
        return dumped_frame(("id",), types, rows)

    def dump_relationships(self, kind: str) -> pd.DataFrame:
        """Return all relationships of a kind. See `GraphStore`."""
        types = property_types(self._schema, kind)
        found: list[Row] = []
        for from_kind in self._schema.relationship_kind(kind).from_kinds:
            for to_kind in self._schema.relationship_kind(kind).to_kinds:
                _, rows = self.read(kind, writes.relationship_dump(Ends(kind, from_kind, to_kind), types), {})
                found += [{"from_kind": from_kind, "to_kind": to_kind, **row} for row in rows]
        return dumped_frame(END_COLUMNS, types, found)

    def held(self) -> EmbeddedView:
        """Return itself. See `GraphStore`."""
        return self

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Refuse: nothing is written here."""
        self._refused()
        yield

    def read(self, name: str, text: str, values: dict[str, object]) -> tuple[list[str], list[Row]]:
        """Return columns and rows of a text of ours; `name` is told where it fails. Raises StoreError."""
        milliseconds = max(1, int(seconds_for(name, self._question_seconds) * 1000))
        try:
            found = self._graph.cypher(text, params=values, timeout_ms=milliseconds)
            return list(found.columns), rows_of(found)
        except KeyboardInterrupt as stop:
            # While it reads the engine takes Ctrl-C for itself, in whichever thread: it was meant for the program.
            if current_thread() is main_thread():
                raise
            raise_signal(SIGINT)
            raise StoreAway("interrupted", query=name) from stop
        except kglite.CypherTimeoutError as error:
            raise StoreAway("too_slow", query=name, seconds=told_seconds(self._question_seconds)) from error
        except kglite.KgError as error:
            raise StoreError("query_failed", query=name, reason=str(error), text=text) from error

    def _refused(self, *_: object, **__: object) -> NoReturn:
        raise StoreError("read_only", path=self._path)

    apply_schema = merge_nodes = merge_relationships = remove_nodes = remove_relationships = _refused
    mark = clear = save = close = _refused


def rows_of(found: object) -> list[dict[str, Any]]:
    """Return the rows of an answer of the engine, whose own types allow other forms of answer too."""
    if not isinstance(found, kglite.ResultView):
        raise TypeError(type(found).__name__)
    return found.to_list()
