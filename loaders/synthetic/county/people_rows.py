"""The rows that registers of people send: who lives where, who is kin, who studies and works, and what has changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.synthetic.county.chunks import ChunkWriter, codes, days, same, yes_no
from loaders.synthetic.county.happenings import Year
from loaders.synthetic.county.life import Living
from loaders.synthetic.county.people import (
    ACTIVE,
    CHILD,
    FAMILY_NAMES,
    GIVEN_NAMES,
    GRANDCHILD,
    NOBODY,
    PARENT,
    ROLES,
    SPOUSE,
    STATUSES,
    Homes,
    People,
    day_number_of_year,
)
from loaders.synthetic.county.plan import CountyPlan, Flags, Indexes

_SEXES = ("female", "male")


@dataclass
class Registers:
    """A block's numbers of households and persons, in their places."""

    households: pa.Array
    persons: pa.Array


class Registry:
    """Writes the rows of people and households of one block."""

    def __init__(self, plan: CountyPlan, writer: ChunkWriter, random: np.random.Generator) -> None:
        self._plan, self._writer, self._random = plan, writer, random

    def tell_start(self, living: Living, registers: Registers) -> None:
        """Write the registers as they stand on the first day."""
        homes, people = living.homes, living.people
        on = f"{self._plan.first_year}-01-01"
        everyone, all_homes = np.arange(len(people)), np.arange(len(homes))
        self._persons(f"police.Person.{on}.csv", people, registers, everyone)
        members = np.bincount(people.household, minlength=len(homes))
        self._households(f"police.Household.{on}.csv", living, registers, all_homes, members=members)
        self._histories(f"revitalisation.Household.{on}.csv", homes, registers, all_homes)
        self._residences(f"police.Residence.{on}.csv", registers, all_homes, homes.village, since=homes.since)
        self._stays(f"police.Stay.{on}.csv", people, registers, everyone)
        self._kin_at_start(f"police.KIN_OF.{on}.csv", homes, people, registers)

    def tell_year(self, living: Living, registers: Registers, told: Year) -> None:
        """Write what has changed in a year."""
        homes, people = living.homes, living.people
        on = f"{told.year}-12-31"
        lives = living.lives()
        self._persons(f"police.Person.{on}.csv", people, registers, told.births)
        dead = registers.persons.take(pa.array(told.deaths))
        self._writer.add(f"civil.Person.{on}.csv", {"id": dead, "died_on": days(told.death_days)})
        changed = np.array(sorted({*told.days, *told.new_homes.tolist()}), np.int64)
        members = np.bincount(people.household[lives], minlength=len(homes))
        since = np.array([told.days.get(place, int(homes.since[place])) for place in changed.tolist()], np.int64)
        self._households(f"police.Household.{on}.csv", living, registers, changed, members=members, since=since)
        self._histories(f"revitalisation.Household.{on}.csv", homes, registers, told.new_homes)
        self._moves(f"police.Residence.{on}.csv", homes, registers, told)
        self._changed_stays(f"police.Stay.{on}.csv", people, registers, told)
        self._kin_of_year(f"police.KIN_OF.{on}.csv", people, registers, told)
        new, split_on = told.new_homes, days(homes.since[told.new_homes])
        ends = {"from_id": taken(registers.households, new), "to_id": taken(registers.households, homes.origin[new])}
        self._writer.add(f"police.SPLIT_FROM.{on}.csv", {**ends, "happened_on": split_on})
        merged_on = days(np.array([told.days[place] for place in told.merged.tolist()], np.int64))
        ends = {
            "from_id": taken(registers.households, told.merged),
            "to_id": taken(registers.households, told.merged_into),
        }
        self._writer.add(f"police.MERGED_INTO.{on}.csv", {**ends, "happened_on": merged_on})

    def _persons(self, name: str, people: People, registers: Registers, who: Indexes) -> None:
        rows = {
            "id": taken(registers.persons, who),
            "name": _names(people, who),
            "birth_year": pa.array(people.birth_year[who]),
            "sex": codes(people.sex[who], _SEXES),
        }
        self._writer.add(name, rows)

    def _households(
        self,
        name: str,
        living: Living,
        registers: Registers,
        which: Indexes,
        *,
        members: Indexes,
        since: Indexes | None = None,
    ) -> None:
        homes = living.homes
        rows = {
            "id": taken(registers.households, which),
            "head_name": _names(living.people, homes.head[which]),
            "member_count": pa.array(members[which]),
            "household_status": codes(homes.status[which], STATUSES),
        }
        if since is not None:
            rows["valid_from"] = days(since)
        self._writer.add(name, rows)

    def _histories(self, name: str, homes: Homes, registers: Registers, which: Indexes) -> None:
        exits = _year_ends(homes.exit_year[which], homes.was_poor[which])
        rows = {
            "id": taken(registers.households, which),
            "was_registered_poor": yes_no(homes.was_poor[which]),
            "poverty_exit_on": days(exits),
            "resettled_on": days(
                np.where(homes.resettled[which], _year_ends(homes.exit_year[which], homes.was_poor[which]), -1)
            ),
        }
        self._writer.add(name, rows)

    def _residences(
        self,
        name: str,
        registers: Registers,
        which: Indexes,
        villages: Indexes,
        *,
        since: Indexes,
        until: Indexes | None = None,
    ) -> None:
        rows = {
            "household_id": taken(registers.households, which),
            "area_id": codes(villages, self._plan.villages),
            "starts_on": days(since),
        }
        if until is not None:
            rows["ends_on"] = days(until)
        self._writer.add(name, rows)

    def _moves(self, name: str, homes: Homes, registers: Registers, told: Year) -> None:
        new = told.new_homes
        self._residences(name, registers, new, homes.village[new], since=homes.since[new])
        last = np.array([told.days[place] - 1 for place in told.moved.tolist()], np.int64)
        self._residences(name, registers, told.moved, told.moved_from, since=told.moved_since, until=last)
        stays = told.moved[homes.status[told.moved] == ACTIVE]
        self._residences(name, registers, stays, homes.village[stays], since=homes.since[stays])
        gone = np.concatenate([told.merged, told.closed])
        # Merged or died out: the last day at the old address.
        last = np.array([told.days[place] for place in gone.tolist()], np.int64)
        self._residences(name, registers, gone, homes.village[gone], since=homes.since[gone], until=last)

    def _stays(self, name: str, people: People, registers: Registers, who: Indexes) -> None:
        rows = {
            "person_id": taken(registers.persons, who),
            "household_id": taken(registers.households, people.household[who]),
            "member_role": codes(people.role[who], ROLES),
            "has_shared_budget": same("yes", len(who)),
            "starts_on": days(people.stay_starts[who]),
        }
        self._writer.add(name, rows)

    def _changed_stays(self, name: str, people: People, registers: Registers, told: Year) -> None:
        for ended in told.ended:
            rows = {
                "person_id": taken(registers.persons, ended.person),
                "household_id": taken(registers.households, ended.household),
                "member_role": codes(ended.role, ROLES),
                "has_shared_budget": same("yes", len(ended.person)),
                "starts_on": days(ended.starts),
                "ends_on": days(ended.ends),
            }
            self._writer.add(name, rows)
        for part in told.started:
            self._stays(name, people, registers, part)

    def _kin_at_start(self, name: str, homes: Homes, people: People, registers: Registers) -> None:
        heads = homes.head[people.household]
        for role in (SPOUSE, CHILD, PARENT):
            self._kin(
                name, registers, np.flatnonzero(people.role == role), heads[people.role == role], role=ROLES[role]
            )
        grandchildren = np.flatnonzero(people.role == GRANDCHILD)
        self._kin(name, registers, grandchildren, heads[grandchildren], role="other")
        tied = np.flatnonzero(homes.origin != NOBODY)
        self._kin(name, registers, homes.head[tied], homes.head[homes.origin[tied]], role="child")

    def _kin_of_year(self, name: str, people: People, registers: Registers, told: Year) -> None:
        self._kin(name, registers, told.brides, told.grooms, role="spouse")
        self._kin(name, registers, told.births, people.mother[told.births], role="child")

    def _kin(self, name: str, registers: Registers, one: Indexes, other: Indexes, *, role: str) -> None:
        ends = {"from_id": taken(registers.persons, one), "to_id": taken(registers.persons, other)}
        self._writer.add(name, {**ends, "kin_role": same(role, len(one))})


def _names(people: People, who: Indexes) -> pa.Array:
    family = codes(people.family_name[who], FAMILY_NAMES)
    return pc.binary_join_element_wise(family, codes(people.given_name[who], GIVEN_NAMES), "")


def _year_ends(years: Indexes, which: Flags) -> Indexes:
    ends = np.array([day_number_of_year(year + 1) - 1 for year in range(2014, 2021)])
    return np.where(which, ends[np.clip(years - 2014, 0, 6)], -1)


def taken(column: pa.Array, places: Indexes) -> pa.Array:
    """Return the values at some places."""
    return column.take(pa.array(places, pa.int64()))
