"""The rows of departments that keep something of each person or house: schools, work, illness, housing, land."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from loaders.synthetic.county.causes import studies
from loaders.synthetic.county.chunks import ChunkWriter, codes, same
from loaders.synthetic.county.life import Living
from loaders.synthetic.county.people import ACTIVE, NOBODY, WORKING_AGES
from loaders.synthetic.county.people_rows import Registers, taken
from loaders.synthetic.county.plan import CountyPlan, Flags, Indexes

_STAGES = ("primary", "junior", "senior", "vocational", "college")
_GRADES = ("A", "B", "C", "D")


class Offices:
    """Writes what departments keep of one block, from year to year."""

    def __init__(self, plan: CountyPlan, writer: ChunkWriter, random: np.random.Generator) -> None:
        self._plan, self._writer, self._random = plan, writer, random
        self._work_told: Indexes = np.zeros(0, np.int64)

    def tell_schools_and_work(self, living: Living, registers: Registers, year: int) -> None:
        """Write who studies where (a snapshot) and whose work has changed."""
        people, lives = living.people, living.lives()
        visible = lives & (living.homes.told_first[people.household] <= year) & (people.birth_year < year)
        age = year - people.birth_year
        pupils = np.flatnonzero(visible & studies(age, people.bent))
        old, bent = age[pupils], people.bent[pupils]
        stage = np.select([old < 12, old < 15, (old < 18) & (bent > 0.3), old < 18], [0, 1, 2, 3], 4)
        rows = {
            "id": taken(registers.persons, pupils),
            "school_stage": codes(stage, _STAGES),
            "schooling_years": pa.array(np.maximum(old - 6, 0)),
            "valid_from": _reported(year, len(pupils)),
        }
        self._writer.add(f"education.Person.{year}-12-31.csv", rows)
        can_work = visible & (age >= WORKING_AGES[0]) & (age < WORKING_AGES[1]) & ~studies(age, people.bent)
        share = self._plan.request.rates.number("household.migrant_worker")
        # Who is young goes further away; a tenth change every year.
        drawn = np.where(self._random.random(len(people)) < share * np.where(age < 45, 1.3, 0.7), 2, 1)
        before = np.concatenate([self._work_told, np.full(len(people) - len(self._work_told), -1)])
        changes = can_work & ((before <= 0) | (self._random.random(len(people)) < 0.1))
        stops = ~can_work & (before > 0) & visible
        now = np.where(changes, drawn, np.where(stops, 0, before))
        rows_of = np.flatnonzero(visible & (now != before) & (now >= 0))
        self._work_told = now
        months = np.where(now[rows_of] == 0, 0, self._random.integers(5, 13, len(rows_of)))
        work = {
            "id": taken(registers.persons, rows_of),
            "work_place": codes(now[rows_of], ("none", "local", "migrant")),
            "worked_months": pa.array(months),
            "valid_from": _reported(year, len(rows_of)),
        }
        self._writer.add(f"labour.Person.{year}-12-31.csv", work)

    def tell_health_and_homes(
        self, living: Living, registers: Registers, year: int, *, active: dict[str, Flags]
    ) -> None:
        """Write the snapshots of chronic illness, disability and housing, and land that is new."""
        homes, people = living.homes, living.people
        visible = (homes.status == ACTIVE) & (homes.told_first <= year)
        lives = np.flatnonzero(living.lives())
        lives = lives[np.lexsort((people.birth_year[lives], people.household[lives]))]
        _, first = np.unique(people.household[lives], return_index=True)
        oldest = np.full(len(homes), NOBODY, np.int64)
        oldest[people.household[lives[first]]] = lives[first]
        known = visible & (homes.seen[:, 0] < self._plan.request.rates.number("report.seen")) & (oldest != NOBODY)
        ill = oldest[active["H02"] & known]
        rows = {
            "id": taken(registers.persons, ill),
            "has_chronic_illness": same("yes", len(ill)),
            "valid_from": _reported(year, len(ill)),
        }
        self._writer.add(f"health.Person.{year}-12-31.csv", rows)
        disabled = np.flatnonzero(active["H03"] & known)
        grade = 1 + (homes.seen[disabled, 1] * 4).astype(np.int64)
        rows = {
            "id": taken(registers.persons, homes.head[disabled]),
            "disability_grade": pa.array(grade),
            "valid_from": _reported(year, len(disabled)),
        }
        self._writer.add(f"disability.Person.{year}-12-31.csv", rows)
        rows_of = np.flatnonzero(visible)
        good = np.where(homes.seen[rows_of, 2] < 0.7, 0, 1)
        bad = np.where(homes.seen[rows_of, 2] < 0.8, 2, 3)
        grade = np.where(active["A05"][rows_of], bad, good)
        rows = {
            "id": taken(registers.households, rows_of),
            "housing_grade": codes(grade, _GRADES),
            "valid_from": _reported(year, len(rows_of)),
        }
        self._writer.add(f"housing.Household.{year}-12-31.csv", rows)
        fresh = np.flatnonzero(visible & (homes.told_first == year))
        members = np.bincount(people.household[lives], minlength=len(homes))
        land = np.round(homes.land_of_head[fresh] * np.where(active["A01"][fresh], 0.2, 1.0) * members[fresh], 1)
        rows = {
            "id": taken(registers.households, fresh),
            "arable_mu": pa.array(land),
            "valid_from": _reported(year, len(fresh)),
        }
        self._writer.add(f"agriculture.Household.{year}-12-31.csv", rows)


def _reported(year: int, count: int) -> pa.Array:
    """Return the reporting day, from which on a row of that year holds."""
    return same(date(year, 12, 31), count)
