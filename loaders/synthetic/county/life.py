"""A year in the life of a block: deaths, marriages, splits, mergers, moves, births, and who lives where afterwards."""

from __future__ import annotations

import numpy as np

from loaders.synthetic.county.happenings import NOTHING, StayEnds, Year
from loaders.synthetic.county.people import (
    ACTIVE,
    CHILD,
    ENDED,
    FEMALE,
    GIVEN_NAMES,
    GRANDCHILD,
    HEAD,
    MALE,
    MERGED,
    MOVED,
    NOBODY,
    OTHER,
    PARENT,
    SPOUSE,
    Homes,
    People,
    day_number_of_year,
)
from loaders.synthetic.county.plan import Flags, Indexes
from loaders.synthetic.county.rates import Rates
from loaders.synthetic.county.registers import HOUSEHOLDS_OF_BLOCK, PEOPLE_OF_BLOCK


class Living:
    """The households and people of a block from year to year."""

    def __init__(self, homes: Homes, people: People, rates: Rates, random: np.random.Generator) -> None:
        self.homes, self.people = homes, people
        self._rates, self._random = rates, random
        self._touched: Flags = np.zeros(len(people), np.bool_)
        self._busy: Flags = np.zeros(len(homes), np.bool_)

    def live(self, year: int, village_count: int) -> Year:
        """Return what happens in a year; afterwards households and people stand as on its last day."""
        told = Year(year)
        self._touched = np.zeros(len(self.people), np.bool_)
        self._busy = np.zeros(len(self.homes), np.bool_)
        self._die(told)
        self._marry(told)
        self._split(told)
        self._merge(told)
        self._move(told, village_count)
        self._bear(told)
        return told

    def lives(self) -> Flags:
        """Return who is alive and at home in a household that is told of."""
        alive: Flags = self.people.is_alive & (self.homes.status[self.people.household] == ACTIVE)
        return alive

    def _days(self, year: int, count: int) -> Indexes:
        return day_number_of_year(year) + self._random.integers(10, 355, count)

    def _end_stays(self, told: Year, who: Indexes, last_days: Indexes) -> None:
        people = self.people
        told.ended.append(
            StayEnds(who, people.household[who], people.role[who].astype(np.int64), people.stay_starts[who], last_days)
        )

    def _settle_in(self, told: Year, who: Indexes, homes: Indexes, roles: Indexes, days: Indexes) -> None:
        """End the stays of some people the day before and begin new ones."""
        self._end_stays(told, who, days - 1)
        self.people.household[who] = homes
        self.people.role[who] = roles
        self.people.stay_starts[who] = days
        self._touched[who] = True
        told.started.append(who)

    def _die(self, told: Year) -> None:
        people, homes = self.people, self.homes
        age = told.year - people.birth_year
        bands = np.searchsorted([50, 65, 75, 85], age, side="right")
        rates = np.array(self._rates.row("person.death_rates"))
        dead = np.flatnonzero(self.lives() & (self._random.random(len(people)) < rates[bands]))
        days = self._days(told.year, len(dead))
        told.deaths, told.death_days = dead, days
        self._end_stays(told, dead, days)
        people.is_alive[dead] = False
        self._touched[dead] = True
        left = people.spouse[dead]
        people.spouse[left[left != NOBODY]] = NOBODY
        people.spouse[dead] = NOBODY
        told.tell("died", people.household[dead], np.full(len(dead), NOBODY), dead, days)
        self._busy[people.household[dead]] = True
        members = np.bincount(people.household[self.lives()], minlength=len(homes))
        empty = np.flatnonzero((homes.status == ACTIVE) & (members == 0))
        homes.status[empty] = ENDED
        told.closed = empty
        last = np.array([told.days.get(place, 0) for place in empty.tolist()], np.int64)
        told.tell("ended", empty, np.full(len(empty), NOBODY), np.full(len(empty), NOBODY), last)
        self._follow_heads(told, dead)

    def _follow_heads(self, told: Year, dead: Indexes) -> None:
        """Make the oldest adult head from the day after the head has died: a new stay, for a stay has one role."""
        people, homes = self.people, self.homes
        was_head = people.role[dead] == HEAD
        died_on = np.zeros(len(homes), np.int64)
        died_on[people.household[dead[was_head]]] = told.death_days[was_head]
        headless = (died_on > 0) & (homes.status == ACTIVE)
        here = np.flatnonzero(self.lives() & headless[people.household])
        here = here[np.lexsort((people.birth_year[here], people.household[here]))]
        _, first = np.unique(people.household[here], return_index=True)
        heads = here[first]
        where = people.household[heads]
        self._settle_in(told, heads, where, np.full(len(heads), HEAD), died_on[where] + 1)
        homes.head[where] = heads

    def _marry(self, told: Year) -> None:
        people = self.people
        age = told.year - people.birth_year
        free = (
            self.lives()
            & ~self._touched
            & (people.spouse == NOBODY)
            & (people.role == CHILD)
            & ~self._busy[people.household]
        )
        free &= (age >= 21) & (age <= 36)
        men = np.flatnonzero(free & (people.sex == MALE))
        women = np.flatnonzero(free & (people.sex == FEMALE))
        count = min(int(len(men) * self._rates.number("person.marriage_rate")), len(men), len(women))
        grooms = self._random.permutation(men)[:count]
        brides = self._random.permutation(women)[:count]
        apart = people.household[grooms] != people.household[brides]
        grooms, brides = grooms[apart], brides[apart]
        # One change a household and year, so that each stay has one row a file.
        homes = np.concatenate([people.household[grooms], people.household[brides]])
        _, first = np.unique(homes, return_index=True)
        is_first = np.zeros(len(homes), np.bool_)
        is_first[first] = True
        good = is_first[: len(grooms)] & is_first[len(grooms) :]
        grooms, brides = grooms[good], brides[good]
        days = self._days(told.year, len(grooms))
        self._busy[people.household[grooms]] = True
        self._busy[people.household[brides]] = True
        told.tell("bride_left", people.household[brides], people.household[grooms], brides, days - 1)
        told.tell("married", people.household[grooms], people.household[brides], grooms, days)
        self._settle_in(told, brides, people.household[grooms], np.full(len(brides), OTHER), days)
        people.spouse[grooms], people.spouse[brides] = brides, grooms
        told.grooms, told.brides = grooms, brides

    def _split(self, told: Year) -> None:
        people, homes = self.people, self.homes
        members = np.bincount(people.household[self.lives()], minlength=len(homes))
        may = self.lives() & ~self._touched & (people.role == CHILD) & (people.spouse != NOBODY)
        may &= ~self._busy[people.household] & (members[people.household] >= 4)
        leaving = np.flatnonzero(may & (self._random.random(len(people)) < self._rates.number("household.split_rate")))
        # A spouse who has become the head stays, and so does the couple.
        partner = people.spouse[leaving]
        with_spouse = (people.household[leaving] == people.household[partner]) & (people.role[partner] != HEAD)
        leaving = leaving[with_spouse]
        _, first = np.unique(people.household[leaving], return_index=True)
        leaving = leaving[first][: HOUSEHOLDS_OF_BLOCK - len(homes)]
        old = people.household[leaving]
        new = len(homes) + np.arange(len(leaving))
        days = self._days(told.year, len(leaving))
        self.homes = homes.joined(self._new_homes(told.year, leaving, old, days))
        self._busy = np.concatenate([self._busy, np.ones(len(new), np.bool_)])
        self._busy[old] = True
        told.tell("split", old, new, leaving, days)
        spouses = people.spouse[leaving]
        home_of_mother = {int(wife): place for place, wife in enumerate(spouses.tolist())}
        children = np.flatnonzero(
            self.lives() & ~self._touched & np.isin(people.mother, spouses) & (people.role != HEAD)
        )
        theirs = np.array([home_of_mother[int(mother)] for mother in people.mother[children].tolist()], np.int64)
        children, theirs = (
            children[people.household[children] == old[theirs]],
            theirs[people.household[children] == old[theirs]],
        )
        self._settle_in(told, leaving, new, np.full(len(new), HEAD), days)
        self._settle_in(told, spouses, new, np.full(len(new), SPOUSE), days)
        self._settle_in(told, children, new[theirs], np.full(len(children), CHILD), days[theirs])
        told.new_homes = new

    def _new_homes(self, year: int, leaving: Indexes, old: Indexes, days: Indexes) -> Homes:
        homes, count = self.homes, len(old)
        return Homes(
            village=homes.village[old],
            status=np.zeros(count, np.int8),
            head=leaving,
            was_poor=homes.was_poor[old],
            exit_year=homes.exit_year[old],
            resettled=np.zeros(count, np.bool_),
            since=days,
            land_of_head=homes.land_of_head[old],
            lasting=homes.lasting[old],
            origin=old,
            told_first=np.full(count, year + 1, np.int64),
            seen=self._random.random((count, homes.seen.shape[1])),
        )

    def _merge(self, told: Year) -> None:
        """Let small households of old people move in with their children's."""
        people, homes = self.people, self.homes
        lives = self.lives()
        members = np.bincount(people.household[lives], minlength=len(homes))
        oldest = np.full(len(homes), 0)
        np.maximum.at(oldest, people.household[lives], people.birth_year[lives])
        children = np.flatnonzero((homes.origin != NOBODY) & (homes.status == ACTIVE) & ~self._busy)
        old = homes.origin[children]
        fits = (homes.status[old] == ACTIVE) & ~self._busy[old] & (members[old] <= 2) & (told.year - oldest[old] >= 60)
        fits &= self._random.random(len(old)) < self._rates.number("household.merge_rate")
        children, old = children[fits], old[fits]
        _, first = np.unique(old, return_index=True)
        children, old = children[first], old[first]
        into = np.full(len(homes), NOBODY, np.int64)
        into[old] = children
        days = np.zeros(len(homes), np.int64)
        days[old] = self._days(told.year, len(old))
        who = np.flatnonzero(lives & (into[people.household] != NOBODY))
        from_home = people.household[who]
        homes.status[old] = MERGED
        self._busy[old] = True
        self._busy[children] = True
        told.tell("merged", old, children, np.full(len(old), NOBODY), days[old])
        told.tell("took_in", children, old, np.full(len(old), NOBODY), days[old])
        self._settle_in(told, who, into[from_home], np.full(len(who), PARENT), days[from_home])
        told.merged, told.merged_into = old, children

    def _move(self, told: Year, village_count: int) -> None:
        homes = self.homes
        can = (homes.status == ACTIVE) & ~self._busy
        chance = self._random.random(len(homes))
        leave_rate, move_rate = self._rates.number("household.leave_rate"), self._rates.number("household.move_rate")
        leaving = np.flatnonzero(can & (chance < leave_rate))
        moving = np.flatnonzero(can & (chance >= leave_rate) & (chance < leave_rate + move_rate))
        villages = self._random.integers(village_count, size=len(moving))
        moving = moving[villages != homes.village[moving]]
        villages = villages[: len(moving)]
        same = villages == homes.village[moving]
        villages[same] = (villages[same] + 1) % village_count
        moving, villages = (moving, villages) if village_count > 1 else (NOTHING, NOTHING)
        told.moved = np.concatenate([moving, leaving])
        told.moved_from, told.moved_since = homes.village[told.moved].copy(), homes.since[told.moved].copy()
        days = self._days(told.year, len(told.moved))
        nobody = np.full(len(told.moved), NOBODY)
        told.tell("moved", moving, nobody[: len(moving)], nobody[: len(moving)], days[: len(moving)])
        told.tell("left", leaving, nobody[len(moving) :], nobody[len(moving) :], days[len(moving) :])
        homes.village[moving] = villages
        homes.since[moving] = days[: len(moving)]
        homes.status[leaving] = MOVED
        self._busy[told.moved] = True

    def _bear(self, told: Year) -> None:
        people = self.people
        age = told.year - people.birth_year
        may = self.lives() & (people.sex == FEMALE) & (people.spouse != NOBODY) & (age >= 20) & (age <= 42)
        mothers = np.flatnonzero(
            may & ~self._touched & (self._random.random(len(people)) < self._rates.number("person.birth_rate"))
        )
        # Register numbers have room for so many people in a block.
        mothers = mothers[~self._busy[people.household[mothers]]][: PEOPLE_OF_BLOCK - len(people)]
        count = len(mothers)
        days = self._days(told.year, count)
        in_front = np.isin(people.role[mothers], (HEAD, SPOUSE))
        born = People(
            people.household[mothers].copy(),
            np.where(in_front, CHILD, GRANDCHILD).astype(np.int8),
            np.full(count, told.year, np.int64),
            self._random.integers(2, size=count).astype(np.int8),
            np.ones(count, np.bool_),
            np.full(count, NOBODY, np.int64),
            mothers,
            days,
            people.family_name[people.spouse[mothers]],
            self._random.integers(len(GIVEN_NAMES), size=count).astype(np.int8),
            self._random.random(count),
        )
        told.births = len(people) + np.arange(count)
        told.tell("born", born.household, np.full(count, NOBODY), told.births, days)
        self.people = people.joined(born)
        self._touched = np.concatenate([self._touched, np.ones(count, np.bool_)])
        told.started.append(told.births)
