"""The statements that write follow from the schema, and a real Neo4j takes every one of them."""

from __future__ import annotations

from itertools import product

import neo4j
import pytest

from graph_schema import Schema
from graph_store import load_queries, writes
from graph_store.ddl import ddl_statements, node_kinds_of_graph, relationship_kinds_of_graph
from graph_store.writes import Ends


def test_a_node_is_found_by_its_id_and_every_property_is_set() -> None:
    assert writes.node_upsert("Clue", ["reason", "raised_at"], ["id", "reason", "raised_at"]) == (
        "UNWIND $rows AS row MERGE (n:Clue {id: row[0]}) SET n += {reason: row[1], raised_at: row[2]} "
        "RETURN count(n) AS written"
    )


def test_a_property_without_a_column_is_cleared() -> None:
    assert writes.node_upsert("Clue", ["reason", "raised_at"], ["id", "raised_at"]) == (
        "UNWIND $rows AS row MERGE (n:Clue {id: row[0]}) SET n += {reason: null, raised_at: row[1]} "
        "RETURN count(n) AS written"
    )


def test_a_relationship_is_found_by_its_ends_and_every_property_is_set() -> None:
    ends = Ends("HIT", "Shock", "Area")
    assert writes.relationship_upsert(ends, ["exposure_share"], ["from_id", "to_id", "exposure_share"]) == (
        "UNWIND $rows AS row MATCH (a:Shock {id: row[0]}) MATCH (b:Area {id: row[1]}) "
        "MERGE (a)-[r:HIT]->(b) SET r += {exposure_share: row[2]} RETURN count(r) AS written"
    )


def test_a_kind_without_properties_sets_nothing() -> None:
    ends = Ends("PRODUCES", "Household", "SupplyLot")
    assert writes.relationship_upsert(ends, [], ["from_id", "to_id"]) == (
        "UNWIND $rows AS row MATCH (a:Household {id: row[0]}) MATCH (b:SupplyLot {id: row[1]}) "
        "MERGE (a)-[r:PRODUCES]->(b) RETURN count(r) AS written"
    )


def test_the_marker_stands_before_the_rows_in_one_statement() -> None:
    assert writes.node_upsert("Clue", ["reason"], ["id", "reason"], with_marker=True) == (
        "MERGE (m:_Meta {id: $table_name}) SET m.version = $version WITH m "
        "UNWIND $rows AS row MERGE (n:Clue {id: row[0]}) SET n += {reason: row[1]} RETURN count(n) AS written"
    )


def test_a_relationship_is_removed_without_its_ends() -> None:
    assert writes.relationship_removal(Ends("HIT", "Shock", "Area")) == (
        "UNWIND $rows AS row MATCH (a:Shock {id: row[0]}) MATCH (b:Area {id: row[1]}) "
        "MATCH (a)-[r:HIT]->(b) DELETE r RETURN count(*) AS written"
    )


# Each question is asked of Neo4j with its golden rows; planned for no value at all it may differ.
@pytest.mark.soak
def test_neo4j_plans_every_question(locked_driver: neo4j.Driver) -> None:
    refused = {}
    with locked_driver.session() as session:
        for name, query in load_queries().items():
            parameters = {field.name: None for field in query.parameters} | {"limit": 1}
            try:
                session.run(f"EXPLAIN {query.text}", parameters).consume()
            except neo4j.exceptions.Neo4jError as error:
                refused[name] = error.message
    assert refused == {}


# The statements themselves run in the tests of the store; to have each of all kinds planned takes a minute.
@pytest.mark.soak
def test_neo4j_plans_every_statement_that_writes_or_dumps(locked_driver: neo4j.Driver, schema: Schema) -> None:
    statements = [writes.MARK, *ddl_statements(schema), writes.removal_of_all("_Meta")]
    for kind in node_kinds_of_graph(schema):
        names = [entry.name for entry in schema.graph_properties(kind)]
        statements += [writes.node_upsert(kind, names, ["id", *names], with_marker=True), writes.id_list(kind)]
        statements += [writes.node_removal(kind), writes.removal_of_all(kind), writes.node_dump(kind, names)]
    for kind in relationship_kinds_of_graph(schema):
        names = [entry.name for entry in schema.graph_properties(kind)]
        statements.append(writes.relationship_removal_of_all(kind))
        columns = ["from_id", "to_id", *names]
        for kinds in product(schema.relationship_kind(kind).from_kinds, schema.relationship_kind(kind).to_kinds):
            ends = Ends(kind, *kinds)
            statements.append(writes.relationship_upsert(ends, names, columns, with_marker=True))
        # What removes and dumps differs between the pairs of ends in the two kinds' names only: the last pair will do.
        statements += [writes.relationship_removal(ends), writes.relationship_dump(ends, names)]
    refused = {}
    with locked_driver.session() as session:
        for statement in statements:
            parameters = {"rows": [], "ids": [], "limit": 1, "table_name": "Household", "version": 1}
            try:
                session.run(f"EXPLAIN {statement}", parameters).consume()
            except neo4j.exceptions.Neo4jError as error:
                refused[statement] = error.message
    assert refused == {}
