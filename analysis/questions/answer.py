"""What every answer has in common: which question it is, what was asked, for which day, and what to keep in mind."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from analysis.errors import CATALOGUE
from analysis.subject import FoundSubject
from graph_schema.meta import Form


class Notice(Form):
    """Something the reader must know about the answer, in both languages."""

    code: str = Field(description="Stable name of the notice.")
    text_en: str = Field(description="The notice in English.")
    text_zh: str = Field(description="The notice in Chinese.")


class Asked(Form):
    """What was asked about."""

    kind: str = Field(description="Node kind of the subject.")
    id: str = Field(description="Id of the subject.")
    name_en: str | None = Field(description="Its name in English, or as registered; null where none may be shown.")
    name_zh: str | None = Field(description="Its name in Chinese, or as registered; null where none may be shown.")


class Answer(Form):
    """The common base of an answer. A question narrows `version` to its own name and number."""

    version: str = Field(description="The question and the version of this form, such as chains/1.")
    asked: Asked = Field(description="The subject of the question.")
    as_of: date = Field(description="The day for which the answer holds.")
    is_made_up: bool = Field(description="Whether any of it rests on made-up data.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")


def asked_about(found: FoundSubject) -> Asked:
    """Return the subject as an answer states it."""
    name = found.name
    return Asked(
        kind=found.subject.kind,
        id=found.subject.id,
        name_en=name.en if name else None,
        name_zh=name.zh if name else None,
    )


def notice(code: str, **fields: object) -> Notice:
    """Return the notice `code` of the catalogue with its places filled in."""
    return Notice(
        code=code,
        text_en=CATALOGUE.what(code, fields, "en"),
        text_zh=CATALOGUE.what(code, fields, "zh"),
    )
