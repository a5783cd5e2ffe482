"""Rows of a linear program, gathered block by block."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.produce.plan.batches.bounds import Places

Numbers = NDArray[np.float64]


@dataclass
class Rows:
    """Rows of the form sum of factor x column <= limit."""

    count: int = 0
    _rows: list[Places] = field(default_factory=list)
    _columns: list[Places] = field(default_factory=list)
    _factors: list[Numbers] = field(default_factory=list)
    _limits: list[Numbers] = field(default_factory=list)

    def add(self, limits: Numbers, *entries: tuple[Places, Places, Numbers | float]) -> None:
        """Add one row per limit; an entry names rows counted from 0 within this block, columns and their factors."""
        for rows, columns, factors in entries:
            self._rows.append(rows + self.count)
            self._columns.append(columns)
            self._factors.append(np.broadcast_to(np.asarray(factors, dtype=np.float64), rows.shape))
        self._limits.append(np.asarray(limits, dtype=np.float64))
        self.count += len(limits)

    def matrix(self, columns: int) -> csr_array:
        """Return the factors, one row per row and one column per column."""
        if not self._rows:
            return csr_array((self.count, columns))
        places = (np.concatenate(self._rows), np.concatenate(self._columns))
        return csr_array((np.concatenate(self._factors), places), shape=(self.count, columns))

    def limits(self) -> Numbers:
        """Return the limit of each row."""
        return np.concatenate(self._limits) if self._limits else np.zeros(0)
