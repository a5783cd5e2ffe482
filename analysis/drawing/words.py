"""The words that stand on drawings, from the catalogue."""

from __future__ import annotations

from analysis.errors import CATALOGUE
from graph_schema.messages import Language


def word(code: str, language: Language, **fields: object) -> str:
    """Return the words `code` of the catalogue in one language, with their places filled in."""
    return CATALOGUE.what(code, fields, language)
