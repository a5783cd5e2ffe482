"""The returns of an area under any choice of programmes for all or none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, Flags, Numbers, Places
from analysis.risk.measures import RiskMeasures

# Rows computed at once, which bounds the memory: some 150 bytes each.
_ROWS_AT_ONCE = 1 << 18


@dataclass(frozen=True)
class ProgrammeArea:
    """Patterns of households and programmes.

    `findings`: of one household per pattern; `running`: (patterns, measures); `reached`: (patterns, programmes);
    `gives`: (programmes, measures); `count`: households per pattern. `target`: the code of the state.
    """

    engine: RiskEngine
    findings: Findings
    measures: RiskMeasures
    target: str
    running: Flags
    reached: Flags
    gives: Flags
    count: Places

    def risks(self, pattern: Places, chosen: Flags) -> Numbers:
        """Return the risk of rows: their pattern, and the programmes chosen, shape (rows, programmes)."""
        found = [np.zeros(0)]
        for start in range(0, len(pattern), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            plans = self.running[pattern[part]]
            act = chosen[part] & self.reached[pattern[part]]
            for programme, given in enumerate(self.gives):
                rows = np.flatnonzero(act[:, programme])
                for measure in np.flatnonzero(given).tolist():
                    plans[rows, measure] = True
            found.append(self.engine.plan_risks(self.findings, self.measures, pattern[part], plans, self.target))
        return np.concatenate(found)

    def returns(self, chosen: Flags) -> float:
        """Return the expected returns when the programmes chosen, shape (programmes,), run."""
        everyone = np.arange(len(self.count))
        return float(self.risks(everyone, np.broadcast_to(chosen, self.reached.shape)) @ self.count)

    def gains(self, chosen: Flags, patterns: Places | None = None) -> Numbers:
        """Return the returns that each programme not chosen would prevent besides: (patterns asked for, programmes)."""
        asked = np.arange(len(self.count)) if patterns is None else patterns
        before = self.risks(asked, np.broadcast_to(chosen, (len(asked), len(chosen))))
        row, programme = np.nonzero(self.reached[asked] & ~chosen)
        gains = np.zeros((len(asked), len(chosen)))
        for start in range(0, len(row), _ROWS_AT_ONCE):
            rows, added = row[start : start + _ROWS_AT_ONCE], programme[start : start + _ROWS_AT_ONCE]
            flags = np.repeat(chosen[None], len(rows), axis=0)
            flags[np.arange(len(rows)), added] = True
            gains[rows, added] = (before[rows] - self.risks(asked[rows], flags)) * self.count[asked[rows]]
        return gains

    def loss(self, chosen: Flags, without: Flags, patterns: Places) -> float:
        """Return how many more returns there are when only the programmes `without` run, over some patterns."""
        shape = (len(patterns), len(chosen))
        more = self.risks(patterns, np.broadcast_to(without, shape)) - self.risks(
            patterns, np.broadcast_to(chosen, shape)
        )
        return float(more @ self.count[patterns])
