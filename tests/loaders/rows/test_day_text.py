"""Days as departments write them: every form, every trap, and the law that writing and reading meet."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.mapping import DayForm
from loaders.rows.day_text import DayReader, read_days

APRIL = date(2026, 4, 20)
STRICT = DayReader(DayForm())
NUMERALS = "〇一二三四五六七八九"


def in_numerals(number: int) -> str:
    tens, ones = divmod(number, 10)
    return {0: "", 1: "十"}.get(tens, NUMERALS[tens % 10] + "十") + (NUMERALS[ones] if ones else "")


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-20", "2026/4/20", "2026.4.20", "20260420", "2026年4月20日", "2026年4月20号", "二〇二六年四月二十日",
        "二零二六年四月廿日", "２０２６-０４-２０", "2026 年 4 月 20 日", "2026 - 4 - 20", "2026-04-20 00:00:00",
        "2026-04-20T08:30:00.5+08:00", "2026年4月20日 10:30", "2026年4月20日10时30分", "2026年4月20日 星期一",
        "2026-04-20 上午8:30", "20260420103000", "2026年四月20日",
    ],
)  # fmt: skip
def test_a_day_that_begins_with_its_year_is_read(text: str) -> None:
    assert STRICT.read(text) == APRIL


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_in_every_form_that_it_is_written_in(day: date) -> None:
    year = "".join(NUMERALS[int(digit)] for digit in f"{day.year:04}")
    forms = [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year:04}{day.month:02}{day.day:02}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{year}年{in_numerals(day.month)}月{in_numerals(day.day)}日",
    ]
    assert [STRICT.read(form) for form in forms] == [day] * len(forms)


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_fault(text: str) -> None:
    assert isinstance(DayReader(DayForm(order="dmy", complete="last", serial=True)).read(text), date | str)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2026-02-31", "day_not_in_calendar"),
        ("2026年13月1日", "day_not_in_calendar"),
        ("农历二月初二", "day_lunar"),
        ("2026年腊月初八", "day_lunar"),
        ("二〇二六年闰四月一日", "day_lunar"),
        ("民国九十年四月二十日", "day_of_the_republic"),
        ("2026年4月", "day_missing_in_month"),
        ("2026-04", "day_missing_in_month"),
        ("20/04/2026", "day_order_unknown"),
        ("31.12.2026", "day_order_unknown"),
        ("46132", "day_counted"),
        ("26-04-20", "day_not_understood"),
        ("2026-4/20", "day_not_understood"),
        ("2026", "day_not_understood"),
        ("长期", "day_not_understood"),
        ("2026-04-20x", "day_not_understood"),
    ],
)
def test_what_is_no_day_or_may_be_two_is_a_fault_with_its_reason(text: str, fault: str) -> None:
    assert STRICT.read(text) == fault


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        (DayForm(order="dmy"), "20/04/2026", APRIL),
        (DayForm(order="mdy"), "04/20/2026", APRIL),
        (DayForm(complete="first"), "2026年4月", date(2026, 4, 1)),
        (DayForm(complete="last"), "2024-02", date(2024, 2, 29)),
        (DayForm(complete="last"), "二〇二六年四月", date(2026, 4, 30)),
        (DayForm(serial=True), "46132", APRIL),
        (DayForm(serial=True), "46132.75", APRIL),
    ],
)
def test_what_the_mapping_allows_is_read(form: DayForm, text: str, day: date) -> None:
    assert DayReader(form).read(text) == day


def test_the_order_that_is_said_is_kept_even_where_it_gives_no_day() -> None:
    assert DayReader(DayForm(order="dmy")).read("04/20/2026") == "day_not_in_calendar"


def test_a_column_of_days_tells_where_each_fault_is() -> None:
    days, faults = read_days(pa.array(["2026/4/20", None, "2026-02-31", "x", "2026-02-31"]), DayForm())
    assert days.to_pylist() == ["2026-04-20", None, None, None, None]
    assert {code: where.tolist() for code, where in faults.items()} == {
        "day_not_in_calendar": [2, 4],
        "day_not_understood": [3],
    }
