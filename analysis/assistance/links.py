"""Which memberships, contracts and partnerships hold on a day, and which have ended or have not begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.frames import day_stamp


@dataclass(frozen=True)
class End:
    """A day that ends a link, and what ended. `is_last_day`: on that day itself the link still holds."""

    column: str
    what: str
    is_last_day: bool


CONTRACT_STARTS = ("starts_on",)
CONTRACT_ENDS = (
    End("ends_on", "contract", is_last_day=True),
    End("enterprise_closed_on", "enterprise", is_last_day=False),
    End("partner_closed_on", "cooperative", is_last_day=False),
)
PARTNERSHIP_STARTS = ("starts_on", "programme_starts_on")
PARTNERSHIP_ENDS = (
    End("ends_on", "partnership", is_last_day=True),
    End("programme_ends_on", "programme", is_last_day=True),
    End("partner_closed_on", "partner", is_last_day=False),
)
MEMBERSHIP_ENDS = (
    End("ended_on", "membership", is_last_day=False),
    End("closed_on", "cooperative", is_last_day=False),
)
AGENCY_ENDS = (End("closed_on", "agency", is_last_day=False),)


def with_state(frame: pd.DataFrame, day: date, *, starts: Sequence[str], ends: Sequence[End]) -> pd.DataFrame:
    """Return the links with their state on the day.

    Adds `state` (current, ended, not_yet), `lapsed_what` (what ended first, None if nothing did) and `lapsed_on` (the
    day it ended, or the day it will begin).
    """
    stamp = day_stamp(day)
    state = pd.Series("current", index=frame.index, dtype="object")
    what = pd.Series(None, index=frame.index, dtype="object")
    lapsed_on = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
    for start in starts:
        begins_later = (frame[start] > stamp).astype(bool)
        state = state.mask(begins_later, "not_yet")
        is_latest = begins_later & (lapsed_on.isna() | (frame[start] > lapsed_on))
        lapsed_on = lapsed_on.mask(is_latest, frame[start])
    lapsed_on = lapsed_on.mask(_has_ended(frame, stamp, ends), pd.NaT)
    for end in ends:
        has_ended = _ended_by(frame, stamp, end)
        is_first = has_ended & (lapsed_on.isna() | (frame[end.column] < lapsed_on))
        state = state.mask(has_ended, "ended")
        what = what.mask(is_first, end.what)
        lapsed_on = lapsed_on.mask(is_first, frame[end.column])
    return frame.assign(state=state, lapsed_what=what, lapsed_on=lapsed_on)


def current(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the links that hold, out of a frame with states."""
    return frame[frame["state"] == "current"]


def lapsed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the links that have ended or have not begun, out of a frame with states."""
    return frame[frame["state"] != "current"]


def _ended_by(frame: pd.DataFrame, stamp: pd.Timestamp, end: End) -> pd.Series:
    days = frame[end.column]
    return (days < stamp if end.is_last_day else days <= stamp).astype(bool)


def _has_ended(frame: pd.DataFrame, stamp: pd.Timestamp, ends: Sequence[End]) -> pd.Series:
    found = pd.Series(False, index=frame.index, dtype="bool")
    for end in ends:
        found |= _ended_by(frame, stamp, end)
    return found
