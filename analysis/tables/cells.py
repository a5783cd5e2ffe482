"""Parts of answers as cells: names, words of the vocabulary and lists of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from analysis.tables.words import cell_word
from graph_schema.messages import Label


class Named(Protocol):
    """What has a registered name, if any, and an id."""

    @property
    def id(self) -> str:
        """Return the id."""

    @property
    def name(self) -> str | None:
        """Return the name."""


class Worded(Protocol):
    """What has a name in both languages."""

    @property
    def name_en(self) -> str:
        """Return the English name."""

    @property
    def name_zh(self) -> str:
        """Return the Chinese name."""


def party(named: Named | None) -> str | None:
    """Return the name of a party as registered, its id where it has none."""
    return None if named is None else named.name or named.id


def word(worded: Worded | None) -> Label | None:
    """Return the name of a word in both languages."""
    return None if worded is None else Label(en=worded.name_en, zh=worded.name_zh)


def listed(entries: Iterable[str | Label | None], *, by: str = "comma") -> Label:
    """Return the entries as one list in both languages, set apart by a word of cells; None is left out."""
    told = [entry for entry in entries if entry is not None]
    return Label(
        en=cell_word(by).en.join(entry.en if isinstance(entry, Label) else entry for entry in told),
        zh=cell_word(by).zh.join(entry.zh if isinstance(entry, Label) else entry for entry in told),
    )


def sentences(texts: Iterable[tuple[str, str]]) -> Label:
    """Return sentences, each in English and Chinese, one behind the other."""
    told = list(texts)
    return Label(en=" ".join(english for english, _ in told), zh="".join(chinese for _, chinese in told))
