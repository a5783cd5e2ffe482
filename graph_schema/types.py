"""The type and the unit of a property, which its name tells."""

from __future__ import annotations

from graph_schema.meta import PropertyType

# The first rule that fits decides; a name that no rule fits is text.
_BY_NAME: dict[str, PropertyType] = {
    "amplified_by": PropertyType.JSON,
    "capacity": PropertyType.NUMBER,
    "confidence": PropertyType.SHARE,
    "effect": PropertyType.SHARE,
    "lat": PropertyType.NUMBER,
    "leak": PropertyType.SHARE,
    "lon": PropertyType.NUMBER,
    "number": PropertyType.WHOLE,
    "quality": PropertyType.SHARE,
    "risk_leak": PropertyType.SHARE,
    "severity": PropertyType.SHARE,
    "source_row": PropertyType.WHOLE,
    "strength": PropertyType.SHARE,
    "valid_from": PropertyType.DAY,
    "valid_to": PropertyType.DAY,
}

_BY_BEGINNING: tuple[tuple[str, PropertyType], ...] = (
    ("is_", PropertyType.FLAG),
    ("has_", PropertyType.FLAG),
    ("was_", PropertyType.FLAG),
)

_BY_ENDING: tuple[tuple[str, PropertyType, str | None], ...] = (
    ("_on", PropertyType.DAY, None),
    ("_at", PropertyType.INSTANT, None),
    ("_fen_per_month", PropertyType.WHOLE, "fen per month"),
    ("_fen_per_kg", PropertyType.WHOLE, "fen per kg"),
    ("_fen", PropertyType.WHOLE, "fen"),
    ("_count", PropertyType.WHOLE, "count"),
    ("_number", PropertyType.WHOLE, None),
    ("_year", PropertyType.WHOLE, "year"),
    ("_years", PropertyType.WHOLE, "years"),
    ("_months", PropertyType.WHOLE, "months"),
    ("_days", PropertyType.WHOLE, "days"),
    ("_minutes", PropertyType.WHOLE, "minutes"),
    ("_quantity_kg", PropertyType.NUMBER, "kg"),
    ("_distance_km", PropertyType.NUMBER, "km"),
    ("_mu", PropertyType.NUMBER, "mu"),
    ("_m", PropertyType.NUMBER, "m"),
    ("_value", PropertyType.NUMBER, None),
    ("_share", PropertyType.SHARE, "share"),
    ("_json", PropertyType.JSON, None),
    ("_codes", PropertyType.CODES, None),
)

_LIMITS = ("min_", "max_")


def property_type(name: str, *, is_code: bool = False) -> PropertyType:
    """Return the type that the name tells; `is_code` = a code list is bound to the name: one of its codes, or several.

    >>> property_type("starts_on"), property_type("max_fen_per_kg"), property_type("head_name")
    (<PropertyType.DAY: 'day'>, <PropertyType.WHOLE: 'whole'>, <PropertyType.TEXT: 'text'>)
    """
    if is_code:
        return PropertyType.CODES if name.endswith("_codes") else PropertyType.CODE
    plain = plain_name(name)
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    for beginning, of_beginning in _BY_BEGINNING:
        if plain.startswith(beginning):
            return of_beginning
    for ending, of_ending, _ in _BY_ENDING:
        if f"_{plain}".endswith(ending):
            return of_ending
    return PropertyType.TEXT


def property_unit(name: str) -> str | None:
    """Return the unit that the name tells, as a key of `kinds/units.yaml`; None where it tells none.

    >>> property_unit("ask_fen_per_kg"), property_unit("distance_km"), property_unit("name")
    ('fen per kg', 'km', None)
    """
    plain = plain_name(name)
    if plain in _BY_NAME:
        return "share" if _BY_NAME[plain] is PropertyType.SHARE else None
    for ending, _, unit in _BY_ENDING:
        if f"_{plain}".endswith(ending):
            return unit
    return None


def plain_name(name: str) -> str:
    """Return the name without `min_` or `max_` before it: a limit has the type of what it limits.

    >>> plain_name("min_grade")
    'grade'
    """
    for limit in _LIMITS:
        if name.startswith(limit):
            return name.removeprefix(limit)
    return name
