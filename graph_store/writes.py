"""The statements that write and dump, derived from the schema; nobody writes a MERGE by hand.

Every name that stands in a statement is a kind or property of the schema, which admits plain words only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

BATCH_ROWS = 5000

_WITH_MARKER = "MERGE (m:_Meta {id: $table_name}) SET m.version = $version WITH m "

MARK = "MERGE (m:_Meta {id: $table_name}) SET m.version = $version RETURN count(m) AS written"


class Ends(NamedTuple):
    """A relationship kind and the kinds of node that it joins."""

    kind: str
    from_kind: str
    to_kind: str


def node_upsert(kind: str, properties: Iterable[str], columns: Sequence[str], *, with_marker: bool = False) -> str:
    """Return the statement that writes `$rows`, lists in the order of `columns`, and the marker before them if wanted.

    The first column is `id`. A property without a column is cleared.
    """
    marker = _WITH_MARKER if with_marker else ""
    setting = _setting("n", properties, columns)
    return f"{marker}UNWIND $rows AS row MERGE (n:{kind} {{id: row[0]}}) {setting}RETURN count(n) AS written"


def relationship_upsert(
    ends: Ends, properties: Iterable[str], columns: Sequence[str], *, with_marker: bool = False
) -> str:
    """Return the statement that writes `$rows`, lists in the order of `columns`, keyed by the ends.

    The first two columns are `from_id` and `to_id`. A property without a column is cleared.
    """
    kind, from_kind, to_kind = ends
    marker = _WITH_MARKER if with_marker else ""
    setting = _setting("r", properties, columns)
    return (
        f"{marker}UNWIND $rows AS row MATCH (a:{from_kind} {{id: row[0]}}) MATCH (b:{to_kind} {{id: row[1]}}) "
        f"MERGE (a)-[r:{kind}]->(b) {setting}RETURN count(r) AS written"
    )


def node_removal(kind: str) -> str:
    """Return the statement that removes the nodes with the ids `$rows` and their relationships."""
    return f"UNWIND $rows AS id MATCH (n:{kind} {{id: id}}) DETACH DELETE n RETURN count(*) AS written"


def relationship_removal(ends: Ends) -> str:
    """Return the statement that removes the relationships between the ends in `$rows`."""
    kind, from_kind, to_kind = ends
    return (
        f"UNWIND $rows AS row MATCH (a:{from_kind} {{id: row[0]}}) MATCH (b:{to_kind} {{id: row[1]}}) "
        f"MATCH (a)-[r:{kind}]->(b) DELETE r RETURN count(*) AS written"
    )


def removal_of_all(kind: str) -> str:
    """Return the statement that removes at most `$limit` nodes of a kind."""
    return f"MATCH (n:{kind}) WITH n LIMIT $limit DETACH DELETE n RETURN count(*) AS written"


def relationship_removal_of_all(kind: str) -> str:
    """Return the statement that removes at most `$limit` relationships of a kind."""
    return f"MATCH ()-[r:{kind}]->() WITH r LIMIT $limit DELETE r RETURN count(*) AS written"


def id_list(kind: str) -> str:
    """Return the statement that reads the ids of a kind."""
    return f"MATCH (n:{kind}) RETURN n.id AS id"


def node_dump(kind: str, properties: Iterable[str]) -> str:
    """Return the statement that reads every node of a kind."""
    return f"MATCH (n:{kind}) RETURN {_listed('n', ['id', *properties])} ORDER BY id"


def relationship_dump(ends: Ends, properties: Iterable[str]) -> str:
    """Return the statement that reads every relationship of a kind between two kinds of node."""
    kind, from_kind, to_kind = ends
    columns = ", ".join(["a.id AS from_id", "b.id AS to_id", *(f"r.{name} AS {name}" for name in properties)])
    return f"MATCH (a:{from_kind})-[r:{kind}]->(b:{to_kind}) RETURN {columns} ORDER BY from_id, to_id"


def _setting(variable: str, properties: Iterable[str], columns: Sequence[str]) -> str:
    # Rows are lists, so that the names travel once with the statement, not with every row. A null removes.
    place = {name: f"row[{position}]" for position, name in enumerate(columns)}
    pairs = ", ".join(f"{name}: {place.get(name, 'null')}" for name in properties)
    return f"SET {variable} += {{{pairs}}} " if pairs else ""


def _listed(variable: str, names: Iterable[str]) -> str:
    return ", ".join(f"{variable}.{name} AS {name}" for name in names)
