"""Checks of the kinds against each other: every name that one of them uses is there, and none is reserved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from graph_schema.kind_files import KindFiles
from graph_schema.meta import NodeKind, RelationshipKind
from graph_schema.reserved import is_reserved
from graph_schema.tables import FACT_COLUMNS, FactTable, fact_tables, is_table, load_order

_NODE_KIND = re.compile(r"[A-Z][a-z]+([A-Z][a-z]+)*")
_RELATIONSHIP_KIND = re.compile(r"[A-Z]+(_[A-Z]+)*")

# Columns of feed files and facts, and what the graph adds, belong to no kind.
_OF_NO_KIND = frozenset({"number", "is_made_up", "ended_on", *(column.name for column in FACT_COLUMNS)})

# Parts of an id that a feed file tells and no table keeps.
INPUT_ONLY = frozenset({"number", "area_id"})


def check_kinds(files: KindFiles) -> None:
    """Raise SchemaError for the first fault among the kinds, properties, code lists and units."""
    _check_properties(files)
    for name, node_kind in files.node_kinds.items():
        _check_name(files, name, _NODE_KIND, is_in_queries=node_kind.kept_in != "ledger")
    for name, relationship in files.relationship_kinds.items():
        _check_name(files, name, _RELATIONSHIP_KIND, is_in_queries=relationship.kept_in != "ledger")
        _check_relationship(files, relationship)
    tables = fact_tables(files.node_kinds, files.relationship_kinds)
    for name, node_kind in files.node_kinds.items():
        if name in tables:
            _check_columns(files, tables[name])
            _check_id(files, node_kind, tables[name])
    _check_load_order(files, tables)


def _check_name(files: KindFiles, name: str, form: re.Pattern[str], *, is_in_queries: bool) -> None:
    if not form.fullmatch(name):
        raise files.documents[name].fault("wrong_name", name, name=name)
    if is_in_queries and is_reserved(name):
        raise files.documents[name].fault("reserved_name", name, name=name)


def _check_properties(files: KindFiles) -> None:
    document = files.documents["properties"]
    used = {entry.name for kind in _kinds(files) for entry in kind.properties} | _OF_NO_KIND
    for name, entry in files.properties.items():
        if entry.unit is not None and entry.unit not in files.units:
            raise document.fault("unknown_unit", name, "unit", key=name, name=entry.unit)
        if entry.codes is not None and entry.codes not in files.code_lists:
            raise document.fault("unknown_code_list", name, "codes", key=name, name=entry.codes)
        if name not in used:
            raise document.fault("unused_property", name, name=name)


def _check_relationship(files: KindFiles, kind: RelationshipKind) -> None:
    document = files.documents[kind.name]
    for side, ends in (("from", kind.from_kinds), ("to", kind.to_kinds)):
        for number, end in enumerate(ends):
            if end not in files.node_kinds:
                raise document.fault("unknown_kind", kind.name, side, number, key=kind.name, name=end)
    if (kind.kept_in == "graph") != (kind.projected_from is not None):
        raise document.fault("projection_unclear", kind.name, "projected_from", kind=kind.name)
    if kind.projected_from is not None and kind.projected_from not in (*files.node_kinds, "feed"):
        raise document.fault("unknown_kind", kind.name, "projected_from", key=kind.name, name=kind.projected_from)


def _check_columns(files: KindFiles, table: FactTable) -> None:
    names: set[str] = set()
    for column in table.columns:
        if column.name in names:
            raise files.documents[table.name].fault("column_twice", table.name, kind=table.name, name=column.name)
        names.add(column.name)


def _check_id(files: KindFiles, kind: NodeKind, table: FactTable) -> None:
    document = files.documents[kind.name]
    if (kind.id_rule == "parts") and not kind.id_parts:
        raise document.fault("id_without_parts", kind.name, "id_rule", kind=kind.name)
    if kind.id_rule != "parts" and kind.id_parts:
        raise document.fault("id_with_parts", kind.name, "id_parts", kind=kind.name)
    own = [column.name for column in table.columns if column.name != "id"]
    allowed = {*own, "feed", *_placing_parts(kind, files.relationship_kinds)}
    for number, part in enumerate(kind.id_parts):
        for name in part.split("|"):
            if name not in allowed:
                shown = ", ".join(sorted(allowed))
                raise document.fault(
                    "unknown_column", kind.name, "id_parts", number, kind=kind.name, name=name, allowed=shown
                )
    for group, names in kind.one_of.items():
        for name in names:
            if name not in own:
                shown = ", ".join(sorted(own))
                raise document.fault(
                    "unknown_column", kind.name, "one_of", group, kind=kind.name, name=name, allowed=shown
                )


def _placing_parts(kind: NodeKind, relationships: Mapping[str, RelationshipKind]) -> set[str]:
    is_placed = any(
        is_table(entry) and kind.name in entry.from_kinds and "Area" in entry.to_kinds
        for entry in relationships.values()
    )
    return set(INPUT_ONLY) if is_placed else {"number"}


def _check_load_order(files: KindFiles, tables: Mapping[str, FactTable]) -> None:
    try:
        load_order(tables)
    except ValueError as error:
        circle = str(error)
        name = circle.split(" ", 1)[0]
        raise files.documents[name].fault("reference_circle", name, circle=circle) from error


def _kinds(files: KindFiles) -> Iterator[NodeKind | RelationshipKind]:
    yield from files.node_kinds.values()
    yield from files.relationship_kinds.values()
