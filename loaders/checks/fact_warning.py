"""Warnings as data: a fact that is kept though it is unlikely, or does not go with another fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_schema.messages import LANGUAGES, Language
from loaders.errors import LoadError

SHOWN_CHARACTERS = 80


@dataclass(frozen=True)
class FactWarning:
    """One doubt about an accepted row: unlikely by itself, or beside another row.

    `line` is counted from 1; `column` and `value` are those of the file. `other_file`, `other_line` and `other_feed`
    tell where the other row stood, now or when it was loaded, and `other_value` what it says there; they are empty
    where the row is unlikely by itself. `code` is stable.
    """

    code: str
    file: str
    line: int
    column: str
    value: str
    other_file: str | None = None
    other_line: int | None = None
    other_feed: str | None = None
    other_value: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)

    def what(self, language: Language) -> str:
        """Return what is doubtful."""
        return LoadError.catalogue.what(self.code, self._all_fields(), language)

    def remedy(self, language: Language) -> str:
        """Return what to do."""
        return LoadError.catalogue.remedy(self.code, self._all_fields(), language)

    def to_dict(self) -> dict[str, object]:
        """Return the warning for JSON, told in both languages; `other` is None where there is no second row."""
        other = {
            "file": self.other_file,
            "line": self.other_line,
            "feed": self.other_feed,
            "value": self.other_value,
        }
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "other": other if self.other_file is not None else None,
            "what": {language: self.what(language) for language in LANGUAGES},
            "remedy": {language: self.remedy(language) for language in LANGUAGES},
        }

    def _all_fields(self) -> dict[str, object]:
        told = {
            "value": self.value,
            "column": self.column,
            "other_file": self.other_file,
            "other_line": self.other_line,
            "other_feed": self.other_feed,
            "other_value": self.other_value,
        }
        return {**told, **self.fields}
