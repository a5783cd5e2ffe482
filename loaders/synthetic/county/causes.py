"""What troubles households by themselves, from year to year: illness, debt, bad roads, shocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders.synthetic.county.network import Network
from loaders.synthetic.county.people import WORKING_AGES, Homes, People
from loaders.synthetic.county.plan import PLACE_CAUSES, SHOCK_CAUSES, CountyPlan, Flags, Indexes, Numbers

# Told by who lives in the household, not drawn.
PEOPLE_CAUSES = ("L01", "L03", "L04", "L05", "F04")
SUDDEN_CAUSES = ("H05", "L06", "E04", "A04", "M01", "M02", "M04", "M05", "V01", "V02", "S03")
LASTING_CAUSES = ("H03", "H04", "E01", "A01", "S06")
FULL_CAUSES = ("L01", "H06", "E04", "A05", "A06")
SEVERITIES = np.array([0.2, 0.4, 0.6, 0.8, 1.0])
SEVERITY_SHARES = np.array([0.10, 0.25, 0.35, 0.20, 0.10])
OLD_AGE = 60
# The rules of I35, I13b: half of the members are old; more dependants than this for each worker.
_OLD_SHARE, _DEPENDANTS = 0.5, 1.5


@dataclass
class Census:
    """Counts of a household's living members."""

    members: Indexes
    workers: Indexes
    old: Indexes
    students: Indexes
    pupils: Indexes


def count_people(homes: Homes, people: People, lives: Flags, year: int) -> Census:
    """Return the census of every household at the end of a year."""
    home = people.household[lives]
    age = year - people.birth_year[lives]
    count = len(homes)
    works = (age >= WORKING_AGES[0]) & (age < WORKING_AGES[1]) & ~studies(age, people.bent[lives])
    past_compulsory = (age >= 15) & studies(age, people.bent[lives])
    return Census(
        np.bincount(home, minlength=count),
        np.bincount(home[works], minlength=count),
        np.bincount(home[age >= OLD_AGE], minlength=count),
        np.bincount(home[past_compulsory], minlength=count),
        np.bincount(home[studies(age, people.bent[lives])], minlength=count),
    )


def studies(age: Indexes, bent: Numbers) -> Flags:
    """Return who is at school: all up to 14, most up to 17, half up to 21."""
    last = np.select([bent < 0.15, bent < 0.5], [14, 17], 21)
    return (age >= 6) & (age <= last)


class Troubles:
    """The causes that a block's households hold by themselves, households by causes."""

    def __init__(self, plan: CountyPlan, network: Network, homes: Homes, random: np.random.Generator) -> None:
        self._plan, self._network, self._random = plan, network, random
        rates = plan.request.rates
        own = rates.by_code("cause.amplifier_shares")
        shares = np.array([own.get(cause.code, cause.share / 100) for cause in plan.schema.causes.values()])
        kinds = np.array([cause.cause_kind for cause in plan.schema.causes.values()])
        drawn = (kinds != "state") & ~np.isin(network.codes, (*PEOPLE_CAUSES, *PLACE_CAUSES))
        self._poor = np.where(drawn, np.minimum(shares * rates.number("cause.poor_scale"), 0.95), 0.0)
        self._ordinary = np.where(drawn, np.minimum(shares * rates.number("cause.ordinary_scale"), 0.95), 0.0)
        stay = np.full(len(network.codes), rates.number("cause.stay"))
        stay[np.isin(network.codes, SUDDEN_CAUSES)] = rates.number("cause.sudden_stay")
        stay[np.isin(network.codes, LASTING_CAUSES)] = 1.0
        for code, share in rates.by_code("cause.stay_of").items():
            stay[network.place(code)] = share
        self._stay = stay
        self._full = np.isin(network.codes, FULL_CAUSES) | (kinds == "state")
        self._drawn: Flags = self._random.random((len(homes), len(network.codes))) < self._shares(homes)
        self.severity = self._severities(len(homes))
        self.onset = np.zeros(self._drawn.shape, np.int64)

    def pass_year(self, homes: Homes, year: int) -> None:
        """Let a year pass for what is drawn; households that have split off begin with what the others have."""
        random = self._random
        grown = len(homes) - len(self._drawn)
        if grown:
            origin = homes.origin[-grown:]
            self._drawn = np.concatenate([self._drawn, self._drawn[origin]])
            self.severity = np.concatenate([self.severity, self.severity[origin]])
        if year == self._plan.first_year:
            return
        shares = self._shares(homes)
        onset = np.minimum(shares * (1 - self._stay) / (1 - shares), 1.0)
        chance = random.random(self._drawn.shape)
        before = self._drawn
        self._drawn = chance < np.where(before, self._stay, onset)
        fresh = self._drawn & ~before
        self.severity = np.where(fresh, self._severities(len(homes)), self.severity)

    def held(
        self, homes: Homes, census: Census, year: int, *, lost_worker: Indexes, married: Indexes
    ) -> tuple[Flags, Indexes]:
        """Return the causes held in a year, and per household the first day of a shock that hit it (0 = none)."""
        held = self._drawn.copy()
        where = self._network.place
        active = census.members > 0
        held[:, where("L01")] = active & (census.workers == 0)
        held[:, where("L03")] = active & (census.old >= _OLD_SHARE * census.members)
        held[:, where("L04")] = (census.workers > 0) & (census.members - census.workers > _DEPENDANTS * census.workers)
        held[lost_worker, where("L05")] = True
        held[married, where("F04")] = True
        place = year - self._plan.first_year
        for cause, marks in self._plan.place_causes.items():
            held[:, where(cause)] = marks[homes.village, place]
        # Where nobody is at school there is no such cost.
        held[:, where("E03")] &= census.pupils > 0
        return held, self._struck(homes, held, place)

    def _struck(self, homes: Homes, held: Flags, place: int) -> Indexes:
        days = np.zeros(len(homes), np.int64)
        for shock in self._plan.shocks:
            cause = SHOCK_CAUSES[shock.kind]
            if shock.year != place or cause in PLACE_CAUSES:
                continue
            near = np.isin(homes.village, shock.villages)
            hit = np.flatnonzero(near & (self._random.random(len(homes)) < shock.exposure))
            held[hit, self._network.place(cause)] = True
            self.severity[hit, self._network.place(cause)] = shock.severity
            days[hit] = shock.day
        return days

    def _shares(self, homes: Homes) -> Numbers:
        shares: Numbers = np.where(homes.was_poor[:, None], self._poor[None, :], self._ordinary[None, :])
        return shares

    def _severities(self, count: int) -> Numbers:
        drawn = SEVERITIES[
            np.searchsorted(np.cumsum(SEVERITY_SHARES)[:-1], self._random.random((count, len(self._network.codes))))
        ]
        return np.where(self._full[None, :], 1.0, drawn)
