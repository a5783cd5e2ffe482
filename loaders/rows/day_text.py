"""Days as departments write them, read one text at a time; what may mean two days is a fault, never a guess."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.mapping import DayForm
from loaders.rows.fact_rows import Indexes

# What is wrong with a text that gives no day: a code of the catalogue.
DayFault = Literal[
    "day_not_understood",
    "day_not_in_calendar",
    "day_lunar",
    "day_of_the_republic",
    "day_missing_in_month",
    "day_order_unknown",
    "day_counted",
]

# Day 1 of a spreadsheet is 1 January 1900, and it knows a 29 February 1900, so from March on days count from here.
SERIAL_BEGINNING = date(1899, 12, 30)
FIRST_SURE_SERIAL = 61

_DIGITS = {**dict(zip("〇零○一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)), "两": 2}
_NUMERALS = "".join(_DIGITS) + "十廿卅"
_LUNAR = re.compile(
    r"农历|阴历|旧历|夏历|正月|冬月|腊月|闰|初[一二三四五六七八九十\d]|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
)
_REPUBLIC = re.compile(r"民国|民國|中华民国")
_TIME = r"(?:上午|下午)?\d{1,2}[:时]\d{1,2}分?(?::?\d{1,2}(?:\.\d+)?秒?)?(?:Z|[+-]\d{2}:?\d{2})?"
_BEHIND = rf"(?: ?(?:星期|周|礼拜)[一二三四五六日天])?(?:[T ]{_TIME})?\Z"
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:([-/.])(\d{{1,2}})\2(\d{{1,2}})|年(\d{{1,2}})月(\d{{1,2}})[日号]?){_BEHIND}")
_EIGHT_DIGITS = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:\d{{6}}\Z|{_BEHIND})")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_BEHIND}")
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月)\Z")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?\Z")
_WRITTEN = re.compile(
    rf"([{_NUMERALS}]{{4}}|\d{{4}})年([{_NUMERALS}]+|\d{{1,2}})月(?:([{_NUMERALS}]+|\d{{1,2}})[日号]?)?"
)


def read_days(cells: pa.Array, form: DayForm) -> tuple[pa.Array, dict[DayFault, Indexes]]:
    """Return the days as 2026-04-20, null where a cell is empty or gives none, and the places of what is wrong.

    Every distinct text is read once.
    """
    reader = DayReader(form)
    encoded = cells.dictionary_encode()
    told = [reader.read(text) for text in encoded.dictionary.to_pylist()]
    days = pa.array([day.isoformat() if isinstance(day, date) else None for day in told], pa.string())
    codes = np.asarray(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int64)
    faults: dict[DayFault, Indexes] = {}
    for fault in dict.fromkeys(day for day in told if not isinstance(day, date)):
        has_it = np.array([*(day == fault for day in told), False], dtype=np.bool_)
        faults[fault] = np.flatnonzero(has_it[codes])
    return days.take(encoded.indices), faults


@dataclass(frozen=True)
class DayReader:
    """Reads days in the forms that a mapping allows."""

    form: DayForm

    def read(self, text: str) -> date | DayFault:
        """Return the day, else what is wrong; a time behind the day is left away.

        >>> DayReader(DayForm()).read("二〇二六年四月廿日")
        datetime.date(2026, 4, 20)
        """
        if _REPUBLIC.search(text):
            return "day_of_the_republic"
        if _LUNAR.search(text):
            return "day_lunar"
        plain = _in_digits(" ".join(unicodedata.normalize("NFKC", text).split()))
        for read in (self._year_first, self._year_last, self._month, self._serial):
            found = read(plain)
            if found is not None:
                return found
        return "day_not_understood"

    def _year_first(self, text: str) -> date | DayFault | None:
        found = _YEAR_FIRST.match(text) or _EIGHT_DIGITS.match(text)
        if found is None:
            return None
        year, month, day = (part for part in found.groups() if part and part not in "-/.")
        return _day(year, month, day)

    def _year_last(self, text: str) -> date | DayFault | None:
        found = _YEAR_LAST.match(text)
        if found is None:
            return None
        first, _, second, year = found.groups()
        if self.form.order is None:
            return "day_order_unknown"
        day, month = (first, second) if self.form.order == "dmy" else (second, first)
        return _day(year, month, day)

    def _month(self, text: str) -> date | DayFault | None:
        found = _MONTH.match(text)
        if found is None:
            return None
        year, month = (part for part in found.groups() if part)
        first = _day(year, month, "1")
        if self.form.complete is None or not isinstance(first, date):
            return "day_missing_in_month" if isinstance(first, date) else first
        return first if self.form.complete == "first" else first.replace(day=monthrange(first.year, first.month)[1])

    def _serial(self, text: str) -> date | DayFault | None:
        found = _SERIAL.match(text)
        if found is None:
            return None
        if not self.form.serial:
            return "day_counted"
        number = int(found[1])
        return SERIAL_BEGINNING + timedelta(days=number) if number >= FIRST_SURE_SERIAL else "day_not_in_calendar"


def _day(year: str, month: str, day: str) -> date | DayFault:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return "day_not_in_calendar"


def _in_digits(text: str) -> str:
    """Return the text with a day in Chinese numerals written in digits; blanks between its parts are left away."""
    spaced = re.sub(r"(?<=\d) ?([-/.]) ?(?=\d)", r"\1", re.sub(r" ?([年月日号]) ?", r"\1", text))
    found = _WRITTEN.match(spaced)
    if found is None:
        return spaced
    year, month, day = found.groups()
    rest = spaced[found.end() :]
    told = f"{_year(year)}年{_number(month)}月" + (f"{_number(day)}日" if day else "")
    return told + (" " + rest.strip() if rest.strip() else "")


def _year(text: str) -> str:
    return "".join(str(_DIGITS[sign]) if sign in _DIGITS else sign for sign in text)


def _number(text: str) -> str:
    """Return a number below 40 in digits: 十 is 10, 廿一 is 21; what is no such number comes back as it is.

    >>> _number("十"), _number("三十一"), _number("廿"), _number("二十")
    ('10', '31', '20', '20')
    """
    spread = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = spread.partition("十")
    if not ten:
        return "".join(str(_DIGITS[sign]) if sign in _DIGITS else sign for sign in spread)
    if len(tens) > 1 or len(ones) > 1 or any(sign not in _DIGITS for sign in tens + ones):
        return text
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))
