"""The files of the folder `kinds/`, read into kinds, properties, code lists and units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from graph_schema.errors import SchemaError
from graph_schema.meta import (
    Code,
    CodeList,
    Form,
    KeptIn,
    Names,
    NodeKind,
    Property,
    RelationshipKind,
)
from graph_schema.reserved import is_reserved
from graph_schema.types import plain_name, property_type, property_unit
from graph_schema.yaml_forms import read_form
from graph_schema.yaml_lines import Document, read_document

# Code lists whose codes are entries of the vocabulary, so that they are written once.
LISTS_OF_VOCABULARY: Mapping[str, str] = {
    "actor_role": "roles",
    "case_state": "case_states",
    "also_product_codes": "products",
}

_PROPERTY_NAME = re.compile(r"[a-z]+(_[a-z]+)*")
_SHARED_FILES = ("groups", "units", "properties", "code_lists", "relationships")


class PropertyEntry(Form):
    """A property as `properties.yaml` has it; `codes` names a code list that does not bear the property's name."""

    label: Names
    unit: str | None = None
    codes: str | None = None
    is_personal: bool = False
    is_sensitive: bool = False
    note: Names | None = None


class NodeKindEntry(Form):
    """A node kind as its file has it: properties by name, with `*` where required."""

    label: Names
    kept_in: KeptIn
    id_rule: Literal["code", "pseudonym", "parts"]
    id_parts: tuple[str, ...] = ()
    is_shared: bool = False
    properties: tuple[str, ...]
    one_of: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    personal: tuple[str, ...] | Literal["all"] = ()
    sensitive: tuple[str, ...] | Literal["all"] = ()
    sources: tuple[str, ...] = ()
    note: Names | None = None


class RelationshipKindEntry(Form):
    """A relationship kind as `relationships.yaml` has it: kinds by name, with `?` where a kind need not have one."""

    label: Names
    from_kinds: tuple[str, ...] = Field(alias="from", min_length=1)
    to_kinds: tuple[str, ...] = Field(alias="to", min_length=1)
    cardinality: Literal["n:1", "1:n", "n:m"]
    is_optional: bool = False
    kept_in: KeptIn
    projected_from: str | None = None
    properties: tuple[str, ...] = ()
    personal: tuple[str, ...] | Literal["all"] = ()
    sensitive: tuple[str, ...] | Literal["all"] = ()
    note: Names | None = None


@dataclass(frozen=True)
class KindFiles:
    """What the folder `kinds/` holds, and the file that each kind stands in."""

    groups: Mapping[str, Names]
    units: Mapping[str, Names]
    properties: Mapping[str, Property]
    code_lists: Mapping[str, CodeList]
    node_kinds: Mapping[str, NodeKind]
    relationship_kinds: Mapping[str, RelationshipKind]
    documents: Mapping[str, Document]
    """By the name of a kind its file, and by the name of a shared file that file."""


def read_kind_files(folder: Path) -> KindFiles:
    """Return what `kinds/` under the folder holds. Raises SchemaError for the first fault inside one file."""
    shared = {name: read_document(folder, f"kinds/{name}.yaml") for name in _SHARED_FILES}
    groups, units = _names(shared["groups"]), _names(shared["units"])
    _refuse_other_files(folder, groups)
    code_lists = _code_lists(shared["code_lists"])
    properties = _properties(shared["properties"], code_lists)
    documents: dict[str, Document] = dict(shared)
    node_kinds: dict[str, NodeKind] = {}
    for group in groups:
        document = read_document(folder, f"kinds/{group}.yaml")
        for name in document.entries:
            if name in node_kinds:
                raise document.fault("kind_in_two_files", name, kind=name, other=documents[name].name)
            documents[name] = document
            node_kinds[name] = _node_kind(document, name, group, properties)
    relationships = shared["relationships"]
    return KindFiles(
        groups=groups,
        units=units,
        properties=properties,
        code_lists=_labelled(shared["code_lists"], code_lists, properties),
        node_kinds=node_kinds,
        relationship_kinds={
            name: _relationship_kind(relationships, name, properties) for name in relationships.entries
        },
        documents=documents | dict.fromkeys(relationships.entries, relationships),
    )


def _refuse_other_files(folder: Path, groups: Mapping[str, Names]) -> None:
    for path in sorted((folder / "kinds").glob("*.yaml")):
        if path.stem not in groups and path.stem not in _SHARED_FILES:
            raise SchemaError("unknown_file", file=f"kinds/{path.name}")


def _names(document: Document) -> dict[str, Names]:
    return {key: read_form(document, key, Names, {}) for key in document.entries}


def _code_lists(document: Document) -> dict[str, tuple[Code, ...]]:
    lists: dict[str, tuple[Code, ...]] = dict.fromkeys(LISTS_OF_VOCABULARY, ())
    for name, entry in document.entries.items():
        if not isinstance(entry, dict):
            raise document.fault("list_without_codes", name, name=name)
        codes = Document(
            document.name, entry, {steps[1:]: line for steps, line in document.lines.items() if steps[0] == name}
        )
        lists[name] = tuple(Code(code=code, label=read_form(codes, code, Names, {})) for code in entry)
    return lists


def _labelled(
    document: Document, code_lists: Mapping[str, tuple[Code, ...]], properties: Mapping[str, Property]
) -> dict[str, CodeList]:
    held = {entry.codes for entry in properties.values()}
    for name in document.entries:
        if name not in held:
            raise document.fault("unused_code_list", name, name=name)
    return {
        name: CodeList(name=name, label=properties[name].label, codes=codes)
        for name, codes in code_lists.items()
        if name in properties
    }


def _properties(document: Document, code_lists: Mapping[str, object]) -> dict[str, Property]:
    properties = {}
    for name in document.entries:
        if not _PROPERTY_NAME.fullmatch(name):
            raise document.fault("wrong_name", name, name=name)
        if is_reserved(name):
            raise document.fault("reserved_name", name, name=name)
        entry = read_form(document, name, PropertyEntry, {})
        codes = entry.codes or (plain_name(name) if plain_name(name) in code_lists else None)
        properties[name] = Property(
            name=name,
            label=entry.label,
            type=property_type(name, is_code=codes is not None),
            unit=entry.unit or property_unit(name),
            codes=codes,
            is_personal=entry.is_personal,
            is_sensitive=entry.is_sensitive,
            note=entry.note,
        )
    return properties


def _node_kind(document: Document, name: str, group: str, properties: Mapping[str, Property]) -> NodeKind:
    entry = read_form(document, name, NodeKindEntry, {})
    return NodeKind(
        name=name,
        label=entry.label,
        group=group,
        kept_in=entry.kept_in,
        id_rule=entry.id_rule,
        id_parts=entry.id_parts,
        is_shared=entry.is_shared,
        properties=_own_properties(document, name, entry, properties),
        one_of=entry.one_of,
        sources=entry.sources,
        note=entry.note,
    )


def _relationship_kind(document: Document, name: str, properties: Mapping[str, Property]) -> RelationshipKind:
    entry = read_form(document, name, RelationshipKindEntry, {})
    return RelationshipKind(
        name=name,
        label=entry.label,
        from_kinds=tuple(kind.removesuffix("?") for kind in entry.from_kinds),
        to_kinds=entry.to_kinds,
        cardinality=entry.cardinality,
        is_optional=entry.is_optional,
        optional_from=tuple(kind.removesuffix("?") for kind in entry.from_kinds if kind.endswith("?")),
        kept_in=entry.kept_in,
        projected_from=entry.projected_from,
        properties=_own_properties(document, name, entry, properties),
        note=entry.note,
    )


def _own_properties(
    document: Document,
    kind: str,
    entry: NodeKindEntry | RelationshipKindEntry,
    properties: Mapping[str, Property],
) -> tuple[Property, ...]:
    own: dict[str, Property] = {}
    for number, written in enumerate(entry.properties):
        name = written.removesuffix("*")
        if name not in properties:
            raise document.fault("unknown_property", kind, "properties", number, kind=kind, name=name)
        if name in own:
            raise document.fault("property_twice", kind, "properties", number, kind=kind, name=name)
        own[name] = properties[name].model_copy(update={"is_required": written.endswith("*")})
    for field, flag in (("personal", "is_personal"), ("sensitive", "is_sensitive")):
        named = own if getattr(entry, field) == "all" else getattr(entry, field)
        for name in named:
            if name not in own:
                raise document.fault("unknown_property", kind, field, kind=kind, name=name)
            own[name] = own[name].model_copy(update={flag: True})
    return tuple(own.values())
