"""Register numbers are well formed, unique and cannot be real."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from loaders.synthetic.county.county import CountyMade
from loaders.synthetic.county.registers import household_numbers, person_numbers
from tests.loaders.synthetic_county.county_reading import rows_of_kind

# The weights as GB 11643 prints them.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@given(st.lists(st.integers(0, 999_999_999), min_size=1, max_size=20))
def test_the_check_character_of_a_person_is_that_of_the_standard(running: list[int]) -> None:
    for number in person_numbers("350624", np.array(running)).to_pylist():
        total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
        assert len(number) == 18
        assert number[17] == "10X98765432"[total % 11]


def test_no_number_begins_as_a_real_one_does(faultless: CountyMade) -> None:
    persons = [row["id"] for row in rows_of_kind(faultless, "Person", feed="police")]
    households = {row["id"] for row in rows_of_kind(faultless, "Household", feed="police")}
    assert all(number.startswith("99350624") for number in [*persons, *households])
    assert len(set(persons)) == len(persons)


def test_a_household_has_sixteen_digits() -> None:
    assert household_numbers("350624", np.array([0, 12_345])).to_pylist() == ["9935062400000000", "9935062400012345"]
