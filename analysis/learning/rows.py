"""Which households say something of the links into one effect, why the others do not, and the rows they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.learning.likelihood import Likelihood
from analysis.learning.outcomes import CAME, HALVES, NOT_LOOKED_INTO, Outcomes
from analysis.learning.start import Start, starts_of
from analysis.risk.findings import Cells, Flags, Numbers, Places
from analysis.risk.network import RiskNetwork

# Why a household says nothing of an effect, in the order in which it is asked; the first that holds is counted.
REASONS = (
    "already",
    "closed",
    "outcome_unknown",
    "measure_running",
    "definition_active",
    "parent_turned_up",
    "parent_unknown",
)
_DECIMALS = 12
_CHUNK = 1 << 15


@dataclass(frozen=True)
class EffectRows:
    """The rows of one effect.

    `links`: places in the network's links of those that are learned, those true by definition left out. `exponent`:
    shape (rows, 1 + links), 1 for the leak, then x of each link. `came`, `stayed_away`: shape (halves, rows),
    households. `exposed`: per link, households where its cause was confirmed at the start; `used`: those of them in the
    rows, `used_came`: those of them to whom the effect came. `dropped`: by reason, exposed households per link that are
    in no row; `left_out`: by reason, households of the area. `closed_known`, `closed_came`: households where the
    effect was refuted at the start and its outcome is known, and those of them to whom it came all the same.
    """

    effect: int
    links: tuple[int, ...]
    exponent: Numbers
    came: Numbers
    stayed_away: Numbers
    exposed: Places
    used: Places
    used_came: Places
    dropped: Mapping[str, Places]
    left_out: Mapping[str, int]
    closed_known: int
    closed_came: int

    @property
    def households(self) -> int:
        """Return the number of households in the rows."""
        return int(self.came.sum() + self.stayed_away.sum())

    def likelihood(self, half: int | None = None) -> Likelihood:
        """Return the likelihood of all rows, or of one half of the households."""
        if half is None:
            return Likelihood(self.exponent, self.came.sum(axis=0), self.stayed_away.sum(axis=0))
        return Likelihood(self.exponent, self.came[half], self.stayed_away[half])


def rows_of(network: RiskNetwork, outcomes: Outcomes, cells: Cells) -> tuple[EffectRows, ...]:
    """Return the rows of every cause and state that a link leads to within a year, in the order of the network.

    `cells`: of the findings.
    """
    effects = sorted({network.position[link.to_code] for link in network.links})
    collectors = [_Collector(network, effect) for effect in effects]
    for start in starts_of(network, outcomes, cells, _CHUNK):
        for collector in collectors:
            collector.take(start)
    return tuple(collector.rows() for collector in collectors)


class _Collector:
    """Gathers the rows of one effect from chunk after chunk of households."""

    def __init__(self, network: RiskNetwork, effect: int) -> None:
        self._effect = effect
        into = [place for place, link in enumerate(network.links) if network.position[link.to_code] == effect]
        self._links = [place for place in into if network.links[place].strength < 1]
        self._definitions = [place for place in into if network.links[place].strength == 1]
        self._into = into
        self._parent = {place: network.position[network.links[place].from_code] for place in into}
        self._amplifying = {
            place: [network.position[item.cause] for item in network.links[place].amplifiers if item.cause is not None]
            for place in into
        }
        count = len(self._links)
        self._exposed, self._used, self._used_came = (np.zeros(count, dtype=np.int64) for _ in range(3))
        self._dropped = {reason: np.zeros(count, dtype=np.int64) for reason in REASONS}
        self._left_out = dict.fromkeys(REASONS, 0)
        self._closed_known = self._closed_came = 0
        self._parts: list[tuple[Numbers, Flags, Places]] = []

    def take(self, start: Start) -> None:
        """Take in the households of a chunk."""
        outcome = start.outcome[self._effect]
        came = outcome == CAME
        closed = start.is_closed[self._effect]
        self._closed_known += int((closed & (outcome != NOT_LOOKED_INTO)).sum())
        self._closed_came += int((closed & came).sum())
        parents = [self._parent[place] for place in self._links]
        exposed = start.is_active[parents]
        self._exposed += exposed.sum(axis=1)
        left = np.ones(len(came), dtype=np.bool_)
        for reason, holds in self._reasons(start):
            out = left & holds
            self._left_out[reason] += int(out.sum())
            self._dropped[reason] += (exposed & out).sum(axis=1)
            left &= ~holds
        kept = np.flatnonzero(left)
        self._used += exposed[:, kept].sum(axis=1)
        self._used_came += (exposed & came)[:, kept].sum(axis=1)
        exponent = np.where(exposed[:, kept], start.exponents(self._links, kept), 0.0)
        rounded = np.round(exponent.T, _DECIMALS).astype(np.float64)
        self._parts.append((rounded, came[kept], start.half[kept]))

    def _reasons(self, start: Start) -> Iterator[tuple[str, Flags]]:
        every = [self._parent[place] for place in self._into]
        definitions = [self._parent[place] for place in self._definitions]
        is_known = start.is_active[every] | start.is_absent[every]
        yield "already", start.is_open[self._effect]
        yield "closed", start.is_closed[self._effect]
        yield "outcome_unknown", start.outcome[self._effect] == NOT_LOOKED_INTO
        yield "measure_running", self._helped(start)
        yield "definition_active", np.any(start.is_active[definitions], axis=0)
        yield "parent_turned_up", np.any(start.turned_up[every], axis=0)
        yield "parent_unknown", ~np.all(is_known, axis=0)

    def _helped(self, start: Start) -> Flags:
        helped: Flags = start.helped_node[self._effect].copy()
        for place in self._into:
            helped |= start.helped_link[place]
            is_active = start.is_active[self._parent[place]]
            helped |= is_active & start.helped_node[self._parent[place]]
            for cause in self._amplifying[place]:
                helped |= is_active & start.is_open[cause] & start.helped_node[cause]
        return helped

    def rows(self) -> EffectRows:
        """Return the rows, equal households counted together, in the order of their numbers."""
        exponent = np.concatenate([part[0] for part in self._parts] or [np.zeros((0, len(self._links)))])
        came = np.concatenate([part[1] for part in self._parts] or [np.zeros(0, dtype=np.bool_)])
        half = np.concatenate([part[2] for part in self._parts] or [np.zeros(0, dtype=np.int64)])
        number, different = _different(exponent)
        counts = np.bincount((number * HALVES + half) * 2 + came, minlength=len(different) * HALVES * 2).reshape(
            len(different), HALVES, 2
        )
        return EffectRows(
            effect=self._effect,
            links=tuple(self._links),
            exponent=np.column_stack([np.ones(len(different)), different]),
            came=counts[:, :, 1].T.astype(np.float64),
            stayed_away=counts[:, :, 0].T.astype(np.float64),
            exposed=self._exposed,
            used=self._used,
            used_came=self._used_came,
            dropped=self._dropped,
            left_out=self._left_out,
            closed_known=self._closed_known,
            closed_came=self._closed_came,
        )


def _different(rows: Numbers) -> tuple[Places, Numbers]:
    """Return which of the different rows each row is, and the different rows in rising order."""
    number = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        ranks = pd.factorize(column, sort=True)[0].astype(np.int64)
        number = pd.factorize(number * (int(ranks.max(initial=0)) + 1) + ranks, sort=True)[0].astype(np.int64)
    first = np.zeros(int(number.max(initial=-1)) + 1, dtype=np.int64)
    first[number] = np.arange(len(number))
    return number, rows[first]
