"""The embedded store: a graph in this process (`kglite`), kept as one snapshot file.

The graph holds nothing that the ledger does not, so there is no log beside the snapshot: what was not saved is taken in
again from the ledger. Writers take turns; readers ask a frozen view and never wait.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import kglite
import pandas as pd
import pyarrow as pa

from graph_schema import Schema
from graph_store import bulk, writes
from graph_store.ddl import ddl_statements, node_kinds_of_graph
from graph_store.embedded_view import EmbeddedView, rows_of
from graph_store.errors import StoreError
from graph_store.frames import (
    last_of_each,
    node_frame,
    pairs_of_ends,
    parameter_rows,
    property_types,
    relationships_between,
    told_columns,
)
from graph_store.protocol import Engine, Marker, Row
from graph_store.queries import Query
from graph_store.snapshot import read_snapshot, write_snapshot
from graph_store.writer_lease import WriterLease
from graph_store.writes import Ends


@dataclass(frozen=True)
class Batch:
    """Rows of a kind for one statement. `ends` = what to name if an end is missing; None for nodes."""

    kind: str
    statement: str
    rows: Sequence[object]
    ends: Ends | None = None


class EmbeddedStore:
    """A graph in memory with its snapshot at `path`, to be written with a lease. Use `graph_store.open_store`."""

    engine: Engine = "embedded"

    def __init__(
        self,
        path: Path,
        schema: Schema,
        queries: Mapping[str, Query],
        *,
        question_seconds: float,
        lease: WriterLease | None,
    ) -> None:
        self._path = path
        self._schema = schema
        self._queries = queries
        self._question_seconds = question_seconds
        self._lease = lease
        if lease is not None:
            lease.take()
        try:
            self._graph = read_snapshot(path, must_exist=lease is None)
        except BaseException:
            self._give_back_lease()
            raise
        self._is_closed, self._is_saved = False, path.exists()
        self._writing = threading.Lock()
        # None = whoever reads next makes a new one.
        self._view: kglite.FrozenGraph | None = self._graph.freeze()
        self._was_read = False
        # What is written is not shown to readers yet; what was written is to be forgotten.
        self._is_hidden = self._is_broken_off = False
        self._known = bulk.KnownIds(self._fetch_ids)
        self._warm_up()

    def apply_schema(self) -> None:
        """Declare unique ids and the indexes. See `GraphStore`."""
        with self._writer("schema"):
            for statement in ddl_statements(self._schema):
                self._graph.cypher(statement)

    def merge_nodes(self, kind: str, frame: pd.DataFrame, marker: Marker | None = None) -> int:
        """Write nodes, all or none. See `GraphStore`."""
        checked = node_frame(self._schema, kind, frame)
        types = property_types(self._schema, kind)
        with self._writer(kind, len(checked)):
            is_first = not self._graph.node_type_counts().get(kind, 0)
            self._known.forget(kind)
            if len(checked) < bulk.BULK_ROWS:
                checked = last_of_each(checked, ("id",))
                told = told_columns(checked, types)
                statement = writes.node_upsert(kind, types, list(told.columns))
                self._merge([Batch(kind, statement, parameter_rows(told, types))], marker)
            else:
                checked = bulk.add_nodes(self._graph, kind, checked, types)
                if is_first:
                    self._known.note(kind, bulk.as_array(checked["id"]))
                # The engine's bulk call stands alone. Should we be killed here, the batch is written again.
                self._merge([], marker)
        return len(checked)

    def merge_relationships(self, kind: str, frame: pd.DataFrame, marker: Marker | None = None) -> int:
        """Write relationships. Below the size of a bulk call all or none. See `GraphStore`."""
        parts = relationships_between(self._schema, kind, frame)
        types = property_types(self._schema, kind)
        written = 0
        with self._writer(kind, len(frame)):
            small = []
            for ends, given in parts:
                if len(given) >= bulk.BULK_ROWS:
                    written += bulk.add_relationships(self._graph, ends, given, types, self._known)
                    continue
                told = told_columns(last_of_each(given, ("from_id", "to_id")), types)
                statement = writes.relationship_upsert(ends, types, list(told.columns))
                small.append(Batch(kind, statement, parameter_rows(told, types), ends))
                written += len(told)
            self._merge(small, marker)
        return written

    def remove_nodes(self, kind: str, ids: Sequence[str]) -> int:
        """Remove nodes with their relationships. See `GraphStore`."""
        property_types(self._schema, kind)
        with self._writer(kind):
            self._known.forget(kind)
            return self._run(self._graph, kind, writes.node_removal(kind), list(dict.fromkeys(ids)))

    def remove_relationships(self, kind: str, frame: pd.DataFrame) -> int:
        """Remove relationships by their ends. See `GraphStore`."""
        removed = 0
        with self._writer(kind):
            for ends, pairs in pairs_of_ends(self._schema, kind, frame):
                statement = writes.relationship_removal(ends)
                removed += self._run(self._graph, kind, statement, parameter_rows(pairs, {}))
        return removed

    def mark(self, marker: Marker) -> None:
        """Note the version taken in. See `GraphStore`."""
        with self._writer("_Meta"):
            self._merge([], marker)

    def ask(self, name: str, **parameters: object) -> list[Row]:
        """Return the rows of a named question. Raises StoreError. See `GraphStore`."""
        return self.held().ask(name, **parameters)

    def held(self) -> EmbeddedView:
        """Return the graph as the last writer left it; waits for a writer only where none had been reading before."""
        self._was_read = True
        view = self._view
        if view is None or self._is_broken_off:
            with self._writing:
                self._restore()
                view = self._view = self._graph.freeze()
        return EmbeddedView(view, self._path, self._schema, self._queries, question_seconds=self._question_seconds)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Show readers what is written inside as one; broken off, all is as it was last saved.

        See `GraphStore`.
        """
        # Readers keep what they have until the end.
        self.held()
        self._is_hidden = True
        try:
            yield
        except BaseException:
            self._is_broken_off = True
            raise
        else:
            with self._writing:
                self._view = self._graph.freeze()
        finally:
            self._is_hidden = False

    def clear(self) -> None:
        """Begin an empty graph; the snapshot stays as it is until `save`. See `GraphStore`."""
        with self._writer("graph"):
            self._graph = kglite.KnowledgeGraph()
            self._known.forget()

    def dump_nodes(self, kind: str) -> pd.DataFrame:
        """Return all nodes of a kind. See `GraphStore`."""
        return self.held().dump_nodes(kind)

    def dump_relationships(self, kind: str) -> pd.DataFrame:
        """Return all relationships of a kind. See `GraphStore`."""
        return self.held().dump_relationships(kind)

    def save(self) -> None:
        """Write the snapshot aside and move it into place where anything is new; a crash leaves the old one whole."""
        if self._is_saved and self._lease is not None:
            return
        with self._writer("graph"):
            self._known.forget()
            write_snapshot(self._graph, self._path)
            self._is_saved = True

    def close(self) -> None:
        """Let go of the file. What was not saved is gone, and nothing more is written: another may hold the file."""
        with self._writing:
            self._is_closed = True
            self._give_back_lease()

    @contextmanager
    def _writer(self, kind: str, row_count: int = 0) -> Iterator[None]:
        """Let one writer at a time change the graph, and show readers the result. Translates the engine's errors.

        While a view is held, the engine copies what it changes, which makes a bulk load a tenth slower. So big frames
        do without one as long as nobody reads.
        """
        if self._lease is None:
            raise StoreError("read_only", path=self._path)
        with self._writing:
            if self._is_closed:
                raise StoreError("closed", path=self._path)
            self._restore()
            self._is_saved = False
            keeps_view = row_count < bulk.BULK_ROWS or self._was_read or self._is_hidden
            self._was_read = False
            if not keeps_view:
                self._view = None
            try:
                yield
            except kglite.KgError as error:
                raise StoreError("write_failed", kind=kind, reason=str(error), text="-") from error
            finally:
                if keeps_view and not self._is_hidden:
                    self._view = self._graph.freeze()

    def _restore(self) -> None:
        """Forget what was written by a write that broke off."""
        if self._is_broken_off and not self._is_hidden:
            self._known.forget()
            self._graph = read_snapshot(self._path, must_exist=False)
            self._is_broken_off, self._is_saved = False, True

    def _merge(self, batches: Sequence[Batch], marker: Marker | None) -> None:
        """Write the batches and the marker in one transaction. Raises StoreError("missing_end")."""
        if not batches and marker is None:
            return
        with self._graph.begin() as transaction:
            for batch in batches:
                written = self._run(transaction, batch.kind, batch.statement, batch.rows)
                if batch.ends is not None and written < len(batch.rows):
                    raise StoreError("missing_end", count=len(batch.rows) - written, **batch.ends._asdict())
            if marker is not None:
                values = {"table_name": marker.table_name, "version": marker.version}
                transaction.cypher(writes.MARK, params=values)

    def _run(
        self,
        target: kglite.KnowledgeGraph | kglite.Transaction,
        kind: str,
        statement: str,
        rows: Sequence[object],
    ) -> int:
        """Run a statement over `$rows`, so many at once, and return how many it wrote. Raises StoreError."""
        written = 0
        for start in range(0, len(rows), writes.BATCH_ROWS):
            try:
                found = target.cypher(statement, params={"rows": list(rows[start : start + writes.BATCH_ROWS])})
            except kglite.KgError as error:
                raise StoreError("write_failed", kind=kind, reason=str(error), text=statement) from error
            written += rows_of(found)[0]["written"]
        return written

    def _fetch_ids(self, kind: str) -> pa.Array:
        found = self._graph.cypher(writes.id_list(kind), to_df=True)
        ids = found["id"] if isinstance(found, pd.DataFrame) and len(found) else pd.Series([], dtype="str")
        return bulk.as_array(ids)

    def _warm_up(self) -> None:
        """Ask for one node of every kind, so that the first reader does not wait for the engine to list its ids."""
        counts, view = self._graph.node_type_counts(), self.held()
        for kind in node_kinds_of_graph(self._schema):
            if counts.get(kind, 0):
                view.read(kind, f"MATCH (n:{kind} {{id: $id}}) RETURN n.id AS id", {"id": ""})

    def _give_back_lease(self) -> None:
        if self._lease is not None:
            self._lease.give_back()
