"""Unique ids and indexes follow from the schema."""

from __future__ import annotations

import neo4j
import pytest

from graph_schema import Schema
from graph_store import GraphStore, open_store
from graph_store.ddl import ddl_statements, node_kinds_of_graph, relationship_kinds_of_graph, unique_ids
from tests.graph_store.conftest import LockedServer


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("Area", "CREATE CONSTRAINT area_id IF NOT EXISTS FOR (n:Area) REQUIRE n.id IS UNIQUE"),
        (
            "MonitoringCase",
            "CREATE CONSTRAINT monitoring_case_id IF NOT EXISTS FOR (n:MonitoringCase) REQUIRE n.id IS UNIQUE",
        ),
        ("_Meta", "CREATE CONSTRAINT meta_id IF NOT EXISTS FOR (n:_Meta) REQUIRE n.id IS UNIQUE"),
    ],
)
def test_the_ids_of_a_kind_are_unique(kind: str, statement: str) -> None:
    assert unique_ids(kind) == statement


def test_every_kind_of_the_graph_and_the_markers_have_unique_ids(schema: Schema) -> None:
    wanted = [unique_ids(kind) for kind in (*node_kinds_of_graph(schema), "_Meta")]
    assert [statement for statement in ddl_statements(schema) if "CONSTRAINT" in statement] == wanted


def test_open_cases_are_found_by_the_day_they_are_due(schema: Schema) -> None:
    indexes = [statement for statement in ddl_statements(schema) if "INDEX" in statement]
    assert indexes == [
        "CREATE INDEX monitoring_case_due_on IF NOT EXISTS FOR (n:MonitoringCase) ON (n.due_on)",
    ]


def test_no_two_statements_share_a_name(schema: Schema) -> None:
    names = [statement.split()[2] for statement in ddl_statements(schema)]
    assert len(names) == len(set(names))


def test_kinds_kept_in_the_ledger_only_are_not_in_the_graph(schema: Schema) -> None:
    kinds = {*node_kinds_of_graph(schema), *relationship_kinds_of_graph(schema)}
    assert {"Household", "Cause", "LIVES_IN", "AFFECTED_BY", "PRODUCES"} <= kinds
    assert not kinds & {"IncomeComponent", "Stay", "CauseFinding", "RESIDES_IN", "NAMES"}


def test_the_schema_may_be_applied_again(store: GraphStore) -> None:
    store.apply_schema()
    store.apply_schema()
    assert store.ask("upkeep/counts") == []


def test_neo4j_keeps_what_was_declared(
    locked_server: LockedServer, locked_driver: neo4j.Driver, schema: Schema
) -> None:
    store = open_store(locked_server.url, schema, user=locked_server.user, password=locked_server.password)
    store.apply_schema()
    store.close()
    with locked_driver.session() as session:
        names = set(session.run("SHOW CONSTRAINTS YIELD name").value())
        names |= set(session.run("SHOW INDEXES YIELD name").value())
    assert {statement.split()[2] for statement in ddl_statements(schema)} <= names


def test_a_second_node_with_one_id_is_refused_by_neo4j(
    locked_server: LockedServer, locked_driver: neo4j.Driver, schema: Schema
) -> None:
    store = open_store(locked_server.url, schema, user=locked_server.user, password=locked_server.password)
    store.apply_schema()
    store.close()
    with locked_driver.session() as session, pytest.raises(neo4j.exceptions.ConstraintError):
        session.run("CREATE (:Household {id: 'h1'}), (:Household {id: 'h1'})").consume()
