"""The constraints and indexes of the graph, derived from the schema."""

from __future__ import annotations

from graph_schema import Schema

# What a question looks up other than by id. An index must be worth its cost on every write.
INDEXED = (("MonitoringCase", "due_on"),)


def node_kinds_of_graph(schema: Schema) -> tuple[str, ...]:
    """Return the node kinds that the graph holds, in the order of the schema."""
    return tuple(name for name, kind in schema.node_kinds.items() if kind.kept_in != "ledger")


def relationship_kinds_of_graph(schema: Schema) -> tuple[str, ...]:
    """Return the relationship kinds that the graph holds, in the order of the schema."""
    return tuple(name for name, kind in schema.relationship_kinds.items() if kind.kept_in != "ledger")


def ddl_statements(schema: Schema) -> tuple[str, ...]:
    """Return one statement each for the uniqueness of every kind's id, of the markers, and for the indexes."""
    unique = [unique_ids(kind) for kind in (*node_kinds_of_graph(schema), "_Meta")]
    indexes = [
        f"CREATE INDEX {_snake(kind)}_{name} IF NOT EXISTS FOR (n:{kind}) ON (n.{name})" for kind, name in INDEXED
    ]
    return (*unique, *indexes)


def unique_ids(kind: str) -> str:
    """Return the statement by which the ids of a kind are unique."""
    return f"CREATE CONSTRAINT {_snake(kind)}_id IF NOT EXISTS FOR (n:{kind}) REQUIRE n.id IS UNIQUE"


def _snake(kind: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind).lstrip("_")
