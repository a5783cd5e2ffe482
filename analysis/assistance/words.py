"""Names for what rows hold only by code or id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.assistance.parts import Party, Word
from analysis.frames import Row, rows_of
from graph_schema import Schema
from graph_schema.meta import Sourced

PartyNames = Mapping[tuple[str, str], str | None]


def cause_word(schema: Schema, cause_id: str) -> Word:
    """Return the cause with its names."""
    return _word(cause_id, schema.causes.get(cause_id))


def measure_word(schema: Schema, measure_id: str) -> Word:
    """Return the measure with its names."""
    return _word(measure_id, schema.measures.get(measure_id))


def product_word(schema: Schema, product_id: str) -> Word:
    """Return the product with its names."""
    return _word(product_id, schema.products.get(product_id))


def target_word(schema: Schema, measure_id: str) -> Word | None:
    """Return the cause that a measure works against; for a measure against a link, the link's first cause."""
    measure = schema.measures.get(measure_id)
    if measure is None:
        return None
    link = schema.links.get(measure.target)
    return cause_word(schema, link.from_cause if link else measure.target)


def party(names: PartyNames, kind: str, id_: object) -> Party | None:
    """Return the party with its name, or None for no id. A household has no name that may be shown."""
    if id_ is None:
        return None
    return Party(kind=kind, id=str(id_), name=names.get((kind, str(id_))))


def party_names(*parts: tuple[pd.DataFrame, str, str, str]) -> dict[tuple[str, str], str | None]:
    """Return the name of each party in the frames; a part is frame, kind (or column of kinds), id and name column."""
    found: dict[tuple[str, str], str | None] = {}
    for frame, kind, id_column, name_column in parts:
        for row in _distinct(frame, kind, id_column, name_column):
            if row[id_column] is not None:
                kind_of_row = row[kind] if kind in frame.columns else kind
                name = row[name_column]
                found[(str(kind_of_row), str(row[id_column]))] = None if name is None else str(name)
    return found


def _distinct(frame: pd.DataFrame, kind: str, id_column: str, name_column: str) -> Iterable[Row]:
    columns = [column for column in (kind, id_column, name_column) if column in frame.columns]
    return rows_of(frame[columns].drop_duplicates())


def _word(code: str, noun: Sourced | None) -> Word:
    """Return a word by its code. A graph may hold a code of another version of the vocabulary: it is its own name."""
    return Word(id=code, name_en=noun.label.en if noun else code, name_zh=noun.label.zh if noun else code)
