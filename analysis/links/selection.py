"""Which households a planner's filters choose, and which of them have help and which are left out.

Each filter narrows both sides. Households: those who live in the area, have a finding of the cause, or whom the
measure or programme concerns, since it helps them or works against a cause held at them. Help: what is given under
the programme, delivers the measure and is aimed at the cause. So `without` under a programme means: it could help,
and does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.links.census import Census, Flags

WithHelp = Literal["with", "without"]


@dataclass(frozen=True)
class Narrowing:
    """What filters mean for a census: for every household, row of the help or both, whether it is let through.

    `lives_there`: lives in the area. `has_cause`: the cause is held at it. `has_finding`: a finding is open that the
    filters are about. `counts`: for every row of the help, whether it is what is asked about. `of_concern`: only
    households that the help asked about reaches or could help, since a measure or programme is asked about.
    """

    lives_there: Flags
    has_cause: Flags
    has_finding: Flags
    counts: Flags
    of_concern: bool


@dataclass(frozen=True)
class Selection:
    """For every household of a census: whether it is in scope, has a finding, has help, and is chosen by `help`."""

    in_scope: Flags
    with_finding: Flags
    with_help: Flags
    chosen: Flags

    @property
    def without_help(self) -> Flags:
        """Return who has an open finding and no help."""
        return self.with_finding & ~self.with_help


def everything(census: Census) -> Narrowing:
    """Return the narrowing of no filter at all."""
    every = np.ones(len(census.household_ids), dtype=bool)
    return Narrowing(every, every, census.has_finding, np.ones(len(census.help_rows), dtype=bool), of_concern=False)


def select(census: Census, narrowing: Narrowing, with_help: WithHelp | None) -> Selection:
    """Return who is in scope, and who of them is chosen: all, those with help, or those left without."""
    helped = np.zeros(len(census.household_ids), dtype=bool)
    helped[census.help_rows[narrowing.counts]] = True
    in_scope = narrowing.lives_there & narrowing.has_cause
    if narrowing.of_concern:
        in_scope = in_scope & (narrowing.has_finding | helped)
    found, helped = narrowing.has_finding & in_scope, helped & in_scope
    chosen = {None: in_scope, "with": helped, "without": found & ~helped}[with_help]
    return Selection(in_scope, found, helped, chosen)
