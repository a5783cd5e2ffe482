"""A question is a file whose header says what goes in and what comes out; a faulty header is refused."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from graph_store import StoreError, load_queries
from graph_store.queries import Field, Query, parse_query, read_queries

GOOD = """// findings: causes held at a household
// parameters: household_id text, day day?
// returns: cause_id text, severity number, ended_on day?
MATCH (h:Household {id: $household_id})
// only the open ones
RETURN 1
"""


def test_the_header_says_what_goes_in_and_what_comes_out() -> None:
    assert parse_query("causes/findings", GOOD) == Query(
        name="causes/findings",
        about="causes held at a household",
        text="MATCH (h:Household {id: $household_id})\nRETURN 1",
        parameters=(Field("household_id", "text", False), Field("day", "day", True)),
        columns=(Field("cause_id", "text", False), Field("severity", "number", False), Field("ended_on", "day", True)),
    )


def test_a_line_that_begins_further_in_goes_on_with_the_line_above() -> None:
    text = (
        "// a: what it\n//   answers\n// parameters: none\n// returns: b text,\n//   c whole?,\n//   d flag\nRETURN 1"
    )
    query = parse_query("a", text)
    assert query.about == "what it answers"
    assert query.columns == (Field("b", "text", False), Field("c", "whole", True), Field("d", "flag", False))


def test_a_question_without_parameters_says_none() -> None:
    assert parse_query("a", "// a: b\n// parameters: none\n// returns: c text\nRETURN 1").parameters == ()


@pytest.mark.parametrize("type_name", ["text", "whole", "number", "flag", "day", "instant", "texts", "map"])
def test_every_type_may_be_null_or_not(type_name: str) -> None:
    query = parse_query("a", f"// a: b\n// parameters: c {type_name}\n// returns: d {type_name}?\nRETURN 1")
    assert (query.parameters, query.columns) == ((Field("c", type_name, False),), (Field("d", type_name, True),))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        ("RETURN 1", ""),
        ("// findings: x\n// parameters: none\nRETURN 1", "findings: x"),
        ("// other: x\n// parameters: none\n// returns: a text\n", "other: x"),
        ("// findings\n// parameters: none\n// returns: a text\n", "findings"),
        ("// findings: \n// parameters: none\n// returns: a text\n", "findings:"),
        ("// findings: x\n// takes: none\n// returns: a text\n", "takes: none"),
        ("// findings: x\n// returns: a text\n// parameters: none\n", "returns: a text"),
        ("// findings: x\n// parameters: none\n// returns: a\n", "returns: a"),
        ("// findings: x\n// parameters: none\n// returns: a text text\n", "returns: a text text"),
        ("// findings: x\n// parameters: none\n// returns: a string\n", "returns: a string"),
        ("// findings: x\n// parameters: none\n// returns: a text??\n", "returns: a text??"),
        ("// findings: x\n// parameters: a text,\n// returns: b text\n", "parameters: a text,"),
        ("// findings: x\n// parameters:\n// returns: b text\n", "parameters:"),
        ("\n// findings: x\n// parameters: none\n// returns: b text\n", ""),
    ],
)
def test_a_faulty_header_is_refused_with_its_line(text: str, line: str) -> None:
    with pytest.raises(StoreError) as caught:
        parse_query("causes/findings", text)
    assert (caught.value.code, caught.value.fields) == ("bad_header", {"query": "causes/findings", "line": line})


def test_questions_are_named_by_their_folder_and_file_and_sorted(tmp_path: Path) -> None:
    for area, name in (("watch", "kin"), ("causes", "two"), ("causes", "one")):
        (tmp_path / area).mkdir(exist_ok=True)
        text = f"// {name}: x\n// parameters: none\n// returns: a text\nRETURN 1"
        (tmp_path / area / f"{name}.cypher").write_text(text, encoding="utf-8")
    assert list(read_queries(tmp_path)) == ["causes/one", "causes/two", "watch/kin"]


def test_other_files_are_no_questions(tmp_path: Path) -> None:
    (tmp_path / "causes").mkdir()
    (tmp_path / "causes" / "README.md").write_text("what these are", encoding="utf-8")
    (tmp_path / "lonely.cypher").write_text("RETURN 1", encoding="utf-8")
    assert read_queries(tmp_path) == {}


def test_every_delivered_file_is_a_question() -> None:
    folder = Path(str(files("graph_store") / "cypher"))
    assert set(load_queries()) == {str(path.relative_to(folder))[: -len(".cypher")] for path in folder.rglob("*.*")}


@pytest.mark.parametrize("name", load_queries())
def test_the_parameters_of_a_delivered_question_are_those_in_its_text(name: str) -> None:
    query = load_queries()[name]
    assert {field.name for field in query.parameters} == set(re.findall(r"\$(\w+)", query.text))


@pytest.mark.parametrize("name", load_queries())
def test_a_delivered_question_says_in_which_order_its_rows_come(name: str) -> None:
    # Without an order the engines differ, and so would two runs.
    assert re.search(r"\bORDER BY\b(?!.*\bRETURN\b)", load_queries()[name].text, re.DOTALL)


@pytest.mark.parametrize("name", load_queries())
def test_a_delivered_question_only_reads(name: str) -> None:
    assert not re.search(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|LOAD|DROP)\b", load_queries()[name].text)
