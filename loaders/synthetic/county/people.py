"""The people of a block at the start: households of the published sizes, who is who, and what makes them differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from loaders.synthetic.county.plan import BLOCK_HOUSEHOLDS, CountyPlan, Flags, Indexes, Numbers, day_number

ROLES = ("head", "spouse", "child", "parent", "grandchild", "other")
HEAD, SPOUSE, CHILD, PARENT, GRANDCHILD, OTHER = range(6)
ACTIVE, MERGED, MOVED, ENDED = range(4)
STATUSES = ("active", "merged", "moved", "ended")
FEMALE, MALE = 0, 1
NOBODY = -1
WORKING_AGES = (18, 65)
SCHOOL_AGES = (6, 22)
FAMILY_NAMES = tuple("沈林吴陈许李张黄郑涂钟何游田廖江")
GIVEN_NAMES = ("某", "某某", "某平", "某华", "某英", "某明", "某珍", "某强")
_OLDEST = 97

Small = npt.NDArray[np.int8]


@dataclass
class People:
    """Persons, one place each. `household` is where they live or lived last; `stay_starts` in days since 1970."""

    household: Indexes
    role: Small
    birth_year: Indexes
    sex: Small
    is_alive: Flags
    spouse: Indexes
    mother: Indexes
    stay_starts: Indexes
    family_name: Small
    given_name: Small
    bent: Numbers

    def __len__(self) -> int:
        return len(self.household)

    def joined(self, more: People) -> People:
        """Return these people and then the others."""
        return People(
            *(np.concatenate([own, new]) for own, new in zip(vars(self).values(), vars(more).values(), strict=True))
        )


@dataclass
class Homes:
    """Households, one place each. `origin`: the one it split from or is kin of, -1 = none; years are calendar ones."""

    village: Indexes
    status: Small
    head: Indexes
    was_poor: Flags
    exit_year: Indexes
    resettled: Flags
    since: Indexes
    land_of_head: Numbers
    lasting: Numbers
    origin: Indexes
    told_first: Indexes
    seen: Numbers

    def __len__(self) -> int:
        return len(self.village)

    def joined(self, more: Homes) -> Homes:
        """Return these households and then the others."""
        return Homes(
            *(np.concatenate([own, new]) for own, new in zip(vars(self).values(), vars(more).values(), strict=True))
        )


# How many independent chances of being seen a household has: one for each line of reports.yaml, and some to spare.
SEEN_COUNT = 64


def settle(plan: CountyPlan, block: int, random: np.random.Generator) -> tuple[Homes, People]:
    """Return the households of a block and their people on the first day of the first year."""
    rates, first = plan.request.rates, plan.first_year
    start = block * BLOCK_HOUSEHOLDS
    count = min(BLOCK_HOUSEHOLDS, plan.request.households - start)
    shares = np.array(rates.row("household.size_shares"))
    sizes = 1 + np.searchsorted(np.cumsum(shares / shares.sum()), random.random(count), side="right").clip(0, 9)
    was_poor = random.random(count) < rates.number("household.was_registered_poor")
    homes = Homes(
        village=np.searchsorted(plan.bounds, np.arange(start, start + count), side="right"),
        status=np.zeros(count, np.int8),
        head=np.cumsum(sizes) - sizes,
        was_poor=was_poor,
        exit_year=np.where(was_poor, random.choice(np.arange(2014, 2021), size=count), 0),
        resettled=was_poor & (random.random(count) < rates.number("household.resettled")),
        since=np.array([day_number_of_year(year) for year in range(1985, 2016)])[random.integers(31, size=count)],
        land_of_head=np.round(random.uniform(0.4, 1.8, count), 2),
        lasting=random.standard_normal(count),
        origin=np.full(count, NOBODY, np.int64),
        told_first=np.full(count, first, np.int64),
        seen=random.random((count, SEEN_COUNT)),
    )
    people = _people(sizes, homes, first, random)
    _tie_kin(homes, people, sizes, rates.number("household.kin_nearby"), random)
    return homes, people


def day_number_of_year(year: int) -> int:
    """Return the first of January of a year in days since 1970."""
    return day_number(date(year, 1, 1))


def _people(sizes: Indexes, homes: Homes, first: int, random: np.random.Generator) -> People:
    count = len(sizes)
    household = np.repeat(np.arange(count), sizes)
    place = np.arange(len(household)) - homes.head[household]
    old_head = random.integers(52, 86, count)
    middle_head = random.integers(42, 78, count)
    young_head = random.integers(28, 60, count)
    head_age = np.select([sizes == 1, sizes == 2], [old_head, middle_head], young_head)[household]
    paired = (random.random(count) < 0.86)[household]
    role = np.select(
        [place == 0, (place == 1) & paired, place <= 3, place <= 5],
        [HEAD, SPOUSE, CHILD, PARENT],
        GRANDCHILD,
    ).astype(np.int8)
    gap = random.integers(20, 35, len(role))
    age = np.select(
        [role == HEAD, role == SPOUSE, role == CHILD, role == PARENT],
        [head_age, head_age - random.integers(-3, 7, len(role)), head_age - gap, head_age + gap],
        head_age - 24 - gap,
    )
    age = np.clip(age, np.where(role == SPOUSE, 20, 0), _OLDEST)
    head_sex = np.where(random.random(count) < 0.85, MALE, FEMALE)
    any_sex = random.integers(2, size=len(role))
    sex = np.select([role == HEAD, role == SPOUSE], [head_sex[household], 1 - head_sex[household]], any_sex)
    spouse = np.full(len(role), NOBODY, np.int64)
    wives = np.flatnonzero(role == SPOUSE)
    spouse[wives] = homes.head[household[wives]]
    spouse[spouse[wives]] = wives
    mother = np.full(len(role), NOBODY, np.int64)
    birth_year = first - 1 - age
    born = np.array([day_number_of_year(year) for year in range(1900, first + 1)])[birth_year - 1900]
    return People(
        household,
        role,
        birth_year,
        sex.astype(np.int8),
        np.ones(len(role), np.bool_),
        spouse,
        mother,
        np.maximum(homes.since[household], born),
        random.integers(len(FAMILY_NAMES), size=count)[household].astype(np.int8),
        random.integers(len(GIVEN_NAMES), size=len(role)).astype(np.int8),
        random.random(len(role)),
    )


def _tie_kin(homes: Homes, people: People, sizes: Indexes, share: float, random: np.random.Generator) -> None:
    """Let the heads of some small households be the parents of a neighbour's head."""
    parents = np.arange(0, len(homes) - 1, 2)
    children = parents + 1
    gap = people.birth_year[homes.head[children]] - people.birth_year[homes.head[parents]]
    fits = (homes.village[parents] == homes.village[children]) & (gap >= 19) & (gap <= 45) & (sizes[parents] <= 2)
    fits &= random.random(len(parents)) < share
    homes.origin[children[fits]] = parents[fits]
