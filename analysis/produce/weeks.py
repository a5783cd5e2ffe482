"""Weeks as calendars of trade count them: from Monday to Sunday, numbered by ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analysis.errors import QuestionError
from analysis.frames import day_stamp

DAYS = 7
_FORM = re.compile(r"([0-9]{4})-W([0-9]{2})")


@dataclass(frozen=True, order=True)
class Week:
    """One week, known by its Monday."""

    monday: date

    @property
    def sunday(self) -> date:
        """Return its last day."""
        return self.monday + timedelta(days=DAYS - 1)

    @property
    def name(self) -> str:
        """Return its name in ISO 8601.

        >>> week_of(date(2026, 5, 22)).name, week_of(date(2027, 1, 1)).name
        ('2026-W21', '2026-W53')
        """
        year, number, _ = self.monday.isocalendar()
        return f"{year:04d}-W{number:02d}"


def week_of(day: date) -> Week:
    """Return the week that a day lies in."""
    return Week(day - timedelta(days=day.weekday()))


def week_named(name: str) -> Week:
    """Return the week of a name such as 2026-W21. Raises QuestionError `not_a_week` where there is none."""
    found = _FORM.fullmatch(name)
    try:
        if found is not None:
            return Week(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except ValueError as error:
        # Most years have no week 53, and none has a week 54.
        raise QuestionError("not_a_week", week=name) from error
    raise QuestionError("not_a_week", week=name)


def weeks_from(first: Week, last: Week, most: int) -> Iterator[Week]:
    """Yield the weeks from the first to the last, at most so many."""
    for number in range(most):
        week = Week(first.monday + timedelta(days=DAYS * number))
        if week > last:
            return
        yield week


def within(frame: pd.DataFrame, week: Week, *, begins: str, ends: str) -> pd.Series:
    """Return which rows hold on some day of the week, from the day in `begins` to the day in `ends`."""
    return (frame[begins] <= day_stamp(week.sunday)) & (frame[ends] >= day_stamp(week.monday))
