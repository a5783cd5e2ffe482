"""What feeds contradict each other on, worked out by hand; household h1 lives in a village of Zhao'an."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema import Schema
from loaders.contradiction_news import ContradictionGroup, ContradictionNews, contradiction_news
from loaders.graph_frames import END_COLUMNS
from policy import Policy
from tests.loaders.graph.contradictions_told import JUNE, MAY, POLICE_OR_VISIT, ends, found, told
from tests.loaders.graph.written_facts import DAY, VILLAGE, Facts

# One property of one thing.


def test_two_values_of_a_property_are_a_contradiction(two_counts: Facts) -> None:
    frames = two_counts.graph()
    assert found(frames) == [POLICE_OR_VISIT]
    about = ("rule_id", "contradiction_status", "subject_kind", "subject_id", "aspect")
    assert told(frames, *about) == [("property", "open", "Household", "h1", "member_count")]
    held = ("held_feed", "held_text", "held_on", "held_reason", "other_feed", "other_text", "other_on")
    assert told(frames, *held) == [
        ("police", "4", date(2025, 6, 2), "feed_order", "visit", "5", date(2025, 6, 20)),
    ]


def test_the_value_that_is_believed_is_the_one_the_graph_holds(two_counts: Facts) -> None:
    frames = two_counts.graph()
    assert [str(value) for value in frames.nodes["Household"]["member_count"]] == [told(frames, "held_text")[0][0]]


def test_a_contradiction_of_a_household_belongs_to_it(two_counts: Facts) -> None:
    assert ends(two_counts.graph(), "OF_HOUSEHOLD") == [(POLICE_OR_VISIT, "h1")]


def test_feeds_that_agree_or_are_silent_contradict_nobody(facts: Facts) -> None:
    facts.household().add("Household", id="h1", member_count=4, feed="visit")
    facts.add("Household", id="h1", arable_mu=2.0, feed="agriculture")
    assert found(facts.graph()) == []


def test_each_feed_that_says_otherwise_makes_one_of_its_own(two_counts: Facts) -> None:
    two_counts.add("Household", id="h1", member_count=6, feed="village").add("Household", id="h1", feed="survey")
    assert told(two_counts.graph(), "held_feed", "other_feed", "other_text") == [
        ("police", "village", "6"),
        ("police", "visit", "5"),
    ]


def test_the_newest_is_believed_of_feeds_that_the_policy_does_not_name(facts: Facts, policy: Policy) -> None:
    # The list of all feeds of a policy that names the police only.
    (key,) = [key for key in policy.values if key[1] == "feed_order"]
    only = policy.values[key][0]
    short = {name: values for name, values in policy.values.items() if not name[1].startswith("feed_order")}
    short[key] = (type(only)(**{**vars(only), "value": ["police"]}),)
    facts.policy = Policy(policy.keys, policy.profiles, policy.units, short)
    facts.areas().add("Household", id="h1", household_status="active", member_count=5, feed="visit")
    facts.add("Household", id="h1", member_count=6, feed="village")
    assert told(facts.graph(), "held_feed", "held_text", "held_reason") == [("village", "6", "newest")]


def test_an_id_stays_when_the_values_change(two_counts: Facts) -> None:
    before = found(two_counts.graph())
    two_counts.add("Household", id="h1", member_count=9, feed="visit", recorded_at=datetime(2025, 6, 25, tzinfo=UTC))
    frames = two_counts.graph()
    assert (found(frames), told(frames, "other_text")) == (before, [("9",)])


def test_a_contradiction_is_gone_when_one_feed_gives_way(two_counts: Facts) -> None:
    two_counts.add("Household", id="h1", member_count=4, feed="visit", recorded_at=datetime(2025, 6, 25, tzinfo=UTC))
    assert found(two_counts.graph()) == []


def test_what_feeds_differ_on_is_counted_by_property(two_counts: Facts) -> None:
    two_counts.add("Household", id="h1", member_count=6, feed="village")
    assert two_counts.graph().disagreeing.to_numpy().tolist() == [["Household", "member_count", 1]]


@pytest.mark.parametrize(
    ("name", "one", "other", "texts"),
    [
        ("arable_mu", 2.5, 3.0, ("2.5", "3")),
        ("was_registered_poor", True, False, ("yes", "no")),
        ("poverty_exit_on", date(2019, 12, 31), date(2020, 12, 31), ("2019-12-31", "2020-12-31")),
        ("productive_investment_fen", 9_007_199_254_740_993, 0, ("9007199254740993", "0")),
        ("housing_grade", "C", "B", ("C", "B")),
    ],
)
def test_values_are_told_as_feed_files_write_them(
    facts: Facts, name: str, one: object, other: object, texts: tuple[str, str]
) -> None:
    facts.areas().add("Household", id="h1", household_status="active", feed="visit", **{name: one})
    facts.add("Household", id="h1", feed="self_report", **{name: other})
    assert told(facts.graph(), "held_text", "other_text") == [texts]


def test_codes_in_another_order_are_the_same(facts: Facts) -> None:
    for feed, codes in (("revitalisation", ["A01", "M02"]), ("visit", ["M02", "A01"])):
        facts.add("Programme", id="pr1", name="plums", eligible_codes=codes, feed=feed)
    assert found(facts.graph()) == []


def test_a_contradiction_of_a_person_belongs_to_the_household_where_the_person_lives(facts: Facts) -> None:
    facts.household().household("h2").add("Person", id="p1", birth_year=1960, feed="police")
    facts.add("Person", id="p1", birth_year=1970, feed="civil")
    stay = {"person_id": "p1", "member_role": "head", "has_shared_budget": True}
    facts.add("Stay", id="s1", household_id="h2", starts_on=date(1990, 1, 1), ends_on=date(2000, 1, 1), **stay)
    facts.add("Stay", id="s2", household_id="h1", starts_on=date(2000, 1, 2), **stay)
    frames = facts.graph()
    assert ends(frames, "OF_HOUSEHOLD") == [("Person-p1-birth_year-civil-police", "h1")]
    assert told(frames, "is_sensitive") == [(False,)]


def test_what_belongs_to_no_household_has_none(facts: Facts) -> None:
    for feed, name in (("market", "Plum plant"), ("trade", "Green plum plant")):
        facts.add("Enterprise", id="e1", name=name, sector="processing", feed=feed)
    frames = facts.graph()
    assert (found(frames), ends(frames, "OF_HOUSEHOLD")) == (["Enterprise-e1-name-market-trade"], [])


def test_relationships_may_differ_too(facts: Facts) -> None:
    facts.areas().add("Shock", id="frost", shock_kind="weather", severity=0.6, starts_on=MAY, feed="emergency")
    for feed, share in (("emergency", 0.5), ("agriculture", 0.8)):
        facts.add("HIT", from_id="frost", to_id=VILLAGE, exposure_share=share, feed=feed)
    assert found(facts.graph()) == [f"HIT-frost-{VILLAGE}-exposure_share-agriculture-emergency"]


@pytest.mark.parametrize(("born", "is_sensitive"), [(2010, False), (2011, True), (2020, True)])
def test_every_field_of_a_person_who_may_be_under_14_is_sensitive(facts: Facts, born: int, is_sensitive: bool) -> None:
    # In 2025 who was born in 2011 turns 14, perhaps not yet; who was born in 2010 is 14 at least.
    facts.add("Person", id="p1", birth_year=born, school_stage="junior", feed="education")
    facts.add("Person", id="p1", school_stage="none", feed="visit")
    assert told(facts.graph(), "is_sensitive") == [(is_sensitive,)]


def test_a_property_marked_sensitive_makes_a_sensitive_contradiction(facts: Facts) -> None:
    for feed, ill in (("health", True), ("visit", False)):
        facts.add("Person", id="p1", birth_year=1960, has_chronic_illness=ill, feed=feed)
    assert told(facts.graph(), "aspect", "is_sensitive") == [("has_chronic_illness", True)]


# Spells that exclude each other.


@pytest.fixture
def in_two_households(facts: Facts) -> Facts:
    """A person who lives in h1 by the police since 1990, and in h2 by a visit since 2020."""
    facts.household().household("h2").add("Person", id="p1", birth_year=1980)
    stay = {"person_id": "p1", "member_role": "head", "has_shared_budget": True}
    facts.add("Stay", id="s1", household_id="h1", starts_on=date(1990, 1, 1), **stay)
    return facts.add("Stay", id="s2", household_id="h2", starts_on=date(2020, 1, 1), feed="visit", **stay)


def test_a_person_in_two_households_is_a_contradiction(in_two_households: Facts) -> None:
    frames = in_two_households.graph()
    assert found(frames) == ["Person-p1-HAS_MEMBER-h1-h2"]
    assert told(frames, "rule_id", "held_feed", "held_text", "held_on", "other_feed", "other_text", "other_on") == [
        ("spell", "visit", "h2", date(2020, 1, 1), "police", "h1", date(1990, 1, 1))
    ]
    assert told(frames, "held_reason") == [("begun_last",)]
    assert ends(frames, "OF_HOUSEHOLD") == [("Person-p1-HAS_MEMBER-h1-h2", "h2")]


def test_a_stay_that_has_ended_contradicts_nothing(in_two_households: Facts) -> None:
    stay = {"person_id": "p1", "household_id": "h1", "starts_on": date(1990, 1, 1), "member_role": "head"}
    in_two_households.add("Stay", id="s1", has_shared_budget=True, ends_on=date(2019, 12, 31), **stay)
    assert found(in_two_households.graph()) == []


def test_a_feed_that_forgot_an_end_contradicts_nobody(facts: Facts) -> None:
    facts.household().add("Residence", id="r9", household_id="h1", area_id="350624101202", starts_on=date(2024, 1, 1))
    frames = facts.graph()
    assert (found(frames), len(frames.overlapping)) == ([], 1)


def test_a_household_at_home_in_two_areas_is_a_contradiction(facts: Facts) -> None:
    home = {"household_id": "h1", "area_id": "350624101202", "starts_on": date(2024, 1, 1)}
    frames = facts.household().add("Residence", id="r9", feed="visit", **home).graph()
    assert told(frames, "subject_kind", "aspect", "held_text", "other_text") == [
        ("Household", "LIVES_IN", "350624101202", VILLAGE)
    ]
    assert [end for _, end in ends(frames, "OF_HOUSEHOLD")] == ["h1"]


# What is made up, laws, and what a load brings.


def test_a_contradiction_with_a_made_up_value_is_made_up(facts: Facts) -> None:
    facts.household().add("Household", id="h1", member_count=5, feed="visit", is_made_up=True)
    assert told(facts.graph(), "is_made_up") == [(True,)]


@settings(max_examples=6, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["police", "visit", "survey"]),
            st.sampled_from(["h1", "h2"]),
            st.integers(1, 3),
            st.integers(1, 20),
        ),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_contradictions_do_not_depend_on_the_order_of_the_rows(
    schema: Schema, policy: Policy, said: list[tuple[str, str, int, int]], random: object
) -> None:
    """And a household has one for each other feed that says otherwise than the one that is believed."""
    order = ["police", "survey", "visit"]
    facts = Facts(schema, policy)
    newest: dict[tuple[str, str], tuple[int, int]] = {}
    for place, (feed, household, count, day) in enumerate(said):
        when = datetime(2025, 6, day, tzinfo=UTC)
        facts.add("Household", id=household, member_count=count, feed=feed, recorded_at=when, source_row=place)
        newest[household, feed] = max(newest.get((household, feed), (0, 0, 0)), (day, place, count))  # type: ignore[assignment]
    expected = set()
    for household in ("h1", "h2"):
        spoken = [(feed, newest[household, feed][-1]) for feed in order if (household, feed) in newest]
        for feed, count in spoken[1:]:
            if count != spoken[0][1]:
                expected.add(f"Household-{household}-member_count-{spoken[0][0]}-{feed}")
    once = facts.graph(DAY)
    random.shuffle(facts.rows.get("Household", []))  # type: ignore[attr-defined]
    again = facts.graph(DAY)
    assert set(found(once)) == expected
    pd.testing.assert_frame_equal(once.nodes["Contradiction"], again.nodes["Contradiction"])


def test_the_news_are_what_was_not_open_before(two_counts: Facts) -> None:
    before = two_counts.graph().nodes["Contradiction"]
    for household in ("h2", "h3"):
        two_counts.household(household).add("Household", id=household, member_count=1, feed="visit")
    two_counts.add("Household", id="h1", member_count=4, feed="visit", recorded_at=datetime(2025, 6, 25, tzinfo=UTC))
    assert contradiction_news(before, two_counts.graph().nodes["Contradiction"]) == ContradictionNews(
        open_count=2,
        new_count=2,
        gone_count=1,
        groups=(ContradictionGroup("Household", "member_count", "police", "visit", 2),),
    )


def test_before_the_first_graph_every_contradiction_is_new(two_counts: Facts) -> None:
    news = contradiction_news(None, two_counts.graph().nodes["Contradiction"])
    assert (news.open_count, news.new_count, news.gone_count, len(news.groups)) == (1, 1, 0, 1)


def test_a_contradiction_has_both_ends_of_all_its_relationships(in_two_households: Facts) -> None:
    frames = in_two_households.observe("I25", 0.5, MAY, feed="agriculture").observe("I25", 0.1, JUNE).graph()
    assert len(frames.nodes["Contradiction"]) == 2
    assert frames.dangling[[*END_COLUMNS]].empty
