"""The fourth question: what became known of this household, when, from whom, about which time?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.errors import CATALOGUE, SubjectNotFound
from analysis.fetch.history import household_statements, names_of
from analysis.history.absences import with_absences
from analysis.history.entries import Axis, Ordering, day_in, entries_of, member_parts
from analysis.history.events import Event, events_of
from analysis.history.members import is_of_the_household, members_of
from analysis.history.parts import HistoryEntry, HistoryMember
from analysis.history.privacy import sensitive_keys, shown_event
from analysis.history.statements import HOUSEHOLD, Statement, begins_on
from analysis.history.words import Speaker
from analysis.page import Page, cut_page
from analysis.questions.answer import Answer, Notice, asked_about, notice
from analysis.subject import FoundSubject, Subject, require_kind
from graph_schema import Schema
from graph_schema.messages import Label
from ledger import Ledger


class HistoryAnswer(Answer):
    """What became known of a household, oldest first; what was taken back stays in it, marked."""

    version: Literal["history/1"] = Field(description="The question and the version of this form.")
    by: Axis = Field(description="recorded: by the day it became known; world: by the day it speaks of.")
    show_sensitive: bool = Field(description="Whether what is sensitive is shown.")
    hidden_count: int = Field(
        description="Steps of the whole history left out or shortened because they are sensitive."
    )
    entry_count: int = Field(description="Entries between the days asked for, on all pages.")
    members: tuple[HistoryMember, ...] = Field(description="Who lives or lived here, by number and without names.")
    entries: tuple[HistoryEntry, ...] = Field(description="The entries of this page.")
    next_after: str | None = Field(description="The key to go on after; null when nothing follows.")


@dataclass(frozen=True)
class HistoryAsked:
    """How a history is asked for: in which order and between which days, which page, and what may be seen."""

    ordering: Ordering = field(default_factory=Ordering)
    page: Page = field(default_factory=Page)
    show_sensitive: bool = False


def history(
    ledger: Ledger, schema: Schema, subject: Subject, *, day: date, asked: HistoryAsked | None = None
) -> HistoryAnswer:
    """Return the history of a household by what was known at the end of `day`.

    Raises QuestionError for another kind of subject, and SubjectNotFound for a household of whom nothing was known.
    """
    require_kind(schema, subject, (HOUSEHOLD,))
    how = asked if asked is not None else HistoryAsked()
    known = with_absences(_known_on(household_statements(ledger, schema, subject.id), day, how.ordering))
    if not any(each.kind != "Stay" or each.text("household_id") == subject.id for each in known):
        raise SubjectNotFound("no_history", id=subject.id, day=day)
    members = members_of(schema, known, subject.id)
    ours = [
        each
        for each in known
        if is_of_the_household(
            schema,
            each,
            members,
            since=begins_on(schema, each),
            known_on=day_in(each.recorded_at, how.ordering.zone),
        )
    ]
    events, hidden_count = _shown(schema, ours, how.show_sensitive)
    speaker = Speaker(schema, subject.id, members, names_of(ledger, schema, ours))
    return _answer(speaker, entries_of(speaker, events, how.ordering), how, day=day, hidden_count=hidden_count)


def _known_on(statements: Sequence[Statement], day: date, ordering: Ordering) -> list[Statement]:
    """Return what was known at the end of the day; what was taken back later counts still."""
    known = []
    for each in statements:
        taken_back = each.load.withdrawn_at
        if day_in(each.recorded_at, ordering.zone) > day:
            continue
        if taken_back is not None and day_in(taken_back, ordering.zone) > day:
            known.append(replace(each, load=replace(each.load, withdrawn_at=None, why=None)))
        else:
            known.append(each)
    return known


def _shown(schema: Schema, statements: Sequence[Statement], show_sensitive: bool) -> tuple[list[Event], int]:
    hidden = sensitive_keys(schema, statements)
    events, hidden_count = [], 0
    for event in events_of(schema, statements):
        shown, is_shortened = shown_event(schema, event, hidden, show_sensitive=show_sensitive)
        hidden_count += is_shortened
        if shown is not None:
            events.append(shown)
    return events, hidden_count


def _answer(
    speaker: Speaker, entries: Sequence[HistoryEntry], asked: HistoryAsked, *, day: date, hidden_count: int
) -> HistoryAnswer:
    by_key = {entry.key: entry for entry in entries}
    cut = cut_page(pd.DataFrame({"key": pd.Series(list(by_key), dtype="object")}), "key", asked.page)
    shown = tuple(by_key[key] for key in cut.rows["key"])
    found = FoundSubject(Subject(HOUSEHOLD, speaker.household_id), None, any(entry.is_made_up for entry in entries))
    return HistoryAnswer(
        version="history/1",
        asked=asked_about(found),
        as_of=day,
        is_made_up=found.is_made_up,
        notices=_notices(found, hidden_count, shown=len(shown), total=cut.total),
        by=asked.ordering.by,
        show_sensitive=asked.show_sensitive,
        hidden_count=hidden_count,
        entry_count=cut.total,
        members=member_parts(speaker),
        entries=shown,
        next_after=cut.next_after,
    )


def _notices(found: FoundSubject, hidden_count: int, *, shown: int, total: int) -> tuple[Notice, ...]:
    notices = []
    if found.is_made_up:
        notices.append(notice("notice_made_up"))
    if hidden_count:
        notices.append(notice("notice_hidden_in_history", count=hidden_count))
    if shown < total:
        notices.append(notice("notice_capped", list=_list_name(), shown=shown, total=total))
    return tuple(notices)


def _list_name() -> Label:
    return Label(en=CATALOGUE.what("list_history", {}, "en"), zh=CATALOGUE.what("list_history", {}, "zh"))
