"""Counts of households summed over places: who has a finding, who has help, and of which cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.assistance.words import cause_word
from analysis.places.parts import CauseCount, HelpCounts
from analysis.places.rows import CauseRow, HelpRow
from analysis.sensitivity import is_sensitive_cause
from graph_schema import Schema


@dataclass
class Sums:
    """Households of a place: all, with a finding, with help, with a finding alone, and per cause (all, confirmed)."""

    households: int = 0
    with_finding: int = 0
    with_help: int = 0
    without_help: int = 0
    causes: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add_help(self, row: HelpRow) -> None:
        """Add the households of a row."""
        count = row["household_count"]
        self.households += count
        self.with_finding += count if row["has_finding"] else 0
        self.with_help += count if row["has_help"] else 0
        self.without_help += count if row["has_finding"] and not row["has_help"] else 0

    def add_cause(self, row: CauseRow) -> None:
        """Add the households of a row."""
        count = row["household_count"]
        known, confirmed = self.causes.get(row["cause_id"], (0, 0))
        self.causes[row["cause_id"]] = (known + count, confirmed + (count if row["status"] == "confirmed" else 0))


def summed_by_place(
    place_of: Mapping[str, str], help_rows: Iterable[HelpRow], cause_rows: Iterable[CauseRow]
) -> dict[str, Sums]:
    """Return the sums of each place; `place_of` tells which place the households of an area belong to."""
    sums = {place: Sums() for place in place_of.values()}
    for row in help_rows:
        sums[place_of[row["area_id"]]].add_help(row)
    for cause in cause_rows:
        sums[place_of[cause["area_id"]]].add_cause(cause)
    return sums


def summed_help(rows: Iterable[HelpRow]) -> Sums:
    """Return the sums of all rows, without causes."""
    whole = Sums()
    for row in rows:
        whole.add_help(row)
    return whole


def summed(parts: Iterable[Sums]) -> Sums:
    """Return the sum of several places, no household of which lives in two of them."""
    whole = Sums()
    for part in parts:
        whole.households += part.households
        whole.with_finding += part.with_finding
        whole.with_help += part.with_help
        whole.without_help += part.without_help
        for code, (count, confirmed) in part.causes.items():
            known = whole.causes.get(code, (0, 0))
            whole.causes[code] = (known[0] + count, known[1] + confirmed)
    return whole


def help_counts(sums: Sums) -> HelpCounts:
    """Return the sums of households as an answer states them."""
    return HelpCounts(
        household_count=sums.households,
        with_finding_count=sums.with_finding,
        with_help_count=sums.with_help,
        without_help_count=sums.without_help,
    )


def cause_counts(
    schema: Schema, sums: Sums, *, show_sensitive: bool, most: int | None = None
) -> tuple[tuple[CauseCount, ...], int]:
    """Return the causes that may be shown, the commonest first, at most so many; and how many may not be shown."""
    shown = [code for code in sums.causes if show_sensitive or not is_sensitive_cause(schema, code)]
    shown.sort(key=lambda code: (-sums.causes[code][0], code))
    counted = tuple(
        CauseCount(
            cause=cause_word(schema, code),
            household_count=sums.causes[code][0],
            confirmed_count=sums.causes[code][1],
        )
        for code in shown[:most]
    )
    return counted, len(sums.causes) - len(shown)
