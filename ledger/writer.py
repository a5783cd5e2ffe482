"""Whoever holds the lock: begins loads, appends their facts, makes them count, takes them back."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from logging import getLogger
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.tables import HasFactTables
from ledger import delta
from ledger.casting import CheckedRows
from ledger.errors import LedgerError, LoadConflict, NotInLedger
from ledger.format import has_format
from ledger.read import EventReader
from ledger.records import (
    EVENTS_SCHEMA,
    LOADS_TABLE,
    LoadRecord,
    counted_event,
    counting_loads,
    last_sequence,
    loads_with_withdrawals,
    with_zone,
    withdrawn_event,
)
from ledger.tables import always_filled, arrow_schema, fact_table

logger = getLogger(__name__)


class Writer:
    """Appends to the ledger while the lock is held; `Ledger.writing` hands it out and closes it.

    Every call raises `folder_gone` where the data folder is not there any more.
    """

    def __init__(self, root: Path, schema: HasFactTables, events: EventReader) -> None:
        self._root = root
        self._schema = schema
        self._event_reader = events
        # Nobody else appends while the lock is held, so these stay the newest.
        self._known = events.events()
        self._begun: set[str] = set()
        self._is_open = True

    def begin(self, *, feed: str, started_at: datetime) -> str:
        """Return a new load id. Ids sort by the instant of their start, then by the order of beginning."""
        self._check_open()
        instant = with_zone(started_at).astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        number = last_sequence(self._known) + 1 + len(self._begun)
        # The last part keeps the id of a load that died from being handed out again.
        load_id = f"{instant}-{number:06d}-{feed}-{secrets.token_hex(4)}"
        self._begun.add(load_id)
        return load_id

    def append(self, load_id: str, table_name: str, batches: pa.RecordBatchReader | pa.Table) -> int:
        """Write the facts of a load for one table as one commit, and return how many the load has there.

        They do not count before `count`. A second call for the same load and table writes nothing. Raises
        `FactsRefused` where the rows do not have the form of the table, and then nothing is written.
        """
        self._check_open()
        self._check_not_counted(load_id)
        self._check_begun(load_id)
        table = fact_table(self._schema, table_name)
        schema, folder = arrow_schema(table), self._root / table.snake_name
        rows = CheckedRows(table_name, schema, filled=always_filled(table), load_id=load_id)
        stream = rows.reader(batches)
        try:
            is_new = delta.append(folder, schema, stream, transaction=load_id)
        except LedgerError:
            if rows.fault is not None:
                raise rows.fault from None
            raise
        if not is_new:
            only_id = pa.schema([schema.field("load_id")])
            return delta.count(folder, only_id, pc.field("load_id") == load_id)
        logger.info("facts appended", extra={"load_id": load_id, "table": table_name, "rows": rows.rows})
        return rows.rows

    def count(self, record: LoadRecord) -> None:
        """Make the load count: the one commit point over all its tables. Raises `load_already_counted`."""
        self._check_open()
        self._check_not_counted(record.load_id)
        self._check_begun(record.load_id)
        event = counted_event(record, last_sequence(self._known) + 1)
        self._append_event(event, f"counted:{record.load_id}")
        self._begun.discard(record.load_id)
        logger.info("load counts", extra={"load_id": record.load_id, "feed": record.feed})

    def withdraw(self, load_id: str, at: datetime, why: str) -> None:
        """Take a load back from `at` on; nothing is deleted. Raises `unknown_load` or `load_already_withdrawn`."""
        self._check_open()
        if load_id not in loads_with_withdrawals(self._known)["load_id"].to_pylist():
            raise NotInLedger("unknown_load", load_id=load_id)
        if load_id not in counting_loads(self._known)["load_id"].to_pylist():
            raise LoadConflict("load_already_withdrawn", load_id=load_id)
        event = withdrawn_event(load_id, at=at, why=why, sequence=last_sequence(self._known) + 1)
        self._append_event(event, f"withdrawn:{load_id}")
        logger.info("load withdrawn", extra={"load_id": load_id})

    def close(self) -> None:
        """Let nothing be written any more; called when the lock is given back."""
        self._is_open = False

    def _append_event(self, event: pa.Table, transaction: str) -> None:
        delta.append(self._root / LOADS_TABLE, EVENTS_SCHEMA, event.to_reader(), transaction=transaction)
        self._known = self._event_reader.events()

    def _check_open(self) -> None:
        if not self._is_open:
            raise LoadConflict("lock_released")
        if not has_format(self._root.parent):
            # A table would be made anew there, and count without the facts and the key that were there before.
            raise LedgerError("folder_gone", folder=self._root.parent)

    def _check_begun(self, load_id: str) -> None:
        if load_id not in self._begun:
            raise NotInLedger("unknown_load", load_id=load_id)

    def _check_not_counted(self, load_id: str) -> None:
        if load_id in loads_with_withdrawals(self._known)["load_id"].to_pylist():
            raise LoadConflict("load_already_counted", load_id=load_id)
