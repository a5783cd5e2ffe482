"""A ledger in which feeds tell facts on given days, and the history that comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from analysis.history.entries import Axis, Ordering
from analysis.history.parts import HistoryEntry
from analysis.page import Page
from analysis.questions.history import HistoryAnswer, HistoryAsked, history
from analysis.subject import Subject
from graph_schema import Schema
from ledger import Ledger, LoadRecord
from ledger.records import ALL_LOADS_SCHEMA

Rows = Sequence[Mapping[str, object]]
LAST_DAY = date(2024, 12, 31)


class MemoryLedger(Ledger):
    """A ledger in memory, as quick as tests want it; `tests/analysis/fetch/test_history.py` holds it to a real one."""

    def __init__(self, schema: Schema) -> None:
        super().__init__(Path("nowhere"), schema)
        self._tables: dict[str, list[pa.Table]] = {}
        self._counted: list[dict[str, object]] = []

    def begin(self, feed: str, at: datetime) -> str:
        return f"load-{len(self._counted):03d}"

    def write(self, record: LoadRecord, tables: Mapping[str, pa.Table]) -> None:
        for kind, table in tables.items():
            self._tables.setdefault(kind, []).append(table)
        counted = {"load_id": record.load_id, "feed": record.feed, "sequence": len(self._counted), "withdrawn_at": None}
        self._counted.append({**counted, "why": None})

    def take_back(self, load_id: str, at: datetime, why: str) -> None:
        for event in self._counted:
            if event["load_id"] == load_id:
                event.update(withdrawn_at=at, why=why)

    def all_loads(self) -> pa.Table:
        return pa.Table.from_pylist(self._counted, schema=ALL_LOADS_SCHEMA)

    def facts(
        self,
        table_name: str,
        *,
        as_of: datetime | None = None,
        columns: Sequence[str] | None = None,
        loads_version: int | None = None,
        where: Mapping[str, Sequence[str]] | None = None,
    ) -> pa.Table:
        names = columns or self.arrow_schema(table_name).names
        whole = self.stored_facts(table_name, columns=self.arrow_schema(table_name).names, where=where or {})
        standing = [event["load_id"] for event in self._counted if event["withdrawn_at"] is None]
        return whole.filter(pc.is_in(whole["load_id"], value_set=pa.array(standing, pa.string()))).select(names)

    def stored_facts(
        self,
        table_name: str,
        *,
        columns: Sequence[str],
        where: Mapping[str, Sequence[str]],
        where_any: Mapping[str, Sequence[str | None]] | None = None,
    ) -> pa.Table:
        # History asks by `where` alone.
        assert where_any is None
        whole = pa.concat_tables([self.arrow_schema(table_name).empty_table(), *self._tables.get(table_name, [])])
        for name, values in where.items():
            whole = whole.filter(pc.is_in(whole[name], value_set=pa.array(values, pa.string())))
        return whole.select(list(columns))


class DiskLedger(Ledger):
    """A real ledger, written as `MemoryLedger` is."""

    def begin(self, feed: str, at: datetime) -> str:
        with self.writing() as writer:
            return writer.begin(feed=feed, started_at=at)

    def write(self, record: LoadRecord, tables: Mapping[str, pa.Table]) -> None:
        with self.writing() as writer:
            load_id = writer.begin(feed=record.feed, started_at=record.started_at)
            for kind, table in tables.items():
                ids = pa.array([load_id] * len(table), pa.string())
                writer.append(load_id, kind, table.set_column(table.schema.get_field_index("load_id"), "load_id", ids))
            writer.count(replace(record, load_id=load_id))

    def take_back(self, load_id: str, at: datetime, why: str) -> None:
        with self.writing() as writer:
            writer.withdraw(load_id, at, why)


class Told:
    """A ledger and a household in it, h1 unless a question names another."""

    def __init__(self, ledger: MemoryLedger | DiskLedger, schema: Schema) -> None:
        self.schema = schema
        self.ledger = ledger

    def tell(self, feed: str, day: date, *, is_made_up: bool = False, **kinds: Rows) -> str:
        """Let a feed tell rows of several kinds at eight o'clock of a day; return the load."""
        return self.tell_rows(feed, day, kinds, is_made_up=is_made_up)

    def tell_rows(self, feed: str, day: date, kinds: Mapping[str, Rows], *, is_made_up: bool = False) -> str:
        """Let a feed tell rows by kind, as `tell`."""
        at = datetime.combine(day, time(8), UTC)
        load_id = self.ledger.begin(feed, at)
        tables = {kind: self._table(kind, rows, feed, load_id, at, is_made_up) for kind, rows in kinds.items()}
        self.ledger.write(self._record(load_id, feed, at, sum(map(len, kinds.values())), is_made_up), tables)
        return str(self.ledger.all_loads()["load_id"][-1].as_py())

    def take_back(self, load_id: str, day: date, why: str = "wrong file") -> None:
        """Withdraw a load at nine o'clock of a day."""
        self.ledger.take_back(load_id, datetime.combine(day, time(9), UTC), why)

    def answer(
        self,
        household_id: str = "h1",
        *,
        day: date = LAST_DAY,
        by: Axis = "recorded",
        between: tuple[date | None, date | None] = (None, None),
        page: Page | None = None,
        show_sensitive: bool = False,
    ) -> HistoryAnswer:
        """Return the history of a household."""
        asked = HistoryAsked(Ordering(by, *between), page or Page(1000), show_sensitive)
        return history(self.ledger, self.schema, Subject("Household", household_id), day=day, asked=asked)

    def texts(self, household_id: str = "h1", *, by: Axis = "recorded", show_sensitive: bool = False) -> list[str]:
        """Return the day and the English sentence of every entry."""
        answer = self.answer(household_id, by=by, show_sensitive=show_sensitive)
        return [f"{_day(answer, entry)} {entry.feed}: {entry.text_en}" for entry in answer.entries]

    def _table(self, kind: str, rows: Rows, feed: str, load_id: str, at: datetime, is_made_up: bool) -> pa.Table:
        schema = self.ledger.arrow_schema(kind)
        origin = {"feed": feed, "load_id": load_id, "recorded_at": at, "is_made_up": is_made_up}
        whole = [{"source_row": line, **origin, **row} for line, row in enumerate(rows, start=2)]
        unknown = {name for row in whole for name in row} - set(schema.names)
        assert not unknown, f"{kind} has no column {unknown}"
        return pa.Table.from_pylist(whole, schema=schema)

    @staticmethod
    def _record(load_id: str, feed: str, at: datetime, count: int, is_made_up: bool) -> LoadRecord:
        return LoadRecord(
            load_id=load_id,
            feed=feed,
            file_name=f"{feed}.csv",
            file_hash=load_id,
            mapping_version=None,
            read_count=count,
            accepted_count=count,
            rejected_count=0,
            started_at=at,
            finished_at=at,
            is_made_up=is_made_up,
        )


def household(household_id: str = "h1", **values: object) -> dict[str, object]:
    """Return a household of four that lives here, unless it says otherwise."""
    return {"id": household_id, "member_count": 4, "household_status": "active", **values}


def stay(person: str, household_id: str, since: date, role: str = "child", **values: object) -> dict[str, object]:
    """Return a stay of a person in a household."""
    ends = {"person_id": person, "household_id": household_id, "starts_on": since}
    return {"id": f"{person}-{household_id}-{since}", **ends, "member_role": role, "has_shared_budget": True, **values}


def _day(answer: HistoryAnswer, entry: HistoryEntry) -> date:
    return entry.world_on if answer.by == "world" and entry.world_on is not None else entry.recorded_on
