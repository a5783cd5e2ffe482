"""The schema: every noun of the product, loaded from YAML and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from graph_schema.errors import SchemaError
from graph_schema.kind_checks import check_kinds
from graph_schema.kind_files import LISTS_OF_VOCABULARY, KindFiles, read_kind_files
from graph_schema.meta import (
    CaseState,
    Cause,
    Code,
    CodeList,
    Feed,
    Indicator,
    Link,
    Measure,
    Names,
    NodeKind,
    Phase,
    Product,
    Property,
    RelationshipKind,
    Role,
    Source,
)
from graph_schema.tables import FactTable, fact_tables, load_order
from graph_schema.vocabulary_checks import check_vocabulary
from graph_schema.vocabulary_files import VocabularyFiles, read_vocabulary_files

Noun = TypeVar("Noun")


@dataclass(frozen=True)
class Schema:
    """Every noun by its name, code or key, in the order of the files.

    `groups`: the groups of node kinds. `properties`: every property by name, without what one kind adds (required,
    personal, sensitive). `version` is that of the vocabulary.
    """

    version: str
    groups: Mapping[str, Names]
    units: Mapping[str, Names]
    properties: Mapping[str, Property]
    code_lists: Mapping[str, CodeList]
    node_kinds: Mapping[str, NodeKind]
    relationship_kinds: Mapping[str, RelationshipKind]
    sources: Mapping[str, Source]
    causes: Mapping[str, Cause]
    links: Mapping[str, Link]
    indicators: Mapping[str, Indicator]
    measures: Mapping[str, Measure]
    products: Mapping[str, Product]
    feeds: Mapping[str, Feed]
    roles: Mapping[str, Role]
    case_states: Mapping[str, CaseState]
    phases: Mapping[str, Phase]

    def node_kind(self, name: str) -> NodeKind:
        """Return the node kind; raises SchemaError if there is none of that name."""
        return _found(self.node_kinds, name, "unknown_node_kind")

    def relationship_kind(self, name: str) -> RelationshipKind:
        """Return the relationship kind; raises SchemaError if there is none of that name."""
        return _found(self.relationship_kinds, name, "unknown_relationship_kind")

    def code_list(self, name: str) -> CodeList:
        """Return the code list; raises SchemaError if there is none of that name."""
        return _found(self.code_lists, name, "unknown_code_list_name")

    def cause(self, code: str) -> Cause:
        """Return the cause or state; raises SchemaError if there is none of that code."""
        return _found(self.causes, code, "unknown_cause_code")

    def link(self, link_id: str) -> Link:
        """Return the link; raises SchemaError if there is none of that id."""
        return _found(self.links, link_id, "unknown_link_id")

    def indicator(self, code: str) -> Indicator:
        """Return the indicator; raises SchemaError if there is none of that code."""
        return _found(self.indicators, code, "unknown_indicator_code")

    def measure(self, code: str) -> Measure:
        """Return the measure; raises SchemaError if there is none of that code."""
        return _found(self.measures, code, "unknown_measure_code")

    def product(self, code: str) -> Product:
        """Return the product; raises SchemaError if there is none of that code."""
        return _found(self.products, code, "unknown_product_code")

    def feed(self, code: str) -> Feed:
        """Return the feed; raises SchemaError if there is none of that code."""
        return _found(self.feeds, code, "unknown_feed_code")

    def fact_table(self, kind_name: str) -> FactTable:
        """Return the kind's table; raises SchemaError if the kind has none."""
        return _found(self.fact_tables, kind_name, "kind_without_table")

    @cached_property
    def fact_tables(self) -> Mapping[str, FactTable]:
        """Return every fact table by kind name."""
        return fact_tables(self.node_kinds, self.relationship_kinds)

    def load_order(self) -> tuple[str, ...]:
        """Return the names of the fact tables so that what a table refers to comes before it."""
        return load_order(self.fact_tables)

    def graph_properties(self, kind_name: str) -> tuple[Property, ...]:
        """Return what the graph holds for a node or relationship kind beside ids.

        Node kinds made from facts also say whether they are made up; a relationship that only the graph has is closed
        by `ended_on`, except the one to the feed.
        """
        if kind_name in self.node_kinds:
            node_kind = self.node_kinds[kind_name]
            own, added = node_kind.properties, "is_made_up" if node_kind.group != "vocabulary" else None
        else:
            relationship = self.relationship_kind(kind_name)
            is_closed = relationship.kept_in == "graph" and relationship.projected_from in self.node_kinds
            own, added = relationship.properties, "ended_on" if is_closed else None
        if added is None or any(entry.name == added for entry in own):
            return own
        return (*own, self.properties[added])

    def kinds_filled_by(self, feed_code: str) -> tuple[str, ...]:
        """Return the kinds whose tables the feed may fill, in load order.

        They are the kinds it is said to fill, observations if it gives indicators, the kinds of single properties, and
        the relationships that begin at a kind it fills. The vocabulary is not filled from files.
        """
        feed = self.feed(feed_code)
        whole = set(feed.fills_kinds) | ({"Observation"} if feed.fills_indicators else set())
        filled = whole | {entry.partition(".")[0] for entry in feed.fills_properties}
        for name, relationship in self.relationship_kinds.items():
            if whole.intersection(relationship.from_kinds):
                filled.add(name)
        return tuple(name for name in self.load_order() if name in filled and not self.is_vocabulary(name))

    def is_vocabulary(self, kind_name: str) -> bool:
        """Return whether the kind is a node kind of the vocabulary, or a relationship kind between such."""
        if kind_name in self.node_kinds:
            return self.node_kinds[kind_name].group == "vocabulary"
        kind = self.relationship_kind(kind_name)
        return all(self.node_kinds[end].group == "vocabulary" for end in (*kind.from_kinds, *kind.to_kinds))


def load_schema(folder: Path | None = None) -> Schema:
    """Return the schema of a folder that holds `kinds/` and `vocab/`; without one, the schema of the product.

    Raises SchemaError with file, line and what to do for the first fault.
    """
    return _schema_of_product() if folder is None else _read(folder)


@cache
def _schema_of_product() -> Schema:
    """Return the product's own schema: its files stay as they are while it runs, so they are read once."""
    return _read(Path(__file__).parent)


def _read(folder: Path) -> Schema:
    kinds = read_kind_files(folder)
    check_kinds(kinds)
    vocabulary = read_vocabulary_files(folder)
    check_vocabulary(vocabulary, kinds)
    return _joined(kinds, vocabulary)


def _joined(kinds: KindFiles, vocabulary: VocabularyFiles) -> Schema:
    return Schema(
        version=vocabulary.version.version,
        groups=kinds.groups,
        units=kinds.units,
        properties=kinds.properties,
        code_lists=_with_vocabulary(kinds.code_lists, vocabulary),
        node_kinds=kinds.node_kinds,
        relationship_kinds=kinds.relationship_kinds,
        sources=vocabulary.sources,
        causes=vocabulary.causes,
        links=vocabulary.links,
        indicators=vocabulary.indicators,
        measures=vocabulary.measures,
        products=vocabulary.products,
        feeds=vocabulary.feeds,
        roles=vocabulary.roles,
        case_states=vocabulary.case_states,
        phases=vocabulary.phases,
    )


def _with_vocabulary(code_lists: Mapping[str, CodeList], vocabulary: VocabularyFiles) -> dict[str, CodeList]:
    filled = dict(code_lists)
    for name in LISTS_OF_VOCABULARY.keys() & code_lists.keys():
        entries: Mapping[str, Role | CaseState | Product] = getattr(vocabulary, LISTS_OF_VOCABULARY[name])
        codes = tuple(Code(code=code, label=entry.label) for code, entry in entries.items())
        filled[name] = code_lists[name].model_copy(update={"codes": codes})
    return filled


def _found(nouns: Mapping[str, Noun], name: str, fault: str) -> Noun:
    if name not in nouns:
        raise SchemaError(fault, name=name)
    return nouns[name]
