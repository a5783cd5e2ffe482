"""What goes wrong with a store is said in both languages, with a status of its own."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import neo4j.exceptions
import pytest
from pydantic import SecretStr

import graph_store
from graph_store import StoreAway, StoreError, StoreHeld
from graph_store.neo4j_errors import ServerAddress, connection_fault, question_fault, writing_fault

ADDRESS = ServerAddress("bolt://127.0.0.1:7687", "neo4j", SecretStr("plum"), None, 2)


@pytest.fixture
def raised() -> dict[str, set[str]]:
    """Return the codes that the package raises, each with the fields that it gives by name."""
    found: dict[str, set[str]] = {}
    for path in Path(graph_store.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("StoreError", "StoreAway", "StoreHeld"):
                assert isinstance(node.args[0], ast.Constant)
                fields = found.setdefault(str(node.args[0].value), set())
                fields |= {keyword.arg or "**" for keyword in node.keywords}
    return found


@pytest.mark.parametrize(("error", "status"), [(StoreError, 500), (StoreAway, 503), (StoreHeld, 409)])
def test_each_error_carries_its_own_status(error: type[StoreError], status: int) -> None:
    assert error.status == status


@pytest.mark.parametrize("error", [StoreAway, StoreHeld])
def test_every_fault_of_a_store_is_a_store_error(error: type[StoreError]) -> None:
    assert issubclass(error, StoreError)


def test_every_code_that_is_raised_has_a_message_and_every_message_is_used(raised: dict[str, set[str]]) -> None:
    assert set(StoreError.catalogue.messages) == set(raised)


def test_every_place_in_a_message_is_filled_by_whoever_raises_it(raised: dict[str, set[str]]) -> None:
    for code, fields in raised.items():
        for language in ("en", "zh"):
            message = StoreError.catalogue.messages[code]
            label = message.what.text(language) + (message.remedy.text(language) if message.remedy else "")
            places = {name for _, name, _, _ in string.Formatter().parse(label) if name}
            assert places <= fields or "**" in fields, code


def test_an_error_is_told_in_both_languages() -> None:
    error = StoreError("unknown_query", query="causes/nothing")
    assert error.what("en") == "There is no question named causes/nothing."
    assert error.what("zh") == "没有名为 causes/nothing 的查询。"
    assert error.remedy("en") == "The questions are the files below graph_store/cypher."


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (neo4j.exceptions.ServiceUnavailable("gone"), "engine_away"),
        (neo4j.exceptions.SessionExpired("gone"), "engine_away"),
        (neo4j.exceptions.ConnectionAcquisitionTimeoutError("busy"), "engine_away"),
        (neo4j.exceptions.AuthError("no"), "wrong_password"),
        (neo4j.exceptions.ConfigurationError("odd"), "bad_url"),
    ],
)
def test_a_fault_of_the_connection_is_told_in_our_words(error: neo4j.exceptions.DriverError, code: str) -> None:
    fault = connection_fault(error, ADDRESS)
    assert fault is not None
    assert (fault.code, "plum" in fault.text("en")) == (code, False)


def test_a_fault_of_what_was_asked_is_none_of_the_connection() -> None:
    assert connection_fault(neo4j.exceptions.ClientError("syntax"), ADDRESS) is None


def test_a_refused_question_keeps_its_text_and_the_reason() -> None:
    fault = question_fault(neo4j.exceptions.ResultError(None, "odd result"), "a", "RETURN 1", 60)
    assert (fault.code, fault.fields) == (
        "query_failed",
        {"query": "a", "reason": fault.fields["reason"], "text": "RETURN 1"},
    )
    assert "odd result" in str(fault.fields["reason"])


def test_a_refused_statement_names_the_kind() -> None:
    fault = writing_fault(neo4j.exceptions.DriverError("odd"), "Household", "UNWIND")
    assert fault.what("en") == "Writing Household failed: odd. The statement: UNWIND"
