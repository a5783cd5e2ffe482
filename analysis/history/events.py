"""What happened to what is said: told for the first time, changed, ended, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Literal

from analysis.history.statements import Statement, as_day, begins_on, day_columns
from graph_schema import Schema

Happening = Literal["told", "changed", "ended", "withdrawn"]
VALID_TO = "valid_to"


@dataclass(frozen=True)
class Difference:
    """A value that a feed gives otherwise than before; None where it gives none."""

    name: str
    before: object
    after: object


@dataclass(frozen=True)
class Event:
    """One step of what one feed says of one thing. `at`: when it became known. `world_on`: the day it speaks of."""

    happening: Happening
    statement: Statement
    at: datetime
    world_on: date | None
    differences: tuple[Difference, ...] = ()


def events_of(schema: Schema, statements: Iterable[Statement]) -> list[Event]:
    """Return the events of all statements, those of one feed about one thing compared with what stood before them.

    What a feed says again as it was makes no event. What was taken back by then is not compared with.
    """
    told = sorted(statements, key=lambda each: (each.kind, each.key, each.feed, each.order))
    events: list[Event] = []
    for _, series in groupby(told, key=lambda each: (each.kind, each.key, each.feed)):
        events += _events_of_series(schema, list(series))
    return events


def _events_of_series(schema: Schema, series: Sequence[Statement]) -> list[Event]:
    events = []
    for place, statement in enumerate(series):
        standing = [each for each in series[:place] if _stands(each, statement.recorded_at)]
        event = _event(schema, statement, standing[-1] if standing else None)
        if event is not None:
            events.append(event)
        taken_back = statement.load.withdrawn_at
        if taken_back is not None:
            events.append(Event("withdrawn", statement, taken_back, begins_on(schema, statement)))
    return events


def _stands(statement: Statement, at: datetime) -> bool:
    taken_back = statement.load.withdrawn_at
    return taken_back is None or taken_back > at


def _event(schema: Schema, statement: Statement, before: Statement | None) -> Event | None:
    begins = begins_on(schema, statement)
    if before is None or (before.valid_to is not None and statement.valid_to is None):
        return Event("told", statement, statement.recorded_at, begins)
    differences = _differences(schema, before, statement)
    if statement.valid_to is not None and statement.valid_to != before.valid_to:
        return Event("ended", statement, statement.recorded_at, statement.valid_to, differences)
    if not differences:
        return None
    ends = [
        day
        for each in differences
        if each.name in day_columns(schema, statement.kind, is_required=False) and (day := as_day(each.after))
    ]
    since = statement.valid_from if statement.valid_from != before.valid_from else None
    return Event("changed", statement, statement.recorded_at, max(ends, default=since), differences)


def _differences(schema: Schema, before: Statement, after: Statement) -> tuple[Difference, ...]:
    names = [column.name for column in schema.fact_table(after.kind).columns]
    return tuple(
        Difference(name, before.values.get(name), after.values.get(name))
        for name in names
        if before.values.get(name) != after.values.get(name)
    )
