"""The words of the pages, in both languages, kept as data: `api/words/PAGE.yaml`, asked for as `PAGE.code`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from graph_schema.messages import Label, Language
from graph_schema.yaml_text import read_yaml

ONE = "1"
# Marks that turn the direction of writing; a name that holds one must not turn the sentence round it.
_TURNS_ROUND = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_APART, _END_OF_APART = "\u2068", "\u2069"


@dataclass(frozen=True)
class Wording:
    """One sentence or word. `en_one`: the English where its `count` is one; Chinese needs no other form."""

    en: str
    zh: str
    en_one: str | None = None

    def text(self, language: Language, count: str | None) -> str:
        """Return the wording before its places are filled in."""
        if language == "zh":
            return self.zh
        return self.en_one if self.en_one is not None and count == ONE else self.en


@cache
def wordings() -> Mapping[str, Wording]:
    """Return every wording of the pages by `PAGE.code`."""
    found = {}
    for file in sorted((files("api") / "words").iterdir(), key=lambda entry: entry.name):
        page = file.name.removesuffix(".yaml")
        for code, entry in read_yaml(file.read_text(encoding="utf-8")).items():
            found[f"{page}.{code}"] = Wording(**entry)
    return found


def worded(code: str, language: Language, **fields: object) -> Markup:
    """Return the words `PAGE.code` in one language, safe to stand in a page: what fills a place is escaped.

    Raises KeyError for a code that no file has, or a place that is not filled.
    """
    count = fields.get("count")
    text = wordings()[code].text(language, None if count is None else str(count))
    places = {name: _filled(value, language) for name, value in fields.items()}
    return Markup(escape(text)).format(**places)  # noqa: S704 - escaped in this very line, and so is what fills it


def _filled(value: object, language: Language) -> object:
    """Return what fills a place: a label in the language of the sentence; markup, such as a link, as it is."""
    if isinstance(value, Label):
        return value.text(language)
    if isinstance(value, str) and not isinstance(value, Markup) and _TURNS_ROUND.search(value):
        return f"{_APART}{value}{_END_OF_APART}"
    return value
