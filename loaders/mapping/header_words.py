"""What the header of a column may mean: a property, the id of a kind, or an indicator, by names in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field

from graph_schema import Schema
from graph_schema.meta import Form
from graph_schema.yaml_lines import read_document
from loaders.mapping.code_words import shared_codes
from loaders.mapping.units import Unit, Units, bare_word

SYNONYMS_FILE = "synonyms.yaml"
INCOME_KINDS = "income_kind"
# A name found inside a header tells something only if it is not too short: 人 stands in many.
LEAST_INSIDE_WIDE, LEAST_INSIDE_NARROW = 3, 7

# `sure`: our own name or label. `likely`: a synonym. `unsure`: a name that stands inside the header.
Sureness = Literal["sure", "likely", "unsure"]

_BETWEEN_WORDS = re.compile(r"[\s_\-*·:：.。,，、'’]+")
_BRACKETS = re.compile(r"\A(.*?)[(（\[【]([^()（）\[\]【】]*)[)）\]】]\s*\Z", re.DOTALL)
_BEFORE = re.compile(r".*[/|>]", re.DOTALL)


class Synonyms(Form):
    """Other names for ids by node kind, for properties and for indicators."""

    ids: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    properties: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    indicators: dict[str, tuple[str, ...]] = Field(default_factory=dict)


@dataclass(frozen=True)
class Meaning:
    """One thing that a header may mean.

    `noun`: `property` (`name` is the property, of `kind` alone where one is given), `id` (of the kind `name`),
    `indicator` (its code), `income` (a kind of income).
    """

    noun: Literal["property", "id", "indicator", "income"]
    name: str
    sureness: Sureness
    kind: str | None = None


@dataclass(frozen=True)
class Header:
    """The name of a column taken apart: the name without brackets, and the unit in them where there is one."""

    column: str
    name: str
    unit: Unit | None = None


class HeaderWords:
    """Every name that a header may be known by."""

    def __init__(self, schema: Schema) -> None:
        self._meanings: dict[str, list[Meaning]] = {}
        for name, meaning in _names(schema):
            self._meanings.setdefault(_bare(name), []).append(meaning)

    def meanings(self, header: Header) -> list[Meaning]:
        """Return what the header may mean, the surest first, each noun once."""
        found: list[Meaning] = []
        for name in dict.fromkeys((header.column, header.name, _BEFORE.sub("", header.name))):
            found.extend(self._meanings.get(_bare(name), ()))
        if not found:
            found = self._inside(_bare(header.name))
        order: tuple[Sureness, ...] = ("sure", "likely", "unsure")
        found.sort(key=lambda meaning: order.index(meaning.sureness))
        return list({(meaning.noun, meaning.name, meaning.kind): meaning for meaning in reversed(found)}.values())[::-1]

    def _inside(self, name: str) -> list[Meaning]:
        """Return what the longest name means that stands inside the header."""
        inside = [known for known in self._meanings if known in name and _tells(known)]
        longest = max(inside, key=len, default="")
        return [
            Meaning(meaning.noun, meaning.name, "unsure", meaning.kind) for meaning in self._meanings.get(longest, ())
        ]


def read_header(column: str, units: Units) -> Header:
    """Return the header of a column taken apart.

    >>> from loaders.mapping.units import read_units
    >>> header = read_header("自付金额(万元)", read_units())
    >>> header.name, header.unit.key
    ('自付金额', 'ten thousand yuan')
    """
    found = _BRACKETS.match(column)
    if found is None:
        # 自付金额/元: what stands behind the last stroke is a unit, else a level of the header.
        before, _, behind = column.rpartition("/")
        own = units.find(behind) if before else None
        return Header(column, before.strip() if own else column.strip(), own)
    name, inside = found[1].strip(), found[2].strip()
    told = units.find(re.sub(r"\A(单位|unit)\s*[:：]?\s*", "", inside, flags=re.IGNORECASE))
    return Header(column, name or column.strip(), told)


def read_synonyms() -> Synonyms:
    """Return the synonyms of the product."""
    document = read_document(Path(str(files("loaders"))) / "mapping", SYNONYMS_FILE)
    return Synonyms.model_validate(document.entries)


def _bare(name: str) -> str:
    return _BETWEEN_WORDS.sub("", bare_word(name))


def _tells(name: str) -> bool:
    return len(name) >= (LEAST_INSIDE_NARROW if name.isascii() else LEAST_INSIDE_WIDE)


def _names(schema: Schema) -> Iterator[tuple[str, Meaning]]:
    for name, entry in schema.properties.items():
        for label in (entry.label.en, entry.label.zh):
            yield label, Meaning("property", name, "sure")
    for name, kind in schema.node_kinds.items():
        for word in (f"{kind.label.en} id", f"{kind.label.zh}编号", f"id of the {kind.label.en}"):
            yield word, Meaning("id", name, "sure")
    for code, indicator in schema.indicators.items():
        for word in (code, indicator.label.en, indicator.label.zh):
            yield word, Meaning("indicator", code, "sure")
    synonyms = read_synonyms()
    for name, words in synonyms.properties.items():
        kind_name, _, own = name.rpartition(".")
        yield from ((word, Meaning("property", own, "likely", kind_name or None)) for word in words)
    for name, words in synonyms.ids.items():
        yield from ((word, Meaning("id", name, "likely")) for word in words)
    for code, words in synonyms.indicators.items():
        yield from ((word, Meaning("indicator", code, "likely")) for word in words)
    incomes = shared_codes(INCOME_KINDS, schema)
    if incomes is not None:
        yield from ((word, Meaning("income", code, "likely")) for word, code in incomes.code_of_word.items())
