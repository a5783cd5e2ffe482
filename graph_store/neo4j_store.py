"""The store on a Neo4j server, through its official driver. Only this module and `neo4j_errors` know the driver."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from logging import getLogger

import pandas as pd
from neo4j import Auth, GraphDatabase, ManagedTransaction, Session, basic_auth, unit_of_work
from neo4j.exceptions import DriverError, Neo4jError
from neo4j.time import Date, DateTime

from graph_schema import Schema
from graph_schema.meta import PropertyType
from graph_store import writes
from graph_store.asking import checked_parameters, checked_rows, query_named
from graph_store.ddl import ddl_statements, node_kinds_of_graph, relationship_kinds_of_graph
from graph_store.deadline import seconds_for, told_seconds
from graph_store.errors import StoreError
from graph_store.frames import (
    END_COLUMNS,
    dumped_frame,
    last_of_each,
    node_frame,
    pairs_of_ends,
    parameter_rows,
    property_types,
    relationships_between,
    told_columns,
)
from graph_store.neo4j_errors import ServerAddress, connection_fault, question_fault, writing_fault
from graph_store.protocol import Engine, Marker, Row
from graph_store.queries import Query
from graph_store.writes import Ends

logger = getLogger(__name__)

_RETRY_SECONDS = 2
"""How long a transaction is tried again. Together with the connection this answers within 5 seconds."""

_CLEARED_AT_ONCE = 10_000


class Neo4jStore:
    """A graph on a server. Use `graph_store.open_store`."""

    engine: Engine = "neo4j"

    def __init__(
        self, address: ServerAddress, schema: Schema, queries: Mapping[str, Query], *, question_seconds: float
    ) -> None:
        self._address = address
        self._schema = schema
        self._queries = queries
        self._question_seconds = question_seconds
        try:
            self._driver = GraphDatabase.driver(
                address.url,
                auth=_login(address),
                connection_timeout=address.connect_seconds,
                connection_acquisition_timeout=address.connect_seconds + 1,
                max_transaction_retry_time=_RETRY_SECONDS,
                notifications_min_severity="OFF",
            )
        except (DriverError, ValueError) as error:
            raise StoreError("bad_url", url=address.url) from error
        # Whatever one call wrote, the next one sees, also where several servers form one database.
        self._bookmarks = GraphDatabase.bookmark_manager()
        try:
            with self._session() as session:
                session.run("RETURN 1 AS one").consume()
        except (DriverError, Neo4jError) as error:
            self._driver.close()
            raise connection_fault(error, address) or question_fault(error, "RETURN 1", "", 0) from error

    def apply_schema(self) -> None:
        """Declare unique ids and the indexes. See `GraphStore`."""
        for statement in ddl_statements(self._schema):
            self._write("schema", statement, {})
        self._write("schema", "CALL db.awaitIndexes(300)", {})

    def merge_nodes(self, kind: str, frame: pd.DataFrame, marker: Marker | None = None) -> int:
        """Write nodes, 5,000 a transaction, the marker with the last. See `GraphStore`."""
        checked = last_of_each(node_frame(self._schema, kind, frame), ("id",))
        types = property_types(self._schema, kind)
        told = told_columns(checked, types)
        parts = _batches(told)
        for number, part in enumerate(parts, start=1):
            own = marker if number == len(parts) else None
            statement = writes.node_upsert(kind, types, list(told.columns), with_marker=own is not None)
            self._write(kind, statement, {"rows": parameter_rows(part, types), **_marker_values(own)})
        if not parts and marker is not None:
            self.mark(marker)
        return len(checked)

    def merge_relationships(self, kind: str, frame: pd.DataFrame, marker: Marker | None = None) -> int:
        """Write relationships, 5,000 a transaction, the marker with the last. See `GraphStore`."""
        types = property_types(self._schema, kind)
        parts = [
            (ends, part)
            for ends, given in relationships_between(self._schema, kind, frame)
            for part in _batches(told_columns(last_of_each(given, ("from_id", "to_id")), types))
        ]
        written = 0
        for number, (ends, part) in enumerate(parts, start=1):
            own = marker if number == len(parts) else None
            statement = writes.relationship_upsert(ends, types, list(part.columns), with_marker=own is not None)
            values = {"rows": parameter_rows(part, types), **_marker_values(own)}
            written += self._write(kind, statement, values, ends=ends)
        if not parts and marker is not None:
            self.mark(marker)
        return written

    def remove_nodes(self, kind: str, ids: Sequence[str]) -> int:
        """Remove nodes with their relationships. See `GraphStore`."""
        property_types(self._schema, kind)
        distinct = pd.DataFrame({"id": list(dict.fromkeys(ids))})
        return sum(
            self._write(kind, writes.node_removal(kind), {"rows": part["id"].tolist()}) for part in _batches(distinct)
        )

    def remove_relationships(self, kind: str, frame: pd.DataFrame) -> int:
        """Remove relationships by their ends. See `GraphStore`."""
        removed = 0
        for ends, pairs in pairs_of_ends(self._schema, kind, frame):
            for part in _batches(pairs):
                removed += self._write(kind, writes.relationship_removal(ends), {"rows": parameter_rows(part, {})})
        return removed

    def mark(self, marker: Marker) -> None:
        """Note the version taken in. See `GraphStore`."""
        self._write("_Meta", writes.MARK, _marker_values(marker))

    def ask(self, name: str, **parameters: object) -> list[Row]:
        """Return the rows of a named question. Raises StoreError. See `GraphStore`."""
        query = query_named(self._queries, name)
        values = checked_parameters(query, parameters)
        started = time.perf_counter()
        dated = [field.name for field in query.columns if field.type in ("day", "instant")]
        columns, rows = self._read(query.name, query.text, values, dated)
        logger.debug("asked %s rows=%d seconds=%.4f", name, len(rows), time.perf_counter() - started)
        return checked_rows(query, columns, rows)

    def held(self) -> None:
        """Return nothing: a server shows every transaction as soon as it is written. See `GraphStore`."""

    def at_once(self) -> AbstractContextManager[None]:
        """Do nothing: each batch is seen as it is written. See `GraphStore`."""
        return nullcontext()

    def clear(self) -> None:
        """Remove the markers first, so that a half-cleared graph is known as such, then our kinds. See `GraphStore`."""
        present = {row["kind"] for row in self.ask("upkeep/counts")}
        self._remove_all("_Meta", writes.removal_of_all("_Meta"))
        for kind in relationship_kinds_of_graph(self._schema):
            if kind in present:
                self._remove_all(kind, writes.relationship_removal_of_all(kind))
        for kind in node_kinds_of_graph(self._schema):
            if kind in present:
                self._remove_all(kind, writes.removal_of_all(kind))

    def dump_nodes(self, kind: str) -> pd.DataFrame:
        """Return all nodes of a kind. See `GraphStore`."""
        types = property_types(self._schema, kind)
        _, rows = self._read(kind, writes.node_dump(kind, types), {}, _dated(types))
        return dumped_frame(("id",), types, rows)

    def dump_relationships(self, kind: str) -> pd.DataFrame:
        """Return all relationships of a kind. See `GraphStore`."""
        types = property_types(self._schema, kind)
        found: list[Row] = []
        for from_kind in self._schema.relationship_kind(kind).from_kinds:
            for to_kind in self._schema.relationship_kind(kind).to_kinds:
                text = writes.relationship_dump(Ends(kind, from_kind, to_kind), types)
                _, rows = self._read(kind, text, {}, _dated(types))
                found += [{"from_kind": from_kind, "to_kind": to_kind, **row} for row in rows]
        return dumped_frame(END_COLUMNS, types, found)

    def save(self) -> None:
        """Do nothing: the server keeps every transaction. See `GraphStore`."""

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def _session(self) -> Session:
        return self._driver.session(database=self._address.database, bookmark_manager=self._bookmarks)

    def _read(
        self, name: str, text: str, values: Mapping[str, object], dated: Sequence[str]
    ) -> tuple[list[str], list[Row]]:
        @unit_of_work(timeout=seconds_for(name, self._question_seconds))
        def work(transaction: ManagedTransaction) -> tuple[list[str], list[Row]]:
            # The text is a delivered file or derived from the schema, never a user's.
            result = transaction.run(text, values)  # type: ignore[arg-type]
            columns = list(result.keys())
            return columns, [dict(zip(columns, record, strict=True)) for record in result.values()]

        try:
            with self._session() as session:
                columns, rows = session.execute_read(work)
        except (DriverError, Neo4jError) as error:
            fault = connection_fault(error, self._address)
            raise fault or question_fault(error, name, text, told_seconds(self._question_seconds)) from error
        for column in dated:
            for row in rows:
                row[column] = _native(row[column])
        return columns, rows

    def _write(self, kind: str, text: str, values: Mapping[str, object], *, ends: Ends | None = None) -> int:
        """Run a statement in a transaction and return how many rows it wrote; undo it if an end is missing."""

        def work(transaction: ManagedTransaction) -> int:
            record = transaction.run(text, values).single()  # type: ignore[arg-type]
            written = int(record["written"]) if record is not None else 0
            rows = values.get("rows")
            if ends is not None and isinstance(rows, list) and written < len(rows):
                raise StoreError("missing_end", count=len(rows) - written, **ends._asdict())
            return written

        try:
            with self._session() as session:
                return session.execute_write(work)
        except (DriverError, Neo4jError) as error:
            raise connection_fault(error, self._address) or writing_fault(error, kind, text) from error

    def _remove_all(self, kind: str, text: str) -> None:
        while self._write(kind, text, {"limit": _CLEARED_AT_ONCE}):
            logger.debug("cleared a batch of %s", kind)


def _login(address: ServerAddress) -> Auth | None:
    if address.password is None:
        return None
    return basic_auth(address.user or "neo4j", address.password.get_secret_value())


def _batches(frame: pd.DataFrame) -> list[pd.DataFrame]:
    return [frame.iloc[start : start + writes.BATCH_ROWS] for start in range(0, len(frame), writes.BATCH_ROWS)]


def _marker_values(marker: Marker | None) -> dict[str, object]:
    return {} if marker is None else {"table_name": marker.table_name, "version": marker.version}


def _dated(types: Mapping[str, PropertyType]) -> list[str]:
    return [name for name, of_type in types.items() if of_type in (PropertyType.DAY, PropertyType.INSTANT)]


def _native(value: object) -> object:
    return value.to_native() if isinstance(value, Date | DateTime) else value
