"""The ledger of one data folder: what was said, by whom and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.tables import HasFactTables
from ledger.errors import LedgerError
from ledger.format import check_format, has_format, write_format
from ledger.lock import write_lock
from ledger.read import EventReader, facts_of_loads
from ledger.records import counting_loads, events_until, last_sequence, loads_with_withdrawals
from ledger.tables import arrow_schema, chosen_schema, fact_table
from ledger.writer import Writer

TABLES_FOLDER = "ledger"


class Ledger:
    """Facts of one data folder; made by `Ledger.open`. May be read while another process writes."""

    def __init__(self, folder: Path, schema: HasFactTables) -> None:
        self.folder = folder
        self.schema = schema
        self._root = folder / TABLES_FOLDER
        self._events = EventReader(self._root)

    @classmethod
    def open(cls, folder: Path, schema: HasFactTables, *, create: bool = True) -> Ledger:
        """Return the ledger of a data folder, made if it is not there and `create` is true.

        Raises `no_ledger`, `folder_not_writable`, `newer_format` or `unknown_format`.
        """
        if not has_format(folder):
            if not create:
                raise LedgerError("no_ledger", folder=folder)
            write_format(folder)
        check_format(folder)
        return cls(folder, schema)

    @contextmanager
    def writing(self, wait_seconds: float = 0.0) -> Iterator[Writer]:
        """Hold the one lock of the folder, and hand out what appends. Raises `locked` after `wait_seconds`."""
        with write_lock(self.folder, wait_seconds=wait_seconds):
            writer = Writer(self._root, self.schema, self._events)
            try:
                yield writer
            finally:
                writer.close()

    @property
    def version(self) -> int:
        """Return the number of the last event (a load counted or withdrawn), -1 when there is none.

        It grows by one with each event and is not touched by compaction.
        """
        return last_sequence(self._events.events())

    def version_at(self, as_of: datetime) -> int:
        """Return the number of the last event that was recorded until `as_of`, -1 when there is none."""
        return last_sequence(events_until(self._events.events(), as_of=as_of))

    def loads(self, as_of: datetime | None = None) -> pa.Table:
        """Return every load that counts at `as_of`, now if None, in the order they were counted.

        Columns as in `records.LOADS_SCHEMA`.
        """
        return counting_loads(events_until(self._events.events(), as_of=as_of))

    def loads_at_version(self, version: int) -> pa.Table:
        """Return every load that counted when the ledger had that version, in the order they were counted."""
        return counting_loads(events_until(self._events.events(), loads_version=version))

    def all_loads(self) -> pa.Table:
        """Return every load ever counted, in order, with `withdrawn_at` and `why` where it was withdrawn."""
        return loads_with_withdrawals(self._events.events())

    def load_with_hash(self, feed: str, file_hash: str) -> str | None:
        """Return the id of the last load that counts and took in this content for this feed, or None."""
        loads = self.loads()
        same = loads.filter(pc.and_(pc.equal(loads["feed"], feed), pc.equal(loads["file_hash"], file_hash)))
        return same["load_id"][-1].as_py() if same.num_rows else None

    def arrow_schema(self, table_name: str) -> pa.Schema:
        """Return the columns of a table, fact columns included. Raises `unknown_table`."""
        return arrow_schema(fact_table(self.schema, table_name))

    def facts(
        self,
        table_name: str,
        *,
        as_of: datetime | None = None,
        columns: Sequence[str] | None = None,
        loads_version: int | None = None,
    ) -> pa.Table:
        """Return the facts of a table that count, sorted by load id and source row.

        With `as_of`, those known at that instant: their load was counted and not withdrawn by then, and they were
        recorded by then. With `loads_version`, those that counted when the ledger had that version. Raises
        `unknown_table`, `wrong_columns` or `broken_ledger`.
        """
        table = fact_table(self.schema, table_name)
        schema = arrow_schema(table)
        wanted = chosen_schema(table_name, schema, columns)
        known = events_until(self._events.events(), as_of=as_of, loads_version=loads_version)
        load_ids = counting_loads(known)["load_id"].to_pylist()
        return facts_of_loads(self._root / table.snake_name, schema, load_ids, wanted=wanted, as_of=as_of)
