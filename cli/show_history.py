"""A history in words: a heading a day, a line a load, a sentence a step."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from analysis.history.parts import HistoryEntry, HistoryMember
from analysis.questions.history import HistoryAnswer
from cli.answer_head import show_head
from cli.context import Context
from cli.voice import Voice

HANGING = "      "


def show_history(here: Context, answer: HistoryAnswer) -> None:
    """Print who lives or lived in the household, then each day with the loads that told something, oldest first."""
    voice = here.voice
    show_head(here, answer)
    for member in answer.members:
        voice.line(_member(member, voice))
    if not answer.entries:
        voice.say("history.nothing")
    for day, of_day in groupby(answer.entries, key=lambda entry: _day(answer, entry)):
        voice.heading("history.day", day=day)
        for _, of_load in groupby(of_day, key=lambda entry: (entry.load_id, entry.happening == "withdrawn")):
            _show_load(voice, list(of_load), answer)
    if answer.next_after is not None:
        voice.say("history.more", shown=len(answer.entries), total=f"{answer.entry_count:,}", key=answer.next_after)


def _show_load(voice: Voice, entries: list[HistoryEntry], answer: HistoryAnswer) -> None:
    first = entries[0]
    feed = first.feed_zh if voice.language == "zh" else first.feed_en
    marks = []
    if answer.by == "world":
        marks.append(voice.text("history.known", day=first.recorded_on))
    marks.append(voice.text("history.load", load=first.load_id))
    if first.is_backfill:
        marks.append(voice.text("history.backfill"))
    if first.happening != "withdrawn" and first.withdrawn_on is not None:
        marks.append(voice.text("history.taken_back", day=first.withdrawn_on, why=first.why or "-"))
    says = "history.taken_back_by" if first.happening == "withdrawn" else "history.says"
    voice.line("  " + voice.text(says, feed=feed, marks=voice.listed(marks)), hanging="    ", style="dim")
    for entry in entries:
        text = entry.text_zh if voice.language == "zh" else entry.text_en
        made_up = voice.text("history.made_up") if entry.is_made_up and not answer.is_made_up else ""
        voice.line(f"    {text}{made_up}", hanging=HANGING)


def _member(member: HistoryMember, voice: Voice) -> str:
    role = member.role_zh if voice.language == "zh" else member.role_en
    return voice.text(
        "history.member" if member.until is None else "history.member_until",
        number=member.number,
        role=role or "-",
        born=member.birth_year or "-",
        since=member.since or "-",
        until=member.until or "-",
    )


def _day(answer: HistoryAnswer, entry: HistoryEntry) -> date:
    return entry.world_on if answer.by == "world" and entry.world_on is not None else entry.recorded_on
