"""What comes of changes: before and after, who crosses the level, reach and depth, by village and by cause."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.risk.findings import Flags, Numbers, Places


@dataclass(frozen=True)
class Depth:
    """How far the risk of households moves, after less before.

    `mean_change`: over the households counted. `largest_change`: the one farthest from 0, with its sign; of two as far,
    the rise. Both 0 where no household is counted.
    """

    mean_change: float
    largest_change: float


@dataclass(frozen=True)
class AreaEffect:
    """What comes of it in one area, None for households whose area is unknown. Counts only, and no household is named.

    `touched_count`: households at which something that the risk is computed from is another. `moved_count`: of these,
    whose risk moved. `upward_count`, `downward_count`: who crosses the level. `depth`: over those touched.
    """

    area_id: str | None
    household_count: int
    touched_count: int
    moved_count: int
    upward_count: int
    downward_count: int
    depth: Depth


@dataclass(frozen=True)
class CauseEffect:
    """A cause of which another thing is found now, at how many households, and how far their risk moves in all.

    Where several causes change at one household, its whole change stands under each of them.
    """

    cause: str
    household_count: int
    depth: Depth


@dataclass(frozen=True)
class MeasureEffect:
    """A measure that begins or stops to act, and at how many households."""

    measure: str
    begins_count: int
    stops_count: int


@dataclass(frozen=True)
class StateEffect:
    """How active a state is at the households touched, before and after, with the help that runs.

    Means of the chance within 12 months, 0 where no household is touched. `moved_count`: where it moved.
    """

    state: str
    mean_before: float
    mean_after: float
    moved_count: int


@dataclass(frozen=True)
class Effects:
    """What comes of changes at all households, in the order of the situation.

    `before`, `after`: risk with the help that runs, shape (households,). `before_without_help`, `after_without_help`:
    the same if nothing is done. `level`: at or above it a household stands high, shape (households,). `is_touched`:
    something that the risk is computed from is another. `is_moved`: the risk with help moved, by more than the digits
    of the sums. `upward`, `downward`: places of the households that come to the level or above it, or fall below it.
    `depth`: over those touched. `areas`: every area in which a household lives, by id, the unknown one last.
    `causes`: those of which another thing is found, `measures`: those that begin or stop, both in their order.
    `states`: those that something can bring about within the year. With no household at all, and with no change, all
    counts are 0 and nothing moves.
    """

    before: Numbers
    after: Numbers
    before_without_help: Numbers
    after_without_help: Numbers
    level: Numbers
    is_touched: Flags
    is_moved: Flags
    upward: Places
    downward: Places
    depth: Depth
    areas: tuple[AreaEffect, ...]
    causes: tuple[CauseEffect, ...]
    measures: tuple[MeasureEffect, ...]
    states: tuple[StateEffect, ...]

    @property
    def touched_count(self) -> int:
        """Return how many households are touched."""
        return int(self.is_touched.sum())

    @property
    def moved_count(self) -> int:
        """Return of how many households the risk moved."""
        return int(self.is_moved.sum())
