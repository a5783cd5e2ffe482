"""Shared code lists: the words that departments write for codes, beside the labels of the code lists of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field

from graph_schema import Schema
from graph_schema.meta import Form, Names
from graph_schema.yaml_lines import read_document
from loaders.mapping.forms import Text
from loaders.mapping.units import bare_word

CODE_LISTS_FILE = "code_lists.yaml"
YES_NO = "yes_no"


class WordList(Form):
    """The words of one shared code list. `of`: the code list of the schema, where it has another name."""

    of: str | None = None
    codes: Annotated[dict[str, tuple[Text, ...]], Field(min_length=1)]
    empty: tuple[Text, ...] = ()


@dataclass(frozen=True)
class SharedCodes:
    """One shared code list, ready to be read with: the code of each word, and the words that say nothing.

    `of`: the code list of the schema that its codes belong to, None where they are answers or flags.
    """

    name: str
    of: str | None
    code_of_word: dict[str, str]
    empty: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Return its codes, each once."""
        return tuple(dict.fromkeys(self.code_of_word.values()))


def read_word_lists() -> dict[str, WordList]:
    """Return the word lists of the product by name."""
    document = read_document(Path(str(files("loaders"))) / "mapping", CODE_LISTS_FILE)
    return {name: WordList.model_validate(entry) for name, entry in document.entries.items()}


def shared_codes(name: str, schema: Schema) -> SharedCodes | None:
    """Return the shared code list of that name, None if there is none."""
    nouns = _nouns(schema).get(name)
    if nouns is not None:
        told = [*((code, code) for code in nouns), *((word, code) for code in nouns for word in _both(nouns[code]))]
        return SharedCodes(name, None, {bare_word(word): code for word, code in reversed(told)})
    words = read_word_lists().get(name)
    of = (words.of if words else None) or (name if name in schema.code_lists else None)
    if words is None and of is None:
        return None
    # What is written first wins: the codes themselves, then the words, then the labels.
    told = [*_own_codes(of, schema), *_words(words), *_labels(of, schema)]
    code_of_word = {bare_word(word): code for word, code in reversed(told)}
    return SharedCodes(name, of, code_of_word, words.empty if words else ())


def known_lists(schema: Schema) -> list[str]:
    """Return the names of all shared code lists, sorted."""
    of_codes = (name for name, entry in schema.code_lists.items() if entry.codes)
    return sorted({*read_word_lists(), *of_codes, *_nouns(schema)})


def _nouns(schema: Schema) -> dict[str, dict[str, Names]]:
    """Return the labels of the vocabularies that files name by word: causes, measures, products."""
    return {
        "cause": {code: noun.label for code, noun in schema.causes.items()},
        "measure": {code: noun.label for code, noun in schema.measures.items()},
        "product": {code: noun.label for code, noun in schema.products.items()},
    }


def _both(label: Names) -> tuple[str, str]:
    return label.en, label.zh


def _own_codes(of: str | None, schema: Schema) -> Iterator[tuple[str, str]]:
    if of is not None:
        yield from ((entry.code, entry.code) for entry in schema.code_lists[of].codes)


def _words(words: WordList | None) -> Iterator[tuple[str, str]]:
    if words is not None:
        yield from ((word, code) for code, entry in words.codes.items() for word in entry)


def _labels(of: str | None, schema: Schema) -> Iterator[tuple[str, str]]:
    if of is not None:
        for entry in schema.code_lists[of].codes:
            yield from ((label, entry.code) for label in _both(entry.label))


def answer_words() -> dict[str, str]:
    """Return what the words for yes and no mean."""
    return {bare_word(word): code for word, code in _words(read_word_lists()[YES_NO])}
