"""The feed named beside a value is the one that the graph has it from: the same rule, told for one household."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.history.statements import LoadTold, Statement
from analysis.household.believed import believed, speaking
from graph_schema import load_schema
from loaders.current_view import current_view
from policy import load_policy
from tests.loaders.graph.written_facts import Facts

DAY = date(2024, 6, 30)
ORDER = ("police", "visit")
SCHEMA, POLICY = load_schema(), load_policy()


class Said(NamedTuple):
    """What a feed said: when it was recorded, a value, and since when and until when it held, in days before DAY."""

    feed: str
    recorded: int
    value: int | None
    since: int | None = None
    until: int | None = None


def day(before: int | None) -> date | None:
    return None if before is None else DAY - timedelta(days=before)


def at(before: int) -> datetime:
    return datetime.combine(DAY - timedelta(days=before), datetime.min.time(), UTC)


def statement(number: int, said: Said, absent_on: date | None = None) -> Statement:
    values = {"id": "h1", "household_status": "active"}
    return Statement(
        kind="Household",
        values=values if said.value is None else {**values, "member_count": said.value},
        feed=said.feed,
        load=LoadTold(f"load-{number:02d}", number),
        row=2,
        recorded_at=at(said.recorded),
        valid_from=day(said.since),
        valid_to=day(said.until),
        absent_on=absent_on,
    )


def held(*told: Said) -> Statement | None:
    spoken = speaking([statement(number, each) for number, each in enumerate(told)], DAY)
    return believed(spoken, "member_count", ORDER)


def test_the_first_feed_in_the_order_is_believed_over_a_newer_one() -> None:
    found = held(Said("police", 30, 4), Said("visit", 1, 5))
    assert found is not None
    assert (found.feed, found.recorded_at) == ("police", at(30))


def test_a_feed_that_is_silent_leaves_it_to_the_next() -> None:
    found = held(Said("police", 30, None), Said("visit", 1, 5))
    assert found is not None
    assert found.feed == "visit"


def test_of_feeds_that_the_order_does_not_name_the_newest_is_believed() -> None:
    found = held(Said("survey", 30, 4), Said("village", 1, 5))
    assert found is not None
    assert found.feed == "village"


def test_what_a_later_snapshot_lacks_is_said_no_more() -> None:
    before = statement(0, Said("police", 30, 4))
    lacked = statement(1, Said("police", 10, 4, until=10), absent_on=day(10))
    assert speaking([before, lacked], DAY) == []


DAYS = st.integers(-3, 12)
SAID = st.builds(
    Said,
    st.sampled_from(["police", "visit", "survey", "village"]),
    st.integers(0, 12),
    st.one_of(st.none(), st.integers(1, 6)),
    st.one_of(st.none(), DAYS),
    st.one_of(st.none(), DAYS),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(SAID, min_size=1, max_size=6))
def test_the_value_beside_the_feed_is_the_value_of_the_graph(told: list[Said]) -> None:
    facts = Facts(SCHEMA, POLICY)
    for number, each in enumerate(told):
        facts.add(
            "Household",
            id="h1",
            member_count=each.value,
            feed=each.feed,
            load_id=f"load-{number:02d}",
            recorded_at=at(each.recorded),
            valid_from=day(each.since),
            valid_to=day(each.until),
        )
    orders = {"member_count": ORDER}
    rows = current_view(facts.frame("Household"), keys=["id"], orders=orders, day=DAY).rows
    values = rows["member_count"].dropna()
    found = held(*told)
    assert ([found.values["member_count"]] if found else []) == [int(value) for value in values]
