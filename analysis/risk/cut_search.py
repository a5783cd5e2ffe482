"""The cheapest set of measures that brings a risk under a level, found among all sets.

Sets are built measure by measure along the steps of the household. After each step a set is dropped when another one
costs no more and is nowhere worse for what follows (see `cut_steps`), when even all later measures would not do, or
when it already costs more than a set that does. None of these can drop the cheapest set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.risk.cut_bound import cost_bound
from analysis.risk.cut_steps import Step, Steps
from analysis.risk.findings import Flags, Numbers, Places

# Sets kept at once and looked at in all: beyond, the search stops and says what it knows.
MOST_KEPT = 6_000
MOST_LOOKED_AT = 200_000
_BLOCK = 128
_ROUNDING = 1e-3
# So few sets are not worth sifting.
FEW = 24


@dataclass(frozen=True)
class Aim:
    """What is searched.

    `stays_away`: the least chance that the target does not come about. `cost_fen`: of each measure; `order`: its turn
    among equally cheap sets of as many measures. `avoided`: places of measures of which the set must leave out at
    least one; none = any set will do.
    """

    stays_away: float
    cost_fen: Places
    order: Places
    avoided: tuple[int, ...] = ()


@dataclass(frozen=True)
class Best:
    """What was found.

    `plan`: shape (measures,), None where no set will do, or none was found before the search ended. `is_exact`: whether
    no set is cheaper; else none costs less than `least_fen`. `looked_at`: sets built.
    """

    plan: Flags | None
    is_exact: bool
    least_fen: int
    looked_at: int


@dataclass(frozen=True)
class _Sets:
    """Sets of measures, one per row, cheapest first; `z` has the rows on its last axis.

    Among equal costs the fewer measures come first, then the earlier codes: `rank` has a bit per measure, the first
    measure the highest, so that the larger number is the earlier set of two equally large ones.
    """

    z: Numbers
    mix: Places
    cost: Places
    count: Places
    rank: Places
    is_apart: Flags

    def chosen(self, rows: Places) -> _Sets:
        return _Sets(
            self.z[..., rows],
            self.mix[rows],
            self.cost[rows],
            self.count[rows],
            self.rank[rows],
            self.is_apart[rows],
        )


def cheapest(steps: Steps, aim: Aim, begun: Flags | None) -> Best:
    """Return the cheapest set. `begun`: a set known to do, (measures,), which only makes the search quicker.

    Ties: fewer measures, then the measures that come first.
    """
    return _Search(steps, aim, begun).run()


class _Search:
    def __init__(self, steps: Steps, aim: Aim, begun: Flags | None) -> None:
        self.steps, self.aim = steps, aim
        self.places = sorted((*steps.on_mixes, *steps.on_steps), key=lambda place: int(aim.order[place]))
        self.bit = {place: 1 << (len(self.places) - 1 - turn) for turn, place in enumerate(self.places)}
        self.all_taken, self.none_taken = steps.weights(is_taken=True), steps.weights(is_taken=False)
        self.best: tuple[int, int, int] | None = None
        if begun is not None:
            chosen = [place for place in self.places if begun[place]]
            self.best = (int(aim.cost_fen[chosen].sum()), len(chosen), -sum(self.bit[place] for place in chosen))
        self.looked_at = 0

    def run(self) -> Best:
        sets = self._begin()
        for number, step in enumerate(self.steps.steps):
            if step.measures and len(sets.cost) > FEW:
                sets = self._kept(sets, number)
                if not len(sets.cost):
                    break
                if len(sets.cost) > MOST_KEPT or self.looked_at > MOST_LOOKED_AT:
                    return self._found(is_exact=False, least=self._least(sets, number))
            sets = self._moved(sets, step)
        else:
            self._kept(sets, len(self.steps.steps))
        return self._found(is_exact=True, least=self.best[0] if self.best else 0)

    def _least(self, sets: _Sets, number: int) -> int:
        more = self._least_more(1.0 - _summed(sets, self.none_taken[number]), number)
        return int((sets.cost + more).min())

    def _begin(self) -> _Sets:
        mixes = self.steps.mixes
        count = len(mixes)
        sets = _Sets(
            np.ones(count),
            np.arange(count),
            mixes @ self.aim.cost_fen,
            mixes.sum(axis=1, dtype=np.int64),
            mixes[:, self.places].astype(np.int64)
            @ np.array([self.bit[place] for place in self.places], dtype=np.int64),
            np.full(count, not self.aim.avoided, dtype=np.bool_),
        )
        for place in set(self.aim.avoided) & set(self.steps.on_mixes):
            sets = replace(sets, is_apart=sets.is_apart | ~mixes[:, place])
        return sets

    def _moved(self, sets: _Sets, step: Step) -> _Sets:
        value = step.value[sets.mix]
        for place in step.measures:
            sets, value = self._with(sets, place), np.concatenate([value, value * self.steps.effect[place]])
        self.looked_at += len(sets.cost) if step.measures else 0
        return replace(sets, z=step.moved(sets.z, value))

    def _with(self, sets: _Sets, place: int) -> _Sets:
        """Return every set without the measure, then every set with it."""
        leaves_out = sets.is_apart | (place in self.aim.avoided)
        return _Sets(
            np.concatenate([sets.z, sets.z], axis=-1),
            np.concatenate([sets.mix, sets.mix]),
            np.concatenate([sets.cost, sets.cost + self.aim.cost_fen[place]]),
            np.concatenate([sets.count, sets.count + 1]),
            np.concatenate([sets.rank, sets.rank + self.bit[place]]),
            np.concatenate([leaves_out, sets.is_apart]),
        )

    def _kept(self, sets: _Sets, number: int) -> _Sets:
        """Return the sets that may still become the cheapest, cheapest first; note those that do already."""
        sets = sets.chosen(np.lexsort((-sets.rank, sets.count, sets.cost)))
        can_leave_out = any(place in self.aim.avoided for step in self.steps.steps[number:] for place in step.measures)
        goal = self.aim.stays_away
        may = (_summed(sets, self.all_taken[number]) >= goal) & (sets.is_apart | can_leave_out) & self._is_cheaper(sets)
        sets = sets.chosen(np.flatnonzero(may))
        now = _summed(sets, self.none_taken[number])
        does = np.flatnonzero((now >= goal) & (sets.is_apart | can_leave_out))
        if len(does):
            self.best = _key(sets, does[0])
            # What comes later in the order, or takes more measures still, costs more.
            sets, now = sets.chosen(np.arange(does[0])), now[: does[0]]
        if self.best is not None:
            sets = sets.chosen(np.flatnonzero(sets.cost + self._least_more(1.0 - now, number) <= self.best[0]))
        return sets.chosen(_unbeaten(self._coordinates(sets, number)))

    def _is_cheaper(self, sets: _Sets) -> Flags:
        if self.best is None:
            return np.ones(len(sets.cost), dtype=np.bool_)
        cost, count, rank = self.best
        ties = (sets.count < count) | ((sets.count == count) & (-sets.rank < rank))
        cheaper: Flags = (sets.cost < cost) | ((sets.cost == cost) & ties)
        return cheaper

    def _least_more(self, risk: Numbers, number: int) -> Numbers:
        """Return what must be paid more at least from a step on, at risks not under the level yet, in fen."""
        later = [place for step in self.steps.steps[number:] for place in step.measures]
        level, cost = 1.0 - self.aim.stays_away, self.aim.cost_fen[later]
        lowers, through = 1.0 - self.steps.effect[later], self.steps.through[later]
        least = cost_bound(lowers * through, cost).of(risk - level)
        if level > 0:
            with np.errstate(divide="ignore"):
                most = -np.log1p(-lowers * np.minimum(1.0, through / level))
            # What ends the risk at once gives as much as could be missing.
            most = np.minimum(most, -np.log(level))
            least = np.maximum(least, cost_bound(most, cost).of(np.log(risk / level)))
        # Sums of fen are whole: what rounding adds is taken off.
        return np.floor(least - _ROUNDING)

    def _coordinates(self, sets: _Sets, number: int) -> Numbers:
        """Return what counts for all that follows, more being better: shape (coordinates, sets)."""
        still = np.flatnonzero(self.steps.last >= number)
        z = sets.z.reshape(1 << (sets.z.ndim - 1), len(sets.cost))[1:]
        parts = [z, -self.steps.left[sets.mix][:, still].T]
        if self.aim.avoided:
            parts.append(sets.is_apart[None].astype(np.float64))
        return np.concatenate(parts)

    def _found(self, *, is_exact: bool, least: int) -> Best:
        if self.best is None:
            return Best(None, is_exact, least, self.looked_at)
        plan = np.zeros(len(self.steps.effect), dtype=np.bool_)
        plan[[place for place in self.places if -self.best[2] & self.bit[place]]] = True
        return Best(plan, is_exact, min(least, self.best[0]), self.looked_at)


def _key(sets: _Sets, row: int) -> tuple[int, int, int]:
    return int(sets.cost[row]), int(sets.count[row]), -int(sets.rank[row])


def _summed(sets: _Sets, weights: Numbers) -> Numbers:
    """Return the chance that the target stays away with later measures as in the weights: shape (sets,)."""
    table = weights.reshape(-1, weights.shape[-1])[:, sets.mix]
    summed: Numbers = np.einsum("ij,ij->j", table, sets.z.reshape(len(table), -1))
    return summed


def _unbeaten(coordinates: Numbers) -> Places:
    """Return the columns for which no earlier one is at least as large in every row."""
    kept = np.zeros((len(coordinates), 0))
    places = [np.zeros(0, dtype=np.int64)]
    for start in range(0, coordinates.shape[1], _BLOCK):
        block = coordinates[:, start : start + _BLOCK]
        fresh = np.flatnonzero(~_beaten(kept, block).any(axis=0))
        block = block[:, fresh]
        inside = _beaten(block, block)
        # Only an earlier one beats; that it may be beaten itself changes nothing, its beater beats this one too.
        left = np.flatnonzero(~np.triu(inside, 1).any(axis=0))
        kept = np.concatenate([kept, block[:, left]], axis=1)
        places.append(start + fresh[left])
    return np.concatenate(places)


def _beaten(kept: Numbers, block: Numbers) -> Flags:
    """Return whether each kept column (first axis) is nowhere smaller than each column of the block."""
    is_beaten = np.ones((kept.shape[1], block.shape[1]), dtype=np.bool_)
    for one, other in zip(kept, block, strict=True):
        is_beaten &= one[:, None] >= other
    return is_beaten
