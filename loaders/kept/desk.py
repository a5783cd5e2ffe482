"""Where people enter what they agree, and what the ledger holds of it: under its lock nobody adds to it meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from graph_schema import Schema
from graph_schema.tables import FACT_COLUMNS
from ledger import Ledger
from loaders.facts import CODE_JOINT, facts_frame
from loaders.projection.absences import ABSENCE
from loaders.projection.views import Views
from policy import Policy

Row = dict[str, object]
UNREAD = "quality"
A_MOMENT = timedelta(microseconds=1)
# More values than this are looked up by reading the table once.
MOST_VALUES = 1000


@dataclass(frozen=True)
class Desk:
    """Where something is entered: ledger, vocabulary and policy; when it is recorded, and the day it speaks of.

    `wait_seconds`: how long to wait for another process that writes; LedgerLocked after it.
    """

    ledger: Ledger
    schema: Schema
    policy: Policy
    recorded_at: datetime
    day: date
    wait_seconds: float = 0.0


@dataclass(frozen=True)
class Told:
    """What is held of some things of one kind, and when the last of it was recorded, None where nothing was."""

    rows: tuple[Row, ...]
    recorded_at: datetime | None


def told(desk: Desk, kind: str, column: str, values: Collection[str]) -> Told:
    """Return what the feeds hold of the things of a kind with one of these values in a column, by id.

    What was entered for a later day counts too: it must not be promised a second time.
    """
    names = [entry.name for entry in desk.schema.fact_table(kind).columns]
    wanted = [*names, *(entry.name for entry in FACT_COLUMNS if entry.name != UNREAD)]
    chosen = {*values}
    facts = facts_frame(desk.ledger.facts(kind, columns=wanted, where=_few(column, chosen)))
    facts = facts[facts[column].isin(chosen)].reset_index(drop=True)
    if facts.empty:
        return Told((), None)
    begins = facts["valid_from"].dropna()
    day = desk.day if begins.empty else max(desk.day, begins.max().date())

    def read(table_name: str, columns: Sequence[str]) -> pd.DataFrame:
        if table_name == kind:
            return facts[list(columns)]
        where = {"absent_kind": [kind]} if table_name == ABSENCE else None
        return facts_frame(desk.ledger.facts(table_name, columns=list(columns), where=where))

    rows = Views(read, desk.schema, desk.policy, day).rows(kind)
    columns = {str(name): [_plain(value) for value in rows[name].tolist()] for name in rows.columns}
    found = tuple(dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    return Told(found, facts["recorded_at"].max().to_pydatetime())


def ever_named(desk: Desk, kind: str, column: str, values: Collection[str]) -> frozenset[str]:
    """Return the ids that things of a kind with one of these values ever had, of those taken back too."""
    chosen = {*values}
    ever = desk.ledger.stored_facts(kind, columns=["id", column], where=_few(column, chosen) or {}).to_pylist()
    return frozenset(str(fact["id"]) for fact in ever if fact[column] in chosen)


def recorded_after(desk: Desk, *before: Told) -> datetime:
    """Return the instant to record with: that of the desk, or one just after what it follows on.

    Who had to wait for the lock began earlier than who held it, and would otherwise be taken for the older word.
    """
    instants = [each.recorded_at + A_MOMENT for each in before if each.recorded_at is not None]
    return max([desk.recorded_at, *instants])


def number(row: Row, name: str) -> float:
    """Return the number in a column, 0 where there is none."""
    value = row[name]
    return float(value) if isinstance(value, int | float) else 0.0


def codes_in(row: Row, name: str) -> tuple[str, ...]:
    """Return the codes in a column that holds several, none where it is empty."""
    return tuple(code for code in str(row[name] or "").split(CODE_JOINT) if code)


def day_of(row: Row, name: str) -> date:
    """Return the day in a column that is always filled."""
    value = row[name]
    if not isinstance(value, date):
        raise TypeError(f"{name} of a fact is a day")
    return value


def holds(row: Row, day: date) -> bool:
    """Return whether something with a first and a last day, where it has them, holds on a day."""
    starts_on, ends_on = row["starts_on"], row["ends_on"]
    begun = not isinstance(starts_on, date) or starts_on <= day
    return begun and not (isinstance(ends_on, date) and ends_on < day)


def _few(column: str, values: set[str]) -> dict[str, list[str]] | None:
    return {column: sorted(values)} if len(values) <= MOST_VALUES else None


def _plain(value: object) -> object:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime() if value.tzinfo is not None else value.date()
    return value
