"""Why a plan gives other kg by its ways than the plan before: every kg of difference has exactly one reason.

What a lot no longer gives is explained first by what people promised, then by what is no longer there (of the lot, then
of the demand), then by rules that people set or lifted, then by its going elsewhere; the rest is the plan's own choice.
What it gives more is the same seen from the new plan back to the old one, so one function tells both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from analysis.produce.plan.changes.rule_reasons import PlanSide, Way, explained_by_rules

__all__ = ["PlanSide", "Reasoned", "Way", "Why", "reasons"]

Why = Literal[
    "became_promise",
    "promised_otherwise",
    "promise_failed",
    "lot_over",
    "less_of_lot",
    "new_lot",
    "more_of_lot",
    "demand_over",
    "less_wanted",
    "new_demand",
    "more_wanted",
    "rule",
    "rule_otherwise",
    "moved",
    "more",
    "less",
]


class Reasoned(NamedTuple):
    """So many kg more (below 0: less) by a way, for one reason."""

    way: Way
    why: Why
    kg: int


@dataclass(frozen=True)
class _Words:
    """What the reasons of one direction are called."""

    promise: Why
    otherwise: Why
    no_lot: Why
    of_lot: Why
    no_demand: Why
    of_demand: Why
    rest: Why


LOST = _Words(
    promise="became_promise",
    otherwise="promised_otherwise",
    no_lot="lot_over",
    of_lot="less_of_lot",
    no_demand="demand_over",
    of_demand="less_wanted",
    rest="less",
)
GAINED = _Words(
    promise="promise_failed",
    otherwise="promise_failed",
    no_lot="new_lot",
    of_lot="more_of_lot",
    no_demand="new_demand",
    of_demand="more_wanted",
    rest="more",
)


@dataclass
class _Told:
    """What one plan gives by its ways beyond the other, and what of it has a reason. `left` is in the order of ways."""

    left: dict[Way, int]
    told: Counter[tuple[Way, Why]] = field(default_factory=Counter)

    def take(self, ways: Iterable[Way], kg: int, why: Why) -> int:
        """Give up to `kg` of what is left of the ways a reason, first way first; return how much it was."""
        free = kg
        for way in ways:
            taken = min(free, self.left[way])
            if taken > 0:
                self.left[way] -= taken
                self.told[way, why] += taken
                free -= taken
        return kg - free

    def of(self, why: Why) -> dict[Way, int]:
        """Return the kg that have a reason, by way."""
        return {way: kg for (way, each), kg in self.told.items() if each == why}

    def explained(self, key: Callable[[Way], str]) -> Counter[str]:
        """Return the kg that have a reason, by lot or demand."""
        return _sums(((way, kg) for (way, _), kg in self.told.items()), key)

    def by(self, key: Callable[[Way], str]) -> dict[str, list[Way]]:
        """Return the ways by their lot or demand."""
        groups: dict[str, list[Way]] = defaultdict(list)
        for way in self.left:
            groups[key(way)].append(way)
        return groups


def reasons(before: PlanSide, now: PlanSide) -> tuple[Reasoned, ...]:
    """Return every reason for which the plan gives other kg, by way and reason; what is the same has none.

    For each way the kg add up to what the plan gives now less what it gave before; those of `moved` add up to 0 for
    each lot.
    """
    lost, gained = _beyond(before, now, LOST), _beyond(now, before, GAINED)
    by_rule = lost.of("rule"), gained.of("rule")
    _around_rules(lost, before, now, by_rule[1])
    _around_rules(gained, now, before, by_rule[0])
    lost_of, gained_of = lost.by(_lot), gained.by(_lot)
    for lot_id in lost_of.keys() & gained_of.keys():
        goes = sum(lost.left[way] for way in lost_of[lot_id])
        comes = sum(gained.left[way] for way in gained_of[lot_id])
        for told, ways in ((lost, lost_of[lot_id]), (gained, gained_of[lot_id])):
            told.take(ways, min(goes, comes), "moved")
    for told, words in ((lost, LOST), (gained, GAINED)):
        for way, kg in list(told.left.items()):
            told.take([way], kg, words.rest)
    signed = [(lost, -1), (gained, 1)]
    return tuple(sorted(Reasoned(way, why, sign * kg) for told, sign in signed for (way, why), kg in told.told.items()))


def _beyond(here: PlanSide, other: PlanSide, words: _Words) -> _Told:
    """Return what `here` gives beyond `other`, with the reasons that lie in promises, lots and demands."""
    more = {way: kg - other.ways.get(way, 0) for way, kg in sorted(here.ways.items())}
    told = _Told({way: kg for way, kg in more.items() if kg > 0})
    promised = {pair: kg - here.promised.get(pair, 0) for pair, kg in other.promised.items()}
    promised = {pair: kg for pair, kg in promised.items() if kg > 0}
    for way in told.left:
        pair = (way.lot_id, way.demand_id)
        if pair in promised:
            promised[pair] -= told.take([way], promised[pair], words.promise)
    sides = (
        (_lot, other.offered, words.no_lot, words.of_lot),
        (_demand, other.wanted, words.no_demand, words.of_demand),
    )
    for key, there, none_there, less_there in sides:
        otherwise: Counter[str] = Counter()
        for pair, kg in promised.items():
            otherwise[key(Way(*pair, ""))] += kg
        used, explained = _sums(here.ways.items(), key), told.explained(key)
        for own_id, ways in told.by(key).items():
            # So much cannot stay as it was, whatever the plan chose: there is not as much of it any more.
            forced = max(0, used[own_id] - there.get(own_id, 0) - explained[own_id])
            forced -= told.take(ways, min(forced, otherwise[own_id]), words.otherwise)
            told.take(ways, forced, less_there if own_id in there else none_there)
    for ways, most_kg in explained_by_rules(here, other):
        told.take([way for way in ways if way in told.left], most_kg, "rule")
    return told


def _around_rules(told: _Told, here: PlanSide, other: PlanSide, ruled: Mapping[Way, int]) -> None:
    """Give a reason to what cannot stay because rules have the lot, or else the demand, for another way.

    `ruled`: what `other` gives beyond `here` by rules: so much less of their lots and demands is there for the rest.
    """
    for key, there in ((_lot, other.offered), (_demand, other.wanted)):
        used, taken, explained = _sums(here.ways.items(), key), _sums(ruled.items(), key), told.explained(key)
        for own_id, ways in told.by(key).items():
            forced = used[own_id] - (there.get(own_id, 0) - taken[own_id]) - explained[own_id]
            told.take(ways, min(max(0, forced), taken[own_id]), "rule_otherwise")


def _sums(ways: Iterable[tuple[Way, int]], key: Callable[[Way], str]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for way, kg in ways:
        sums[key(way)] += kg
    return sums


def _lot(way: Way) -> str:
    return way.lot_id


def _demand(way: Way) -> str:
    return way.demand_id
