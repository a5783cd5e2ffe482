"""The files of the folder `vocab/`: causes, links, indicators, measures, products, feeds, roles and states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from graph_schema.meta import (
    CaseState,
    Cause,
    Feed,
    Form,
    Indicator,
    Link,
    Measure,
    Phase,
    Product,
    Role,
    Source,
    Version,
)
from graph_schema.yaml_forms import read_form
from graph_schema.yaml_lines import Document, read_document

Entry = TypeVar("Entry", bound=Form)

_FILES = (
    "sources",
    "causes",
    "links",
    "indicators",
    "measures",
    "products",
    "feeds",
    "roles",
    "case_states",
    "phases",
)


@dataclass(frozen=True)
class VocabularyFiles:
    """What the folder `vocab/` holds, each by its key, and the files themselves by name without `.yaml`."""

    version: Version
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
    documents: Mapping[str, Document]


def read_vocabulary_files(folder: Path) -> VocabularyFiles:
    """Return what `vocab/` under the folder holds. Raises SchemaError for the first fault inside one file."""
    documents = {name: read_document(folder, f"vocab/{name}.yaml") for name in _FILES}
    return VocabularyFiles(
        version=_version(folder),
        sources=_entries(documents["sources"], Source, "key"),
        causes=_entries(documents["causes"], Cause, "code"),
        links=_entries(documents["links"], Link, "link_id"),
        indicators=_entries(documents["indicators"], Indicator, "code"),
        measures=_entries(documents["measures"], Measure, "code"),
        products=_entries(documents["products"], Product, "code"),
        feeds=_entries(documents["feeds"], Feed, "code"),
        roles=_entries(documents["roles"], Role, "code"),
        case_states=_entries(documents["case_states"], CaseState, "code"),
        phases=_entries(documents["phases"], Phase, "code"),
        documents=documents,
    )


def _version(folder: Path) -> Version:
    document = read_document(folder, "vocab/version.yaml")
    lines = {("version", *steps): line for steps, line in document.lines.items()}
    return read_form(Document(document.name, {"version": dict(document.entries)}, lines), "version", Version, {})


def _entries(document: Document, form: type[Entry], key_field: str) -> dict[str, Entry]:
    return {key: read_form(document, key, form, {key_field: key}) for key in document.entries}
