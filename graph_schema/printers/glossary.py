"""The words of the product, one per thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph_schema.meta import Names
from graph_schema.printers.markdown import Block, table
from graph_schema.printers.words import Words
from graph_schema.yaml_text import read_yaml


@dataclass(frozen=True)
class Word:
    """A word of the product and what it means."""

    word: Names
    meaning: Names


@cache
def glossary() -> Mapping[str, Word]:
    """Return every word of the product by its code, from `glossary.yaml`."""
    text = (files("graph_schema.printers") / "glossary.yaml").read_text(encoding="utf-8")
    return {code: Word(Names(**entry["word"]), Names(**entry["meaning"])) for code, entry in read_yaml(text).items()}


def word_blocks(words: Words) -> list[Block]:
    """Return every word of the product with its meaning."""
    rows = ([entry.word.text(words.language), entry.meaning.text(words.language)] for entry in glossary().values())
    return [table(words.all(("word", "meaning")), rows)]
