"""Asked of the tiny graph, with a ledger that tells of h1 and h2 what the graph holds. The day is 2026-05-20."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.errors import SubjectNotFound
from analysis.questions.household import HouseholdAnswer, household
from graph_schema import Schema
from graph_store import GraphStore
from policy import Policy
from tests.analysis.history.told import MemoryLedger, Told, stay

DAY = date(2026, 5, 20)
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 10)


@pytest.fixture(scope="module")
def ledger(schema: Schema) -> MemoryLedger:
    ledger = MemoryLedger(schema)
    told = Told(ledger, schema)
    lives = {"id": "h1-village", "household_id": "h1", "area_id": "350624101201", "starts_on": date(2010, 1, 1)}
    told.tell(
        "police",
        APRIL,
        Household=[
            {"id": "h1", "member_count": 2, "household_status": "active", "head_name": "沈一"},
            {"id": "h2", "member_count": 2, "household_status": "active"},
        ],
        Residence=[lives],
        Person=[{"id": "p1", "birth_year": 1960, "name": "沈一"}, {"id": "p2", "birth_year": 1962}],
        Stay=[
            stay("p1", "h1", date(2010, 1, 1), "head"),
            stay("p2", "h1", date(2010, 1, 1), "spouse"),
            stay("p4", "h2", date(2014, 1, 1), "child"),
            stay("p3", "h2", date(2010, 1, 1), "head"),
        ],
    )
    told.tell(
        "revitalisation",
        MARCH,
        Household=[{"id": "h1", "was_registered_poor": True, "poverty_exit_on": date(2020, 12, 31)}],
    )
    observed = {"household_id": "h1", "indicator_id": "I25", "product_id": "green_plum", "period_months": 12}
    older = {**observed, "id": "I25-h1-april", "observed_on": APRIL, "number_value": 0.2}
    newer = {**observed, "id": "I25-h1-may", "observed_on": date(2026, 5, 1), "number_value": 0.5}
    told.tell("agriculture", MAY, Observation=[older, newer], Household=[{"id": "h1", "arable_mu": 3.5}])
    told.tell("visit", MAY, Household=[{"id": "h1", "member_count": 3}])
    sensitive = {"household_id": "h2", "observed_on": date(2026, 1, 10), "period_months": 12}
    told.tell(
        "insurance",
        MAY,
        Observation=[
            {**sensitive, "id": "I03b-h2", "indicator_id": "I03b", "number_value": 0.45},
            {**sensitive, "id": "I30-h2", "indicator_id": "I30", "answer": "H01"},
        ],
    )
    return ledger


def asked(
    store: GraphStore, ledger: MemoryLedger, schema: Schema, policy: Policy, name: str, *, show_sensitive: bool = False
) -> HouseholdAnswer:
    return household(store, ledger, schema, policy, name, day=DAY, show_sensitive=show_sensitive)


def test_each_fact_tells_the_feed_that_is_believed_the_day_and_its_age(
    tiny_store: GraphStore, ledger: MemoryLedger, schema: Schema, policy: Policy
) -> None:
    answer = asked(tiny_store, ledger, schema, policy, "h1")
    told = {each.aspect.code: each for each in answer.facts}
    # 29 days of April and 20 of May; the visit says 3, but the police come first in the policy.
    count = told["member_count"]
    assert count.source is not None
    assert (count.value.en, count.source.feed.code, count.source.said_on) == ("2", "police", APRIL)
    assert (count.source.age_days, count.is_disputed) == (49, True)
    exit_day = told["poverty_exit_on"]
    assert exit_day.source is not None
    assert (exit_day.value_on, exit_day.source.feed.zh, exit_day.source.age_days) == (
        date(2020, 12, 31),
        "乡村振兴",
        80,
    )
    assert (told["arable_mu"].value.zh, told["was_registered_poor"].value.zh) == ("3.5 亩", "是")
    # No feed of this ledger gives the grade that the graph holds.
    assert told["housing_grade"].source is None


def test_of_an_indicator_the_newest_observation_is_told(
    tiny_store: GraphStore, ledger: MemoryLedger, schema: Schema, policy: Policy
) -> None:
    (observed,) = asked(tiny_store, ledger, schema, policy, "h1").observations
    assert observed.source is not None
    assert observed.product is not None
    assert (observed.aspect.code, observed.product.zh, observed.value.en) == ("I25", "青梅", "50%")
    assert (observed.source.feed.code, observed.source.said_on, observed.source.age_days) == (
        "agriculture",
        date(2026, 5, 1),
        19,
    )


def test_who_lives_there_is_told_by_number_and_without_a_name(
    tiny_store: GraphStore, ledger: MemoryLedger, schema: Schema, policy: Policy
) -> None:
    answer = asked(tiny_store, ledger, schema, policy, "h1")
    told = [(each.number, each.role and each.role.id, each.birth_year, each.age) for each in answer.members]
    assert told == [(1, "head", 1960, 66), (2, "spouse", 1962, 64)]
    assert answer.members[0].work_place is not None
    assert answer.members[0].source is not None
    assert (answer.members[0].work_place.id, answer.members[0].source.feed.code) == ("local", "police")
    text = answer.model_dump_json()
    assert not [name for name in ("沈", "林香", '"p1"', '"p2"') if name in text]


def test_the_home_and_the_cooperatives_are_told(
    tiny_store: GraphStore, ledger: MemoryLedger, schema: Schema, policy: Policy
) -> None:
    answer = asked(tiny_store, ledger, schema, policy, "h1")
    assert answer.home is not None
    assert answer.home.source is not None
    names = [each.name for each in answer.home.path]
    assert (names, answer.home.source.feed.code) == (["福建省", "漳州市", "诏安县", "四都镇", "青梅村"], "police")
    assert [each.cooperative.id for each in answer.cooperatives] == ["c1"]
    # M03 and M02; two helps; the police and the visit differ.
    assert (answer.open_cause_count, answer.help_count, answer.contradiction_count) == (2, 2, 1)


def test_of_a_child_only_number_role_and_year_of_birth_are_told(
    tiny_store: GraphStore, ledger: MemoryLedger, schema: Schema, policy: Policy
) -> None:
    head, child = asked(tiny_store, ledger, schema, policy, "h2").members
    assert (child.number, child.birth_year, child.is_shortened) == (2, 2014, True)
    assert (child.sex, child.school_stage, child.employers) == (None, None, ())
    assert (head.number, head.is_shortened, head.sex and head.sex.id) == (1, False, "male")
    shown = asked(tiny_store, ledger, schema, policy, "h2", show_sensitive=True).members[1]
    assert (shown.school_stage and shown.school_stage.id, shown.is_shortened) == ("primary", False)


def test_what_is_sensitive_is_left_out_and_counted(
    tiny_store: GraphStore, ledger: MemoryLedger, schema: Schema, policy: Policy
) -> None:
    answer = asked(tiny_store, ledger, schema, policy, "h2")
    # H01 and H07 are open; two observations tell of illness, one by its indicator and one by its answer.
    assert (answer.observations, answer.open_cause_count, answer.hidden_count) == ((), 2, 4)
    assert [each.has_chronic_illness for each in answer.members] == [None, None]
    text = answer.model_dump_json()
    assert not [code for code in ("H01", "I03b", "0.45", "45%") if code in text]
    shown = asked(tiny_store, ledger, schema, policy, "h2", show_sensitive=True)
    assert [each.aspect.code for each in shown.observations] == ["I03b", "I30"]
    assert (shown.members[0].has_chronic_illness, shown.hidden_count) == (True, 0)


def test_every_property_of_a_household_that_is_not_personal_can_be_told(schema: Schema, tiny_store: GraphStore) -> None:
    (row,) = tiny_store.ask("people/household", household_id="h1")
    names = {entry.name for entry in schema.graph_properties("Household") if not entry.is_personal}
    assert names - row.keys() == set()


def test_an_unknown_household_is_not_found(
    tiny_store: GraphStore, ledger: MemoryLedger, schema: Schema, policy: Policy
) -> None:
    with pytest.raises(SubjectNotFound):
        asked(tiny_store, ledger, schema, policy, "nobody")
