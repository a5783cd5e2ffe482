"""The answer to `history` as tables: each step, each change of a value, and who lives in the household, by number."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.history.parts import HistoryChange, HistoryEntry, HistoryMember
from analysis.questions.history import HistoryAnswer
from analysis.tables.table import Field, Table, table_of, with_origin
from analysis.tables.words import cell_word
from graph_schema.messages import Label


@dataclass(frozen=True)
class _Changed:
    """A changed value with the step in which it changed."""

    entry: HistoryEntry
    change: HistoryChange


def history_tables(answer: HistoryAnswer) -> tuple[Table, ...]:
    """Return the steps of the page in their order, what changed in them, and the members."""
    changed = [_Changed(entry, change) for entry in answer.entries for change in entry.changes]
    return with_origin(
        (
            table_of("history", _ENTRIES, answer.entries),
            table_of("history_changes", _CHANGES, changed),
            table_of("members", _MEMBERS, answer.members),
        ),
        answer,
    )


def _named(name_en: str | None, name_zh: str | None, code: str | None) -> Label | str | None:
    return code if name_en is None or name_zh is None else Label(en=name_en, zh=name_zh)


_ENTRIES: tuple[Field[HistoryEntry], ...] = (
    Field("recorded_on", "day", lambda entry: entry.recorded_on),
    Field("world_on", "day", lambda entry: entry.world_on),
    Field("happening", "text", lambda entry: cell_word(f"happening_{entry.happening}")),
    Field("kind", "text", lambda entry: _named(entry.kind_en, entry.kind_zh, entry.kind)),
    Field("what_became_known", "text", lambda entry: Label(en=entry.text_en, zh=entry.text_zh)),
    Field("feed", "text", lambda entry: Label(en=entry.feed_en, zh=entry.feed_zh)),
    Field("load_id", "text", lambda entry: entry.load_id),
    Field("is_backfill", "flag", lambda entry: entry.is_backfill),
    Field("withdrawn_on", "day", lambda entry: entry.withdrawn_on),
    Field("withdrawn_because", "text", lambda entry: entry.why),
)
_CHANGES: tuple[Field[_Changed], ...] = (
    Field("recorded_on", "day", lambda changed: changed.entry.recorded_on),
    Field("kind", "text", lambda changed: _named(changed.entry.kind_en, changed.entry.kind_zh, changed.entry.kind)),
    Field("property", "text", lambda changed: Label(en=changed.change.name_en, zh=changed.change.name_zh)),
    Field("before", "text", lambda changed: Label(en=changed.change.before_en, zh=changed.change.before_zh)),
    Field("after", "text", lambda changed: Label(en=changed.change.after_en, zh=changed.change.after_zh)),
    Field("feed", "text", lambda changed: Label(en=changed.entry.feed_en, zh=changed.entry.feed_zh)),
)
_MEMBERS: tuple[Field[HistoryMember], ...] = (
    Field("member_number", "whole", lambda member: member.number),
    Field("role", "text", lambda member: _named(member.role_en, member.role_zh, member.role)),
    Field("birth_year", "year", lambda member: member.birth_year),
    Field("since", "day", lambda member: member.since),
    Field("until", "day", lambda member: member.until),
)
