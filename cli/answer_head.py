"""What every answer on the terminal begins with: what was asked, for which day, and what to keep in mind."""

from __future__ import annotations

from analysis.questions.answer import Answer
from cli.context import Context


def show_head(here: Context, answer: Answer) -> None:
    """Print what was asked about, the day, and every notice of the answer."""
    voice = here.voice
    is_chinese = voice.language == "zh"
    label = here.workspace.schema.node_kind(answer.asked.kind).label.text(voice.language)
    name = (answer.asked.name_zh if is_chinese else answer.asked.name_en) or ""
    voice.heading("answer.about", kind=label, id=answer.asked.id, name=name, day=answer.as_of)
    for notice in answer.notices:
        voice.line("! " + (notice.text_zh if is_chinese else notice.text_en), style="yellow")
