"""What the drawings of help say in words: what was asked, by its filters."""

from __future__ import annotations

from analysis.drawing.words import word
from analysis.links.parts import Filters, FilterWord
from graph_schema.messages import Language


def asked_text(filters: Filters, language: Language) -> str:
    """Return the filters as one phrase; without any, that everything was asked about."""
    found = [filters.area, filters.programme, filters.measure, filters.cause]
    told = [filter_name(each, language) for each in found if each is not None]
    if filters.help is not None:
        told.append(word(f"drawing_help_filter_{filters.help}", language))
    joint = "，" if language == "zh" else ", "
    return joint.join(told) if told else word("drawing_help_everything", language)


def filter_name(found: FilterWord, language: Language) -> str:
    """Return the name of what a filter asks for, its id where it has none."""
    return (found.name_zh if language == "zh" else found.name_en) or found.id


def capital(text: str) -> str:
    """Return the text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
