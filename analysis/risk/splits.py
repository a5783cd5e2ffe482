"""What each finding adds, for households that differ; what was computed once is remembered for the next time.

After a load most households are as they were, and the sums over coalitions are by far the longest of all.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from analysis.risk.alike import findings_of_some
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, Flags, Numbers, Places, cells_of


@dataclass(frozen=True)
class Splits:
    """The risks of households, split.

    Shape (households,): `risk`; `without`, with nothing confirmed or suspected, and `is_left_out`, where there are too
    many findings: then nothing is split and `without` is 0. `shapley`: (households, nodes), 0 where nothing is found.
    """

    risk: Numbers
    without: Numbers
    is_left_out: Flags
    shapley: Numbers


def splits_of(engine: RiskEngine, findings: Findings, target: str) -> Splits:
    """Return the splits of households. Raises QuestionError for a wrong target or wrong findings."""
    found = engine.attribute(findings, target)
    shapley = np.zeros((findings.household_count, len(engine.network.nodes)))
    shapley[found.household, found.cause] = np.nan_to_num(found.shapley)
    return Splits(found.risk, np.nan_to_num(found.risk_without), found.is_left_out, shapley)


@dataclass
class SplitMemory:
    """Remembers the splits of the households of the last time, on one engine and one target. One thread at a time."""

    _asked: tuple[RiskEngine, str] | None = None
    _row_of: dict[bytes, int] = field(default_factory=dict)
    _splits: Splits | None = None

    def splits_of(self, engine: RiskEngine, findings: Findings, target: str) -> Splits:
        """Return what `splits_of` does; only households whose findings were not there the last time are computed."""
        keys = _keys(engine, findings)
        known = self._splits if self._asked == (engine, target) else None
        row_of = {} if known is None else self._row_of
        rows = np.array([row_of.get(key, -1) for key in keys], dtype=np.int64)
        new: Places = np.flatnonzero(rows < 0)
        found = splits_of(engine, findings_of_some(findings, new), target)
        if known is not None:
            rows[new] = len(known.risk) + np.arange(len(new))
            found = Splits(
                *(
                    np.concatenate([getattr(known, name), getattr(found, name)])[rows]
                    for name in ("risk", "without", "is_left_out", "shapley")
                )
            )
        self._asked, self._splits = (engine, target), found
        self._row_of = {key: row for row, key in enumerate(keys)}
        return found


def _keys(engine: RiskEngine, findings: Findings) -> list[bytes]:
    """Return for each household its cells and the property rules that hold, as bytes."""
    cells = cells_of(engine.network, findings)
    order = np.lexsort((cells.cause, cells.household))
    columns = np.stack([cells.cause, cells.source, cells.severity, cells.is_closed], axis=1)[order].astype(np.float64)
    counts = np.bincount(cells.household, minlength=cells.household_count)
    ends = np.cumsum(counts)
    begins, rules = ends - counts, cells.properties
    return [
        columns[begin:end].tobytes() + rules[household].tobytes()
        for household, (begin, end) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True))
    ]
