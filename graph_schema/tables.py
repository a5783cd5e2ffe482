"""The tables that facts are kept in, derived from the kinds: their columns, what each refers to, and feed templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from graph_schema.meta import NodeKind, Property, PropertyType, RelationshipKind
from graph_schema.types import property_type


@dataclass(frozen=True)
class FactColumn:
    """One column of a fact table or of a feed template.

    `refers_to`: the node kinds that the id in it may belong to; empty when it is no reference. `relationship`: the
    relationship kind that this column stands for. `codes`: its code list. `one_of`: exactly one column of the group
    with this name is filled.
    """

    name: str
    type: PropertyType
    is_required: bool = False
    refers_to: tuple[str, ...] = ()
    relationship: str | None = None
    codes: str | None = None
    one_of: str | None = None


@dataclass(frozen=True)
class FactTable:
    """The table of one kind: its own columns, without the fact columns that every table has."""

    name: str
    kind: NodeKind | RelationshipKind
    columns: tuple[FactColumn, ...]

    @property
    def snake_name(self) -> str:
        """Return the kind's name in small letters with underscores."""
        return snake_name(self.name)

    def column(self, name: str) -> FactColumn | None:
        """Return the column of that name, None if the table has none."""
        return next((column for column in self.columns if column.name == name), None)


class HasFactTables(Protocol):
    """What has fact tables by kind name: the schema."""

    @property
    def fact_tables(self) -> Mapping[str, FactTable]:
        """Return every fact table by kind name."""
        ...


# Every fact table has these beside its own: when it held in the world, when we knew, and where it came from.
FACT_COLUMNS: tuple[FactColumn, ...] = (
    FactColumn("valid_from", property_type("valid_from")),
    FactColumn("valid_to", property_type("valid_to")),
    FactColumn("recorded_at", property_type("recorded_at"), is_required=True),
    FactColumn("feed", property_type("feed"), is_required=True),
    FactColumn("load_id", property_type("load_id"), is_required=True),
    FactColumn("source_row", property_type("source_row"), is_required=True),
    FactColumn("quality", property_type("quality")),
    FactColumn("is_made_up", property_type("is_made_up"), is_required=True),
)

_VALID = FACT_COLUMNS[:2]


def snake_name(name: str) -> str:
    """Return a kind's name in small letters with underscores.

    >>> snake_name("MonitoringCase"), snake_name("LEADS_TO")
    ('monitoring_case', 'leads_to')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def is_table(kind: RelationshipKind) -> bool:
    """Return whether the relationships have a table of their own: they recur on both sides or have properties."""
    return kind.kept_in != "graph" and (kind.cardinality == "n:m" or bool(kind.properties))


def fact_tables(
    node_kinds: Mapping[str, NodeKind], relationship_kinds: Mapping[str, RelationshipKind]
) -> dict[str, FactTable]:
    """Return the table of every node kind and of every relationship kind that has one, by kind name."""
    tables = {
        name: FactTable(name, kind, _node_columns(kind, relationship_kinds))
        for name, kind in node_kinds.items()
        if kind.kept_in != "graph"
    }
    for name, relationship in relationship_kinds.items():
        if is_table(relationship):
            tables[name] = FactTable(name, relationship, _relationship_columns(relationship))
    return tables


def template_columns(schema: HasFactTables, kind_name: str) -> tuple[FactColumn, ...]:
    """Return the columns of a feed file for the kind.

    They are the columns of its table, the parts of the id that no column keeps, and the period. The id may be left out
    where it is made of parts.
    """
    table = schema.fact_tables[kind_name]
    kind = table.kind
    if isinstance(kind, RelationshipKind) or kind.id_rule != "parts":
        return (*table.columns, *_VALID)
    id_column, *others = table.columns
    return (replace(id_column, is_required=False), *_input_only_columns(table, kind), *others, *_VALID)


def load_order(tables: Mapping[str, FactTable]) -> tuple[str, ...]:
    """Return the table names so that what a table refers to comes before it; raises ValueError at a circle."""
    ordered: dict[str, None] = {}
    for name in tables:
        _place(name, tables, ordered, ())
    return tuple(ordered)


def _place(name: str, tables: Mapping[str, FactTable], ordered: dict[str, None], waiting: tuple[str, ...]) -> None:
    if name in ordered:
        return
    if name in waiting:
        raise ValueError(" -> ".join((*waiting[waiting.index(name) :], name)))
    for column in tables[name].columns:
        for other in column.refers_to:
            if other != name and other in tables:
                _place(other, tables, ordered, (*waiting, name))
    ordered[name] = None


def _input_only_columns(table: FactTable, kind: NodeKind) -> Iterator[FactColumn]:
    kept = {column.name for column in (*table.columns, *FACT_COLUMNS)}
    for part in kind.id_parts:
        if part == "number":
            yield FactColumn(part, PropertyType.WHOLE)
        elif "|" not in part and part not in kept:
            # What is placed by a relationship of its own still bears the area in its id.
            yield FactColumn(part, PropertyType.TEXT, is_required=True, refers_to=("Area",))


def _node_columns(kind: NodeKind, relationship_kinds: Mapping[str, RelationshipKind]) -> tuple[FactColumn, ...]:
    groups = {column: group for group, columns in kind.one_of.items() for column in columns}
    ends = (
        replace(end, is_required=False, one_of=groups[end.name]) if end.name in groups else end
        for relationship in relationship_kinds.values()
        for end in _end_columns(kind.name, relationship)
    )
    return (FactColumn("id", PropertyType.TEXT, is_required=True), *map(_property_column, kind.properties), *ends)


def _end_columns(kind_name: str, relationship: RelationshipKind) -> Iterator[FactColumn]:
    if relationship.kept_in == "graph" or is_table(relationship):
        return
    many, one = relationship.from_kinds, relationship.to_kinds
    if relationship.cardinality == "1:n":
        many, one = one, many
    if kind_name not in many:
        return
    is_optional = relationship.is_optional or kind_name in relationship.optional_from
    for other in one:
        yield FactColumn(
            name=f"{snake_name(other)}_id",
            type=PropertyType.TEXT,
            is_required=not is_optional and len(one) == 1,
            refers_to=(other,),
            relationship=relationship.name,
            one_of=relationship.name if len(one) > 1 and not is_optional else None,
        )


def _relationship_columns(kind: RelationshipKind) -> tuple[FactColumn, ...]:
    ends = (*_table_end("from", kind.from_kinds), *_table_end("to", kind.to_kinds))
    return (*ends, *map(_property_column, kind.properties))


def _table_end(side: str, kinds: tuple[str, ...]) -> Iterator[FactColumn]:
    if len(kinds) > 1:
        yield FactColumn(f"{side}_kind", PropertyType.TEXT, is_required=True)
    yield FactColumn(f"{side}_id", PropertyType.TEXT, is_required=True, refers_to=kinds)


def _property_column(entry: Property) -> FactColumn:
    return FactColumn(entry.name, entry.type, is_required=entry.is_required, codes=entry.codes)
