"""Names for what a contradiction holds by code: kinds, properties, indicators, feeds, values."""

from __future__ import annotations

from analysis.contradictions.parts import Wording
from analysis.errors import CATALOGUE
from graph_schema import Schema
from graph_schema.meta import Indicator, Names, NodeKind, Property, PropertyType, RelationshipKind

FEN_PER_YUAN = 100
FEN, SHARE = "fen", "share"
# Their numbers need no unit beside them: the name of what is counted says it.
PLAIN_UNITS = frozenset({"count", "ratio", "phase", "year"})
WORDED = frozenset({"yes", "no", "pass", "fail"})


def wording(code: object, label: Names | None) -> Wording | None:
    """Return a code with its names; a code of another version of the vocabulary is its own name."""
    if code is None:
        return None
    return Wording(code=str(code), en=label.en if label else str(code), zh=label.zh if label else str(code))


def kind_of(schema: Schema, kind: object) -> NodeKind | RelationshipKind | None:
    """Return the node or relationship kind of that name, or None."""
    return schema.node_kinds.get(str(kind)) or schema.relationship_kinds.get(str(kind))


def property_of(schema: Schema, kind: object, aspect: object) -> Property | None:
    """Return the property of a kind that two feeds differ on, or None where it is none of its properties."""
    found = kind_of(schema, kind)
    properties = found.properties if found is not None else ()
    return next((entry for entry in properties if entry.name == aspect), None)


def aspect_label(schema: Schema, kind: object, aspect: object) -> Names | None:
    """Return the name of what two feeds differ on: an indicator, a property, or a relationship."""
    code = str(aspect)
    if code in schema.indicators:
        return schema.indicators[code].label
    entry = property_of(schema, kind, code)
    if entry is not None:
        return entry.label
    relationship = schema.relationship_kinds.get(code)
    if relationship is not None:
        return relationship.label
    table = schema.fact_tables.get(str(kind))
    column = table.column(code) if table is not None else None
    return schema.relationship_kinds[column.relationship].label if column and column.relationship else None


def is_personal(schema: Schema, kind: object, aspect: object) -> bool:
    """Return whether the value is a person's own, such as a name, and never shown."""
    entry = property_of(schema, kind, aspect)
    return entry is not None and entry.is_personal


def value_wording(schema: Schema, kind: object, aspect: object, text: object) -> Wording | None:
    """Return a value as feed files write it and as people read it; None for none, and for a personal one."""
    if text is None or is_personal(schema, kind, aspect):
        return None
    indicator = schema.indicators.get(str(aspect))
    if indicator is not None:
        return _of_indicator(schema, indicator, str(text))
    entry = property_of(schema, kind, aspect)
    return wording(text, None) if entry is None else _of_property(schema, entry, str(text))


def _of_indicator(schema: Schema, indicator: Indicator, text: str) -> Wording:
    if text in WORDED:
        return _worded(text)
    # Causes that an answer names, codes and grades have no unit.
    unit = "count" if indicator.answers else indicator.unit
    return _amount(schema, unit, text)


def _of_property(schema: Schema, entry: Property, text: str) -> Wording:
    if entry.codes is not None:
        labels = {code.code: code.label for code in schema.code_list(entry.codes).codes}
        label = labels.get(text)
        return Wording(code=text, en=label.en if label else text, zh=label.zh if label else text)
    if entry.type is PropertyType.FLAG and text in WORDED:
        return _worded(text)
    return _amount(schema, entry.unit, text)


def _worded(text: str) -> Wording:
    code = f"contradiction_value_{text}"
    return Wording(code=text, en=CATALOGUE.what(code, {}, "en"), zh=CATALOGUE.what(code, {}, "zh"))


def _amount(schema: Schema, unit: str | None, text: str) -> Wording:
    number = _number(text)
    if number is None or unit is None or unit in PLAIN_UNITS:
        return Wording(code=text, en=text, zh=text)
    if unit == SHARE:
        return Wording(code=text, en=_percent(number), zh=_percent(number))
    if unit == FEN:
        amount: dict[str, object] = {"amount": _short(number / FEN_PER_YUAN)}
        said = {language: CATALOGUE.what("contradiction_yuan", amount, language) for language in ("en", "zh")}
        return Wording(code=text, **said)
    label = schema.units.get(unit)
    return Wording(code=text, en=f"{text} {label.en}" if label else text, zh=f"{text} {label.zh}" if label else text)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _percent(share: float) -> str:
    return f"{_short(share * 100)}%"


def _short(number: float) -> str:
    """Return a number with two decimals at most.

    >>> _short(45.0), _short(1234.567), _short(-0.5)
    ('45', '1,234.57', '-0.5')
    """
    return f"{number:,.2f}".rstrip("0").rstrip(".")
