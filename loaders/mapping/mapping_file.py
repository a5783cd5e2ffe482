"""A mapping file read and checked against the schema; what it names shortly is filled in."""

from __future__ import annotations

from pathlib import Path

import yaml

from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.tables import template_columns
from graph_schema.yaml_forms import read_form
from graph_schema.yaml_lines import read_document
from loaders.errors import LoadError
from loaders.feed_rights import feeds_filling, may_fill
from loaders.mapping.cell_checks import CellPlace, checked_cell
from loaders.mapping.forms import CellForm, FactForm, Mapping
from loaders.mapping.places import MappingPlace
from loaders.mapping.units import Units, read_units

FACTS = "facts"


def load_mapping(path: Path, schema: Schema) -> Mapping:
    """Return the mapping of a file that holds one, with the units and words of code lists that it names filled in.

    Raises SchemaError with file and line where the file has not the form of a mapping, and LoadError with file and
    line where it names a kind, column, unit, code list or feed that is not known, or keys that do not go together.
    """
    try:
        document = read_document(path.parent, path.name)
    except (UnicodeDecodeError, yaml.reader.ReaderError) as fault:
        raise LoadError("mapping_unreadable", file=path.name) from fault
    if len(document.entries) != 1:
        raise LoadError("mapping_not_one", file=path.name, found=len(document.entries))
    name = next(iter(document.entries))
    mapping = read_form(document, name, Mapping, {"name": name})
    place = MappingPlace(document, (name,))
    if mapping.feed not in schema.feeds:
        raise place.below("feed").fault("unknown_feed", feed=mapping.feed, known=", ".join(schema.feeds))
    units = read_units()
    facts = tuple(
        _checked_fact(fact, mapping.feed, place.below(FACTS, number), schema=schema, units=units)
        for number, fact in enumerate(mapping.facts)
    )
    return mapping.model_copy(update={FACTS: facts})


def check_kind(kind: str, feed: str, file: str | Label, schema: Schema) -> None:
    """Raise LoadError where no file can bring the kind (`unknown_kind`, `kind_has_no_table`) or the feed does not."""
    if kind not in schema.node_kinds and kind not in schema.relationship_kinds:
        raise LoadError("unknown_kind", file=file, kind=kind)
    if kind not in schema.fact_tables or schema.is_vocabulary(kind):
        raise LoadError("kind_has_no_table", file=file, kind=kind)
    if not may_fill(schema, feed, kind):
        known = ", ".join(feeds_filling(schema, kind))
        raise LoadError("feed_does_not_fill", file=file, feed=feed, kind=kind, known=known)


def _checked_fact(fact: FactForm, feed: str, place: MappingPlace, *, schema: Schema, units: Units) -> FactForm:
    check_kind(fact.kind, feed, place.below("kind").label, schema)
    if fact.distinct and fact.group_by:
        raise place.below("group_by").fault("mapping_keys_exclude", keys="distinct, group_by")
    template = {column.name: column for column in template_columns(schema, fact.kind)}
    cells: dict[str, CellForm] = {}
    for name, cell in fact.columns.items():
        at = place.below("columns", name)
        if name not in template:
            raise at.fault("mapping_unknown_property", column=name, kind=fact.kind, known=", ".join(template))
        cells[name] = checked_cell(cell, CellPlace(template[name], fact, at), schema=schema, units=units)
    return fact.model_copy(update={"columns": cells})
