"""Made-up households of the plum week: who lives where, and what departments noted about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from loaders.synthetic.places import Row

SURNAMES = "沈林吴陈许李张黄郑涂钟何游田廖江"
SURVEYED = date(2026, 3, 31)


@dataclass
class Drawn:
    """Rows of the households drawn so far, by feed and kind."""

    rows: dict[tuple[str, str], list[Row]] = field(default_factory=dict)

    def add(self, feed: str, kind: str, **values: object) -> None:
        """Add one row to a feed's file of a kind."""
        self.rows.setdefault((feed, kind), []).append(values)

    def observe(self, feed: str, indicator: str, household: str, on: date, **value: object) -> None:
        """Add one observation about a household: `number_value=` or `answer=`."""
        self.add(
            feed, "Observation", indicator_id=indicator, household_id=household, observed_on=on.isoformat(), **value
        )


@dataclass(frozen=True)
class Member:
    """One person of a household as drawn: the role, the birth year, and whether they can work."""

    number: str
    role: str
    birth_year: int
    sex: str
    works: bool
    migrates: bool


def draw_household(drawn: Drawn, number: str, village: str, year: int, random: Random) -> list[Member]:
    """Add a household with its people, home and land to `drawn` and return its people, the head first."""
    members = _members(number, year, random)
    was_poor = random.random() < 0.35
    since = date(random.randint(1985, 2018), 1, 1)
    drawn.add(
        "police",
        "Household",
        id=number,
        head_name=random.choice(SURNAMES) + "某",
        member_count=len(members),
        household_status="active",
    )
    drawn.add(
        "revitalisation",
        "Household",
        id=number,
        was_registered_poor="yes" if was_poor else "no",
        poverty_exit_on=date(random.randint(2016, 2020), 12, 31).isoformat() if was_poor else "",
    )
    arable = round(random.uniform(0.4, 1.6) * len(members), 1)
    drawn.add("agriculture", "Household", id=number, arable_mu=arable)
    drawn.observe("agriculture", "I20", number, SURVEYED, number_value=round(arable / len(members), 3))
    drawn.add("police", "Residence", household_id=number, area_id=village, starts_on=since.isoformat())
    for member in members:
        drawn.add(
            "police",
            "Person",
            id=member.number,
            name=random.choice(SURNAMES) + "某某",
            birth_year=member.birth_year,
            sex=member.sex,
        )
        drawn.add(
            "police",
            "Stay",
            person_id=member.number,
            household_id=number,
            member_role=member.role,
            has_shared_budget="yes",
            starts_on=max(since, date(member.birth_year, 1, 1)).isoformat(),
        )
    workers = sum(member.works for member in members)
    drawn.observe("labour", "I13a", number, SURVEYED, number_value=workers)
    old = sum(year - member.birth_year >= 60 for member in members)
    drawn.observe("police", "I35", number, SURVEYED, number_value=round(old / len(members), 3))
    return members


def _members(number: str, year: int, random: Random) -> list[Member]:
    head_age = random.randint(32, 74)
    plan = [("head", head_age, "male" if random.random() < 0.85 else "female")]
    if random.random() < 0.85:
        plan.append(("spouse", head_age - random.randint(-2, 6), "female" if plan[0][2] == "male" else "male"))
    plan += [
        ("child", max(1, head_age - random.randint(22, 34)), random.choice(("male", "female")))
        for _ in range(random.choice((0, 1, 1, 2, 2, 3)))
    ]
    if head_age < 58 and random.random() < 0.45:
        plan.append(("parent", head_age + random.randint(21, 30), random.choice(("male", "female"))))
    people = []
    for position, (role, age, sex) in enumerate(plan, start=1):
        works = 18 <= age < 65
        migrates = works and role in {"head", "child"} and random.random() < 0.3
        people.append(Member(f"{number}{position:02d}", role, year - age, sex, works, migrates))
    return people


def draw_troubles(drawn: Drawn, number: str, members: list[Member], random: Random) -> list[str]:
    """Add what departments noted of a household's troubles and return the causes that the notes point to.

    About two causes for a household that has any, as published for seven counties of Yunnan (practice notes, N34); the
    shares themselves are made up.
    """
    causes: list[str] = []
    day = SURVEYED - timedelta(days=random.randint(0, 150))

    def note(chance: float, cause: str, feed: str, indicator: str, **value: object) -> bool:
        if random.random() >= chance:
            return False
        drawn.observe(feed, indicator, number, day, **value)
        causes.append(cause)
        return True

    if note(0.10, "H01", "health", "I14a", number_value=1):
        cost = random.randint(9, 40) * 100_000
        drawn.observe("insurance", "I03a", number, day, number_value=cost)
    note(0.14, "H02", "health", "I14b", number_value=random.randint(1, 2))
    if note(0.07, "H03", "disability", "I14c", answer=str(random.randint(1, 4))):
        note(0.4, "H08", "disability", "I33", number_value=1)
    note(0.06, "H06", "insurance", "I06", number_value=random.randint(1, len(members)))
    note(0.16, "E02", "labour", "I39", number_value=0)
    note(0.08, "E03", "education", "I40", number_value=2)
    note(0.08, "F01", "self_report", "I41", answer="yes")
    note(0.05, "F03", "bank", "I43", number_value=random.randint(95, 300))
    note(0.10, "F05", "bank", "I18", number_value=round(random.uniform(0.3, 2.8), 1))
    if any(member.migrates for member in members):
        note(0.18, "L06", "labour", "I37", number_value=random.randint(3, 8))
    note(0.05, "E05", "visit", "I22", answer="no")
    note(0.04, "S02", "visit", "I63", answer="no")
    note(0.02, "A05", "housing", "I07", answer="C")
    return causes


def draw_plum_troubles(drawn: Drawn, number: str, random: Random) -> list[str]:
    """Add what is noted of a plum grower's harvest in a week of glut and return the causes it points to."""
    day = date(2026, 4, random.randint(10, 18))
    causes = []
    unsold = round(random.betavariate(2, 4), 2)
    drawn.observe("agriculture", "I25", number, day, number_value=unsold)
    if unsold > 0.30:
        causes.append("M02")
    sold_before = round(random.betavariate(2, 3), 2)
    drawn.observe("trade", "I50", number, day, number_value=sold_before)
    if sold_before < 0.3:
        causes.append("M03")
    return causes
