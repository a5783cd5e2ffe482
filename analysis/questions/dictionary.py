"""The dictionary: every noun of the product as data, part by part, as the vocabulary and the kinds say it.

The page of the dictionary and `docs/dictionary.md` print the same nouns for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import BaseModel, Field, JsonValue

from analysis.errors import CATALOGUE
from graph_schema import Schema
from graph_schema.errors import NotFound
from graph_schema.messages import LANGUAGES, Catalogue
from graph_schema.meta import Form, Names, Property, PropertyType
from graph_schema.printers.glossary import glossary

PartKind = Literal["list", "node_kind", "relationship_kind", "code_list"]
# What an entry tells by fields of its own, and not again under `values`.
_TOLD = frozenset(
    {"code", "link_id", "key", "name", "label", "title", "note", "meaning", "rule", "sources", "proposed"}
    | {"is_sensitive", "unit", "properties", "codes"}
)

_WORDS = Catalogue("graph_schema.printers")


class NoSuchPart(NotFound):
    """The dictionary has no part of that name."""

    catalogue: ClassVar[Catalogue] = CATALOGUE


class DictionaryPart(Form):
    """One part of the dictionary, by which its entries are asked for."""

    name: str = Field(description="Its name, as it stands in the address.")
    kind: PartKind = Field(
        description="list: nouns of one sort, such as causes; node_kind and relationship_kind: the properties of one; "
        "code_list: the codes of one."
    )
    name_en: str = Field(description="What it is called in English.")
    name_zh: str = Field(description="What it is called in Chinese.")
    entry_count: int = Field(description="How many entries it has.")


class DictionaryAnswer(Form):
    """The parts of the dictionary."""

    version: Literal["dictionary/1"] = Field(default="dictionary/1", description="The form of this answer.")
    vocabulary: str = Field(description="Version of the vocabulary.")
    parts: tuple[DictionaryPart, ...] = Field(description="Every part, in order.")


class DictionaryEntry(Form):
    """One noun, property or code."""

    code: str = Field(description="What stands in files, addresses and answers.")
    name_en: str = Field(description="What it is called in English.")
    name_zh: str = Field(description="What it is called in Chinese.")
    meaning_en: str | None = Field(default=None, description="What more there is to know, in English.")
    meaning_zh: str | None = Field(default=None, description="What more there is to know, in Chinese.")
    type: PropertyType | None = Field(default=None, description="What a property holds; null for other entries.")
    unit: str | None = Field(default=None, description="Code of the unit; null where there is none.")
    unit_en: str | None = Field(default=None, description="The unit in English.")
    unit_zh: str | None = Field(default=None, description="The unit in Chinese.")
    code_list: str | None = Field(default=None, description="The part that lists the codes it may hold.")
    is_required: bool = Field(default=False, description="Whether a property must be filled.")
    is_personal: bool = Field(default=False, description="Whether it is personal.")
    is_sensitive: bool = Field(default=False, description="Whether it is sensitive.")
    sources: tuple[str, ...] = Field(default=(), description="Keys of the citations, entries of the part sources.")
    proposed: tuple[str, ...] = Field(
        default=(), description="Which of the values are our own proposal and never a published number."
    )
    values: dict[str, JsonValue] = Field(default_factory=dict, description="What else it says, by its sort.")


class DictionaryPartAnswer(Form):
    """One part of the dictionary with its entries."""

    version: Literal["dictionary-part/1"] = Field(default="dictionary-part/1", description="The form of this answer.")
    vocabulary: str = Field(description="Version of the vocabulary.")
    part: DictionaryPart = Field(description="The part.")
    entries: tuple[DictionaryEntry, ...] = Field(description="Every entry, in the order of the vocabulary.")


def dictionary(schema: Schema) -> DictionaryAnswer:
    """Return the parts of the dictionary: lists of nouns, then node kinds, relationship kinds and code lists."""
    return DictionaryAnswer(vocabulary=schema.version, parts=tuple(_parts(schema)))


def dictionary_part(schema: Schema, name: str) -> DictionaryPartAnswer:
    """Return the entries of one part. Raises NoSuchPart for a name that is not among the parts."""
    part = next((each for each in _parts(schema) if each.name == name), None)
    if part is None:
        raise NoSuchPart("unknown_dictionary_part")
    return DictionaryPartAnswer(vocabulary=schema.version, part=part, entries=tuple(_ENTRIES[part.kind](schema, name)))


def _parts(schema: Schema) -> Iterator[DictionaryPart]:
    for name, nouns in _lists(schema).items():
        code = "every_node_kind" if name == "node_kinds" else name
        label = Names(**{language: _WORDS.what(code, {}, language) for language in LANGUAGES})
        yield _part(name, "list", label, len(nouns))
    for node_kind in schema.node_kinds.values():
        yield _part(node_kind.name, "node_kind", node_kind.label, len(node_kind.properties))
    for relationship in schema.relationship_kinds.values():
        yield _part(relationship.name, "relationship_kind", relationship.label, len(relationship.properties))
    for codes in schema.code_lists.values():
        yield _part(codes.name, "code_list", codes.label, len(codes.codes))


def _part(name: str, kind: PartKind, label: Names, count: int) -> DictionaryPart:
    return DictionaryPart(name=name, kind=kind, name_en=label.en, name_zh=label.zh, entry_count=count)


def _lists(schema: Schema) -> dict[str, Mapping[str, object]]:
    """Return the lists of nouns by name, each by the code of its nouns."""
    return {
        "words": glossary(),
        "node_kinds": schema.node_kinds,
        "relationship_kinds": schema.relationship_kinds,
        "code_lists": schema.code_lists,
        "units": schema.units,
        "causes": schema.causes,
        "links": schema.links,
        "indicators": schema.indicators,
        "measures": schema.measures,
        "products": schema.products,
        "feeds": schema.feeds,
        "roles": schema.roles,
        "case_states": schema.case_states,
        "phases": schema.phases,
        "sources": schema.sources,
    }


def _nouns(schema: Schema, name: str) -> Iterator[DictionaryEntry]:
    for code, noun in _lists(schema)[name].items():
        label = _label(noun)
        yield DictionaryEntry(
            code=code,
            name_en=label.en,
            name_zh=label.zh,
            **_meaning(getattr(noun, "meaning", None) or getattr(noun, "rule", None) or getattr(noun, "note", None)),
            **_unit(schema, getattr(noun, "unit", None)),
            code_list=code if name == "code_lists" else None,
            is_sensitive=bool(getattr(noun, "is_sensitive", False)),
            sources=tuple(getattr(noun, "sources", ())),
            proposed=tuple(getattr(noun, "proposed", ())),
            values=_values(noun),
        )


def _label(noun: object) -> Names:
    """Return what a noun is called: a citation by its title, a unit by itself."""
    if isinstance(noun, Names):
        return noun
    title = getattr(noun, "title", None)
    found = getattr(noun, "label", None) or getattr(noun, "word", None) or Names(en=title, zh=title)
    assert isinstance(found, Names)  # noqa: S101 - every noun of the schema has one of these
    return found


def _values(noun: object) -> dict[str, JsonValue]:
    if not isinstance(noun, BaseModel) or isinstance(noun, Names):
        return {}
    told = noun.model_dump(mode="json", exclude=set(_TOLD))
    return {name: value for name, value in told.items() if value not in (None, [], {})}


def _node_properties(schema: Schema, name: str) -> Iterator[DictionaryEntry]:
    return _properties(schema, schema.node_kinds[name].properties)


def _relationship_properties(schema: Schema, name: str) -> Iterator[DictionaryEntry]:
    return _properties(schema, schema.relationship_kinds[name].properties)


def _properties(schema: Schema, properties: tuple[Property, ...]) -> Iterator[DictionaryEntry]:
    for entry in properties:
        yield DictionaryEntry(
            code=entry.name,
            name_en=entry.label.en,
            name_zh=entry.label.zh,
            **_meaning(entry.note),
            **_unit(schema, entry.unit),
            type=entry.type,
            code_list=entry.codes,
            is_required=entry.is_required,
            is_personal=entry.is_personal,
            is_sensitive=entry.is_sensitive,
        )


def _codes(schema: Schema, name: str) -> Iterator[DictionaryEntry]:
    for entry in schema.code_lists[name].codes:
        yield DictionaryEntry(code=entry.code, name_en=entry.label.en, name_zh=entry.label.zh)


def _meaning(text: Names | None) -> dict[str, str | None]:
    return {"meaning_en": None if text is None else text.en, "meaning_zh": None if text is None else text.zh}


def _unit(schema: Schema, unit: str | None) -> dict[str, str | None]:
    label = None if unit is None else schema.units[unit]
    return {
        "unit": unit,
        "unit_en": None if label is None else label.en,
        "unit_zh": None if label is None else label.zh,
    }


_ENTRIES: Mapping[PartKind, Callable[[Schema, str], Iterator[DictionaryEntry]]] = {
    "list": _nouns,
    "node_kind": _node_properties,
    "relationship_kind": _relationship_properties,
    "code_list": _codes,
}
