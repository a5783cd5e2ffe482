"""What learning found, on the terminal: what to know first, and the links that say something."""

from __future__ import annotations

from analysis.drawing.learn_report import percent
from analysis.learning.verdicts import verdict_word
from analysis.questions.learn_answer import LearnAnswer, LearnLink
from analysis.questions.learn_told import count_label
from cli.answer_head import show_head
from cli.context import Context
from cli.voice import Voice
from graph_schema.messages import Language

COLUMNS = (
    "column.link",
    "column.expert",
    "column.learned",
    "column.interval",
    "column.usable",
    "column.effect_came",
    "column.verdict",
)


def show_learn(here: Context, answer: LearnAnswer) -> None:
    """Print the report in short; the whole of it is written to a file."""
    voice = here.voice
    show_head(here, answer)
    for year in answer.years:
        voice.say("learn.year", start=year.start, end=year.end, count=f"{year.household_count:,}")
    voice.heading("learn.notes")
    for note in answer.notes:
        voice.line(note.text_zh if voice.language == "zh" else note.text_en)
    learned = [link for link in answer.links if link.is_learned]
    if learned:
        voice.heading("learn.links", count=len(learned))
        voice.table(
            COLUMNS,
            [_row(link, voice.language) for link in learned],
            details=[(link.verdict_zh if voice.language == "zh" else link.verdict_en,) for link in learned],
        )
    _show_verdicts(voice, answer)
    if answer.kept_as is not None:
        voice.say("learn.kept", version=answer.kept_as)


def _show_verdicts(voice: Voice, answer: LearnAnswer) -> None:
    told = [f"{verdict_word(verdict, voice.language)} {count}" for verdict, count in answer.verdicts.items()]
    voice.say("learn.verdicts", verdicts=voice.listed(told))


def _row(link: LearnLink, language: Language) -> list[str]:
    return [
        link.link_id,
        percent(link.expert),
        percent(link.strength),
        interval(link.low, link.high),
        count_label(link.used).text(language),
        count_label(link.came).text(language),
        verdict_word(link.verdict, language),
    ]


def interval(low: float | None, high: float | None) -> str:
    """Return the ends of an interval in percent, nothing where there is none."""
    return "" if low is None or high is None else f"{percent(low)} - {percent(high)}"
