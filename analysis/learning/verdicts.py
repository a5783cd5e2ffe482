"""Words of the report of learning, and of verdicts, in both languages."""

from __future__ import annotations

from graph_schema.messages import Catalogue, Label, Language

_CATALOGUE = Catalogue("analysis.learning")


def report_word(code: str, language: Language, **fields: object) -> str:
    """Return a word or sentence of the report."""
    return _CATALOGUE.what(code, fields, language)


def verdict_word(verdict: str, language: Language) -> str:
    """Return a verdict in words; one that is unknown names itself."""
    code = f"verdict_{verdict}"
    return report_word(code, language) if code in _CATALOGUE.messages else verdict


def verdict_label(verdict: str) -> Label:
    """Return a verdict in words, in both languages."""
    return Label(verdict_word(verdict, "en"), verdict_word(verdict, "zh"))
