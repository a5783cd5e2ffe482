"""No noun bears a word that a query language, Python or an engine keeps for itself."""

from __future__ import annotations

import pytest

from graph_schema import Schema
from graph_schema.reserved import is_reserved


@pytest.mark.parametrize("name", ["title", "type", "id", "order", "MATCH", "Limit", "class", "lambda", "case"])
def test_a_reserved_word_is_known_whatever_its_capitals(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["grade", "ready_on", "rule", "starts_on", "PART_OF"])
def test_a_word_of_our_own_is_free(name: str) -> None:
    assert not is_reserved(name)


def test_a_kind_that_only_the_ledger_keeps_may_be_called_as_cypher_speaks(schema: Schema) -> None:
    # `Load` never stands in a query.
    assert is_reserved("Load")
    assert schema.node_kind("Load").kept_in == "ledger"
