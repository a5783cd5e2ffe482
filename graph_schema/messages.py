"""Every sentence a person sees, in English and Chinese, kept as data beside the code that says it.

Each package that speaks to people has a `messages.yaml`: code -> what (en, zh) and, for faults, what to do (en, zh).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from graph_schema.yaml_text import read_yaml

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True)
class Label:
    """A short name in both languages."""

    en: str
    zh: str

    def text(self, language: Language) -> str:
        """Return the name in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Message:
    """One sentence with `{field}` places, and what the reader can do about it (empty when nothing is wrong)."""

    what: Label
    remedy: Label | None = None


class Catalogue:
    """The messages of one package, read from its `messages.yaml` when the first one is needed."""

    def __init__(self, package: str) -> None:
        self.package = package

    @property
    def messages(self) -> dict[str, Message]:
        """Return every message of the package by code."""
        return _messages_of(self.package)

    def what(self, code: str, fields: dict[str, object], language: Language) -> str:
        """Return the sentence `code` with its places filled in."""
        return _filled(self.messages[code].what, fields, language)

    def remedy(self, code: str, fields: dict[str, object], language: Language) -> str:
        """Return what to do about `code`, empty when the message names no remedy."""
        remedy = self.messages[code].remedy
        return "" if remedy is None else _filled(remedy, fields, language)

    def text(self, code: str, fields: dict[str, object], language: Language) -> str:
        """Return the sentence and its remedy as one text."""
        what, remedy = self.what(code, fields, language), self.remedy(code, fields, language)
        if not remedy:
            return what
        return what + remedy if language == "zh" else f"{what} {remedy}"


@cache
def _messages_of(package: str) -> dict[str, Message]:
    text = (files(package) / "messages.yaml").read_text(encoding="utf-8")
    return {code: _message(entry) for code, entry in read_yaml(text).items()}


def _message(entry: dict[str, dict[str, str]]) -> Message:
    remedy = entry.get("remedy")
    return Message(what=Label(**entry["what"]), remedy=Label(**remedy) if remedy else None)


def _filled(label: Label, fields: dict[str, object], language: Language) -> str:
    shown = {name: value.text(language) if isinstance(value, Label) else value for name, value in fields.items()}
    return label.text(language).format(**shown)
