"""Events as sentences, in both languages: what was told, what changed, what ended."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.history.events import Difference, Event
from analysis.history.forms import FORMS, first_told, thing_label
from analysis.history.statements import STAY, Statement
from analysis.history.values import listed, said, value_label
from analysis.history.words import Speaker
from graph_schema.messages import Label

ENDS = ("ends_on", "ended_on", "closed_on")


def sentence(speaker: Speaker, events: Sequence[Event], *, is_first: bool) -> Label:
    """Return one event as a sentence, or several stays that begin together as one.

    `is_first`: nobody was told to live here before.
    """
    event = events[0]
    if event.statement.kind == STAY and event.happening == "told":
        return _stays(speaker, [each.statement for each in events], is_first)
    if event.happening == "told":
        return _with_period(speaker, event.statement, first_told(speaker, event.statement))
    return _ended(speaker, event) if _is_end(event) else _changed(speaker, event)


def change_label(speaker: Speaker, statement: Statement, difference: Difference) -> Label:
    """Return one value that changed, from what to what."""
    name, before, after = change_parts(speaker, statement, difference)
    is_personal = any(
        entry.is_personal and entry.name == difference.name
        for entry in speaker.schema.fact_table(statement.kind).kind.properties
    )
    if is_personal:
        return said("history_change_not_shown", name=name)
    if difference.before is None:
        return said("history_change_new", name=name, after=after)
    if difference.after is None:
        return said("history_change_gone", name=name, before=before)
    return said("history_change", name=name, before=before, after=after)


def change_parts(speaker: Speaker, statement: Statement, difference: Difference) -> tuple[Label, Label, Label]:
    """Return name, value before and value after of what changed."""
    table = speaker.schema.fact_table(statement.kind)
    for entry in table.kind.properties:
        if entry.name == difference.name:
            values = [value_label(speaker.schema, entry, value) for value in (difference.before, difference.after)]
            return Label(entry.label.en, entry.label.zh), values[0], values[1]
    column = table.column(difference.name)
    kinds = column.refers_to if column is not None else ()
    name = speaker.kind(kinds[0]) if kinds and kinds[0] in speaker.schema.fact_tables else Label("id", "编号")
    before, after = (
        speaker.thing(kinds, None if value is None else str(value)) for value in (difference.before, difference.after)
    )
    return name, before, after


def _is_end(event: Event) -> bool:
    return event.happening == "ended" or any(
        each.name in ENDS and each.before is None and each.after is not None for each in event.differences
    )


def _ended(speaker: Speaker, event: Event) -> Label:
    statement = event.statement
    if statement.absent_on is not None:
        return said("history_absent", thing=thing_label(speaker, statement), day=statement.absent_on)
    day = statement.valid_to if event.happening == "ended" else None
    day = day or next((found for name in ENDS if (found := statement.day(name)) is not None), event.world_on)
    rest = [each for each in event.differences if each.name not in ENDS]
    form = "history_ended_stay" if statement.kind == STAY else "history_ended"
    thing = speaker.member(statement.text("person_id")) if statement.kind == STAY else thing_label(speaker, statement)
    if statement.kind == STAY and statement.text("household_id") != speaker.household_id:
        form = "history_ended_elsewhere"
    told = said(form, thing=thing, day=day)
    if not rest:
        return told
    return listed([told, *(change_label(speaker, statement, each) for each in rest)])


def _changed(speaker: Speaker, event: Event) -> Label:
    changes = [change_label(speaker, event.statement, each) for each in event.differences]
    told = said("history_of_thing", thing=thing_label(speaker, event.statement), told=listed(changes))
    since = event.statement.valid_from
    return told if since is None else said("history_from", told=told, day=since)


def _with_period(speaker: Speaker, statement: Statement, told: Label) -> Label:
    """Return the sentence with the time for which it holds, where its own form does not say that."""
    last = statement.valid_to
    if statement.kind in FORMS:
        last = last or next((day for name in ENDS if (day := statement.day(name)) is not None), None)
    elif statement.valid_from is not None:
        told = said("history_from", told=told, day=statement.valid_from)
    return told if last is None else said("history_until", told=told, day=last)


def _stays(speaker: Speaker, stays: Sequence[Statement], is_first: bool) -> Label:
    stay, day = stays[0], stays[0].day("starts_on")
    members = [speaker.member(each.text("person_id")) for each in stays]
    if stay.text("household_id") != speaker.household_id:
        span = speaker.members.get(stay.text("person_id") or "")
        is_before = span is not None and span.since is not None and day is not None and day < span.since
        form = "history_stay_before" if is_before else "history_stay_elsewhere"
        return said(form, member=members[0], household=stay.text("household_id"), day=day)
    if len(members) == 1:
        told = said("history_stay", member=members[0], day=day)
    else:
        form = "history_stays" if is_first else "history_more_stays"
        told = said(form, count=len(members), day=day, members=listed(members, by=","))
    last = stay.valid_to or stay.day("ends_on")
    return told if last is None else said("history_until", told=told, day=last)
