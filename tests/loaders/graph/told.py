"""A ledger of 24 households that is told load after load, by chance, of all that a load can change."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from graph_schema import Schema
from ledger import Ledger
from loaders.graph_frames import GraphFrames
from loaders.project import project
from policy import Policy
from tests.loaders.graph.written_facts import MONDAY, VILLAGE, Facts, load

SHOWN = date(2025, 8, 1)
HOUSEHOLDS = [f"h{number:02}" for number in range(24)]
VILLAGES = [VILLAGE, "350624101202"]
FEEDS = ["police", "visit", "village", "revitalisation"]
ORGANISATIONS = ["Agency", "Enterprise", "Cooperative"]
Tell = Callable[[Facts, random.Random, date], None]


def a_household(facts: Facts, chance: random.Random, on: date) -> None:
    state = chance.choice(["active", "active", "moved", "ended"])
    ends = {"valid_to": chance.choice([None, None, on])}
    values = {"arable_mu": chance.choice([None, 1.0, 2.5]), "feed": chance.choice(FEEDS)}
    facts.add("Household", id=chance.choice([*HOUSEHOLDS, "h-new"]), household_status=state, **ends, **values)


def a_residence(facts: Facts, chance: random.Random, on: date) -> None:
    household, area = chance.choice(HOUSEHOLDS), chance.choice([*VILLAGES, "nowhere"])
    ends = {"ends_on": chance.choice([None, on]), "feed": chance.choice(FEEDS)}
    facts.add("Residence", id=f"{household}-{area}-{on}", household_id=household, area_id=area, starts_on=on, **ends)


def a_stay(facts: Facts, chance: random.Random, on: date) -> None:
    household = chance.choice(HOUSEHOLDS)
    person = f"p-{chance.choice([household, chance.choice(HOUSEHOLDS)])}"
    spell = {"starts_on": on, "ends_on": chance.choice([None, None, on]), "member_role": "other"}
    told = {"person_id": person, "household_id": household, "has_shared_budget": True, **spell}
    facts.add("Stay", id=f"{person}-{household}-{on}", feed=chance.choice(FEEDS), **told)
    if chance.random() < 0.5:
        facts.add("Person", id=person, birth_year=chance.choice([1970, 2015]), feed=chance.choice(FEEDS))
        facts.add("KIN_OF", from_id=person, to_id=f"p-{chance.choice(HOUSEHOLDS)}", kin_role="sibling")


def an_observation(facts: Facts, chance: random.Random, on: date) -> None:
    code, values = chance.choice([("I14a", (0, 1)), ("I39", (0, 1)), ("I13a", (1, 2, 3)), ("I25", (0.1, 0.9))])
    facts.observe(
        code, float(chance.choice(values)), on, household_id=chance.choice(HOUSEHOLDS), feed=chance.choice(FEEDS)
    )


def some_land(facts: Facts, chance: random.Random, on: date) -> None:
    facts.observe("I20", chance.choice([0.1, 0.5, 2.0, 3.0]), on, household_id=chance.choice(HOUSEHOLDS))


def a_finding_that_a_visit_backs(facts: Facts, chance: random.Random, on: date) -> None:
    household, cause = chance.choice(HOUSEHOLDS), chance.choice(["H01", "V01", "A01"])
    status = chance.choice(["suspected", "confirmed", "refuted"])
    facts.state(cause, status, on, household_id=household, feed=chance.choice(["visit", "village"]))
    finding = str(facts.rows["CauseFinding"][-1]["id"])
    if chance.random() < 0.5:
        facts.add("SUPPORTED_BY", from_id=finding, to_kind="Visit", to_id=f"v-{household}")


def a_visit_backs_what_was_stated_before(facts: Facts, chance: random.Random, on: date) -> None:
    finding = f"{chance.choice(HOUSEHOLDS)}-H01-village-{on - timedelta(days=chance.randrange(1, 4))}"
    facts.add("SUPPORTED_BY", from_id=finding, to_kind="Visit", to_id=f"v-{on}")


def a_merger(facts: Facts, chance: random.Random, on: date) -> None:
    first, second = chance.sample(HOUSEHOLDS, 2)
    facts.add(chance.choice(["MERGED_INTO", "SPLIT_FROM"]), from_id=first, to_id=second, happened_on=on)


def some_help(facts: Facts, chance: random.Random, on: date) -> None:
    household, programme = chance.choice(HOUSEHOLDS), chance.choice(["g1", "g2", "g-new"])
    given = {"household_id": household} if chance.random() < 0.5 else {"person_id": f"p-{household}"}
    facts.add("Assistance", id=f"a-{household}-{on}", programme_id=programme, enterprise_id="e1", starts_on=on, **given)
    facts.add("TARGETS", from_id=f"a-{household}-{on}", to_id=chance.choice(["H01", "M02"]))


def a_programme(facts: Facts, chance: random.Random, _: date) -> None:
    facts.add("Programme", id=chance.choice(["g1", "g-new"]), name=chance.choice(["one", "two"]), agency_id="o1")


def some_produce(facts: Facts, chance: random.Random, on: date) -> None:
    household = chance.choice(HOUSEHOLDS)
    lot, pool = f"l-{household}-{on}", chance.choice(["l-pool", "l-other"])
    status = chance.choice(["open", "sold"])
    facts.add("SupplyLot", id=lot, household_id=household, product_id="plum", lot_status=status)
    facts.add("POOLED_IN", from_id=lot, to_id=pool)
    facts.add("PLACED_IN", from_kind="SupplyLot", from_id=lot, to_id=VILLAGE)
    facts.add("IncomeComponent", id=f"i-{household}-{on}", household_id=household, income_year=2025,
              income_kind="operating", product_id="plum")  # fmt: skip


def a_contract(facts: Facts, chance: random.Random, on: date) -> None:
    bound = chance.choice([{"household_id": chance.choice(HOUSEHOLDS)}, {"cooperative_id": "c1"}])
    facts.add("Contract", id=f"k-{on}", enterprise_id="e1", product_id="plum", starts_on=on, **bound)
    facts.add("Demand", id=f"d-{on}", enterprise_id=chance.choice(["e1", "e2"]), product_id="plum")
    facts.add("PLACED_IN", from_kind="Demand", from_id=f"d-{on}", to_id=VILLAGE)


def a_case(facts: Facts, chance: random.Random, on: date) -> None:
    household = chance.choice(HOUSEHOLDS)
    closed = chance.choice([None, on])
    facts.add("MonitoringCase", id=f"case-{household}", household_id=household, opened_on=on, closed_on=closed)


def an_absence(facts: Facts, chance: random.Random, on: date) -> None:
    household = chance.choice(HOUSEHOLDS)
    series = f"I14a|{household}||"
    kind, key = chance.choice([("Household", household), ("Observation", series), ("Person", f"p-{household}")])
    lacked = {"absent_kind": kind, "absent_key": key, "absent_on": on, "household_id": household}
    facts.add("Absence", id=f"{key}-{on}", feed=chance.choice(FEEDS), **lacked)


def of_an_area(facts: Facts, chance: random.Random, on: date) -> None:
    facts.observe("I59", chance.choice([0.0, 9.0]), on, area_id=chance.choice(VILLAGES), feed="transport")


TELLING: tuple[Tell, ...] = (
    *(a_household, a_residence, a_stay, an_observation, some_land, a_finding_that_a_visit_backs, a_merger, some_help),
    *(a_programme, some_produce, a_contract, a_case, an_absence, of_an_area, a_visit_backs_what_was_stated_before),
)


class Told:
    """A ledger that is told load after load."""

    def __init__(self, folder: Path, schema: Schema, policy: Policy, seed: int) -> None:
        self.schema, self.policy = schema, policy
        self.ledger = Ledger.open(folder / "data", schema)
        self.chance = random.Random(seed)
        self.now = MONDAY
        facts = Facts(schema, policy).areas()
        for place, household in enumerate(HOUSEHOLDS):
            facts.household(household, VILLAGES[place % 2]).add("Person", id=f"p-{household}", birth_year=1970)
            facts.add("Stay", id=f"s-{household}", person_id=f"p-{household}", household_id=household,
                      starts_on=date(2020, 1, 1), member_role="head", has_shared_budget=True)  # fmt: skip
            facts.observe("I20", 1.0 + place, date(2025, 5, 1), household_id=household)
        facts.observe("I59", 9.0, date(2025, 5, 1), area_id=VILLAGE, feed="transport")
        facts.observe("I49", 0.1, date(2025, 5, 1), area_id=VILLAGE, product_id="plum", feed="market")
        facts.add("Programme", id="g1", agency_id="o1").add("Programme", id="g2", agency_id="o1")
        for kind in ORGANISATIONS:
            facts.add(kind, id={"Agency": "o1", "Enterprise": "e1", "Cooperative": "c1"}[kind])
        self.load_ids = [load(self.ledger, facts, self.now)]

    def tell(self, *telling: Tell) -> None:
        """Tell one load."""
        self.now += timedelta(days=1)
        facts = Facts(self.schema, self.policy)
        for tell in telling:
            tell(facts, self.chance, self.now.date())
        self.load_ids.append(load(self.ledger, facts, self.now))

    def withdraw_one(self) -> None:
        """Take one load back, not the first."""
        self.now += timedelta(days=1)
        with self.ledger.writing() as writer:
            writer.withdraw(self.load_ids.pop(self.chance.randrange(1, len(self.load_ids))), self.now, "a mistake")

    def whole(self, version: int) -> GraphFrames:
        """Return the whole graph at a version."""
        return project(self.ledger, self.schema, self.policy, day=SHOWN, loads_version=version)
