"""Where is it? A place, an organisation, a household by its pseudonym, or a word of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from pydantic import Field

from analysis.fetch.places_around import upward
from analysis.fetch.search import found_nodes
from analysis.places.parts import Place
from analysis.places.words import place
from analysis.questions.answer import Notice, notice
from analysis.sensitivity import is_sensitive_cause, is_sensitive_measure
from graph_schema import Schema
from graph_schema.meta import Form, Sourced
from graph_store import GraphStore

FoundKind = Literal[
    "Area", "Household", "Cooperative", "Enterprise", "Programme", "Agency", "Product", "Cause", "Measure"
]
KINDS: tuple[FoundKind, ...] = get_args(FoundKind)
"""In the order in which kinds that fit equally well are told."""
LIMIT = 8
# How well something fits: its id or code, its name, the beginning of its name, of its id, a part of its name.
EXACT_ID, EXACT_NAME, NAME_BEGINS, ID_BEGINS, NAME_PART = range(5)


class Hit(Form):
    """Something that was found."""

    kind: FoundKind = Field(description="Node kind.")
    id: str = Field(description="Its id; of a word of the vocabulary its code, of a household its pseudonym.")
    name_en: str | None = Field(description="Its name in English, or as registered; null for a household.")
    name_zh: str | None = Field(description="Its name in Chinese, or as registered; null for a household.")
    path: tuple[Place, ...] = Field(description="For an area the areas it lies in, from the top down; else empty.")
    rank: int = Field(
        description="How well it fits: 0 its id, 1 its name, 2 the beginning of its name, 3 that of its id, 4 a part "
        "of its name."
    )
    is_made_up: bool = Field(description="Whether it is made up.")


class HitGroup(Form):
    """What was found of one kind."""

    kind: FoundKind = Field(description="Node kind.")
    kind_en: str = Field(description="The kind in English.")
    kind_zh: str = Field(description="The kind in Chinese.")
    hits: tuple[Hit, ...] = Field(description="What was found, the best first.")
    has_more: bool = Field(description="Whether more fits than is told.")


class SearchAnswer(Form):
    """What fits a text, by kind; the kind with the best fit comes first."""

    version: Literal["search/1"] = Field(default="search/1", description="The question and the version of this form.")
    text: str = Field(description="What was looked for, without spaces around it.")
    as_of: date = Field(description="The day that the graph shows.")
    show_sensitive: bool = Field(description="Whether sensitive causes are found.")
    is_made_up: bool = Field(description="Whether anything that was found is made up.")
    notices: tuple[Notice, ...] = Field(description="What to keep in mind when reading it.")
    groups: tuple[HitGroup, ...] = Field(description="What was found, by kind.")


@dataclass(frozen=True)
class SearchAsked:
    """Of which kinds, at most how many of each, and whether what is sensitive may be found."""

    kinds: Collection[FoundKind] = KINDS
    limit: int = LIMIT
    show_sensitive: bool = False


def search(
    store: GraphStore, schema: Schema, text: str, *, day: date, asked: SearchAsked | None = None
) -> SearchAnswer:
    """Return what fits a text: places and organisations by name or id, households by pseudonym, words in any language.

    Names of people are never looked at. Nothing fits a text of spaces alone.
    """
    how = asked or SearchAsked()
    wanted = text.strip()
    small = wanted.lower()
    finder = _Finder(store, schema, how)
    groups = [group for kind in KINDS if kind in how.kinds and small and (group := finder.group(kind, small))]
    # Sorting keeps the order of kinds where they fit equally well.
    groups.sort(key=lambda group: group.hits[0].rank)
    is_made_up = any(hit.is_made_up for group in groups for hit in group.hits)
    return SearchAnswer(
        text=wanted,
        as_of=day,
        show_sensitive=how.show_sensitive,
        is_made_up=is_made_up,
        notices=(notice("notice_made_up"),) if is_made_up else (),
        groups=tuple(groups),
    )


@dataclass(frozen=True)
class _Finder:
    store: GraphStore
    schema: Schema
    how: SearchAsked

    def group(self, kind: FoundKind, text: str) -> HitGroup | None:
        """Return what fits of one kind, None where nothing does."""
        limit = self.how.limit
        words = self._words(kind)
        found = self._nodes(kind, text, limit + 1) if words is None else self._among(kind, words, text)
        if not found:
            return None
        label = self.schema.node_kind(kind).label
        hits = found[:limit]
        return HitGroup(
            kind=kind,
            kind_en=label.en,
            kind_zh=label.zh,
            hits=self._with_paths(hits) if kind == "Area" else tuple(hits),
            has_more=len(found) > limit,
        )

    def _words(self, kind: FoundKind) -> Mapping[str, Sourced] | None:
        """Return the words of the vocabulary that may be found, None for a kind of the graph."""
        if kind == "Product":
            return self.schema.products
        if kind == "Cause":
            return self._shown(self.schema.causes, is_sensitive_cause)
        if kind == "Measure":
            return self._shown(self.schema.measures, is_sensitive_measure)
        return None

    def _shown(
        self, words: Mapping[str, Sourced], is_sensitive: Callable[[Schema, str], bool]
    ) -> Mapping[str, Sourced]:
        if self.how.show_sensitive:
            return words
        return {code: word for code, word in words.items() if not is_sensitive(self.schema, code)}

    @staticmethod
    def _among(kind: FoundKind, words: Mapping[str, Sourced], text: str) -> list[Hit]:
        found = [
            Hit(
                kind=kind,
                id=code,
                name_en=word.label.en,
                name_zh=word.label.zh,
                path=(),
                rank=rank,
                is_made_up=False,
            )
            for code, word in words.items()
            if (rank := _rank(code, (word.label.en, word.label.zh), text)) is not None
        ]
        return sorted(found, key=lambda hit: hit.rank)

    def _nodes(self, kind: FoundKind, text: str, limit: int) -> list[Hit]:
        return [
            Hit(
                kind=kind,
                id=row["id"],
                name_en=row["name"],
                name_zh=row["name"],
                path=(),
                rank=row["rank"],
                is_made_up=row["is_made_up"],
            )
            for row in found_nodes(self.store, kind, text, limit=limit)
        ]

    def _with_paths(self, hits: list[Hit]) -> tuple[Hit, ...]:
        ways = upward(self.store, (hit.id for hit in hits))
        return tuple(
            hit.model_copy(
                update={
                    "path": tuple(
                        place(self.schema, row["upper_area_id"], row["name"], row["area_level"])
                        for row in reversed(ways[hit.id][1:])
                    )
                }
            )
            for hit in hits
        )


def _rank(code: str, names: Iterable[str], text: str) -> int | None:
    """Return how well a word fits a text in small letters, None where it does not."""
    small_code, small_names = code.lower(), [name.lower() for name in names]
    if small_code == text:
        return EXACT_ID
    if text in small_names:
        return EXACT_NAME
    if any(name.startswith(text) for name in small_names):
        return NAME_BEGINS
    if small_code.startswith(text):
        return ID_BEGINS
    return NAME_PART if any(text in name for name in small_names) else None
