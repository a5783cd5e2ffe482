"""Statements: single facts of the ledger, with the load that brought each and whether it was taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from graph_schema import Schema
from graph_schema.meta import PropertyType

ID, FROM, TO = "id", "from_id", "to_id"
HOUSEHOLD, PERSON, STAY = "Household", "Person", "Stay"


@dataclass(frozen=True)
class LoadTold:
    """A load as history tells it: its number in the order of counting, and when and why it was taken back.

    `is_backfill`: its files were older than the day on which they were entered.
    """

    load_id: str
    sequence: int
    withdrawn_at: datetime | None = None
    why: str | None = None
    is_backfill: bool = False


@dataclass(frozen=True)
class Statement:
    """What one feed said once of one thing.

    `kind`: the name of its table. `values`: every filled column of the kind, the id and the ends too. `row`: its line
    in the file. `absent_on`: the day of a snapshot that lacked the thing, which says that it has ended.
    """

    kind: str
    values: Mapping[str, object]
    feed: str
    load: LoadTold
    row: int
    recorded_at: datetime
    valid_from: date | None = None
    valid_to: date | None = None
    is_made_up: bool = False
    absent_on: date | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells the thing from others of its kind: its id, or both its ends."""
        if ID in self.values:
            return (str(self.values[ID]),)
        return tuple(str(self.values.get(name, "")) for name in ("from_kind", FROM, "to_kind", TO))

    @property
    def order(self) -> tuple[datetime, int, int]:
        """Return what sorts statements as they became known."""
        return (self.recorded_at, self.load.sequence, self.row)

    def text(self, name: str) -> str | None:
        """Return a value as text, None where it is not filled."""
        value = self.values.get(name)
        return None if value is None else str(value)

    def day(self, name: str) -> date | None:
        """Return the day in a column of days or instants, None where it is not filled."""
        return as_day(self.values.get(name))


def as_day(value: object) -> date | None:
    """Return a day, or the day of an instant; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def day_columns(schema: Schema, kind: str, *, is_required: bool) -> tuple[str, ...]:
    """Return the columns of a kind that hold a day or an instant, only the required ones or only the others."""
    columns = schema.fact_table(kind).columns
    days = (PropertyType.DAY, PropertyType.INSTANT)
    return tuple(column.name for column in columns if column.type in days and column.is_required == is_required)


def begins_on(schema: Schema, statement: Statement) -> date | None:
    """Return since when the statement holds in the world: `valid_from`, else its first required day."""
    named = (statement.day(name) for name in day_columns(schema, statement.kind, is_required=True))
    return statement.valid_from or next((day for day in named if day is not None), None)
