from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.areas import area_prefix, is_within

# Digits of province, city, county, town, village; a part of zeros would stand for "no further".
PARTS = st.tuples(
    st.integers(10, 99), st.integers(1, 99), st.integers(1, 99), st.integers(1, 999), st.integers(1, 999)
).map(lambda parts: (f"{parts[0]}", f"{parts[1]:02}", f"{parts[2]:02}", f"{parts[3]:03}", f"{parts[4]:03}"))


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("350000", "35"),
        ("350600", "3506"),
        ("350624", "350624"),
        ("350624101", "350624101"),
        ("350624101000", "350624101"),
        ("350624000000", "350624"),
        ("north", "north"),
        ("35062", "35062"),
    ],
)
def test_zeros_at_the_end_of_a_code_name_no_further_area(code: str, prefix: str) -> None:
    assert area_prefix(code) == prefix


@pytest.mark.parametrize(
    ("area_id", "area", "expected"),
    [
        ("350624101201-3", "350624101201", True),
        ("350624", "350625", False),
        ("35", "350624", False),
        ("north-2", "north", True),
        ("north2", "north", False),
        ("KE-35", "35", False),
        ("35062", "35", False),
    ],
)
def test_an_area_lies_in_what_its_code_says(area_id: str, area: str, expected: bool) -> None:
    assert is_within(area_id, area) is expected


@given(PARTS, st.integers(1, 5))
def test_a_village_lies_in_every_area_above_it(parts: tuple[str, ...], length: int) -> None:
    assert is_within("".join(parts), "".join(parts[:length]))


@given(PARTS, st.integers(1, 4))
def test_an_area_written_with_zeros_is_the_same_area(parts: tuple[str, ...], length: int) -> None:
    above = "".join(parts[:length])

    assert area_prefix(above.ljust(12, "0")) == above
