"""Register numbers that look as real ones do and cannot be: they begin with 99, which no place in China has.

An identity number has 18 characters: 6 of the place, 8 of the birth, 3 running, and the check character of ISO 7064
MOD 11-2 (GB 11643). Here: 99, the county's code, a running number of 9 digits, the check character. Codes of places
(GB/T 2260) begin with 11 to 82, so neither a number of a citizen nor one of a resident from abroad begins so.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Numbers = npt.NDArray[np.int64]

# How many numbers a block of households may use up; a household that splits off takes one of its block.
HOUSEHOLDS_OF_BLOCK, PEOPLE_OF_BLOCK = 10_000, 100_000
_HOUSEHOLD_DIGITS, _PERSON_DIGITS = 8, 9
_WEIGHTS = np.array([2 ** (17 - place) % 11 for place in range(17)], np.int64)
_CHECKS = pa.array(list("10X98765432"))


def household_numbers(county: str, running: Numbers) -> pa.Array:
    """Return 16 characters for each running number: 99, the county, 8 digits."""
    return pa.array(int(f"99{county}") * 10**_HOUSEHOLD_DIGITS + running, pa.int64()).cast(pa.string())


def person_numbers(county: str, running: Numbers) -> pa.Array:
    """Return 18 characters for each running number: 99, the county, 9 digits, the check character."""
    body = int(f"99{county}") * 10**_PERSON_DIGITS + running
    total = np.zeros(len(running), np.int64)
    rest = body.copy()
    for weight in _WEIGHTS[::-1]:
        total += rest % 10 * weight
        rest //= 10
    checks = _CHECKS.take(pa.array(total % 11))
    return pc.binary_join_element_wise(pa.array(body, pa.int64()).cast(pa.string()), checks, "")
