"""Numbers of a sheet as text: days, times, percent, leading zeros.

ECMA-376 part 1, 18.8.30 (number formats), and 18.17.4 (how days are counted).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum

# A spreadsheet keeps 15 digits; the rest of a longer number is lost, whatever it was.
DIGITS_KEPT = 15
DAY_SECONDS = 86_400
LAST_DAY = 2_958_465

# Days begin at 1900-01-01 = 1, or at 1904-01-01 = 0 in workbooks from old Macs. The first way counts a 29 February 1900
# that never was, so that from March 1900 on its days lie one further back.
EPOCH_1900, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
FALSE_LEAP_DAY = 60

# Formats without a code of their own; 27 to 36 and 50 to 58 are those of Chinese, Japanese and Korean spreadsheets.
BUILT_IN_DAYS = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
BUILT_IN_TIMES = frozenset({18, 19, 20, 21, 45, 46, 47, *range(32, 36), 55, 56})
BUILT_IN_PERCENT = frozenset({9, 10})

_LITERAL = r'(?:"[^"]*"|\\.|[-/ ()])*'
_ZEROS = re.compile(rf"({_LITERAL})(0{{2,}})({_LITERAL})")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)


class Shape(Enum):
    """What a number format makes of a number."""

    PLAIN = "plain"
    DAY = "day"
    DAY_AND_TIME = "day and time"
    TIME = "time"
    PERCENT = "percent"
    PADDED = "padded"


@dataclass(frozen=True)
class NumberFormat:
    """What a format makes of a number; `before`, `width`, `after` are those of a format of zeros such as "A-"0000."""

    shape: Shape
    before: str = ""
    width: int = 0
    after: str = ""


class LostDigits(ValueError):  # what happened, not an error of the program
    """A number with more digits than a spreadsheet keeps: what stood behind them is gone."""


def format_of(number: int, code: str | None) -> NumberFormat:
    """Return what the format makes of a number; `code` is None where it is one of those built in."""
    if code is None:
        if number in BUILT_IN_DAYS:
            return NumberFormat(Shape.DAY_AND_TIME if number == 22 else Shape.DAY)  # 22: m/d/yy h:mm
        if number in BUILT_IN_TIMES:
            return NumberFormat(Shape.TIME)
        return NumberFormat(Shape.PERCENT if number in BUILT_IN_PERCENT else Shape.PLAIN)
    section = _BRACKETS.sub("", _first_section(code))
    zeros = _ZEROS.fullmatch(section)
    if zeros:
        return NumberFormat(Shape.PADDED, _literal(zeros[1]), len(zeros[2]), _literal(zeros[3]))
    bare = _QUOTED.sub("", section).lower()
    if bare.strip() == "general":
        return NumberFormat(Shape.PLAIN)
    has_time = bool(set(bare) & set("hs")) or "上午" in bare
    has_day = bool(set(bare) & set("yd")) or ("e" in bare and not re.search(r"e[+-]", bare))
    if has_day or ("m" in bare and not has_time):
        return NumberFormat(Shape.DAY_AND_TIME if has_time else Shape.DAY)
    if has_time:
        return NumberFormat(Shape.TIME)
    return NumberFormat(Shape.PERCENT if "%" in bare else Shape.PLAIN)


def shown(text: str, form: NumberFormat, *, is_1904: bool) -> str:
    """Return a number of a sheet as text. Raises LostDigits; ValueError where the text is no number.

    A percentage keeps its sign, so that nobody takes 12.5% for 12.5 or for 0.125.
    """
    number = float(text)
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(text)
    if form.shape is Shape.PLAIN:
        return _plain(number)
    if form.shape is Shape.PERCENT:
        return f"{_plain(number * 100)}%"
    if form.shape is Shape.PADDED:
        if number < 0 or not number.is_integer():
            return _plain(number)
        return f"{form.before}{_plain(number):0>{form.width}}{form.after}"
    if not 0 <= number < LAST_DAY + 1:
        return _plain(number)
    return _moment(number, form.shape, is_1904=is_1904)


def _plain(number: float) -> str:
    """Return the number as a spreadsheet keeps it: at most 15 digits, without exponent and needless zeros."""
    if number.is_integer():
        if abs(number) >= 10**DIGITS_KEPT:
            raise LostDigits(str(number))
        return str(int(number))
    return f"{Decimal(f'{number:.{DIGITS_KEPT}g}'):f}"


def _moment(number: float, shape: Shape, *, is_1904: bool) -> str:
    days, seconds = divmod(round(number * DAY_SECONDS), DAY_SECONDS)
    if shape is Shape.DAY:
        days, seconds = int(number), 0
    time = str(timedelta(seconds=seconds)).rjust(8, "0")
    if shape is Shape.TIME and days == 0:
        return time
    if not is_1904 and days in (0, FALSE_LEAP_DAY):
        day = "1900-02-29" if days else "1900-01-00"
    else:
        back = 0 if is_1904 or days > FALSE_LEAP_DAY else 1
        day = ((EPOCH_1904 if is_1904 else EPOCH_1900) + timedelta(days=days + back)).date().isoformat()
    return f"{day}T{time}" if seconds else day


def _first_section(code: str) -> str:
    """Return the part of a format for positive numbers: up to the first semicolon that is not quoted."""
    found = re.match(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*', code)
    return found[0] if found else code


def _literal(code: str) -> str:
    return re.sub(r'"([^"]*)"|\\(.)', lambda found: found[1] if found[1] is not None else found[2], code)
