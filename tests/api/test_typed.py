"""What a reader types into a field, and how it is read."""

from __future__ import annotations

from datetime import date

import pytest

from api.errors import BadParameters
from api.pages.typed import Typed

LABELS = {"kg": "promise.kg", "price": "promise.price", "day": "plan.day"}


def typed(**fields: str) -> Typed:
    return Typed({name: [value] for name, value in fields.items()}, LABELS)


@pytest.mark.parametrize(("text", "read"), [("", None), (" 1,200.5 ", 1200.5), ("０.5", 0.5), ("1e3", 1000.0)])
def test_a_number_is_read_as_people_write_it(text: str, read: float | None) -> None:
    form = typed(kg=text)
    assert form.number("kg") == read
    form.check()


@pytest.mark.parametrize("text", ["many", "nan", "1e400", "--1", "1 000"])
def test_what_is_no_number_is_told_by_the_label_of_its_field_and_stays(text: str) -> None:
    form = typed(kg=text)
    assert form.number("kg") is None
    with pytest.raises(BadParameters) as fault:
        form.check()
    assert fault.value.what("en") == "The form is not filled in yet: “Quantity (kg)” is not a number."
    assert form.shown("kg") == text


def test_yuan_become_fen() -> None:
    assert typed(price="2.95").fen("price") == 295


@pytest.mark.parametrize(
    ("text", "read"), [("2026-05-20", date(2026, 5, 20)), ("2026-02-30", None), ("20260520", None)]
)
def test_a_day_is_read_as_the_field_sends_it(text: str, read: date | None) -> None:
    assert typed(day=text).day("day") == read
