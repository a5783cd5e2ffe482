"""A graph made as of an instant is what the graph was: many loads are told one after the other, then replayed.

Several feeds tell of four households and their people: changes and snapshots, observations, findings, moves, mergers,
spells that end. Loads are taken back, and some are recorded within one second.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from graph_schema import Schema
from graph_store import open_store
from ledger import Ledger
from loaders.errors import NoPolicyThen
from loaders.graph_frames import GraphFrames
from loaders.graph_update import bring_up_to_date, rebuild
from loaders.project import project
from policy import Policy
from tests.loaders.graph.test_update_law import dumps
from tests.loaders.graph.written_facts import MONDAY, VILLAGE, Facts, load

LOADS = 30
FRAMED, FOLLOWED = (13,), (9, 20)
"""After which loads the projection is kept, and after which a store that follows the ledger is dumped.

After every load the facts that count are kept: a projection reads nothing else, and takes long."""

HOUSEHOLDS, PEOPLE = ("h1", "h2", "h3", "h4"), ("p1", "p2", "p3")
FEEDS = ("police", "visit", "village", "revitalisation")
VILLAGES = (VILLAGE, "350624101202")
TABLES = (
    "Area",
    "Household",
    "Person",
    "Residence",
    "Stay",
    "Observation",
    "CauseFinding",
    "MERGED_INTO",
    "SPLIT_FROM",
)
Dump = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Kept:
    """What was there after a load: the instant, the day, the facts that counted and, where it was made, the graph."""

    instant: datetime
    day: date
    facts: dict[str, pa.Table]
    frames: GraphFrames | None


@dataclass
class Replay:
    """A ledger that is told load after load, and what was kept after each: instant, day and graph."""

    ledger: Ledger
    schema: Schema
    policy: Policy
    chance: random.Random
    now: datetime = MONDAY
    load_ids: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    def step(self, number: int, *, is_framed: bool) -> None:
        """Tell one load, or take one back, and keep what is there; every fourth follows within the same second."""
        self.now += timedelta(milliseconds=200) if number % 4 == 3 else timedelta(days=1, seconds=number)
        if number % 7 == 6:
            with self.ledger.writing() as writer:
                writer.withdraw(self.load_ids.pop(self.chance.randrange(1, len(self.load_ids))), self.now, "a mistake")
        else:
            facts = Facts(self.schema, self.policy)
            for tell in self.chance.sample(TELLING, 3):
                tell(facts, self.chance, self.now.date())
            self.load_ids.append(load(self.ledger, facts, self.now))
        day = self.now.date()
        self.kept.append(Kept(self.now, day, self.facts(), self.graph(day) if is_framed else None))

    def facts(self, as_of: datetime | None = None) -> dict[str, pa.Table]:
        """Return the facts that count, of all or of those known at an instant."""
        return {kind: self.ledger.facts(kind, as_of=as_of) for kind in (*TABLES, "Absence")}

    def unlike_now(self, kept: Kept) -> list[str]:
        """Return the kinds of which facts or graph, as of the instant, are not what they were."""
        facts = self.facts(kept.instant)
        found = [kind for kind, table in kept.facts.items() if not table.equals(facts[kind])]
        return found if kept.frames is None else found + unlike(kept.frames, self.graph(kept.day, kept.instant))

    def graph(self, day: date, as_of: datetime | None = None) -> GraphFrames:
        """Return what the facts say on a day, of all or of those known at an instant."""
        return project(self.ledger, self.schema, self.policy, day=day, as_of=as_of)


def tell_household(facts: Facts, chance: random.Random, day: date) -> None:
    begins = {"valid_from": chance.choice([None, day]), "valid_to": chance.choice([None, None, day])}
    values = {"arable_mu": chance.choice([None, 1.0, 2.5]), "member_count": chance.choice([3, 4])}
    state = chance.choice(["active", "active", "moved", "ended"])
    told = {**begins, **values, "household_status": state, "feed": chance.choice(FEEDS)}
    facts.add("Household", id=chance.choice(HOUSEHOLDS), **told)


def tell_residence(facts: Facts, chance: random.Random, day: date) -> None:
    household, area = chance.choice(HOUSEHOLDS), chance.choice(VILLAGES)
    since = day - timedelta(days=chance.randrange(5))
    ends = {"ends_on": chance.choice([None, None, day]), "feed": chance.choice(FEEDS)}
    spell = {"household_id": household, "area_id": area, "starts_on": since, **ends}
    facts.add("Residence", id=f"{household}-{area}-{since}", **spell)


def tell_stay(facts: Facts, chance: random.Random, day: date) -> None:
    person, household = chance.choice(PEOPLE), chance.choice(HOUSEHOLDS)
    since = day - timedelta(days=chance.randrange(4))
    spell = {"person_id": person, "household_id": household, "starts_on": since, "member_role": "other"}
    facts.add("Person", id=person, birth_year=chance.choice([1970, 1971]), feed=chance.choice(FEEDS))
    facts.add("Stay", id=f"{person}-{household}-{since}", has_shared_budget=True, **spell)


def tell_observation(facts: Facts, chance: random.Random, day: date) -> None:
    household, feed = chance.choice(HOUSEHOLDS), chance.choice(["health", "visit"])
    for indicator, value in chance.sample([("I14a", 0), ("I14a", 1), ("I39", 0), ("I39", 1)], 1):
        facts.observe(indicator, float(value), day, household_id=household, feed=feed)


def tell_finding(facts: Facts, chance: random.Random, day: date) -> None:
    status = chance.choice(["suspected", "confirmed", "refuted"])
    ends = {"ended_on": chance.choice([None, day]), "feed": chance.choice(["village", "visit"])}
    facts.state("H01", status, day, household_id=chance.choice(HOUSEHOLDS), **ends)


def tell_merger(facts: Facts, chance: random.Random, day: date) -> None:
    first, second = chance.sample(HOUSEHOLDS, 2)
    kind = chance.choice(["MERGED_INTO", "SPLIT_FROM"])
    facts.add(kind, from_id=first, to_id=second, happened_on=day, valid_to=chance.choice([None, day]))


def tell_absence(facts: Facts, chance: random.Random, day: date) -> None:
    """Let a snapshot of the police lack a household."""
    household = chance.choice(HOUSEHOLDS)
    lacked = {"absent_kind": "Household", "absent_key": household, "absent_on": day, "household_id": household}
    facts.add("Absence", id=f"{household}-{day}-{chance.random()}", **lacked)


TELLING: tuple[Callable[[Facts, random.Random, date], None], ...] = (
    tell_household,
    tell_residence,
    tell_stay,
    tell_observation,
    tell_finding,
    tell_merger,
    tell_absence,
)


def begun(folder: Path, schema: Schema, policy: Policy, seed: int) -> Replay:
    """Return a ledger that knows the places and every household and person."""
    replay = Replay(Ledger.open(folder / "data", schema), schema, policy, random.Random(seed))
    facts = Facts(schema, policy).areas()
    for household in HOUSEHOLDS:
        facts.household(household)
    for person in PEOPLE:
        facts.add("Person", id=person, birth_year=1970)
    replay.load_ids.append(load(replay.ledger, facts, MONDAY))
    return replay


def unlike(left: GraphFrames, right: GraphFrames) -> list[str]:
    """Return the kinds, and the other frames, in which two graphs differ."""
    both = [{**each.nodes, **each.relationships} for each in (left, right)]
    others = [{"dangling": each.dangling, "overlapping": each.overlapping, "disagreeing": each.disagreeing}
              for each in (left, right)]  # fmt: skip
    before, after = both[0] | others[0], both[1] | others[1]
    return [kind for kind in before if not before[kind].equals(after[kind])]


@pytest.fixture(scope="module")
def replayed(
    tmp_path_factory: pytest.TempPathFactory, schema: Schema, policy: Policy
) -> tuple[Replay, dict[int, Dump]]:
    """Return many loads, and by number of the load what a store that follows the ledger held."""
    folder = tmp_path_factory.mktemp("replay")
    replay = begun(folder, schema, policy, seed=4)
    following = open_store(f"embedded:{folder / 'following.kgl'}", schema)
    dumped: dict[int, Dump] = {}
    for number in range(LOADS):
        replay.step(number, is_framed=number in FRAMED)
        if number in FOLLOWED:
            bring_up_to_date(following, replay.ledger, schema, policy, day=replay.now.date())
            dumped[number] = dumps(following, schema)
    following.close()
    return replay, dumped


@pytest.mark.soak
def test_what_was_known_at_each_instant_is_known_again(replayed: tuple[Replay, dict[int, Dump]]) -> None:
    replay, _ = replayed
    assert [replay.unlike_now(kept) for kept in replay.kept] == [[]] * LOADS


@pytest.mark.soak
def test_a_graph_made_as_of_an_instant_is_the_graph_that_followed_until_then(
    replayed: tuple[Replay, dict[int, Dump]], tmp_path: Path
) -> None:
    replay, dumped = replayed
    again = open_store(f"embedded:{tmp_path / 'again.kgl'}", replay.schema)
    assert list(dumped) == list(FOLLOWED)
    for number, was in dumped.items():
        kept = replay.kept[number]
        rebuild(again, replay.ledger, replay.schema, replay.policy, day=kept.day, as_of=kept.instant)
        assert unequal(was, dumps(again, replay.schema)) == []
    again.close()


@pytest.mark.soak
def test_the_replay_tells_of_all_that_it_should(replayed: tuple[Replay, dict[int, Dump]]) -> None:
    replay, dumped = replayed
    instants = [kept.instant for kept in replay.kept]
    within_a_second = [later - earlier < timedelta(seconds=1) for earlier, later in pairwise(instants)]
    assert replay.ledger.all_loads().num_rows - replay.ledger.loads().num_rows == LOADS // 7
    assert (sum(within_a_second), instants == sorted(instants)) == (LOADS // 4, True)
    assert all(table.num_rows for table in replay.facts().values())
    assert len(pc.unique(replay.facts()["Household"]["feed"])) > 1
    assert unequal(*dumped.values()) != []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(12))
def test_it_is_so_in_many_histories(tmp_path: Path, schema: Schema, policy: Policy, seed: int) -> None:
    replay = begun(tmp_path, schema, policy, seed=100 + seed)
    for number in range(LOADS):
        replay.step(number, is_framed=True)
    assert [replay.unlike_now(kept) for kept in replay.kept] == [[]] * LOADS


def unequal(was: Dump, now: Dump) -> list[str]:
    same = [kind for kind in was.keys() & now.keys() if was[kind].equals(now[kind])]
    return sorted((was.keys() | now.keys()) - set(same))


def test_a_graph_of_a_day_before_the_policy_begins_is_refused_and_leaves_the_store_as_it_is(
    replayed: tuple[Replay, dict[int, Dump]], tmp_path: Path
) -> None:
    replay, _ = replayed
    store = open_store(f"embedded:{tmp_path / 'graph.kgl'}", replay.schema)
    given = (store, replay.ledger, replay.schema, replay.policy)
    rebuild(*given, day=date(2021, 1, 1), as_of=MONDAY)
    held = dumps(store, replay.schema)
    with pytest.raises(NoPolicyThen, match=r"No graph can be made for 2020-12-31: .* begins on 2021-01-01"):
        rebuild(*given, day=date(2020, 12, 31), as_of=MONDAY)
    assert unequal(held, dumps(store, replay.schema)) == []
    store.close()
