"""The smallest change that sells all that is left of a lot while every other lot sells at least what it does now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from analysis.produce.plan.program import Kilograms, Program
from analysis.produce.plan.why.candidates import Candidates
from analysis.produce.plan.why.groups import Groups
from analysis.produce.plan.why.part import Part, Planned, part_of, with_ways
from analysis.produce.plan.why.proof import sells
from analysis.produce.plan.why.residual import Push, Whole

# Up to so many ways all lots and demands that hang together are solved at once, which proves what cannot be.
WHOLE_WAYS = 3_000
# Beyond that, so many demands around the lot are solved; what they allow is possible, what they forbid is not proved.
NEAR_DEMANDS = 16


@dataclass(frozen=True)
class Answer:
    """What a search found. `need`: the smallest change, None where none sells the lot.

    `taken`: kg that each demand (position) then takes of the lot beyond what the plan gives it. `is_proven`: whether it
    is certain that nothing smaller (or, where there is no change, nothing at all) would do.
    """

    need: float | None
    taken: dict[int, int]
    is_proven: bool


NOTHING_DOES = Answer(None, {}, True)
NOT_FOUND = Answer(None, {}, False)


@dataclass(frozen=True)
class Searcher:
    """Looks for smallest changes in one plan."""

    planned: Planned
    groups: Groups

    def smallest(self, lot: int, candidates: Candidates) -> Answer:
        """Return the smallest need among the candidates such that those up to it sell all that is left of the lot."""
        if not len(candidates):
            return NOTHING_DOES
        push = self._pushed_by_itself(lot)
        needs, first = np.unique(candidates.need, return_index=True)
        ends = np.append(first[1:], len(candidates))
        steps = zip(first.tolist(), ends.tolist(), strict=True)
        enough = (place for place, step in enumerate(steps) if push.into(candidates.demand[slice(*step)].tolist()))
        place = next(enough, None)
        if place is None:
            # Not even if batches, parts, capacities and rules were waived.
            return NOTHING_DOES
        through = candidates.cooperative[candidates.need <= needs[place]]
        if not self._is_bound(lot, push, through):
            return Answer(float(needs[place]), push.taken, True)

        def changed(part: Part, step: int) -> Program:
            return with_ways(part, candidates.only(candidates.need <= needs[step]))

        answer = self._solved(lot, candidates.demand, candidates.cooperative, push, changed, place, len(needs) - 1)
        return replace(answer, need=float(needs[int(answer.need)])) if answer.need is not None else answer

    def smallest_amount(
        self, lot: int, change: Callable[[Part, int], Program], most: int, demands: Whole | None = None
    ) -> Answer:
        """Return the smallest amount, 1 to `most`, at which the changed part sells all that is left of the lot."""
        none = np.zeros(0, dtype="int64")
        push = self._pushed_by_itself(lot)
        return self._solved(lot, none if demands is None else demands, none, push, change, 1, most)

    def is_bound(self, lot: int) -> bool:
        """Return whether batches, parts, capacities or rules are among what the lot hangs together with."""
        return bool(self.groups.is_bound[self.groups.lots[lot]])

    def offered_kg(self, lot: int) -> int | None:
        """Return all that the lots offer which hang together with the lot; None where they are too many to solve."""
        label = self.groups.lots[lot]
        if int(self.groups.way_count[label]) > WHOLE_WAYS:
            return None
        return int(self.planned.program.lots["quantity_kg"].to_numpy("int64")[self.groups.lots == label].sum())

    def sells_as_it_is(self, lot: int) -> bool:
        """Return whether the lot could be sold with nothing changed: the search for the plan ended too early."""
        if self._is_best() or not self.sells_by_itself(lot):
            return False
        push, none = self._pushed_by_itself(lot), np.zeros(0, dtype="int64")
        label = self.groups.lots[[lot]]
        is_small = int(self.groups.way_count[label].sum()) <= WHOLE_WAYS
        part = self._whole(lot, label) if is_small else self._near(lot, none, none, push)
        return sells(part.program, part.keep)[0] == "can"

    def _is_best(self) -> bool:
        """Return whether it is proved that no plan sells more."""
        return bool(self.planned.plan.stages) and self.planned.plan.stages[0].is_optimal

    def sells_by_itself(self, lot: int) -> bool:
        """Return whether only batches, parts, capacities or rules keep the lot from being sold."""
        push = self._pushed_by_itself(lot)
        return push.pushed == push.most

    def _pushed_by_itself(self, lot: int) -> Push:
        push = Push(self.planned.residual, int(self.planned.residual.unsold[lot]))
        push.into(np.unique(self.planned.demand[self.planned.ways_of(np.array([lot]))]).tolist())
        return push

    def _is_bound(self, lot: int, push: Push, through: Whole) -> bool:
        touched = self.groups.demands[np.array(sorted(push.touched), dtype="int64")]
        carriers = self.groups.cooperatives[through[through >= 0]]
        return self.is_bound(lot) or bool(self.groups.is_bound[np.append(touched, carriers)].any())

    def _solved(
        self,
        lot: int,
        more: Whole,
        through: Whole,
        push: Push,
        change: Callable[[Part, int], Program],
        first: int,
        last: int,
    ) -> Answer:
        """Return the smallest step from first to last that is found to do; `need` is the step.

        `more`, `through`: demands that the lot could reach by the change, and the cooperatives on the way.
        """
        carriers = self.groups.cooperatives[through[through >= 0]]
        labels = np.unique(np.concatenate([self.groups.demands[more], carriers, self.groups.lots[[lot]]]))
        answer = _bisected(self._near(lot, more, through, push), change, first, last, first)
        if answer.need == first:
            # Nothing below the first does, even without batches, or else the plan would not be the best.
            return replace(answer, is_proven=self._is_best() or not self.sells_by_itself(lot))
        if int(self.groups.way_count[labels].sum()) > WHOLE_WAYS:
            # What the part around the lot forbids is not proved.
            return replace(answer, is_proven=False)
        most = last if answer.need is None else int(answer.need) - 1
        smaller = _bisected(self._whole(lot, labels), change, first, most, most)
        return smaller if smaller.need is not None else replace(answer, is_proven=smaller.is_proven)

    def _whole(self, lot: int, labels: Whole) -> Part:
        demands = np.flatnonzero(np.isin(self.groups.demands, labels))
        return part_of(self.planned, lot, demands, np.flatnonzero(np.isin(self.groups.lots, labels)))

    def _near(self, lot: int, more: Whole, through: Whole, push: Push) -> Part:
        """Return the part around the lot: where it sells and could, what was pushed aside, and who pools with it."""
        own = self.planned.ways_of(np.array([lot]))
        could = np.unique(np.concatenate([more, self.planned.demand[own]])).astype("int64")
        roomiest = could[np.argsort(-self.planned.residual.room[could], kind="stable")][:NEAR_DEMANDS]
        sold_to = self.planned.demand[own[self.planned.plan.kg[own] > 0]]
        focus = np.unique(np.concatenate([roomiest, sold_to, np.array(sorted(push.touched), "int64")])).astype("int64")
        through = np.unique(np.append(self.planned.cooperative[own], through))
        pooling = np.flatnonzero(np.isin(self.planned.cooperative, through[through >= 0]))
        pooling = pooling[np.isin(self.planned.demand[pooling], focus)]
        return part_of(self.planned, lot, focus, self.planned.program.ways["lot"].to_numpy("int64")[pooling])


def _bisected(part: Part, change: Callable[[Part, int], Program], first: int, last: int, trial: int) -> Answer:
    """Return the smallest step from first to last that does in the part; `trial` is looked at first, then the last."""
    below, above, is_proven = first - 1, last + 1, True
    best: tuple[int, Program, Kilograms] | None = None
    while below + 1 < above:
        program = change(part, trial)
        verdict, kg = sells(program, part.keep)
        if verdict == "can" and kg is not None:
            above, best = trial, (trial, program, kg)
        else:
            # What a step cannot, no smaller one can.
            below, is_proven = trial, verdict == "cannot"
        trial = last if best is None else (below + above) // 2
    if best is None:
        return NOTHING_DOES if is_proven else NOT_FOUND
    return Answer(float(best[0]), _taken(part, best[1], best[2]), is_proven)


def _taken(part: Part, program: Program, kg: Kilograms) -> dict[int, int]:
    """Return how much more each demand (position in the whole) takes of the lot than in the plan."""
    now, then = np.zeros(len(part.demands), dtype="int64"), np.zeros(len(part.demands), dtype="int64")
    for frame, amounts, sums in ((part.program.ways, part.kg, now), (program.ways, kg, then)):
        mine = frame["lot"].to_numpy() == part.lot
        np.add.at(sums, frame["demand"].to_numpy()[mine], amounts[mine])
    more = np.flatnonzero(then > now)
    return dict(zip(part.demands[more].tolist(), (then - now)[more].tolist(), strict=True))
