"""Which column of a kind's template each column of a file may fill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph_schema import Schema
from graph_schema.meta import NodeKind
from graph_schema.tables import FactColumn, snake_name, template_columns
from loaders.mapping.header_words import HeaderWords, Meaning, Sureness
from loaders.proposal_cells import Sample

WEIGHTS: Mapping[Sureness, int] = {"sure": 3, "likely": 2, "unsure": 1}


@dataclass(frozen=True)
class Match:
    """A column of the file (by its place) that may fill a column of a kind."""

    place: int
    column: FactColumn
    sureness: Sureness

    @property
    def is_key(self) -> bool:
        """Return whether it names a node rather than says something of one."""
        return self.column.name == "id" or bool(self.column.refers_to)


class Columns:
    """The columns of a file with what each may mean."""

    def __init__(self, samples: Sequence[Sample], words: HeaderWords, schema: Schema) -> None:
        self.samples = tuple(samples)
        self._schema = schema
        self._meanings = [words.meanings(sample.header) for sample in samples]

    def meanings(self, place: int, noun: str) -> list[Meaning]:
        """Return what a column may mean of one sort of noun, the surest first."""
        return [meaning for meaning in self._meanings[place] if meaning.noun == noun]

    def matches(self, kind: str, free: Iterable[int]) -> list[Match]:
        """Return which columns fill which of the kind, each at most once, the surest first.

        What says something must be among the `free` columns; an id may be that of several facts.
        """
        chosen: dict[str, Match] = {}
        used: set[int] = set()
        unused = set(free)
        for match in sorted(self._candidates(kind), key=lambda match: -WEIGHTS[match.sureness]):
            is_free = match.place not in used and (match.is_key or match.place in unused)
            if is_free and match.column.name not in chosen:
                chosen[match.column.name] = match
                used.add(match.place)
        order = [column.name for column in template_columns(self._schema, kind)]
        return sorted(chosen.values(), key=lambda match: order.index(match.column.name))

    def id_place(self, kind: str) -> tuple[int, Sureness] | None:
        """Return the column that holds ids of a node kind, the surest one; None where there is none."""
        found: list[tuple[int, int, Sureness]] = [
            (-WEIGHTS[meaning.sureness], place, meaning.sureness)
            for place in range(len(self.samples))
            for meaning in self.meanings(place, "id")
            if meaning.name == kind
        ]
        own_name = f"{snake_name(kind)}_id"
        for place, sample in enumerate(self.samples):
            if sample.header.column.strip() == own_name:
                found.append((-WEIGHTS["sure"], place, "sure"))
        return min(found)[1:] if found else None

    def cells_of(self, header: str) -> tuple[str, ...]:
        """Return the first cells of the column with that name, one per row."""
        return next(sample.cells for sample in self.samples if sample.header.column == header)

    def _candidates(self, kind: str) -> Iterable[Match]:
        template = template_columns(self._schema, kind)
        is_node = isinstance(self._schema.fact_tables[kind].kind, NodeKind)
        for place, sample in enumerate(self.samples):
            for column in template:
                if sample.header.column.strip() == column.name:
                    yield Match(place, column, "sure")
            for meaning in self._meanings[place]:
                meant = _column_of(meaning, kind, template, is_node=is_node)
                if meant is not None:
                    yield Match(place, meant, meaning.sureness)


def _column_of(meaning: Meaning, kind: str, template: Sequence[FactColumn], *, is_node: bool) -> FactColumn | None:
    if meaning.noun == "property" and meaning.kind in (None, kind):
        return next((column for column in template if column.name == meaning.name and not column.refers_to), None)
    if meaning.noun == "id" and meaning.name == kind and is_node:
        return next(column for column in template if column.name == "id")
    if meaning.noun == "id":
        found = [column for column in template if column.refers_to == (meaning.name,)]
        return found[0] if len(found) == 1 else None
    return None
