"""A set of measures that does, found quickly: the search for the cheapest drops what costs more."""

from __future__ import annotations

import numpy as np

from analysis.risk.cut_search import Aim
from analysis.risk.cut_steps import Steps
from analysis.risk.findings import Flags, Places


def quick_set(steps: Steps, aim: Aim, offered: Flags) -> Flags | None:
    """Return a set that does, shape (measures,), None where all offered measures together do not."""
    if steps.stays_away(offered[None])[0] < aim.stays_away:
        return None
    return _thinned(steps, aim, _grown(steps, aim, offered, np.zeros_like(offered)))


def quick_other_set(steps: Steps, aim: Aim, offered: Flags, plan: Flags) -> Flags | None:
    """Return a set that does and leaves out a measure of the plan; None where there is none.

    Each of them is left out in turn and made up for; the cheapest set is kept.
    """
    taken = np.flatnonzero(plan)
    can_do = steps.stays_away(_changed(offered, taken, is_taken=False)) >= aim.stays_away
    found = []
    for left_out in taken[can_do]:
        usable, begun = offered.copy(), plan.copy()
        usable[left_out] = begun[left_out] = False
        found.append(_thinned(steps, aim, _grown(steps, aim, usable, begun)))
    return min(found, key=lambda other: (int(aim.cost_fen[other].sum()), int(other.sum()))) if found else None


def _grown(steps: Steps, aim: Aim, usable: Flags, begun: Flags) -> Flags:
    """Take the measure that adds most for its cost, until it does."""
    plan = begun.copy()
    now = steps.stays_away(plan[None])[0]
    while now < aim.stays_away:
        rest = np.flatnonzero(usable & ~plan)
        chances = steps.stays_away(_changed(plan, rest, is_taken=True))
        worth = (np.minimum(chances, aim.stays_away) - now) / np.maximum(aim.cost_fen[rest], 1)
        chosen = int(np.argmax(worth))
        plan[rest[chosen]], now = True, chances[chosen]
    return plan


def _thinned(steps: Steps, aim: Aim, plan: Flags) -> Flags:
    """Leave out the dearest measure that is not needed, again and again."""
    plan = plan.copy()
    while True:
        taken = np.flatnonzero(plan)
        chances = steps.stays_away(_changed(plan, taken, is_taken=False))
        spare = taken[chances >= aim.stays_away]
        if not len(spare):
            return plan
        plan[spare[np.argmax(aim.cost_fen[spare])]] = False


def _changed(plan: Flags, places: Places, *, is_taken: bool) -> Flags:
    """Return the plan once for each place, that one changed: shape (places, measures)."""
    plans = np.repeat(plan[None], len(places), axis=0)
    plans[np.arange(len(places)), places] = is_taken
    return plans
