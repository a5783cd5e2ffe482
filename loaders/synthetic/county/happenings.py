"""What happened to the households and people of a block in a year."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from loaders.synthetic.county.plan import Indexes

NOTHING = np.zeros(0, np.int64)


@dataclass
class StayEnds:
    """Stays that ended: person, household, role, first and last day."""

    person: Indexes
    household: Indexes
    role: Indexes
    starts: Indexes
    ends: Indexes


@dataclass
class Year:
    """What happened in a year. Days are days since 1970; `events`: kind, household, other household, person, day."""

    year: int
    ended: list[StayEnds] = field(default_factory=list)
    started: list[Indexes] = field(default_factory=list)
    deaths: Indexes = field(default_factory=lambda: NOTHING)
    death_days: Indexes = field(default_factory=lambda: NOTHING)
    births: Indexes = field(default_factory=lambda: NOTHING)
    grooms: Indexes = field(default_factory=lambda: NOTHING)
    brides: Indexes = field(default_factory=lambda: NOTHING)
    new_homes: Indexes = field(default_factory=lambda: NOTHING)
    merged: Indexes = field(default_factory=lambda: NOTHING)
    merged_into: Indexes = field(default_factory=lambda: NOTHING)
    moved: Indexes = field(default_factory=lambda: NOTHING)
    moved_from: Indexes = field(default_factory=lambda: NOTHING)
    moved_since: Indexes = field(default_factory=lambda: NOTHING)
    closed: Indexes = field(default_factory=lambda: NOTHING)
    days: dict[int, int] = field(default_factory=dict)
    events: list[tuple[str, Indexes, Indexes, Indexes, Indexes]] = field(default_factory=list)

    def tell(self, kind: str, household: Indexes, other: Indexes, person: Indexes, day: Indexes) -> None:
        """Keep what happened, and that the household is no longer as it was told."""
        if len(household):
            self.events.append((kind, household, other, person, day))
            for place, on in zip(household.tolist(), day.tolist(), strict=True):
                self.days[place] = max(self.days.get(place, 0), on)
