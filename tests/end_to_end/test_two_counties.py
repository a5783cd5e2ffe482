"""From feed files to answers: the two counties of the demonstration, on each engine and equal on both."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from analysis.questions.buyers import buyers
from analysis.questions.cause_graph import cause_graph
from analysis.questions.chains import chains
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore
from graph_store.ddl import node_kinds_of_graph, relationship_kinds_of_graph
from loaders.graph_update import markers
from loaders.synthetic.plum_week import DAY, STORY_HOUSEHOLD
from policy import Policy
from tests.end_to_end.conftest import TwoCounties


@pytest.fixture
def story(two_counties: TwoCounties) -> Subject:
    return Subject("Household", two_counties.identity.pseudonym("Household", STORY_HOUSEHOLD))


def test_a_rebuild_holds_the_same_nodes_on_every_engine(
    counties: GraphStore, embedded_counties: GraphStore, schema: Schema
) -> None:
    for kind in node_kinds_of_graph(schema):
        pd.testing.assert_frame_equal(counties.dump_nodes(kind), embedded_counties.dump_nodes(kind))
    assert len(counties.dump_nodes("Household")) == 300 + 1410


def test_a_rebuild_holds_the_same_relationships_on_every_engine(
    counties: GraphStore, embedded_counties: GraphStore, schema: Schema
) -> None:
    for kind in relationship_kinds_of_graph(schema):
        pd.testing.assert_frame_equal(counties.dump_relationships(kind), embedded_counties.dump_relationships(kind))
    assert len(counties.dump_relationships("LIVES_IN")) == 300 + 1410


def test_the_graph_says_what_it_has_taken_in(counties: GraphStore, two_counties: TwoCounties) -> None:
    state = markers(counties)
    assert state.loads == two_counties.ledger.version
    assert state.day == DAY


def test_the_household_of_the_tutorial_has_rival_chains(counties: GraphStore, schema: Schema, story: Subject) -> None:
    answer = cause_graph(counties, schema, story, day=DAY, show_sensitive=True)
    back_in_poverty = next(state for state in answer.states if state.code == "O06")
    assert back_in_poverty.strongest is not None
    assert back_in_poverty.rival is not None
    ways = {answer.chains[place].codes[0] for place in (back_in_poverty.strongest, back_in_poverty.rival)}
    assert ways == {"H07", "M02"}
    assert answer.is_made_up


def test_a_sensitive_cause_stays_hidden_unless_it_is_asked_for(
    counties: GraphStore, schema: Schema, story: Subject
) -> None:
    answer = cause_graph(counties, schema, story, day=DAY)
    assert "H01" not in answer.model_dump_json()
    assert answer.hidden_count > 0


def test_plums_of_guanpi_find_buyers_in_jieyang(counties: GraphStore, schema: Schema, policy: Policy) -> None:
    answer = buyers(counties, schema, policy, Subject("SupplyLot", "LT-GUANPI-1"), day=DAY)
    found = [buyer.demand.demand_id for buyer in answer.lots[0].buyers]
    # By hand, in fen a kg: Puning 265 less some 9 of transport, Jiedong 240 less some 6, Zhao'an 215 at home.
    assert found == ["DM-PUNING-1", "DM-JIEDONG-1", "DM-ZHAOAN-1"]
    refused = {refusal.demand.demand_id for refusal in answer.lots[0].refusals}
    assert refused == {"DM-PUNING-2", "DM-JIEXI-1", "DM-XIAMEN-1", "DM-FUZHOU-1", "DM-CHAOZH-1"}


def test_a_distance_between_two_places_known_only_by_their_county_is_called_unknown(
    counties: GraphStore, schema: Schema, policy: Policy
) -> None:
    answer = buyers(counties, schema, policy, Subject("SupplyLot", "LT-GUANPI-1"), day=DAY)
    ways = {buyer.demand.demand_id: buyer.way.distance_km for buyer in answer.lots[0].buyers}
    assert ways["DM-ZHAOAN-1"] == 0
    assert "notice_distance_unmeasured" in {notice.code for notice in answer.notices}


def test_the_programme_for_sales_links_breaks_at_the_contract(counties: GraphStore, schema: Schema) -> None:
    answer = chains(counties, schema, Subject("Programme", "PR-LINK"), day=DAY)
    assert [chain.missing for chain in answer.chains.rows] == [("contract",)]


def test_the_rice_villages_are_real_and_say_so(counties: GraphStore, schema: Schema) -> None:
    answer = cause_graph(counties, schema, Subject("Area", "rice2010"), day=DAY)
    assert not answer.is_made_up
    assert answer.household_count == 1410


def test_every_rice_farmer_who_fears_a_disaster_in_every_second_year_is_suspected_of_one(
    counties: GraphStore, schema: Schema
) -> None:
    answer = cause_graph(counties, schema, Subject("Area", "rice2010"), day=DAY)
    # Counted in the file itself: rows whose disaster_prob is 50 or more.
    with (Path(__file__).resolve().parents[2] / "loaders/data/rice_households_2010/social_insure.csv").open() as file:
        fearful = Counter(float(line.split(",")[6]) >= 50 for line in list(file)[1:])[True]
    weather = next(node for node in answer.nodes if node.code == "V01")
    assert weather.households is not None
    assert weather.households.suspected == fearful


@pytest.mark.parametrize("form", ["household", "county", "rice"])
def test_a_cause_graph_is_the_same_on_every_engine(
    counties: GraphStore, embedded_counties: GraphStore, schema: Schema, story: Subject, form: str
) -> None:
    subject = {"household": story, "county": Subject("Area", "350624"), "rice": Subject("Area", "rice2010")}[form]

    def ask(store: GraphStore) -> str:
        return cause_graph(store, schema, subject, day=DAY, show_sensitive=True).model_dump_json()

    assert ask(counties) == ask(embedded_counties)


@pytest.mark.parametrize("subject", [("Area", "350624"), ("Programme", "PR-ORDER"), ("Cause", "M02")])
def test_chains_are_the_same_on_every_engine(
    counties: GraphStore, embedded_counties: GraphStore, schema: Schema, subject: tuple[str, str]
) -> None:
    def ask(store: GraphStore) -> str:
        return chains(store, schema, Subject(*subject), day=DAY).model_dump_json()

    assert ask(counties) == ask(embedded_counties)


@pytest.mark.parametrize("subject", [("Product", "green_plum"), ("Cooperative", "CO-TAIPING")])
def test_buyers_are_the_same_on_every_engine(
    counties: GraphStore,
    embedded_counties: GraphStore,
    schema: Schema,
    policy: Policy,
    subject: tuple[str, str],
) -> None:
    def ask(store: GraphStore) -> str:
        return buyers(store, schema, policy, Subject(*subject), day=DAY).model_dump_json()

    assert ask(counties) == ask(embedded_counties)
