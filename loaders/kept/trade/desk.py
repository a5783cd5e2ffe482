"""Where trade is entered, and what the ledger holds of it: read by who holds its lock, nobody adds to it meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.tables import FACT_COLUMNS
from ledger import Ledger
from loaders.facts import facts_frame
from loaders.kept.trade.errors import TradeUnknown
from loaders.projection.absences import ABSENCE
from loaders.projection.views import Views
from policy import Policy

Row = dict[str, object]
UNREAD = "quality"
A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class TradeDesk:
    """Where trade is entered: ledger, vocabulary and policy; when it is recorded, and the day it speaks of.

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


def told(desk: TradeDesk, kind: str, column: str, values: Sequence[str]) -> Told:
    """Return what the feeds hold of the things of a kind with one of these values in a column, by id.

    What was entered for a later day counts too: it must not be promised a second time.
    """
    names = [entry.name for entry in desk.schema.fact_table(kind).columns]
    wanted = [*names, *(entry.name for entry in FACT_COLUMNS if entry.name != UNREAD)]
    table = desk.ledger.facts(kind, columns=wanted, where={column: sorted({*values})})
    if not table.num_rows:
        return Told((), None)
    facts = facts_frame(table)
    begins = facts["valid_from"].dropna()
    day = desk.day if begins.empty else max(desk.day, begins.max().date())

    def read(table_name: str, columns: Sequence[str]) -> pd.DataFrame:
        if table_name == kind:
            return facts[list(columns)]
        where = {"absent_kind": [kind]} if table_name == ABSENCE else None
        return facts_frame(desk.ledger.facts(table_name, columns=list(columns), where=where))

    rows = Views(read, desk.schema, desk.policy, day).rows(kind)
    found = tuple({str(name): _plain(value) for name, value in row.items()} for row in rows.to_dict("records"))
    return Told(found, facts["recorded_at"].max().to_pydatetime())


def one_told(desk: TradeDesk, kind: str, node_id: str) -> Row:
    """Return what is held of one thing. Raises TradeUnknown where nothing is."""
    rows = told(desk, kind, "id", [node_id]).rows
    if not rows:
        label = desk.schema.node_kind(kind).label
        raise TradeUnknown("trade_unknown", kind=Label(en=label.en, zh=label.zh), id=node_id)
    return rows[0]


def recorded_after(desk: TradeDesk, *before: Told) -> datetime:
    """Return the instant to record with: that of the desk, or one just after what it follows on.

    Who had to wait for the lock began earlier than who held it, and would otherwise be taken for the older word.
    """
    instants = [each.recorded_at + A_MOMENT for each in before if each.recorded_at is not None]
    return max([desk.recorded_at, *instants])


def _plain(value: object) -> object:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime() if value.tzinfo is not None else value.date()
    return value
