"""Numbers and observed values as a person writes them."""

from __future__ import annotations

from analysis.causes.parts import Evidence
from analysis.drawing.words import word
from graph_schema.messages import Language

FEN_PER_YUAN = 100
PLAIN_UNITS = frozenset({"count", "ratio", "phase"})
WORDED_ANSWERS = frozenset({"yes", "no", "pass", "fail"})


def short_number(value: float) -> str:
    """Return a share, a strength or a severity with two meaningful digits.

    >>> short_number(1.0), short_number(0.0144)
    ('1', '0.014')
    """
    return f"{value:.2g}"


def strength_number(value: float) -> str:
    """Return a risk or a strength with two decimals, so that several can be compared; what is smaller, by its first.

    >>> strength_number(0.6), strength_number(0.0004), strength_number(0.0)
    ('0.60', '0.0004', '0.00')
    """
    told = f"{value:.2f}"
    return told if float(told) or not value else f"{value:.1g}"


def value_text(evidence: Evidence, cause_name: str, language: Language) -> str:
    """Return what was observed: a number with its unit, a range, or an answer; a named cause by its name."""
    if evidence.answer is not None:
        return _answer(evidence, cause_name, language)
    ends = [value for value in (evidence.low_value, evidence.high_value) if value is not None]
    values = [evidence.value] if evidence.value is not None else ends
    return "–".join(_amount(value, evidence, language) for value in values)


def _answer(evidence: Evidence, cause_name: str, language: Language) -> str:
    if evidence.rule_id == f"{evidence.indicator}-{evidence.answer}":
        return cause_name
    if evidence.answer in WORDED_ANSWERS:
        return word(f"drawing_answer_{evidence.answer}", language)
    return evidence.answer or ""


def _amount(value: float, evidence: Evidence, language: Language) -> str:
    if evidence.unit == "share":
        return f"{value:.0%}"
    if evidence.unit == "fen":
        return word("drawing_yuan", language, amount=_plain(value / FEN_PER_YUAN))
    if evidence.unit in PLAIN_UNITS:
        return _plain(value)
    return f"{_plain(value)} {evidence.unit_zh if language == 'zh' else evidence.unit_en}"


def _plain(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")
