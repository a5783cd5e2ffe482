"""Facts on their way from the rows of a file to the ledger, all of one kind, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Indexes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with some facts: a message of the catalogue, and the column it is seen in.

    `fields` fill the message for all facts alike; each sequence of `fields_of_fact` holds one value per fact, in the
    order of `facts` (places in the fact rows, ascending).
    """

    code: str
    column: str
    facts: Indexes
    fields: Mapping[str, object] = field(default_factory=dict)
    fields_of_fact: Mapping[str, Sequence[object]] = field(default_factory=dict)


@dataclass(frozen=True)
class FactRows:
    """The facts of one kind that a file says, as text under the names of the kind's template.

    `columns`: pyarrow string arrays, null = empty, one value per fact. `made_of`: for each, the columns of the file it
    comes from. `fact_of_row`: for each row of the file the fact it says, -1 = none. `row_of_fact`: the first row that
    says the fact. `faults`: what a mapping could not read.
    """

    kind: str
    columns: Mapping[str, pa.Array]
    made_of: Mapping[str, tuple[str, ...]]
    fact_of_row: Indexes
    row_of_fact: Indexes
    faults: tuple[Fault, ...] = ()

    def __len__(self) -> int:
        return len(self.row_of_fact)


def places(mask: pa.Array) -> Indexes:
    """Return the places where the mask is true, ascending; null is not true."""
    if not pc.any(mask).as_py():
        return np.zeros(0, np.int64)
    return np.flatnonzero(flags(mask))


def flags(mask: pa.Array) -> Flags:
    """Return the mask as numpy flags; null is false."""
    return np.asarray(pc.fill_null(mask, False).to_numpy(zero_copy_only=False), dtype=np.bool_)


def marked(count: int, faults: Iterable[Fault]) -> Flags:
    """Return which of `count` facts have one of the faults."""
    found = np.zeros(count, np.bool_)
    for fault in faults:
        found[fault.facts] = True
    return found


def first_places(codes: Indexes, count: int) -> Indexes:
    """Return for each code from 0 to `count` - 1 the first place where it stands; each stands somewhere."""
    first = np.empty(count, np.int64)
    # Written from the last place to the first, so the first stays.
    first[codes[::-1]] = np.arange(len(codes), dtype=np.int64)[::-1]
    return first
