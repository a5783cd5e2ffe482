"""The options of `load` and how their values are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from cli.question_options import parse_day
from cli.usage import UsageError
from loaders.load_options import RejectLimit, reject_limit

WAIT_SECONDS = 60.0


def parse_limit(text: str) -> RejectLimit:
    """Return a number of rows such as 10, or a share of them such as 1%. Raises UsageError."""
    limit = reject_limit(text)
    if limit is None:
        raise UsageError("no_such_limit", value=text)
    return limit


def parse_instant(text: str) -> datetime:
    """Return an instant such as 2024-01-31 or 2024-01-31T08:00, by the clock of this machine unless it says otherwise.

    Raises UsageError.
    """
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError("no_such_instant", value=text) from error


def parse_seconds(text: str | float) -> float:
    """Return a number of seconds from 0 on. Raises UsageError."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise UsageError("no_such_wait", value=text)
    return seconds


DryRun = Annotated[bool, typer.Option("--dry-run", help="option.dry_run")]
Backfill = Annotated[bool, typer.Option("--backfill", help="option.backfill")]
RecordedAt = Annotated[
    datetime | None, typer.Option(metavar="INSTANT", parser=parse_instant, help="option.recorded_at")
]
MostRejects = Annotated[
    RejectLimit | None, typer.Option("--max-rejects", metavar="N", parser=parse_limit, help="option.max_rejects")
]
Wait = Annotated[float, typer.Option(metavar="SECONDS", parser=parse_seconds, help="option.wait")]
Shows = Annotated[date | None, typer.Option(metavar="DAY", parser=parse_day, help="option.shows")]
Part = Annotated[bool, typer.Option("--part", help="option.part")]
EndsAll = Annotated[bool, typer.Option("--ends-all", help="option.ends_all")]


@dataclass(frozen=True)
class RecordedWhen:
    """When the facts became known: now, or an instant of the past for files that are entered late."""

    instant: datetime
    is_backfill: bool


def recorded_when(given: datetime | None, *, is_backfill: bool, now: datetime) -> RecordedWhen:
    """Return when the facts became known. Raises UsageError where the options do not fit together."""
    if is_backfill != (given is not None):
        raise UsageError("backfill_needs_instant")
    if given is not None and given > now:
        raise UsageError("instant_in_future", instant=given.isoformat())
    return RecordedWhen(given or now, is_backfill)
