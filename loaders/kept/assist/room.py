"""What is left for the units of a draft, and why one no longer fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from loaders.checks.cell_ranges import shown_number
from loaders.kept.assist.draft import Unit
from loaders.kept.assist.help import Help
from loaders.kept.assist.standing import AGENCY, CAPACITIES, Standing, has_closed
from loaders.kept.desk import Row, holds, number

ACTIVE = "active"
Key = tuple[str, ...]


class Bound(NamedTuple):
    """Something that a unit takes from: `code` says which kind, `what` names it, `takes` how much one unit takes."""

    code: str
    key: Key
    what: str
    takes: float

    @property
    def is_money(self) -> bool:
        """Return whether it is counted in fen."""
        return self.code in (BUDGET, HOUSEHOLD_LIMIT, PARTNER_BUDGET)


BUDGET, HOUSEHOLD_LIMIT, PARTNER_BUDGET = (
    "assist_over_budget",
    "assist_over_household_limit",
    "assist_over_partner_budget",
)
PLACE, PARTNER_PLACE, CAPACITY = "assist_no_place", "assist_no_partner_place", "assist_over_capacity"


class Refusal(NamedTuple):
    """Why a unit does not fit: the code of the message and what it names."""

    code: str
    fields: Mapping[str, object]


class Room:
    """What is left of every bound; a unit that is taken leaves less to the next. `day`: on which help begins."""

    def __init__(self, standing: Standing, day: date) -> None:
        self._standing = standing
        self._day = day
        self._taken: dict[Key, float] = defaultdict(int)
        for programme_id in standing.programmes:
            for each in standing.of_programme(programme_id):
                self._taken[BUDGET, programme_id] += each.held_fen
                self._taken[HOUSEHOLD_LIMIT, programme_id, str(each.household_id)] += each.held_fen
                if each.provider is not None:
                    self._taken[PARTNER_BUDGET, programme_id, *each.provider] += each.held_fen
        for each in standing.help.values():
            if each.stands(day):
                self._place(each)

    def refusal(self, unit: Unit) -> Refusal | None:
        """Return why a unit does not fit, None where it does."""
        who = {"household": unit.household_id, "programme": unit.programme_id}
        gone = self._gone(unit)
        if gone is not None:
            return Refusal(gone.code, {**who, **gone.fields})
        for bound in self._bounds(unit):
            most = self._most(bound)
            left = None if most is None else most - self._taken[bound.key]
            if left is not None and bound.takes > left:
                amounts = {"takes": bound.takes, "left": left, "missing": bound.takes - left}
                shown = {name: _shown(value, is_money=bound.is_money) for name, value in amounts.items()}
                return Refusal(bound.code, {**who, "what": bound.what, **shown})
        return None

    def take(self, unit: Unit) -> None:
        """Take what a unit needs from every bound."""
        for bound in self._bounds(unit):
            self._taken[bound.key] += bound.takes

    def _gone(self, unit: Unit) -> Refusal | None:
        """Return what of a unit's way is not there any more."""
        standing, day = self._standing, self._day
        household = standing.households.get(unit.household_id)
        if household is None or household["household_status"] != ACTIVE:
            return Refusal("assist_household_gone", {})
        programme = standing.programmes.get(unit.programme_id)
        if programme is None or not holds(programme, day):
            return Refusal("assist_not_running", {"day": day})
        if (unit.programme_id, unit.measure_id) not in standing.offers:
            return Refusal("assist_not_offered", {"measure": unit.measure_id})
        agency = () if unit.partner else ((AGENCY, str(programme["agency_id"])),)
        for party in (*unit.parties, *agency):
            if has_closed(standing.parties.get(party), day):
                return Refusal("assist_has_closed", {"id": party[1]})
        if unit.partner is not None:
            partnership = standing.partnerships.get((unit.programme_id, *unit.partner))
            if partnership is None or not holds(partnership, day):
                return Refusal("assist_no_partnership", {"id": unit.partner[1]})
        if unit.contract_id is not None:
            contract = standing.contracts.get(unit.contract_id)
            if contract is None or not holds(contract, day):
                return Refusal("assist_no_contract", {"id": unit.contract_id})
        if unit.cooperative_id is not None:
            spells = standing.memberships.get((unit.household_id, unit.cooperative_id), ())
            if not any(holds(spell, day) for spell in spells):
                return Refusal("assist_no_member", {"id": unit.cooperative_id})
        return None

    def _bounds(self, unit: Unit) -> Iterator[Bound]:
        """Return what a unit takes from, one after the other."""
        programme_id, cost = unit.programme_id, unit.cost_fen
        yield Bound(BUDGET, (BUDGET, programme_id), programme_id, cost)
        yield Bound(HOUSEHOLD_LIMIT, (HOUSEHOLD_LIMIT, programme_id, unit.household_id), programme_id, cost)
        yield Bound(PLACE, (PLACE, programme_id, unit.measure_id), unit.measure_id, 1)
        if unit.partner is not None:
            partner_id = unit.partner[1]
            yield Bound(PARTNER_BUDGET, (PARTNER_BUDGET, programme_id, *unit.partner), partner_id, cost)
            yield Bound(PARTNER_PLACE, (PARTNER_PLACE, programme_id, *unit.partner), partner_id, 1)
        for use in unit.uses:
            yield Bound(CAPACITY, (CAPACITY, use.kind, use.id), use.id, use.value)

    def _most(self, bound: Bound) -> float | None:
        """Return how much of a bound there is in all, None where nothing bounds it."""
        standing, (code, owner, *ends) = self._standing, bound.key
        if code == CAPACITY:
            thing = standing.things.get((owner, ends[0]))
            return 0 if thing is None else _most(thing, CAPACITIES[owner])
        if code == PLACE:
            return _most(standing.offers[owner, ends[0]], "place_count")
        if code in (PARTNER_BUDGET, PARTNER_PLACE):
            column = "budget_fen" if code == PARTNER_BUDGET else "place_count"
            return _most(standing.partnerships[owner, ends[0], ends[1]], column)
        column = "budget_fen" if code == BUDGET else "household_limit_fen"
        return _most(standing.programmes[owner], column)

    def _place(self, each: Help) -> None:
        if each.programme_id is not None:
            self._taken[PLACE, each.programme_id, each.measure_id] += 1
            if each.provider is not None:
                self._taken[PARTNER_PLACE, each.programme_id, *each.provider] += 1
        for use in self._standing.uses.get(each.id, ()):
            self._taken[CAPACITY, use.kind, use.id] += use.value


def _most(row: Row, column: str) -> float | None:
    return None if row[column] is None else number(row, column)


def _shown(value: float, *, is_money: bool) -> str:
    return f"{value / 100:,.2f}" if is_money else shown_number(round(value, 3))
