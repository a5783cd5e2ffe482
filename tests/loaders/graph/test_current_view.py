"""What is held of a thing when several feeds spoke of it, several times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from loaders.current_view import CurrentView, current_view
from tests.loaders.graph.written_facts import DAY, MONDAY, Facts, plain

TUESDAY = MONDAY + timedelta(days=1)
REGISTER_FIRST = ("police", "visit")


def view(facts: Facts, feeds: Sequence[str] = REGISTER_FIRST, day: date = DAY, **own: Sequence[str]) -> CurrentView:
    """Return the view of households, `feeds` deciding all properties but those in `own`."""
    names = ["member_count", "arable_mu", "head_name", "household_status"]
    orders = {name: tuple(own.get(name, feeds)) for name in names}
    return current_view(facts.frame("Household"), keys=["id"], orders=orders, day=day)


def first(rows: pd.DataFrame) -> dict[str, object]:
    return {str(name): plain(rows[name].iloc[0]) for name in rows.columns}


def test_the_newest_fact_speaks_for_its_feed(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=5, recorded_at=TUESDAY)
    facts.add("Household", id="h1", member_count=4, recorded_at=MONDAY)
    assert first(view(facts).rows)["member_count"] == 5


def test_of_facts_recorded_at_one_instant_the_later_load_speaks(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=5, load_id="load-2", source_row=2)
    facts.add("Household", id="h1", member_count=4, load_id="load-1", source_row=9)
    assert first(view(facts).rows)["member_count"] == 5


def test_of_facts_of_one_load_the_lower_row_speaks(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=5, source_row=9)
    facts.add("Household", id="h1", member_count=4, source_row=2)
    assert first(view(facts).rows)["member_count"] == 5


def test_the_feed_listed_first_wins_over_a_newer_one(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, feed="police", recorded_at=MONDAY)
    facts.add("Household", id="h1", member_count=5, feed="visit", recorded_at=TUESDAY)
    assert first(view(facts).rows)["member_count"] == 4


def test_a_feed_that_is_silent_on_a_property_leaves_it_to_the_next(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, feed="police")
    facts.add("Household", id="h1", member_count=5, arable_mu=3.5, feed="visit")
    row = first(view(facts).rows)
    assert (row["member_count"], row["arable_mu"]) == (4, 3.5)


def test_each_property_has_its_own_order(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, arable_mu=2.0, feed="police")
    facts.add("Household", id="h1", member_count=5, arable_mu=3.5, feed="visit")
    row = first(view(facts, arable_mu=("visit", "police")).rows)
    assert (row["member_count"], row["arable_mu"]) == (4, 3.5)


def test_a_feed_that_is_not_listed_comes_after_the_listed(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, feed="visit", recorded_at=MONDAY)
    facts.add("Household", id="h1", member_count=5, feed="village", recorded_at=TUESDAY)
    assert first(view(facts).rows)["member_count"] == 4


def test_among_feeds_that_are_not_listed_the_newest_wins(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=5, feed="village", recorded_at=TUESDAY)
    facts.add("Household", id="h1", member_count=4, feed="survey", recorded_at=MONDAY)
    assert first(view(facts).rows)["member_count"] == 5


def test_a_fact_that_gives_no_value_any_more_clears_it(facts: Facts) -> None:
    facts.add("Household", id="h1", arable_mu=3.5, recorded_at=MONDAY)
    facts.add("Household", id="h1", recorded_at=TUESDAY)
    assert first(view(facts).rows)["arable_mu"] is None


def test_what_begins_after_the_day_is_not_held_yet(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, recorded_at=MONDAY)
    facts.add("Household", id="h1", member_count=5, valid_from=date(2025, 7, 1), recorded_at=TUESDAY)
    assert first(view(facts, day=date(2025, 6, 30)).rows)["member_count"] == 4


def test_what_begins_on_the_day_is_held(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, recorded_at=MONDAY)
    facts.add("Household", id="h1", member_count=5, valid_from=date(2025, 7, 1), recorded_at=TUESDAY)
    assert first(view(facts, day=date(2025, 7, 1)).rows)["member_count"] == 5


def test_a_fact_holds_on_its_last_day_and_not_after(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, valid_to=date(2025, 6, 30))
    assert [len(view(facts, day=day).rows) for day in (date(2025, 6, 30), date(2025, 7, 1))] == [1, 0]


def test_an_end_silences_what_its_feed_said_before(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, valid_from=date(2020, 1, 1), recorded_at=MONDAY)
    facts.add("Household", id="h1", member_count=4, valid_to=date(2025, 5, 1), recorded_at=TUESDAY)
    assert view(facts).rows.empty


def test_an_end_does_not_silence_another_feed(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, feed="visit", recorded_at=MONDAY)
    facts.add("Household", id="h1", member_count=4, valid_to=date(2025, 5, 1), recorded_at=TUESDAY)
    assert list(view(facts).rows["id"]) == ["h1"]


def test_a_past_spell_told_late_does_not_silence_what_began_after_it(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, valid_from=date(2024, 1, 1), recorded_at=MONDAY)
    told_late = {"valid_from": date(2018, 1, 1), "valid_to": date(2019, 12, 31), "recorded_at": TUESDAY}
    facts.add("Household", id="h1", member_count=3, **told_late)
    assert first(view(facts).rows)["member_count"] == 4


def test_a_household_told_again_after_its_end_is_held_again(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, valid_to=date(2025, 5, 1), recorded_at=MONDAY)
    facts.add("Household", id="h1", member_count=4, recorded_at=TUESDAY)
    assert len(view(facts).rows) == 1


def test_a_row_is_made_up_when_a_fact_that_gave_a_value_is(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, feed="police")
    facts.add("Household", id="h1", arable_mu=3.5, feed="visit", is_made_up=True)
    assert first(view(facts).rows)["is_made_up"] is True


def test_a_made_up_fact_that_won_nothing_does_not_make_the_row_made_up(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, arable_mu=2.0, feed="police")
    facts.add("Household", id="h1", arable_mu=3.5, feed="visit", is_made_up=True)
    assert first(view(facts).rows)["is_made_up"] is False


def test_the_feed_of_a_row_is_the_one_that_spoke_of_it_first(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, feed="visit", recorded_at=MONDAY)
    facts.add("Household", id="h1", member_count=5, feed="police", recorded_at=TUESDAY)
    assert first(view(facts).rows)["feed"] == "visit"


def test_values_that_differ_between_feeds_are_told(facts: Facts) -> None:
    for household, count in (("h1", 4), ("h2", 4)):
        facts.add("Household", id=household, member_count=count, head_name="Lin", feed="police")
    facts.add("Household", id="h1", member_count=5, head_name="Lin", feed="visit")
    facts.add("Household", id="h2", head_name="Lin", feed="visit")
    told = view(facts).disagreements
    assert told is not None
    assert told[["id", "aspect"]].to_numpy().tolist() == [["h1", "member_count"]]


def test_of_two_owners_only_that_of_the_first_feed_is_kept(facts: Facts) -> None:
    facts.add("Resource", id="r1", agency_id="a1", feed="police")
    facts.add("Resource", id="r1", enterprise_id="e1", feed="visit")
    owners = ["agency_id", "enterprise_id"]
    orders = dict.fromkeys(owners, REGISTER_FIRST)
    rows = current_view(facts.frame("Resource"), keys=["id"], orders=orders, day=DAY, one_of=[owners]).rows
    assert [first(rows)[name] for name in owners] == ["a1", None]


def test_relationships_are_told_apart_by_both_ends(facts: Facts) -> None:
    facts.add("OFFERS", from_id="p1", to_id="B36", place_count=10, feed="police")
    facts.add("OFFERS", from_id="p1", to_id="B37", place_count=20, feed="police")
    facts.add("OFFERS", from_id="p1", to_id="B37", place_count=30, feed="visit")
    orders = {"place_count": REGISTER_FIRST}
    rows = current_view(facts.frame("OFFERS"), keys=["from_id", "to_id"], orders=orders, day=DAY).rows
    assert rows[["to_id", "place_count"]].to_numpy().tolist() == [["B36", 10], ["B37", 20]]


def test_rows_come_in_the_order_of_their_keys(facts: Facts) -> None:
    for household in ("h3", "h1", "h2"):
        facts.add("Household", id=household, member_count=1)
    facts.add("Household", id="h2", member_count=2, feed="visit")
    assert list(view(facts).rows["id"]) == ["h1", "h2", "h3"]


def test_long_whole_numbers_keep_every_digit(facts: Facts) -> None:
    facts.add("Household", id="h1", productive_investment_fen=2**53 + 1)
    facts.add("Household", id="h2")
    assert facts.frame("Household")["productive_investment_fen"].iloc[0] == 2**53 + 1


def test_a_past_period_told_late_does_not_silence_what_names_no_beginning(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, recorded_at=MONDAY)
    told_late = {"valid_from": date(2018, 1, 1), "valid_to": date(2019, 12, 31), "recorded_at": TUESDAY}
    facts.add("Household", id="h1", member_count=3, **told_late)
    assert first(view(facts).rows)["member_count"] == 4


def test_an_end_with_its_beginning_silences_what_names_none_once_it_was_recorded(facts: Facts) -> None:
    facts.add("Household", id="h1", member_count=4, recorded_at=MONDAY)
    ended = {"valid_from": date(2018, 1, 1), "valid_to": MONDAY.date(), "recorded_at": TUESDAY}
    facts.add("Household", id="h1", member_count=4, **ended)
    assert view(facts).rows.empty
