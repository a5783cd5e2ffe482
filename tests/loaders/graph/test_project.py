"""The graph that facts make: which nodes, which relationships, in which direction."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from graph_schema import Schema
from graph_schema.meta import PropertyType
from loaders.graph_frames import DTYPES, END_COLUMNS, GraphFrames
from policy import Policy
from tests.loaders.graph.written_facts import DAY, VILLAGE, Facts, plain

MAY, JUNE = date(2025, 5, 10), date(2025, 6, 10)
End = tuple[str, str]


def ends(frames: GraphFrames, kind: str) -> list[tuple[End, End]]:
    rows = frames.relationships[kind][list(END_COLUMNS)].itertuples(index=False)
    return [((row[0], row[1]), (row[2], row[3])) for row in rows]


def values(frames: GraphFrames, kind: str, node_id: str) -> dict[str, object]:
    rows = frames.nodes[kind]
    (row,) = rows[rows["id"] == node_id].to_dict("records")
    return {str(name): plain(cell) for name, cell in row.items()}


@pytest.fixture(scope="module")
def whole(schema: Schema, policy: Policy) -> GraphFrames:
    """A chain from bureau to household, a lot in a pool, help to a household and to a person, a worker."""
    facts = Facts(schema, policy).household("h1", head_name="Lin").household("h2")
    for person, household in (("p1", "h1"), ("p2", "h2")):
        facts.add("Person", id=person, name=person)
        stay = {"household_id": household, "person_id": person, "starts_on": date(2010, 1, 1)}
        facts.add("Stay", id=f"{person}-{household}", member_role="head", has_shared_budget=True, **stay)
    facts.add("Agency", id="bureau", name="bureau", area_level="county", feed="revitalisation")
    period = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    facts.add("Programme", id="plums", name="plums", agency_id="bureau", eligible_codes=["A01", "M02"], **period)
    facts.add("Enterprise", id="plant", name="plant", sector="processing", feed="market")
    facts.add("Cooperative", id="coop", name="coop", feed="market")
    facts.add("PARTNERS_WITH", from_id="plums", to_kind="Enterprise", to_id="plant", **period)
    facts.add("Contract", id="k1", enterprise_id="plant", cooperative_id="coop", product_id="green_plum", **period)
    facts.add("Contract", id="k2", enterprise_id="plant", household_id="h2", **period)
    facts.add("Membership", id="m1", household_id="h1", cooperative_id="coop", starts_on=date(2024, 1, 1))
    facts.add("SupplyLot", id="l1", household_id="h1", product_id="green_plum", lot_status="open")
    facts.add("SupplyLot", id="l2", cooperative_id="coop", product_id="green_plum", lot_status="open")
    facts.add("POOLED_IN", from_id="l1", to_id="l2", pooled_quantity_kg=500.0)
    facts.add("PLACED_IN", from_kind="SupplyLot", from_id="l1", to_id=VILLAGE, lat=23.7)
    facts.add("Assistance", id="s1", household_id="h1", measure_id="B36", enterprise_id="plant", **period)
    facts.add("Assistance", id="s2", person_id="p2", measure_id="B25", agency_id="bureau", **period)
    facts.add("Resource", id="r1", enterprise_id="plant", resource_kind="job", capacity=5.0, capacity_unit="seat")
    facts.add("USES", from_kind="Assistance", from_id="s1", to_kind="Resource", to_id="r1", used_value=1.0)
    work = {"person_id": "p1", "enterprise_id": "plant", "work_place": "local", "wage_fen_per_month": 300_000}
    facts.add("Employment", id="w1", starts_on=date(2024, 1, 1), **work)
    return facts.graph()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("PART_OF", (("Area", VILLAGE), ("Area", "350624101"))),
        ("LIVES_IN", (("Household", "h1"), ("Area", VILLAGE))),
        ("HAS_MEMBER", (("Household", "h1"), ("Person", "p1"))),
        ("RUNS", (("Agency", "bureau"), ("Programme", "plums"))),
        ("PARTNERS_WITH", (("Programme", "plums"), ("Enterprise", "plant"))),
        ("SIGNS", (("Enterprise", "plant"), ("Contract", "k1"))),
        ("BINDS", (("Contract", "k1"), ("Cooperative", "coop"))),
        ("BINDS", (("Contract", "k2"), ("Household", "h2"))),
        ("MEMBER_OF", (("Household", "h1"), ("Cooperative", "coop"))),
        ("PRODUCES", (("Household", "h1"), ("SupplyLot", "l1"))),
        ("PRODUCES", (("Cooperative", "coop"), ("SupplyLot", "l2"))),
        ("OF_PRODUCT", (("Contract", "k1"), ("Product", "green_plum"))),
        ("POOLED_IN", (("SupplyLot", "l1"), ("SupplyLot", "l2"))),
        ("PLACED_IN", (("SupplyLot", "l1"), ("Area", VILLAGE))),
        ("OF_HOUSEHOLD", (("Assistance", "s1"), ("Household", "h1"))),
        ("OF_PERSON", (("Assistance", "s2"), ("Person", "p2"))),
        ("PROVIDED_BY", (("Assistance", "s2"), ("Agency", "bureau"))),
        ("DELIVERS", (("Assistance", "s1"), ("Measure", "B36"))),
        ("OWNED_BY", (("Resource", "r1"), ("Enterprise", "plant"))),
        ("USES", (("Assistance", "s1"), ("Resource", "r1"))),
        ("EMPLOYS", (("Enterprise", "plant"), ("Person", "p1"))),
        # Help to a person also belongs to the household where the person lives.
        ("OF_HOUSEHOLD", (("Assistance", "s2"), ("Household", "h2"))),
    ],
)
def test_relationships_run_in_the_direction_of_the_vocabulary(
    whole: GraphFrames, kind: str, expected: tuple[End, End]
) -> None:
    assert expected in ends(whole, kind)


def test_nothing_of_a_whole_chain_dangles(whole: GraphFrames) -> None:
    assert whole.dangling.empty


def test_every_kind_of_the_graph_has_a_frame(whole: GraphFrames, schema: Schema) -> None:
    kinds = [kind.name for kind in schema.node_kinds.values() if kind.kept_in != "ledger"]
    relationships = [kind.name for kind in schema.relationship_kinds.values() if kind.kept_in != "ledger"]
    assert (list(whole.nodes), list(whole.relationships)) == (kinds, relationships)


def test_frames_have_every_property_of_their_kind_in_its_dtype(whole: GraphFrames, schema: Schema) -> None:
    found = {kind: dict(frame.dtypes.astype(str)) for kind, frame in {**whole.nodes, **whole.relationships}.items()}
    keys = {kind: ["id"] for kind in whole.nodes} | {kind: list(END_COLUMNS) for kind in whole.relationships}
    assert found == {
        kind: dict.fromkeys(keys[kind], DTYPES[PropertyType.TEXT])
        | {each.name: DTYPES[each.type] for each in schema.graph_properties(kind)}
        for kind in found
    }


def test_values_are_those_of_the_facts(whole: GraphFrames) -> None:
    programme = values(whole, "Programme", "plums")
    assert (programme["eligible_codes"], programme["ends_on"]) == (["A01", "M02"], date(2025, 12, 31))


def test_what_no_fact_says_is_null(whole: GraphFrames) -> None:
    assert values(whole, "Programme", "plums")["household_limit_fen"] is None


def test_relationships_carry_their_properties(whole: GraphFrames) -> None:
    employs = whole.relationships["EMPLOYS"].iloc[0]
    assert (employs["work_place"], employs["wage_fen_per_month"]) == ("local", 300_000)


def test_facts_told_in_another_order_make_the_same_graph(facts: Facts) -> None:
    facts.household("h1").household("h2").observe("I29", "H01;E03", MAY).state("H01", "suspected", MAY)
    first = facts.graph()
    for rows in facts.rows.values():
        rows.reverse()
    second = facts.graph()
    for kind, frame in {**first.nodes, **first.relationships}.items():
        pd.testing.assert_frame_equal(frame, {**second.nodes, **second.relationships}[kind])


# What the graph holds on a day.


def test_of_observations_only_the_newest_behind_an_open_finding_is_held(facts: Facts) -> None:
    facts.household().observe("I14a", 1, MAY).observe("I14a", 2, JUNE).observe("I14b", 0, JUNE)
    assert list(facts.graph().nodes["Observation"]["id"]) == ["I14a-h1-2025-06-10-survey"]


def test_an_observation_behind_a_finding_that_has_ended_is_not_held(facts: Facts) -> None:
    facts.household().observe("I14a", 1, MAY).observe("I14a", 0, JUNE)
    assert facts.graph().nodes["Observation"].empty


def test_an_observation_behind_a_refuted_finding_is_not_held(facts: Facts) -> None:
    facts.household().observe("I14a", 1, MAY).state("H01", "refuted", JUNE, feed="visit")
    assert facts.graph().nodes["Observation"].empty


def test_the_newest_observation_named_by_a_stated_finding_is_held(facts: Facts) -> None:
    facts.household().observe("I26a", "yes", MAY).observe("I26b", "yes", JUNE).state("F03", "suspected", MAY, id="f1")
    for observation in ("I26a-h1-2025-05-10-survey", "I26b-h1-2025-06-10-survey"):
        facts.add("SUPPORTED_BY", from_id="f1", to_kind="Observation", to_id=observation)
    assert list(facts.graph().nodes["Observation"]["id"]) == ["I26b-h1-2025-06-10-survey"]


@pytest.mark.parametrize(("status", "held"), [("open", 2), ("resolved", 0)])
def test_observations_of_an_open_contradiction_are_held(facts: Facts, status: str, held: int) -> None:
    facts.household().observe("I14b", 0, MAY, feed="health").observe("I14b", 0, MAY, feed="visit")
    facts.add("Contradiction", id="c1", household_id="h1", contradiction_status=status, feed="derived")
    for feed in ("health", "visit"):
        facts.add("COMPARES", from_id="c1", to_id=f"I14b-h1-2025-05-10-{feed}", feed="derived")
    frames = facts.graph()
    assert (len(frames.nodes["Observation"]), len(frames.relationships["COMPARES"])) == (held, held)


def test_an_observation_names_its_household_indicator_and_feed(facts: Facts) -> None:
    frames = facts.household().observe("I14a", 1, MAY, feed="health").graph()
    observation = ("Observation", "I14a-h1-2025-05-10-health")
    assert {kind: dict(ends(frames, kind)).get(observation) for kind in ("OF_HOUSEHOLD", "MEASURES", "FROM_FEED")} == {
        "OF_HOUSEHOLD": ("Household", "h1"),
        "MEASURES": ("Indicator", "I14a"),
        "FROM_FEED": ("Feed", "health"),
    }


def test_clues_that_are_joined_or_dismissed_leave_the_graph(facts: Facts) -> None:
    facts.household()
    for status in ("open", "joined", "dismissed"):
        raised = {"raised_at": datetime(2025, 6, 1, 8, tzinfo=UTC), "clue_status": status, "feed": "hotline"}
        facts.add("Clue", id=status, household_id="h1", **raised)
    assert list(facts.graph().nodes["Clue"]["id"]) == ["open"]


@pytest.mark.parametrize(("day", "held"), [(date(2025, 5, 9), 0), (MAY, 1), (date(2025, 6, 9), 1), (JUNE, 0)])
def test_a_case_is_held_from_the_day_it_opens_to_the_day_it_closes(facts: Facts, day: date, held: int) -> None:
    facts.household().add("MonitoringCase", id="k1", household_id="h1", opened_on=MAY, closed_on=JUNE, feed="office")
    assert len(facts.graph(day).nodes["MonitoringCase"]) == held


def test_commitments_are_held_until_they_fail_or_are_cancelled(facts: Facts) -> None:
    for status in ("proposed", "agreed", "shipped", "delivered", "failed", "cancelled"):
        facts.add("Commitment", id=status, commitment_status=status, feed="trade")
    assert list(facts.graph().nodes["Commitment"]["id"]) == ["agreed", "delivered", "proposed", "shipped"]


def test_a_relationship_to_what_is_known_but_not_shown_is_no_fault(facts: Facts) -> None:
    facts.household().add("MonitoringCase", id="k1", household_id="h1", opened_on=MAY, closed_on=JUNE, feed="office")
    frames = facts.add("Assistance", id="s1", household_id="h1", monitoring_case_id="k1").graph()
    assert (len(frames.relationships["HAS_ASSISTANCE"]), len(frames.dangling)) == (0, 0)


def test_a_relationship_to_what_no_fact_describes_is_left_out_and_told(facts: Facts) -> None:
    frames = facts.household().add("Assistance", id="s1", household_id="h9", measure_id="B01").graph()
    assert frames.relationships["OF_HOUSEHOLD"].empty
    assert frames.dangling.to_numpy().tolist() == [
        ["OF_HOUSEHOLD", "Assistance", "s1", "Household", "h9", "Household", "h9"]
    ]


# A household that moved.


@pytest.fixture
def moved(facts: Facts) -> Facts:
    """A household that moved away in May, its new address unknown."""
    facts.areas().add("Household", id="h1", household_status="moved")
    spell = {"household_id": "h1", "area_id": VILLAGE, "starts_on": date(2020, 1, 1), "ends_on": MAY}
    return facts.add("Residence", id="r1", **spell)


def test_a_moved_household_without_a_case_has_its_address_closed(moved: Facts) -> None:
    assert plain(moved.graph().relationships["LIVES_IN"]["ended_on"].iloc[0]) == MAY


def test_a_moved_household_keeps_its_address_until_its_case_is_handed_over(moved: Facts) -> None:
    moved.add("MonitoringCase", id="k1", household_id="h1", opened_on=date(2025, 1, 1), feed="office")
    assert plain(moved.graph().relationships["LIVES_IN"]["ended_on"].iloc[0]) is None


# What is made up.


def test_a_node_made_of_made_up_facts_says_so(facts: Facts) -> None:
    frames = facts.household("h1", is_made_up=True).household("h2").graph(DAY)
    assert [values(frames, "Household", name)["is_made_up"] for name in ("h1", "h2")] == [True, False]


def test_feeds_that_differ_are_counted_by_property(facts: Facts) -> None:
    frames = facts.household("h1", member_count=4).household("h1", member_count=5, feed="visit").graph()
    assert frames.disagreeing.to_numpy().tolist() == [["Household", "member_count", 1]]


def test_the_first_feed_of_the_policy_wins(facts: Facts) -> None:
    frames = facts.household("h1", arable_mu=2.0, member_count=4, feed="survey").graph()
    before = values(frames, "Household", "h1")["arable_mu"]
    frames = facts.household("h1", arable_mu=3.0, feed="agriculture").graph()
    assert (before, values(frames, "Household", "h1")["arable_mu"]) == (2.0, 3.0)
