"""Values of facts in words, in both languages."""

from __future__ import annotations

from datetime import date, datetime

from analysis.errors import CATALOGUE
from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import Property, PropertyType

FEN_PER_YUAN = 100
PLAIN_UNITS = frozenset({"count", "year", "ratio", "phase"})
WORDED_ANSWERS = frozenset({"yes", "no", "pass", "fail"})
CODES_JOINED_BY = ";"


def same(text: object) -> Label:
    """Return a text that is the same in both languages."""
    return Label(en=str(text), zh=str(text))


def said(code: str, **fields: object) -> Label:
    """Return a sentence of the catalogue in both languages."""
    return Label(en=CATALOGUE.what(code, fields, "en"), zh=CATALOGUE.what(code, fields, "zh"))


def listed(parts: list[Label], *, by: str = ";") -> Label:
    """Return the parts one after the other, as either language joins them: with `;` or with `,`."""
    return Label(
        en=f"{by} ".join(part.en for part in parts),
        zh=("；" if by == ";" else "、").join(part.zh for part in parts),
    )


def value_label(schema: Schema, entry: Property, value: object) -> Label:
    """Return a value of a property in words: codes by their label, money in yuan, a share in percent.

    What is personal is not told; nothing is told as nothing.
    """
    if value is None:
        return said("history_nothing")
    if entry.is_personal:
        return said("history_not_shown")
    if entry.type is PropertyType.CODE and entry.codes is not None:
        return code_label(schema, entry.codes, str(value))
    if entry.type is PropertyType.CODES and isinstance(value, list):
        return listed([same(code) for code in value], by=",")
    if entry.type is PropertyType.FLAG:
        return said("drawing_answer_yes" if value else "drawing_answer_no")
    if isinstance(value, datetime | date):
        return same(value.strftime("%Y-%m-%d"))
    if isinstance(value, int | float):
        # Severity and confidence are bands, which nobody reads as percent.
        is_band = entry.type is PropertyType.SHARE and not entry.name.endswith("_share")
        return amount_label(schema, None if is_band else entry.unit, float(value))
    return same(value)


def code_label(schema: Schema, code_list: str, code: str) -> Label:
    """Return the name of a code, the code itself where the list does not have it."""
    for entry in schema.code_list(code_list).codes:
        if entry.code == code:
            return Label(en=entry.label.en, zh=entry.label.zh)
    return same(code)


def amount_label(schema: Schema, unit: str | None, value: float) -> Label:
    """Return a number with its unit, a key of `kinds/units.yaml`."""
    if unit == "fen":
        return said("drawing_yuan", amount=_plain(value / FEN_PER_YUAN))
    if unit in ("fen per kg", "fen per month"):
        code = "history_yuan_per_kg" if unit == "fen per kg" else "history_yuan_per_month"
        return said(code, amount=_plain(value / FEN_PER_YUAN))
    if unit == "share":
        return same(f"{value:.0%}")
    if unit == "y/n" and value in (0, 1):
        return said("drawing_answer_yes" if value else "drawing_answer_no")
    if unit is None or unit in PLAIN_UNITS or unit not in schema.units:
        return same(f"{value:.0f}" if unit == "year" else _plain(value))
    label = schema.units[unit]
    return Label(en=f"{_plain(value)} {label.en}", zh=f"{_plain(value)} {label.zh}")


def answer_label(schema: Schema, answer: str) -> Label:
    """Return an answer in words: named causes by their name, yes and no, any other code as it is."""
    if answer in WORDED_ANSWERS:
        return said(f"drawing_answer_{answer}")
    return listed([_cause(schema, code) for code in answer.split(CODES_JOINED_BY)], by=",")


def _cause(schema: Schema, code: str) -> Label:
    cause = schema.causes.get(code)
    return same(code) if cause is None else Label(en=cause.label.en, zh=cause.label.zh)


def _plain(value: float) -> str:
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")
