"""Households with the same findings form one pattern, and a pattern is computed once.

Patterns form a forest: a root per combination of property rules that hold; a pattern is its parent and one more cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.risk.findings import Cells, Flags, Numbers, Places

_MEASURES_AT_ONCE = 16


@dataclass(frozen=True)
class CellKinds:
    """The different cells there are: shape (kinds,) each."""

    cause: Places
    source: Numbers
    severity: Numbers
    is_closed: Flags


class Patterns:
    """The patterns found so far: each has a number, which only grows."""

    def __init__(self, kinds: CellKinds, roots: Flags) -> None:
        """Begin with the roots, shape (roots, property rules)."""
        self.kinds = kinds
        self.roots = roots
        self._parents = [np.full(len(roots), -1, dtype=np.int64)]
        self._kinds = [np.full(len(roots), -1, dtype=np.int64)]
        self.count = len(roots)

    def extended(self, parents: Places, kinds: Places) -> Places:
        """Return the numbers of the patterns `parents`, each with one more cell.

        Equal pairs in one call get one number. So that equal patterns do, call it once for all patterns of a size,
        with the kinds of each pattern added in rising order.
        """
        numbers, firsts = pd.factorize(parents * len(self.kinds.cause) + kinds)
        parent, kind = np.divmod(firsts, len(self.kinds.cause))
        self._parents.append(parent)
        self._kinds.append(kind)
        start, self.count = self.count, self.count + len(firsts)
        return start + numbers.astype(np.int64)

    def parents_and_kinds(self) -> tuple[Places, Places]:
        """Return the parent and the last cell of every pattern, -1 at a root."""
        return np.concatenate(self._parents), np.concatenate(self._kinds)


@dataclass(frozen=True)
class Grouping:
    """Cells as kinds: `kind` of each cell, `start` and `count` of the cells of each household, `root` of each."""

    patterns: Patterns
    kind: Places
    start: Places
    count: Places
    root: Places


def grouping_of(cells: Cells) -> Grouping:
    """Return the cells by kind, the kinds of each household in rising order, closed causes first."""
    values = np.stack(
        [cells.is_closed.astype(np.float64), cells.cause.astype(np.float64), cells.source, cells.severity]
    )
    number = np.zeros(len(cells.cause), dtype=np.int64)
    for row in values[::-1]:
        ranks = pd.factorize(row, sort=True)[0].astype(np.int64)
        number = pd.factorize(ranks * (int(number.max(initial=0)) + 1) + number, sort=True)[0].astype(np.int64)
    kind_count = int(number.max(initial=-1)) + 1
    sample = np.zeros(kind_count, dtype=np.int64)
    sample[number] = np.arange(len(number))
    is_closed = cells.is_closed[sample]
    # Closed causes come first, so that attribution can start from the pattern of those alone.
    rank = np.empty(kind_count, dtype=np.int64)
    rank[np.lexsort((np.arange(kind_count), ~is_closed))] = np.arange(kind_count)
    back = np.argsort(rank)
    kind = rank[number]
    kind = np.sort(cells.household * max(kind_count, 1) + kind) % max(kind_count, 1)
    kinds = CellKinds(
        cells.cause[sample][back], cells.source[sample][back], cells.severity[sample][back], is_closed[back]
    )
    count = np.bincount(cells.household, minlength=cells.household_count)
    start = np.cumsum(count) - count
    bits = cells.properties @ (1 << np.arange(cells.properties.shape[1], dtype=np.int64))
    root, first = np.unique(bits, return_index=True)
    return Grouping(
        patterns=Patterns(kinds, cells.properties[first]),
        kind=kind,
        start=start,
        count=count,
        root=np.searchsorted(root, bits).astype(np.int64),
    )


def whole_patterns(grouping: Grouping) -> Places:
    """Return the pattern of each household with all its cells."""
    numbers = grouping.root.copy()
    for place in range(int(grouping.count.max(initial=0))):
        longer = np.flatnonzero(grouping.count > place)
        numbers[longer] = grouping.patterns.extended(numbers[longer], grouping.kind[grouping.start[longer] + place])
    return numbers


def different_plans(numbers: Places, plans: Flags) -> tuple[Places, Places]:
    """Return the first row of each different pair of pattern and plan, and per row which of them it is.

    `numbers`: pattern of each row; `plans`: shape (rows, measures).
    """
    pair = pd.factorize(numbers)[0].astype(np.int64)
    # Sixteen measures at a time, so that pair and bits together stay a whole number that the machine can hold.
    for start in range(0, plans.shape[1], _MEASURES_AT_ONCE):
        some = plans[:, start : start + _MEASURES_AT_ONCE]
        bits = some @ (1 << np.arange(some.shape[1], dtype=np.int64))
        pair = pd.factorize((pair << _MEASURES_AT_ONCE) + bits)[0].astype(np.int64)
    different, first = np.unique(pair, return_index=True)
    return first.astype(np.int64), np.searchsorted(different, pair).astype(np.int64)
