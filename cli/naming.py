"""Names of parties, words of the vocabulary and codes, in the language of the person."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.assistance.parts import Party, Word
from analysis.code_labels import code_label
from analysis.produce.parts import Enterprise, Product
from cli.voice import Voice
from graph_schema import Schema


def party_name(party: Party | Enterprise | None) -> str | None:
    """Return the name of a party as registered, its id where it has none, None where there is no party."""
    return None if party is None else party.name or party.id


def word_name(word: Word | Product | None, voice: Voice) -> str:
    """Return the name of a word; one that is not there is not shown."""
    if word is None:
        return voice.text("word.not_shown")
    return word.name_zh if voice.language == "zh" else word.name_en


def cause_names(causes: Iterable[Word], hidden_count: int, voice: Voice) -> str:
    """Return the names of causes as a list, with how many more are not shown."""
    told = [word_name(cause, voice) for cause in causes]
    return voice.listed([*told, voice.text("word.hidden", count=hidden_count)] if hidden_count else told)


def code_name(schema: Schema, code_lists: Iterable[str], code: str, voice: Voice) -> str:
    """Return the name of a code, from the first of the lists that has it; the code itself where none has."""
    return code_label(schema, code, *code_lists).text(voice.language)
