from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assistance.links import End, current, lapsed, with_state
from analysis.frames import Contract, frame_of, rows_of

DAY = date(2026, 5, 20)
LINK: Contract = {"starts_on": "day", "ends_on": "day", "closed_on": "day"}
ENDS = (End("ends_on", "contract", is_last_day=True), End("closed_on", "enterprise", is_last_day=False))
DAYS = st.none() | st.dates(date(2026, 5, 17), date(2026, 5, 23))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "closed_on", "state", "what", "on"),
    [
        (date(2026, 5, 20), date(2026, 5, 20), None, "current", None, None),
        (date(2026, 5, 21), None, None, "not_yet", None, date(2026, 5, 21)),
        (None, None, None, "current", None, None),
        (date(2026, 1, 1), date(2026, 5, 19), None, "ended", "contract", date(2026, 5, 19)),
        # An enterprise that closes today is closed; a contract that ends today still holds.
        (date(2026, 1, 1), date(2026, 5, 20), date(2026, 5, 20), "ended", "enterprise", date(2026, 5, 20)),
        (date(2026, 1, 1), None, date(2026, 5, 21), "current", None, None),
        # Both have ended: the first one counts.
        (date(2026, 1, 1), date(2026, 5, 10), date(2026, 5, 1), "ended", "enterprise", date(2026, 5, 1)),
        (date(2026, 6, 1), None, date(2026, 5, 1), "ended", "enterprise", date(2026, 5, 1)),
    ],
)
def test_a_link_is_current_ended_or_not_yet_begun(
    starts_on: date | None, ends_on: date | None, closed_on: date | None, state: str, what: str | None, on: date | None
) -> None:
    frame = frame_of([{"starts_on": starts_on, "ends_on": ends_on, "closed_on": closed_on}], LINK)
    row = rows_of(with_state(frame, DAY, starts=("starts_on",), ends=ENDS))[0]
    assert (row["state"], row["lapsed_what"], row["lapsed_on"]) == (state, what, on)


def test_of_several_first_days_the_latest_is_awaited() -> None:
    frame = frame_of([{"first": date(2026, 6, 1), "second": date(2026, 7, 1)}], {"first": "day", "second": "day"})
    row = rows_of(with_state(frame, DAY, starts=("first", "second"), ends=()))[0]
    assert (row["state"], row["lapsed_on"]) == ("not_yet", date(2026, 7, 1))


@settings(deadline=None)
@given(st.lists(st.tuples(DAYS, DAYS, DAYS)))
def test_every_link_is_either_current_or_lapsed_and_a_lapsed_one_has_its_day(
    days: list[tuple[date | None, date | None, date | None]],
) -> None:
    frame = frame_of([dict(zip(LINK, each, strict=True)) for each in days], LINK)
    stated = with_state(frame, DAY, starts=("starts_on",), ends=ENDS)
    assert len(current(stated)) + len(lapsed(stated)) == len(days)
    assert lapsed(stated)["lapsed_on"].notna().all()
    assert current(stated)["lapsed_on"].isna().all()
    assert stated["lapsed_what"].notna().tolist() == (stated["state"] == "ended").tolist()


def test_a_frame_without_links_has_no_states() -> None:
    stated = with_state(frame_of([], LINK), DAY, starts=("starts_on",), ends=ENDS)
    assert isinstance(stated, pd.DataFrame)
    assert stated.empty
