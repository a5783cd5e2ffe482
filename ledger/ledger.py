"""The ledger of one data folder: what was said, by whom and when."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from logging import getLogger
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.tables import HasFactTables
from ledger import delta
from ledger.compact import CompactReport, compact_tables
from ledger.erase import ASIDE_FOLDER, erase_rows, finish_erasure, is_unfinished
from ledger.erasure_plan import Erasure, ErasurePlan, plan_erasure
from ledger.errors import ErasureUnderWay, LedgerError, LedgerLocked, NoLedger
from ledger.format import check_format, has_format, write_format
from ledger.lock import Holder, write_lock
from ledger.read import EventReader, Wanted, facts_of_loads, stored_facts
from ledger.records import counting_loads, erasures, events_until, last_sequence, loads_with_withdrawals
from ledger.tables import arrow_schema, chosen_schema, fact_table
from ledger.writer import Writer

TABLES_FOLDER = "ledger"
# A reader waits for an erasure only while tables change places, which takes well under a second.
ERASURE_WAIT_SECONDS, ERASURE_POLL_SECONDS = 60.0, 0.05

logger = getLogger(__name__)


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
                raise NoLedger("no_ledger", folder=folder)
            write_format(folder)
        check_format(folder)
        ledger = cls(folder, schema)
        if is_unfinished(folder):
            # Whoever holds the lock is at it.
            with suppress(LedgerLocked), ledger.writing():
                logger.info("erasure brought to its end")
        return ledger

    @contextmanager
    def writing(
        self, wait_seconds: float = 0.0, *, on_wait: Callable[[Holder], None] | None = None
    ) -> Iterator[Writer]:
        """Hold the one lock of the folder, and hand out what appends.

        `on_wait` is told who holds the lock where it must be waited for. Raises `locked` after `wait_seconds`.
        """
        with write_lock(self.folder, wait_seconds=wait_seconds, on_wait=on_wait):
            finish_erasure(self.folder, self._root, self._events)
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
        where: Mapping[str, Sequence[str]] | None = None,
    ) -> pa.Table:
        """Return the facts of a table that count, sorted by load id and source row.

        With `as_of`, those known at that instant: their load was counted and not withdrawn by then, and they were
        recorded by then. With `loads_version`, those that counted when the ledger had that version. With `where`, those
        that hold in each named text column one of its values, such as `{"household_id": [id]}`; quick for the column
        that a compacted table is sorted by. Raises `unknown_table`, `wrong_columns` or `broken_ledger`.
        """
        table = fact_table(self.schema, table_name)
        schema = arrow_schema(table)
        chosen_schema(table_name, schema, list(where or ()))
        wanted = Wanted(chosen_schema(table_name, schema, columns), as_of, where or {})

        def read() -> pa.Table:
            known = events_until(self._events.events(), as_of=as_of, loads_version=loads_version)
            load_ids = counting_loads(known)["load_id"].to_pylist()
            return facts_of_loads(self._root / table.snake_name, schema, load_ids, wanted=wanted)

        return self._undisturbed(read)

    def stored_facts(
        self,
        table_name: str,
        *,
        columns: Sequence[str],
        where: Mapping[str, Sequence[str]],
        where_any: Mapping[str, Sequence[str | None]] | None = None,
    ) -> pa.Table:
        """Return the facts that `where` selects as in `facts`, also of loads that do not count, in no certain order.

        With `where_any`, those that hold in one of its text columns one of its values; None is a column without value.
        For the care of the ledger and for history, which tells also what was taken back. Whoever makes a graph of them
        first leaves out what does not count.
        """
        table = fact_table(self.schema, table_name)
        chosen_schema(table_name, arrow_schema(table), list(where_any or ()))
        wanted = Wanted(chosen_schema(table_name, arrow_schema(table), columns), where=where, where_any=where_any or {})
        return self._undisturbed(lambda: stored_facts(self._root / table.snake_name, wanted))

    def has_facts(self, table_name: str) -> bool:
        """Return whether facts were ever written to a table; quick, where they need not be read."""
        return self.table_version(table_name) >= 0

    def table_version(self, table_name: str) -> int:
        """Return a number that is another one after anything was written to a table, -1 for one never written to."""
        return delta.version(self._root / fact_table(self.schema, table_name).snake_name)

    def erasures(self) -> pa.Table:
        """Return every erasure in order: `sequence`, `recorded_at`, `why`, and `erased_count`, how many rows went."""
        return erasures(self._events.events())

    def is_erased_since(self, version: int) -> bool:
        """Return whether facts were erased after that version, so that what it held cannot be read any more."""
        return last_sequence(self.erasures()) > version

    def compact(self, *, wait_seconds: float = 0.0, on_wait: Callable[[Holder], None] | None = None) -> CompactReport:
        """Join the files of every table, sort them by household, and remove what no reader needs; say what came of it.

        Facts, versions and readers are left alone, and what is in order already is not rewritten. Killed at any moment
        it has done part of it or nothing. Raises `locked` or `care_failed`.
        """
        with self.writing(wait_seconds, on_wait=on_wait):
            return compact_tables(self._root, self.folder / ASIDE_FOLDER)

    def plan_erasure(self, erasure: Erasure) -> ErasurePlan:
        """Return what `erase` would take, also of loads that do not count; nothing is changed."""
        return plan_erasure(self._root, self.schema, erasure)

    def erase(
        self,
        erasure: Erasure,
        *,
        at: datetime,
        wait_seconds: float = 0.0,
        on_wait: Callable[[Holder], None] | None = None,
    ) -> ErasurePlan:
        """Take rows out of every table for good, note in `loads` that it was done, and return what went.

        Raises `nothing_to_erase`, `locked`, or `care_failed`, after which nothing has happened or the next opening of
        the ledger brings it to its end.
        """
        with self.writing(wait_seconds, on_wait=on_wait):
            return erase_rows(self.folder, self._root, self.schema, erasure, at=at)

    def _undisturbed(self, read: Callable[[], pa.Table]) -> pa.Table:
        """Return what is read while no table changes its place; read again where one did in the meantime."""
        deadline = time.monotonic() + ERASURE_WAIT_SECONDS
        while True:
            self._await_erasure(deadline)
            before = self.erasures().num_rows
            try:
                found = read()
            except LedgerError:
                if self._is_quiet(before):
                    raise
                continue
            if self._is_quiet(before):
                return found

    def _is_quiet(self, before: int) -> bool:
        return not is_unfinished(self.folder) and self.erasures().num_rows == before

    def _await_erasure(self, deadline: float) -> None:
        while is_unfinished(self.folder):
            if time.monotonic() > deadline:
                raise ErasureUnderWay("erasure_under_way", folder=self.folder)
            # Where whoever began it has died, this brings it to its end.
            with suppress(LedgerLocked), self.writing(ERASURE_POLL_SECONDS):
                logger.info("erasure brought to its end")
