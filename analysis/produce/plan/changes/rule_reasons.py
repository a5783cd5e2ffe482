"""What a plan gives beyond another because people set, changed or lifted a rule in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.produce.plan.rules import Floor, Locked, Reserved, Rules


class Way(NamedTuple):
    """A lot, a demand, and who brings it; empty where the seller sends it himself."""

    lot_id: str
    demand_id: str
    cooperative_id: str


@dataclass(frozen=True)
class PlanSide:
    """A plan as it is set beside another, all in kg.

    `ways`: what the plan chose. `offered`, `wanted`: lots and demands with something left, and how much. `promised`:
    what people had promised, by lot and demand. `rules`: those that people had set. `sellers`: who sells each lot;
    `enterprises`: whose each demand is.
    """

    ways: Mapping[Way, int]
    offered: Mapping[str, int]
    wanted: Mapping[str, int]
    promised: Mapping[tuple[str, str], int]
    rules: Rules = field(default_factory=Rules)
    sellers: Mapping[str, str] = field(default_factory=dict)
    enterprises: Mapping[str, str] = field(default_factory=dict)


# Of the ways of a plan, how many kg at most a rule explains, first way first.
Explained = tuple[list[Way], int]
_Asking = Locked | Reserved | Floor


def explained_by_rules(here: PlanSide, other: PlanSide) -> Iterator[Explained]:
    """Yield what rules explain of that which `here` gives beyond `other`.

    A rule that asks for kg here, and there for less or for none, explains what it asks for beyond what the other
    plan gives without it; a rule that forbids a pair there and not here explains all of the pair.
    """
    least_there, in_order = _least(other.rules), sorted(here.ways)
    for key, (rule, least_kg) in _least(here.rules).items():
        asked_there = least_there[key][1] if key in least_there else 0
        if least_kg <= asked_there:
            continue
        counts = _counts(rule, other)
        more = least_kg - max(asked_there, sum(kg for way, kg in other.ways.items() if counts(way)))
        if more > 0:
            yield list(filter(_counts(rule, here), in_order)), more
    for lot_id, demand_id in sorted({*other.rules.forbidden} - {*here.rules.forbidden}):
        ways = [way for way in in_order if (way.lot_id, way.demand_id) == (lot_id, demand_id)]
        yield ways, sum(here.ways[way] for way in ways)


def _least(rules: Rules) -> dict[tuple[object, ...], tuple[_Asking, int]]:
    """Return the rules that ask for kg, by what they are about; of several about the same the one that asks most."""
    found: dict[tuple[object, ...], tuple[_Asking, int]] = {}
    asking: tuple[_Asking, ...] = (*rules.locked, *rules.reserved, *rules.floors)
    for rule in sorted(asking, key=lambda each: each.least_kg):
        about: tuple[object, ...]
        if isinstance(rule, Locked):
            about = (rule.lot_id, rule.demand_id)
        else:
            about = (rule.buyer_id, frozenset(rule.lot_ids)) if isinstance(rule, Reserved) else (rule.cooperative_id,)
        found[type(rule).__name__, *about] = (rule, rule.least_kg)
    return found


def _counts(rule: _Asking, plan: PlanSide) -> Callable[[Way], bool]:
    """Return what tells whether a way counts for a rule."""
    if isinstance(rule, Locked):
        return lambda way: (way.lot_id, way.demand_id) == (rule.lot_id, rule.demand_id)
    if isinstance(rule, Floor):
        return lambda way: rule.cooperative_id == (way.cooperative_id or plan.sellers.get(way.lot_id))
    return lambda way: (
        rule.buyer_id in (way.demand_id, plan.enterprises.get(way.demand_id))
        and (not rule.lot_ids or way.lot_id in rule.lot_ids)
    )
