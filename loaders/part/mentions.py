"""Which columns of the facts name persons and households, and what belongs to them: what one load can touch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_schema import Schema
from graph_schema.meta import NodeKind
from graph_schema.tables import FactTable
from loaders.projection.absences import ABSENCE
from loaders.projection.contradictions import COMPARES
from loaders.projection.decided import KIND as CONTRADICTION

PEOPLE = frozenset({"Household", "Person"})

READ_WHOLE = (ABSENCE, CONTRADICTION, COMPARES)
"""Tables of people that are read whole all the same: what they close or end is named by a key, not by a column."""

RESULTS = frozenset({"Run", "RiskScore", "NetworkVersion"})
"""Tables of what was worked out and kept: no graph is made of them, so a load of 100,000 risks touches nothing."""


@dataclass(frozen=True)
class Mentions:
    """Columns of a fact table with ids: `own` of people and what belongs to them, `shared` of everything else.

    A table without `own` columns is read whole.
    """

    own: tuple[str, ...]
    shared: tuple[str, ...]


def mentions_of(schema: Schema) -> Mapping[str, Mentions]:
    """Return for each fact table that a graph is made of which of its columns name what."""
    of_people = _kinds_of_people(schema)
    tables = schema.fact_tables.items()
    return {name: _mentions(table, of_people) for name, table in tables if name not in RESULTS}


def _mentions(table: FactTable, of_people: frozenset[str]) -> Mentions:
    refers = {column.name: set(column.refers_to) for column in table.columns if column.refers_to}
    if isinstance(table.kind, NodeKind):
        refers["id"] = {table.name}
    own = tuple(name for name, kinds in refers.items() if kinds & of_people)
    is_whole = table.name in READ_WHOLE
    return Mentions(() if is_whole else own, tuple(name for name in refers if is_whole or name not in own))


def _kinds_of_people(schema: Schema) -> frozenset[str]:
    """Return the kinds of households and persons, and those that refer to one of them, however indirectly."""
    found = PEOPLE
    while True:
        more = {
            name
            for name, table in schema.fact_tables.items()
            if isinstance(table.kind, NodeKind) and any(found & set(column.refers_to) for column in table.columns)
        }
        if more <= found:
            return found
        found |= more
