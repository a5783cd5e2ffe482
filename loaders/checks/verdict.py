"""Which rows of a file are kept. A row is accepted when all its facts are; a rejected fact gives nothing to others.

So what refers to a rejected fact is rejected too, and so on until nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from graph_schema import Schema
from loaders.checks.facts import Checked
from loaders.checks.references import KnownIdsOf, References
from loaders.checks.times import future_faults
from loaders.rows.fact_rows import Fault, Flags, Indexes, marked


@dataclass(frozen=True)
class Verdict:
    """What is kept of a file: `is_rejected` per row, `stays` per fact and `faults` for each set of facts."""

    is_rejected: Flags
    stays: tuple[Flags, ...]
    faults: tuple[tuple[Fault, ...], ...]


def judge(
    checked: Sequence[Checked],
    *,
    lines: Indexes,
    known: KnownIdsOf,
    schema: Schema,
    recorded_at: datetime | None = None,
) -> Verdict:
    """Return the verdict on all facts of one file; `lines` has one line per row.

    With `recorded_at`, the moment at which the file became known, what would have happened later is at fault.
    """
    if recorded_at is not None:
        checked = [replace(part, faults=(*part.faults, *future_faults(part.typed, recorded_at))) for part in checked]
    references = References(checked, lines=lines, known=known, schema=schema)
    of_references, needs = references.resolve()
    faults = [[*part.faults, *more] for part, more in zip(checked, of_references, strict=True)]
    spread = _Spread(checked, len(lines))
    wave = spread.reject([marked(len(part.facts), found) for part, found in zip(checked, faults, strict=True)])
    while any(fallen.any() for fallen in wave):
        faulty = [np.zeros(len(part.facts), np.bool_) for part in checked]
        for need in needs:
            falls = wave[need.target_part][need.targets] & spread.stays[need.part][need.facts]
            if falls.any():
                targets = need.targets[falls]
                told = references.lines_of(np.full(len(targets), need.target_part), targets)
                fault = Fault("reference_rejected", need.column, need.facts[falls], fields_of_fact={"line": told})
                faults[need.part].append(fault)
                faulty[need.part][need.facts[falls]] = True
        wave = spread.reject(faulty)
    return Verdict(spread.is_rejected, tuple(spread.stays), tuple(map(tuple, faults)))


class _Spread:
    """Spreads rejection from facts to the rows that say them, and from rows to facts that no other row says."""

    def __init__(self, checked: Sequence[Checked], row_count: int) -> None:
        self._says = [part.facts.fact_of_row for part in checked]
        self.is_rejected: Flags = np.zeros(row_count, np.bool_)
        self.stays: list[Flags] = [np.ones(len(part.facts), np.bool_) for part in checked]

    def reject(self, faulty: Sequence[Flags]) -> list[Flags]:
        """Reject the rows that say a faulty fact; return the facts that fall with them."""
        for says, wrong in zip(self._says, faulty, strict=True):
            if wrong.any():
                self.is_rejected |= (says >= 0) & wrong[says]
        fallen = []
        for part, says in enumerate(self._says):
            still_said = np.zeros(len(self.stays[part]), np.bool_)
            still_said[says[~self.is_rejected & (says >= 0)]] = True
            fallen.append(self.stays[part] & ~still_said)
            self.stays[part] &= still_said
        return fallen
