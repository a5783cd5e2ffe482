"""Sums by product and week are what adding up the single lots and demands gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import QuestionError
from analysis.frames import Contract, frame_of
from analysis.produce.balance import by_product, by_week
from analysis.produce.weeks import Week, week_named, week_of, weeks_from

MONDAY = date(2026, 5, 18)
LOTS: Contract = {
    "lot_id": "text",
    "product_id": "text",
    "offered_quantity_kg": "number",
    "left_quantity_kg": "number",
    "ready_on": "day",
    "use_by_on": "day",
}
DEMANDS: Contract = {
    "demand_id": "text",
    "product_id": "text",
    "wanted_quantity_kg": "number",
    "left_quantity_kg": "number",
    "starts_on": "day",
    "ends_on": "day",
}


@dataclass(frozen=True)
class Thing:
    """A lot or a demand, in whole kilograms, which add up exactly."""

    product: str
    whole: int
    left: int
    begins: date
    ends: date


@st.composite
def things(draw: st.DrawFn) -> Thing:
    whole = draw(st.integers(1, 500))
    begins = MONDAY + timedelta(days=draw(st.integers(-10, 30)))
    ends = begins + timedelta(days=draw(st.integers(0, 20)))
    return Thing(draw(st.sampled_from(["plum", "rice", "tea"])), whole, draw(st.integers(0, whole)), begins, ends)


def frame(contract: Contract, listed: list[Thing]) -> pd.DataFrame:
    names = list(contract)
    return frame_of(
        [
            dict(zip(names, (f"n{place}", each.product, each.whole, each.left, each.begins, each.ends), strict=True))
            for place, each in enumerate(listed)
        ],
        contract,
    )


def added_up(lots: list[Thing], demands: list[Thing]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for product in sorted({each.product for each in (*lots, *demands)}):
        offered = [lot for lot in lots if lot.product == product]
        wanted = [demand for demand in demands if demand.product == product]
        left, unfilled = sum(each.left for each in offered), sum(each.left for each in wanted)
        rows.append(
            {
                "product_id": product,
                "lot_count": len(offered),
                "offered_kg": sum(each.whole for each in offered),
                "left_kg": left,
                "demand_count": len(wanted),
                "wanted_kg": sum(each.whole for each in wanted),
                "unfilled_kg": unfilled,
                "balance_kg": left - unfilled,
            }
        )
    return rows


@settings(max_examples=25, deadline=None)
@given(st.lists(things(), max_size=6), st.lists(things(), max_size=6))
def test_sums_are_those_of_the_single_lots_and_demands(lots: list[Thing], demands: list[Thing]) -> None:
    lot_frame, demand_frame = frame(LOTS, lots), frame(DEMANDS, demands)
    assert by_product(lot_frame, demand_frame) == added_up(lots, demands)
    for week, rows in by_week(lot_frame, demand_frame, weeks_from(Week(MONDAY), Week(MONDAY), 1)).items():
        days = [week.monday + timedelta(days=number) for number in range(7)]
        holds = [
            [each for each in side if any(each.begins <= day <= each.ends for day in days)] for side in (lots, demands)
        ]
        assert rows == added_up(*holds)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
@settings(max_examples=50)
def test_a_week_is_found_by_its_name(day: date) -> None:
    week = week_of(day)
    assert week_named(week.name) == week
    assert week.monday <= day <= week.sunday
    assert week.monday.isoweekday() == 1


def test_the_first_days_of_a_year_may_lie_in_the_last_week_of_the_year_before() -> None:
    assert week_of(date(2027, 1, 1)).name == "2026-W53"


def test_no_more_weeks_are_given_than_asked_for() -> None:
    first, last = Week(MONDAY), week_of(MONDAY + timedelta(days=100))
    assert [week.name for week in weeks_from(first, last, 2)] == ["2026-W21", "2026-W22"]
    assert list(weeks_from(last, first, 5)) == []


@pytest.mark.parametrize("name", ["2026-W00", "2025-W53", "2026W21", "W21"])
def test_a_name_of_no_week_is_refused(name: str) -> None:
    with pytest.raises(QuestionError):
        week_named(name)
