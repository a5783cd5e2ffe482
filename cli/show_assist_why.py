"""In words: what a plan for help does for a household and why not more, what stays, and who is helped twice."""

from __future__ import annotations

from typing import Protocol

from analysis.amounts import yuan
from analysis.questions.assist_why_answer import (
    AssistSecondAnswer,
    AssistUncoveredAnswer,
    AssistWhyAnswer,
    NeedWhy,
    UncoveredNeed,
)
from cli.answer_head import notice_texts
from cli.naming import word_name
from cli.voice import Cell, Voice

UNCOVERED_COLUMNS = (
    "column.household",
    "column.village",
    "column.cause",
    "column.assist_tier",
    "column.assist_need",
    "column.assist_uncovered",
)


class InWords(Protocol):
    """Any part that is told in a sentence."""

    @property
    def text_en(self) -> str:
        """Return it in English."""

    @property
    def text_zh(self) -> str:
        """Return it in Chinese."""


def sentence(part: InWords, voice: Voice) -> str:
    """Return the sentence of a part in the language of the person."""
    return part.text_zh if voice.language == "zh" else part.text_en


def show_assist_why(voice: Voice, answer: AssistWhyAnswer, most_rows: int) -> None:
    """Print the needs of a household, what each gets, why not more, and every change that would cover more."""
    place = answer.village.name or answer.village.id
    voice.heading("assist.why_heading", household=answer.household_id, village=place, day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    voice.line(sentence(answer, voice))
    for need in answer.needs:
        _show_need(voice, need, most_rows)
    if answer.without_measure:
        causes = voice.listed(word_name(cause, voice) for cause in answer.without_measure)
        voice.say("assist.why_without_measure", causes=causes)
    if answer.second_helps:
        voice.heading("assist.why_second")
        for each in answer.second_helps[:most_rows]:
            voice.line("  " + sentence(each, voice), hanging="    ")
        voice.more(len(answer.second_helps) - most_rows)


def show_assist_uncovered(voice: Voice, answer: AssistUncoveredAnswer) -> None:
    """Print the needs that are not covered whole, each with the reason that binds and the smallest change."""
    voice.heading("assist.uncovered_heading", count=f"{answer.total:,}", day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    voice.table(
        UNCOVERED_COLUMNS,
        [_uncovered(need, voice) for need in answer.needs],
        [_uncovered_why(need, voice) for need in answer.needs],
    )
    voice.more(answer.total - len(answer.needs))


def show_assist_second(voice: Voice, answer: AssistSecondAnswer, most_rows: int) -> None:
    """Print who gets a second help while another, who could have had it, gets none, and why."""
    voice.heading("assist.second_heading", count=f"{len(answer.second_helps):,}", day=answer.as_of)
    for text in notice_texts(answer, voice.language):
        voice.line(text, style="yellow")
    if not answer.second_helps:
        voice.say("assist.second_none")
    for each in answer.second_helps[:most_rows]:
        voice.line(sentence(each, voice), hanging="  ")
    voice.more(len(answer.second_helps) - most_rows)


def _show_need(voice: Voice, need: NeedWhy, most_rows: int) -> None:
    voice.heading("assist.why_need", cause=word_name(need.cause, voice), tier=need.tier)
    voice.line(sentence(need, voice))
    for way in need.helps:
        voice.line(
            "  "
            + voice.text(
                "assist.why_given",
                measure=word_name(way.measure, voice),
                programme=way.programme.name or way.programme.id,
                cover=yuan(way.cover_fen, voice.language),
                cost=yuan(way.cost_fen, voice.language),
            ),
            hanging="    ",
        )
    # What is in the way of several measures of one programme is told once; that nobody offers any stands above.
    refused = list(dict.fromkeys(sentence(offer, voice) for offer in need.refused if offer.programme is not None))
    for text in (*(sentence(opening, voice) for opening in need.openings), *refused[:most_rows]):
        voice.line("  " + text, hanging="    ")
    voice.more(len(refused) - most_rows)


def _uncovered(need: UncoveredNeed, voice: Voice) -> list[Cell]:
    return [
        need.household_id,
        need.village.name or need.village.id,
        word_name(need.cause, voice),
        need.tier,
        yuan(need.need_fen, voice.language),
        yuan(need.left_fen, voice.language),
    ]


def _uncovered_why(need: UncoveredNeed, voice: Voice) -> list[str]:
    return [sentence(need, voice), *([] if need.opening is None else [sentence(need.opening, voice)])]
