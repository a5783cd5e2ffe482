"""What every answer on the terminal begins with: what was asked, for which day, and what to keep in mind."""

from __future__ import annotations

from typing import Protocol

from analysis.questions.answer import Answer, Notice
from cli.context import Context
from graph_schema.messages import Language

# On the terminal each list says itself how many more there are.
SAID_BY_THE_LISTS = frozenset({"notice_capped", "notice_demands_capped"})


class Noticed(Protocol):
    """Any answer: each has its notices."""

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return what to keep in mind."""


def show_head(here: Context, answer: Answer) -> None:
    """Print what was asked about, the day, and every notice of the answer."""
    voice = here.voice
    asked = answer.asked
    kind = here.workspace.schema.node_kind(asked.kind).label.text(voice.language)
    if name := (asked.name_zh if voice.language == "zh" else asked.name_en):
        voice.heading("answer.about_named", kind=kind, id=asked.id, name=name, day=answer.as_of)
    else:
        voice.heading("answer.about", kind=kind, id=asked.id, day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")


def notice_texts(answer: Noticed, language: Language) -> list[str]:
    """Return what to keep in mind when reading the answer, a line each."""
    shown = [notice for notice in answer.notices if notice.code not in SAID_BY_THE_LISTS]
    return ["! " + (notice.text_zh if language == "zh" else notice.text_en) for notice in shown]
