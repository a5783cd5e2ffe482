"""Places and their codes in words."""

from __future__ import annotations

from analysis.assistance.parts import Word
from analysis.code_labels import code_label
from analysis.places.parts import Place
from graph_schema import Schema


def code_word(schema: Schema, code: object, code_list: str) -> Word | None:
    """Return a code of a list with its names; None for none."""
    if code is None:
        return None
    label = code_label(schema, str(code), code_list)
    return Word(id=str(code), name_en=label.en, name_zh=label.zh)


def required_word(schema: Schema, code: str, code_list: str) -> Word:
    """Return a code of a list with its names; a code that the list does not have is its own name."""
    label = code_label(schema, code, code_list)
    return Word(id=code, name_en=label.en, name_zh=label.zh)


def place(schema: Schema, area_id: str, name: str | None, level: str | None) -> Place:
    """Return an area with its name and level."""
    return Place(area_id=area_id, name=name, level=code_word(schema, level, "area_level"))
