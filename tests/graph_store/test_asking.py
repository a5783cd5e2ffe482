"""A question is asked by its name; what goes in and what comes out must be what its header says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from graph_store import GraphStore, StoreAway, StoreError
from graph_store.asking import checked_parameters
from graph_store.deadline import answered_within
from graph_store.queries import parse_query
from tests.graph_store.conftest import OpenWith

CHINA = timezone(timedelta(hours=8))


def test_a_question_that_is_not_there_is_refused(tiny_store: GraphStore) -> None:
    with pytest.raises(StoreError) as caught:
        tiny_store.ask("causes/nothing")
    assert (caught.value.code, caught.value.fields) == ("unknown_query", {"query": "causes/nothing"})


def test_a_forgotten_parameter_is_refused(tiny_store: GraphStore) -> None:
    with pytest.raises(StoreError) as caught:
        tiny_store.ask("causes/household_findings")
    assert (caught.value.code, caught.value.fields["parameter"]) == ("missing_parameter", "household_id")


def test_a_parameter_too_many_is_refused(tiny_store: GraphStore) -> None:
    with pytest.raises(StoreError) as caught:
        tiny_store.ask("causes/household_findings", household_id="h1", day=date(2026, 5, 20))
    assert (caught.value.code, caught.value.fields["parameter"]) == ("unknown_parameter", "day")


def test_a_parameter_of_the_wrong_type_is_refused(tiny_store: GraphStore) -> None:
    with pytest.raises(StoreError, match=r"household_id .* should be of type text, not int") as caught:
        tiny_store.ask("causes/household_findings", household_id=1)
    assert caught.value.code == "wrong_parameter"


def test_a_text_with_quotes_is_a_text_and_not_a_part_of_the_question(tiny_store: GraphStore) -> None:
    assert tiny_store.ask("causes/household_findings", household_id="h1'}) RETURN 1 //") == []


@pytest.mark.parametrize(
    ("type_name", "value"),
    [
        ("text", None),
        ("text", 1),
        ("text", ["a"]),
        ("whole", "1"),
        ("whole", 1.0),
        ("whole", True),
        ("number", "1.5"),
        ("number", True),
        ("number", float("nan")),
        ("number", float("inf")),
        ("flag", 1),
        ("flag", "true"),
        ("day", "2026-05-20"),
        ("day", datetime(2026, 5, 20, tzinfo=UTC)),
        ("instant", date(2026, 5, 20)),
        ("texts", "abc"),
        ("texts", ["a", 1]),
        ("texts", ["a", None]),
        ("map", ["a"]),
        ("map", {1: "a"}),
    ],
)
def test_a_value_that_is_not_of_its_type_is_no_parameter(type_name: str, value: object) -> None:
    query = parse_query("a", f"// a: b\n// parameters: x {type_name}\n// returns: y text\nRETURN $x AS y")
    with pytest.raises(StoreError) as caught:
        checked_parameters(query, {"x": value})
    assert (caught.value.code, caught.value.fields["expected"]) == ("wrong_parameter", type_name)


@pytest.mark.parametrize(
    ("type_name", "value"),
    [
        ("text", "沈一"),
        ("whole", 2**53 + 1),
        ("number", 1),
        ("number", 1.5),
        ("flag", False),
        ("day", date(2026, 5, 20)),
        ("texts", ["b", "a"]),
        ("texts", []),
        ("map", {"special": 0, "first": 1}),
        ("text?", None),
        ("map?", None),
    ],
)
def test_a_value_of_its_type_is_a_parameter(type_name: str, value: object) -> None:
    query = parse_query("a", f"// a: b\n// parameters: x {type_name}\n// returns: y text\nRETURN $x AS y")
    assert checked_parameters(query, {"x": value}) == {"x": value}


@pytest.mark.parametrize("many", [("b", "a", "b"), ["b", "a", "b"]])
def test_texts_keep_their_order_and_number(many: object) -> None:
    query = parse_query("a", "// a: b\n// parameters: x texts\n// returns: y text\nRETURN $x AS y")
    assert checked_parameters(query, {"x": many}) == {"x": ["b", "a", "b"]}


def test_every_type_of_value_comes_back_in_its_type(open_with: OpenWith) -> None:
    header = "whole whole, number number, flag flag, day day, instant instant, texts texts, nothing text?"
    body = "RETURN $whole AS whole, $number AS number, $flag AS flag, $day AS day, $instant AS instant,"
    body += " $texts AS texts, $nothing AS nothing ORDER BY whole"
    store = open_with(parse_query("a", f"// a: b\n// parameters: {header}\n// returns: {header}\n{body}"))
    instant = datetime(2026, 5, 20, 8, 30, 0, 123456, tzinfo=CHINA)
    values = {"whole": 2**53 + 1, "number": 0.1, "flag": False, "day": date(2026, 5, 20), "instant": instant}
    rows = store.ask("a", **values, texts=["b", "a"], nothing=None)
    # Lists come back sorted, since the engines collect in orders of their own; instants in UTC.
    in_utc = datetime(2026, 5, 20, 0, 30, 0, 123456, tzinfo=UTC)
    assert rows == [{**values, "instant": in_utc, "texts": ["a", "b"], "nothing": None}]
    assert [type(value) for value in rows[0].values()] == [int, float, bool, date, datetime, list, type(None)]


def test_a_map_parameter_is_looked_up_by_key(open_with: OpenWith) -> None:
    text = "// a: b\n// parameters: rank map, grade text\n// returns: found whole?\nRETURN $rank[$grade] AS found"
    store = open_with(parse_query("a", text))
    assert store.ask("a", rank={"special": 0, "first": 1}, grade="first") == [{"found": 1}]


@pytest.mark.parametrize(
    ("returns", "body", "column", "found"),
    [
        ("other text", "RETURN 'a' AS x", "*", ["x"]),
        ("x text, y text", "RETURN 'a' AS x", "*", ["x"]),
        ("y text, x text", "RETURN 'a' AS x, 'b' AS y", "*", ["x", "y"]),
        ("x text", "RETURN 1 AS x", "x", "int"),
        ("x whole", "RETURN 1.5 AS x", "x", "float"),
        ("x text", "RETURN null AS x", "x", "NoneType"),
        ("x texts", "RETURN 'a' AS x", "x", "str"),
        ("x whole", "UNWIND [1, 'a', 2] AS x RETURN x", "x", "str"),
    ],
)
def test_rows_that_are_not_what_the_header_says_are_refused(
    open_with: OpenWith, returns: str, body: str, column: str, found: object
) -> None:
    store = open_with(parse_query("a", f"// a: b\n// parameters: none\n// returns: {returns}\n{body}"))
    with pytest.raises(StoreError) as caught:
        store.ask("a")
    assert caught.value.code == "wrong_column"
    assert (caught.value.fields["column"], caught.value.fields["found"]) == (column, found)


def test_a_faulty_text_is_named_with_the_question(open_with: OpenWith) -> None:
    store = open_with(parse_query("a", "// a: b\n// parameters: none\n// returns: x text\nRETRUN 1 AS x"))
    with pytest.raises(StoreError) as caught:
        store.ask("a")
    assert (caught.value.code, caught.value.fields["query"]) == ("query_failed", "a")
    assert caught.value.fields["text"] == "RETRUN 1 AS x"


SLOW = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y % 7) AS total"


def test_a_question_that_takes_too_long_is_given_up(open_with: OpenWith) -> None:
    store = open_with(parse_query("a", f"// a: b\n// parameters: none\n// returns: total whole\n{SLOW}"))
    with pytest.raises(StoreAway) as caught:
        store.ask("a")
    assert (caught.value.code, caught.value.fields) == ("too_slow", {"query": "a", "seconds": 0.5})


def test_a_question_is_given_up_when_the_time_for_all_of_them_ends_before_its_own(open_with: OpenWith) -> None:
    store = open_with(parse_query("a", f"// a: b\n// parameters: none\n// returns: total whole\n{SLOW}"))
    with answered_within(0.2), pytest.raises(StoreAway) as caught:
        store.ask("a")
    assert (caught.value.code, caught.value.fields) == ("too_slow", {"query": "a", "seconds": 0.2})


def test_no_question_is_asked_once_the_time_for_all_of_them_is_over(open_with: OpenWith) -> None:
    store = open_with(parse_query("a", "// a: b\n// parameters: none\n// returns: x whole\nRETURN 1 AS x"))
    with answered_within(0.0), pytest.raises(StoreAway) as caught:
        store.ask("a")
    assert caught.value.code == "too_slow"
    assert store.ask("a") == [{"x": 1}]


def test_a_question_cannot_write(open_with: OpenWith) -> None:
    body = "CREATE (n:Household {id: 'h1'}) RETURN n.id AS x"
    store = open_with(parse_query("a", f"// a: b\n// parameters: none\n// returns: x text\n{body}"))
    with pytest.raises(StoreError) as caught:
        store.ask("a")
    assert caught.value.code == "query_failed"
    assert len(store.dump_nodes("Household")) == 0
