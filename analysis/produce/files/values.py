"""Texts of cells read as values: numbers within bounds, days, codes by their code or their name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from graph_schema import Schema

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_JOINT = re.compile("[;；]")
_ANSWERS = {
    **dict.fromkeys(("yes", "true", "1", "是"), True),
    **dict.fromkeys(("no", "false", "0", "否"), False),
}
FIRST_YEAR, LAST_YEAR = 2000, 2100
# A fault names a few of the words that are allowed.
_SHOWN_WORDS = 12

Read = Callable[[str], object]


class Misread(Exception):
    """A text is no value of its column; `code` names the message that says why."""

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        self.fields = fields
        super().__init__(code)


def text(cell: str) -> str:
    """Return the text as it is."""
    return cell


def texts(cell: str) -> tuple[str, ...]:
    """Return the texts between semicolons, each once.

    >>> texts("green;organic; green")
    ('green', 'organic')
    """
    return tuple(dict.fromkeys(part.strip() for part in _JOINT.split(cell) if part.strip()))


def whole(low: int, high: int) -> Read:
    """Return what reads a whole number from `low` to `high`."""

    def read(cell: str) -> int:
        if not _WHOLE.fullmatch(cell):
            raise Misread("produce_file_no_whole")
        return int(_within(int(cell), low, high))

    return read


def number(low: float, high: float) -> Read:
    """Return what reads a number from `low` to `high`."""

    def read(cell: str) -> float:
        if not _NUMBER.fullmatch(cell):
            raise Misread("produce_file_no_number")
        return _within(float(cell), low, high)

    return read


def price(high: int) -> Read:
    """Return what reads a price in whole fen above 0, up to `high`; a price in yuan is told as such."""

    def read(cell: str) -> int:
        if not _NUMBER.fullmatch(cell):
            raise Misread("produce_file_no_number")
        if not _WHOLE.fullmatch(cell):
            raise Misread("produce_file_price_in_yuan")
        if int(cell) == 0:
            raise Misread("produce_file_price_zero")
        return int(_within(int(cell), 1, high))

    return read


def day(cell: str) -> date:
    """Return a day written as 2026-05-20, of this century."""
    try:
        found = date.fromisoformat(cell) if _DAY.fullmatch(cell) else None
    except ValueError:
        found = None
    if found is None:
        raise Misread("produce_file_no_day")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Misread("produce_file_far_day", first=FIRST_YEAR, last=LAST_YEAR)
    return found


def answer(cell: str) -> bool:
    """Return a yes or a no."""
    if cell.lower() not in _ANSWERS:
        raise Misread("produce_file_no_answer")
    return _ANSWERS[cell.lower()]


def word(names: Mapping[str, str], code: str) -> Read:
    """Return what reads one of the words of `names` (in small letters, to its code); `code` tells of an unknown one."""
    known = list(dict.fromkeys(names.values()))
    shown = ", ".join(known[:_SHOWN_WORDS]) + (", …" if known[_SHOWN_WORDS:] else "")

    def read(cell: str) -> str:
        if cell.lower() not in names:
            raise Misread(code, allowed=shown)
        return names[cell.lower()]

    return read


def words(names: Mapping[str, str], code: str) -> Read:
    """Return what reads several words of `names` between semicolons, each once."""
    one = word(names, code)

    def read(cell: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(one(part)) for part in texts(cell)))

    return read


def product_words(schema: Schema) -> dict[str, str]:
    """Return the codes and names of products, in small letters, each with the code that it stands for."""
    return words_of((code, product.label.en, product.label.zh) for code, product in schema.products.items())


def code_words(schema: Schema, code_list: str) -> dict[str, str]:
    """Return the codes and names of a code list, in small letters, each with the code that it stands for."""
    return words_of((entry.code, entry.label.en, entry.label.zh) for entry in schema.code_list(code_list).codes)


def words_of(entries: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return codes and names (code, English, Chinese) in small letters, each with the code that it stands for."""
    words: dict[str, str] = {}
    for code, *names in entries:
        words[code.lower()] = code
        for name in names:
            words.setdefault(name.lower(), code)
    return words


def _within(value: float, low: float, high: float) -> float:
    if value < 0 <= low:
        raise Misread("produce_file_negative")
    if not low <= value <= high:
        raise Misread("produce_file_out_of_range", low=f"{low:,g}", high=f"{high:,.0f}")
    return value
