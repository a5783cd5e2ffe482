"""The search for the best whole plan of one stage, with a bound that holds whenever it stops."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from analysis.produce.plan.batches.bounds import NO_DELIVERY, Flags
from analysis.produce.plan.batches.linear import Found, Fractions, Relaxed, Task, searched
from analysis.produce.plan.batches.model import Model
from analysis.produce.plan.batches.rows import Numbers
from analysis.produce.plan.batches.whole import Checked, whole_bound
from analysis.produce.plan.program import Kilograms

# A search among so many ways mostly ends within seconds; larger programs are first searched among their best ways.
NEAR_WAYS = 3_000
_TOLERANCE = 1e-6
# The solver takes no time limit of 0.
_LEAST_SECONDS = 0.001
# Among more ways than these a proof is out of reach; the bound with openings in fractions then stands.
PROVING_WAYS = 12_000
# What the search among the best ways may take of the time for the first plan; the rest is for its neighbours.
_START_SHARE = 0.7
_SETTLING_SECONDS = 1.0

Span = tuple[Numbers, Numbers]


@dataclass(frozen=True)
class Clock:
    """The time that a plan may take, by the monotonic clock."""

    started: float
    seconds: float

    def left(self, share: float = 1.0) -> float:
        """Return the seconds until that share of the time is over, a trifle where it already is."""
        return max(self.started + share * self.seconds - time.monotonic(), _LEAST_SECONDS)

    def is_over(self, share: float = 1.0) -> bool:
        """Return whether that share of the time is over."""
        return self.left(share) <= _LEAST_SECONDS


@dataclass(frozen=True)
class Reached:
    """What a stage came to: whole kg per way of the model, and the value that no plan exceeds."""

    kg: Kilograms
    bound: int


@dataclass(frozen=True)
class Search:
    """What the stages of one program share."""

    checked: Checked
    fractions: Fractions
    clock: Clock

    @property
    def is_large(self) -> bool:
        """Return whether the program has more ways than are searched at once."""
        return self.checked.model.way_count > NEAR_WAYS

    @property
    def shares(self) -> tuple[float, float, float, float]:
        """Return up to which share of the time the first plan and the three stages may run.

        What one does not need the next one has. Where a proof is out of reach most time goes into the first plan: there
        is little to find around it for the later stages.
        """
        if self.checked.model.way_count > PROVING_WAYS:
            return (0.75, 0.8, 0.9, 1.0)
        return (0.6, 0.75, 0.9, 1.0) if self.is_large else (0.0, 0.5, 0.8, 1.0)

    def started(self, task: Task, kg: Kilograms, share: float) -> Kilograms:
        """Return a plan of a large program found among its best ways; `kg` where none better is found in time."""
        easy = self.fractions.solved(task, self.clock.left(share))
        if easy is None:
            return kg
        kg = self._better(task, kg, self._near(easy, kg), self.clock.left(_START_SHARE * share))
        return self._better(task, kg, self._neighbours(easy, kg), self.clock.left(share))

    def best(self, task: Task, kg: Kilograms, share: float) -> Reached:
        """Return the best plan of the stage found until that share of the time is over, at least as good as `kg`.

        First the bound with openings in fractions; then a search among every way whose loss is not alone enough to
        fall behind the best plan so far, which proves that plan or finds a better one. Where these are too many, the
        kg are shared out anew among the same openings, and then the neighbours are searched.
        """
        model, clock = self.checked.model, self.clock
        bound = max(task.rough_bound, task.value(kg))
        easy = self.fractions.solved(task, clock.left(share))
        if easy is None:
            return Reached(kg, bound)
        bound = max(min(bound, whole_bound(easy.value)), task.value(kg))
        if task.value(kg) == bound or clock.is_over(share):
            return Reached(kg, bound)
        ceiling = closed(model, least_loss(model, easy) > easy.value - task.value(kg) + 1)
        if np.count_nonzero(ceiling[: model.way_count]) > PROVING_WAYS:
            if task.kept:
                kg = self._better(task, kg, self._same_openings(kg), clock.left(share))
                kg = self._better(task, kg, self._neighbours(easy, kg), clock.left(share))
            return Reached(kg, max(bound, task.value(kg)))
        found = self._searched(task, kg, (np.zeros_like(ceiling), ceiling), clock.left(share))
        kg = self._kept_or(task, kg, found)
        if found.bound is not None:
            bound = min(bound, whole_bound(found.bound))
        return Reached(kg, max(bound, task.value(kg)))

    def _near(self, easy: Relaxed, kg: Kilograms) -> Span:
        ceiling = closed(self.checked.model, ~_nearest(self.checked.model, easy, kg > 0))
        return np.zeros_like(ceiling), ceiling

    def _same_openings(self, kg: Kilograms) -> Span:
        switches = self.checked.model.switches
        floor, ceiling = np.zeros_like(self.checked.model.ceiling), self.checked.model.ceiling.copy()
        floor[switches] = ceiling[switches] = self.checked.switches(kg)
        return floor, ceiling

    def _neighbours(self, easy: Relaxed, kg: Kilograms) -> Span:
        """Return floor and ceiling that leave free only the openings over which `kg` and the fractions differ.

        Source: relaxation induced neighbourhood search (Danna, Rothberg and Le Pape 2005).
        """
        switches = self.checked.model.switches
        floor, ceiling = self._near(easy, kg)
        now, fractions = self.checked.switches(kg), easy.columns[switches]
        floor[switches] = (now > 0) & (fractions >= 1 - _TOLERANCE)
        ceiling[switches][(now < 1) & (fractions <= _TOLERANCE)] = 0.0
        return floor, ceiling

    def _better(self, task: Task, kg: Kilograms, span: Span, seconds: float) -> Kilograms:
        """Return the better one of `kg` and what is found within the span."""
        if seconds <= _LEAST_SECONDS:
            return kg
        return self._kept_or(task, kg, self._searched(task, kg, span, seconds))

    def _searched(self, task: Task, kg: Kilograms, span: Span, seconds: float) -> Found:
        start = self.checked.columns(kg)
        return searched(task, *span, is_whole=self.checked.model.is_whole, seconds=seconds, start=start)

    def _kept_or(self, task: Task, kg: Kilograms, found: Found) -> Kilograms:
        # Setting openings for good leaves an easy rest; without a little time of its own the search would be lost.
        other = self.checked.settled(task, found.columns, max(self.clock.left(), _SETTLING_SECONDS))
        return other if other is not None and task.value(other) > task.value(kg) else kg


def closed(model: Model, shut: Flags) -> Numbers:
    """Return the ceilings of the columns with some ways shut."""
    ceiling = model.ceiling.copy()
    ceiling[: model.way_count][shut] = 0
    ceiling[model.way_count + np.flatnonzero(shut[model.opened])] = 0
    return ceiling


def least_loss(model: Model, easy: Relaxed) -> Numbers:
    """Return per way what using it at all costs at least, against the value with openings in fractions."""
    bounds, count = model.bounds, model.way_count
    loss = easy.loss[:count] * np.maximum(bounds.least, 1)
    loss[model.opened] += easy.loss[count : count + len(model.opened)]
    return loss + _delivery_losses(model, easy)


def _delivery_losses(model: Model, easy: Relaxed) -> Numbers:
    of_delivery = np.append(easy.loss[model.way_count + len(model.opened) : model.switches.stop], 0.0)
    return np.where(model.bounds.delivery == NO_DELIVERY, 0.0, of_delivery[model.bounds.delivery])


def _nearest(model: Model, easy: Relaxed, used: Flags) -> Flags:
    """Return the ways to search among: those used, then those that lose least per kg."""
    bounds, count = model.bounds, model.way_count
    loss = easy.loss[:count].copy()
    loss[model.opened] += easy.loss[count : count + len(model.opened)] / bounds.most[model.opened]
    loss += _delivery_losses(model, easy) / bounds.most
    order = np.lexsort((loss, ~used & (easy.columns[:count] <= _TOLERANCE)))
    chosen = used.copy()
    chosen[order[:NEAR_WAYS]] = True
    return chosen
