"""Events put into order, by the day they became known or by the day they speak of, each as one entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby
from typing import Literal

from analysis.history.events import Event
from analysis.history.parts import HistoryChange, HistoryEntry, HistoryMember
from analysis.history.sentences import change_parts, sentence
from analysis.history.statements import STAY, Statement
from analysis.history.values import code_label, said
from analysis.history.words import Speaker
from graph_schema.messages import Label

Axis = Literal["recorded", "world"]
DIGITS = 6


@dataclass(frozen=True)
class Ordering:
    """How entries are put in order. `zone`: where a day begins and ends. A bound that is None does not bind."""

    by: Axis = "recorded"
    first_day: date | None = None
    last_day: date | None = None
    zone: tzinfo | None = None


def entries_of(speaker: Speaker, events: Sequence[Event], ordering: Ordering) -> list[HistoryEntry]:
    """Return the entries, oldest first, each with a key that sorts as they stand and stays what it is.

    Stays that one load tells of one first day make one entry; so does a load that was taken back. By the day they
    speak of, those that speak of none stand on the day they became known.
    """
    told = [event for event in events if event.happening != "withdrawn"]
    groups = [list(group) for _, group in groupby(sorted(told, key=_together), key=_together)]
    groups.sort(key=lambda group: _known(group[0]))
    first = next((group for group in groups if _is_stay_here(speaker, group[0])), None)
    entries = [_entry(speaker, group, ordering, is_first=group is first) for group in groups]
    entries += _withdrawals(speaker, [event for event in events if event.happening == "withdrawn"], ordering)
    entries.sort(key=lambda entry: (_axis_day(entry, ordering), entry.recorded_at, entry.happening == "withdrawn"))
    return _within([_with_key(entry, key) for key, entry in _counted(entries, ordering)], ordering)


def member_parts(speaker: Speaker) -> tuple[HistoryMember, ...]:
    """Return the people of the household as an answer states them, in the order of their numbers."""
    parts = []
    for span in sorted(speaker.members.values(), key=lambda span: span.number):
        role = code_label(speaker.schema, "member_role", span.role) if span.role else None
        parts.append(
            HistoryMember(
                number=span.number,
                role=span.role,
                role_en=role.en if role else None,
                role_zh=role.zh if role else None,
                birth_year=span.birth_year,
                since=span.since,
                until=span.until,
            )
        )
    return tuple(parts)


def day_in(instant: datetime, zone: tzinfo | None) -> date:
    """Return the day of an instant where the question is asked; without a zone that of the instant itself."""
    return instant.date() if zone is None else instant.astimezone(zone).date()


def _together(event: Event) -> tuple[object, ...]:
    statement = event.statement
    base = (event.at, statement.load.sequence, statement.kind)
    if statement.kind == STAY and event.happening == "told":
        period = (str(statement.day("starts_on")), str(statement.day("ends_on")), str(statement.valid_to))
        return (*base, 0, str(statement.values.get("household_id")), *period)
    return (*base, 1 + statement.row, event.happening, *statement.key)


def _known(event: Event) -> tuple[datetime, int, int, str]:
    return (event.at, event.statement.load.sequence, event.statement.row, event.statement.kind)


def _is_stay_here(speaker: Speaker, event: Event) -> bool:
    return event.statement.kind == STAY and event.statement.text("household_id") == speaker.household_id


def _entry(speaker: Speaker, group: Sequence[Event], ordering: Ordering, *, is_first: bool) -> HistoryEntry:
    in_order = sorted(group, key=lambda each: _member_number(speaker, each))
    event = in_order[0]
    statement, load = event.statement, event.statement.load
    kind = speaker.kind(statement.kind)
    text = sentence(speaker, in_order, is_first=is_first)
    return HistoryEntry(
        key="",
        happening=event.happening,
        recorded_on=day_in(event.at, ordering.zone),
        recorded_at=event.at,
        world_on=event.world_on,
        kind=statement.kind,
        kind_en=kind.en,
        kind_zh=kind.zh,
        **_of_load(speaker, statement, text),
        changes=tuple(_change(speaker, event, place) for place in range(len(event.differences))),
        is_made_up=any(each.statement.is_made_up for each in group),
        is_backfill=load.is_backfill,
        withdrawn_on=None if load.withdrawn_at is None else day_in(load.withdrawn_at, ordering.zone),
        why=load.why,
    )


def _member_number(speaker: Speaker, event: Event) -> int:
    span = speaker.members.get(event.statement.text("person_id") or "")
    return 0 if span is None else span.number


def _of_load(speaker: Speaker, statement: Statement, text: Label) -> dict[str, str]:
    feed = speaker.feed(statement.feed)
    names = {"feed": statement.feed, "feed_en": feed.en, "feed_zh": feed.zh, "load_id": statement.load.load_id}
    return {**names, "text_en": text.en, "text_zh": text.zh}


def _change(speaker: Speaker, event: Event, place: int) -> HistoryChange:
    difference = event.differences[place]
    name, before, after = change_parts(speaker, event.statement, difference)
    return HistoryChange(
        name=difference.name,
        name_en=name.en,
        name_zh=name.zh,
        before_en=before.en,
        before_zh=before.zh,
        after_en=after.en,
        after_zh=after.zh,
    )


def _withdrawals(speaker: Speaker, events: Sequence[Event], ordering: Ordering) -> list[HistoryEntry]:
    by_load: dict[str, list[Event]] = {}
    for event in events:
        by_load.setdefault(event.statement.load.load_id, []).append(event)
    return [_withdrawal(speaker, group, ordering) for group in by_load.values()]


def _withdrawal(speaker: Speaker, group: Sequence[Event], ordering: Ordering) -> HistoryEntry:
    event, load = group[0], group[0].statement.load
    recorded_on = day_in(event.statement.recorded_at, ordering.zone)
    text = said("history_withdrawn", day=recorded_on, count=len(group), why=load.why or "-")
    return HistoryEntry(
        key="",
        happening="withdrawn",
        recorded_on=day_in(event.at, ordering.zone),
        recorded_at=event.at,
        world_on=None,
        kind=None,
        kind_en=None,
        kind_zh=None,
        **_of_load(speaker, event.statement, text),
        changes=(),
        is_made_up=any(each.statement.is_made_up for each in group),
        is_backfill=load.is_backfill,
        withdrawn_on=day_in(event.at, ordering.zone),
        why=load.why,
    )


def _axis_day(entry: HistoryEntry, ordering: Ordering) -> date:
    return entry.recorded_on if ordering.by == "recorded" or entry.world_on is None else entry.world_on


def _counted(entries: Sequence[HistoryEntry], ordering: Ordering) -> list[tuple[str, HistoryEntry]]:
    counted: list[tuple[str, HistoryEntry]] = []
    for day, of_day in groupby(entries, key=lambda entry: _axis_day(entry, ordering)):
        counted += [(f"{day.isoformat()}.{place:0{DIGITS}d}", entry) for place, entry in enumerate(of_day, start=1)]
    return counted


def _with_key(entry: HistoryEntry, key: str) -> HistoryEntry:
    return entry.model_copy(update={"key": key})


def _within(entries: Sequence[HistoryEntry], ordering: Ordering) -> list[HistoryEntry]:
    first, last = ordering.first_day or date.min, ordering.last_day or date.max
    return [entry for entry in entries if first <= _axis_day(entry, ordering) <= last]
