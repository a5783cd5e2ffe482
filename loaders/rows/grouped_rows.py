"""Several rows that say one fact: which rows belong together, and what is taken of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.mapping import CellForm
from loaders.mapping.code_words import answer_words
from loaders.mapping.units import bare_word
from loaders.rows.exact_numbers import is_number, order_of_numbers, sums_by_group
from loaders.rows.fact_rows import Fault, Flags, Indexes, first_places, flags

# So many lines are named where rows of one fact differ.
SHOWN_LINES = 10
NOTHING = "\0"


@dataclass(frozen=True)
class Groups:
    """Rows that belong together: `of_row` numbers the group of each row, `first` is the first row of each group."""

    of_row: Indexes
    first: Indexes
    lines: Indexes = field(default_factory=lambda: np.zeros(0, np.int64))

    def __len__(self) -> int:
        return len(self.first)

    def lines_of(self, chosen: Indexes) -> list[str]:
        """Return for each of the chosen groups, ascending, the lines of its first rows as a text."""
        order = np.argsort(self.of_row, kind="stable")
        begins = np.searchsorted(self.of_row[order], chosen)
        ends = np.searchsorted(self.of_row[order], chosen, side="right")
        return [
            ", ".join(map(str, self.lines[order[begin : min(end, begin + SHOWN_LINES)]].tolist()))
            + (" …" if end - begin > SHOWN_LINES else "")
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ]


def same_rows(columns: Sequence[pa.Array], *, apart: Indexes, lines: Indexes) -> Groups:
    """Return the groups of rows whose columns say the same; those in `apart` stay alone."""
    keys = pc.binary_join_element_wise(*(pc.fill_null(texts, NOTHING) for texts in columns), NOTHING)
    if len(apart):
        alone = np.full(len(keys), "", dtype=object)
        alone[apart] = [f"{NOTHING}{place}" for place in apart.tolist()]
        keys = pc.binary_join_element_wise(keys, pa.array(alone, pa.string()), NOTHING)
    encoded = keys.dictionary_encode()
    of_row = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    return Groups(of_row, first_places(of_row, len(encoded.dictionary)), lines)


def rows_without(columns: Sequence[pa.Array]) -> Indexes:
    """Return the rows where one of the columns is empty: nobody knows which others they belong to."""
    empty = np.zeros(len(columns[0]), np.bool_)
    for texts in columns:
        empty |= flags(pc.is_null(texts))
    return np.flatnonzero(empty)


def taken(name: str, cell: CellForm, texts: pa.Array, groups: Groups) -> tuple[pa.Array, list[Fault]]:
    """Return what the cell takes of each group, and the groups of which it cannot take it."""
    take = cell.take or "same"
    if take in ("first", "last", "same"):
        first = _end(texts, groups, is_last=take == "last")
        return first, _differing(name, texts, first, groups) if take == "same" else []
    if take == "count":
        counted = np.ones(len(texts), np.bool_) if not cell.reads else flags(pc.is_valid(texts))
        counts = np.bincount(groups.of_row[counted], minlength=len(groups)).astype(np.int64)
        return pa.array(counts).cast(pa.string()), []
    if take == "any":
        return _any(name, texts, groups)
    return _of_numbers(name, cell, texts, groups)


def _end(texts: pa.Array, groups: Groups, *, is_last: bool) -> pa.Array:
    """Return the first filled cell of each group, or the last; null where all are empty."""
    filled = np.flatnonzero(flags(pc.is_valid(texts)))
    place = np.full(len(groups), -1, np.int64)
    order = filled if is_last else filled[::-1]
    place[groups.of_row[order]] = order
    return texts.take(pa.array(place, mask=place < 0))


def _differing(name: str, texts: pa.Array, first: pa.Array, groups: Groups) -> list[Fault]:
    differs = flags(pc.not_equal(texts, first.take(pa.array(groups.of_row))))
    wrong = np.unique(groups.of_row[differs])
    if not len(wrong):
        return []
    return [Fault("group_differs", name, wrong, {}, {"lines": groups.lines_of(wrong)})]


def _any(name: str, texts: pa.Array, groups: Groups) -> tuple[pa.Array, list[Fault]]:
    words = answer_words()
    encoded = texts.dictionary_encode()
    told = [words.get(bare_word(text)) for text in encoded.dictionary.to_pylist()]
    answers = pa.array(told, pa.string()).take(encoded.indices)
    unknown = flags(pc.and_(pc.is_valid(texts), pc.is_null(answers)))
    positive = np.zeros(len(groups), np.bool_)
    positive[groups.of_row[flags(pc.equal(answers, "yes"))]] = True
    given = np.zeros(len(groups), np.bool_)
    given[groups.of_row[flags(pc.is_valid(answers))]] = True
    result = pc.if_else(pa.array(positive), "yes", pc.if_else(pa.array(given), "no", pa.scalar(None, pa.string())))
    return result, _faulty("not_a_flag", name, texts, unknown, groups)


def _of_numbers(name: str, cell: CellForm, texts: pa.Array, groups: Groups) -> tuple[pa.Array, list[Fault]]:
    faults: list[Fault] = []
    if cell.day is None:
        wrong = flags(pc.is_valid(texts)) & ~is_number(texts)
        faults = _faulty("not_a_number", name, texts, wrong, groups)
        texts = pc.if_else(pa.array(wrong), pa.scalar(None, pa.string()), texts)
    if cell.take == "sum":
        return sums_by_group(texts, groups.of_row, len(groups)), faults
    # Days as 2026-04-20 stand in the order of their letters.
    ranks = order_of_numbers(texts) if cell.day is None else _ranks(texts)
    order = np.argsort(ranks if cell.take == "max" else -ranks, kind="stable")
    order = order[flags(pc.is_valid(texts))[order]]
    place = np.full(len(groups), -1, np.int64)
    place[groups.of_row[order]] = order
    return texts.take(pa.array(place, mask=place < 0)), faults


def _ranks(texts: pa.Array) -> Indexes:
    """Return the rank of each text in the order of letters; 0 where the cell is empty."""
    ordered = sorted(text for text in pc.unique(texts).to_pylist() if text is not None)
    found = pc.fill_null(pc.index_in(texts, value_set=pa.array(ordered, pa.string())), -1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64) + 1


def _faulty(code: str, name: str, texts: pa.Array, wrong: Flags, groups: Groups) -> list[Fault]:
    return faults_of_groups([Fault(code, name, np.flatnonzero(wrong))], {name: texts}, groups) if wrong.any() else []


def faults_of_groups(faults: Sequence[Fault], shown: dict[str, pa.Array], groups: Groups) -> list[Fault]:
    """Return the faults of rows as faults of their groups; each tells the text of the first row that has it."""
    found: list[Fault] = []
    for fault in faults:
        wrong, first = np.unique(groups.of_row[fault.facts], return_index=True)
        texts = shown[fault.column].take(pa.array(fault.facts[first])).to_pylist()
        found.append(Fault(fault.code, fault.column, wrong, fault.fields, {"value": [text or "" for text in texts]}))
    return found
