"""Which area lies in which, read from official area codes: province 2 digits, city 4, county 6, town 9, village 12."""

from __future__ import annotations

from functools import lru_cache

_LENGTHS = (2, 4, 6, 9, 12)


def is_official(code: str) -> bool:
    """Return whether the code has the form of an official area code."""
    return code.isascii() and code.isdigit() and len(code) in _LENGTHS


@lru_cache(maxsize=10_000)
def area_prefix(code: str) -> str:
    """Return the digits that every area inside begins with; a code of another form comes back as it is.

    >>> area_prefix("340000"), area_prefix("350624101000"), area_prefix("350624")
    ('34', '350624101', '350624')
    """
    if not is_official(code):
        return code
    kept = code
    for length in reversed(_LENGTHS):
        if len(kept) > length and not kept[length:].strip("0"):
            kept = kept[:length]
    return kept


def is_within(area_id: str, area: str) -> bool:
    """Return whether the area `area_id` is `area` or lies in it.

    What follows a hyphen is a part of the area before it: a hamlet of a village.

    >>> is_within("350624101201-3", "35"), is_within("350624", "340000"), is_within("north-2", "north")
    (True, False, True)
    """
    prefix = area_prefix(area)
    if is_official(prefix):
        head = area_id.partition("-")[0]
        return is_official(head) and area_prefix(head).startswith(prefix)
    return area_id == area or area_id.startswith(f"{area}-")
