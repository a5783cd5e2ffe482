"""One cell of a mapping for all rows: where its text comes from, and what it is read as."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from string import Formatter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.messages import Label
from loaders.mapping import ROW_NUMBER, CellForm, Part
from loaders.mapping.units import Unit, Units, bare_word
from loaders.rows.day_text import read_days
from loaders.rows.exact_numbers import Formula, calculate, fraction_of
from loaders.rows.fact_rows import Fault, Indexes, places

# A fault names so many of the words that a code list knows.
SHOWN_WORDS = 20
MONEY = "money"

_NOTHING = pa.scalar(None, pa.string())

Read = tuple[pa.Array, list[Fault]]


@dataclass(frozen=True)
class Source:
    """The columns of the file without outer blanks, null where empty; `row_number` among them."""

    texts: dict[str, pa.Array]
    row_count: int

    def take(self, rows: Indexes) -> Source:
        """Return the source of these rows alone."""
        return Source({name: texts.take(pa.array(rows)) for name, texts in self.texts.items()}, len(rows))


def read_cells(name: str, cell: CellForm, source: Source, units: Units) -> Read:
    """Return the texts of the fact column `name`, one per row, and what could not be read.

    What is at fault is null, but a text that no code stands for stays as it is.
    """
    if cell.value is not None:
        return pa.repeat(pa.scalar(cell.value, pa.string()), source.row_count), []
    if cell.text is not None:
        return _composed(cell.text, source), []
    texts = _found(cell, source)
    if cell.empty:
        texts = _without(texts, cell.empty, is_loose=cell.codes_from is not None)
    faults: list[Fault] = []
    if cell.part is not None:
        texts, faults = _cut(name, texts, cell.part)
    texts, of_reading = _read(name, cell, texts, source=source, units=units)
    return texts, faults + of_reading


def _found(cell: CellForm, source: Source) -> pa.Array:
    names = cell.columns_read or ((ROW_NUMBER,) if cell.row_number else ())
    if not names:
        return pa.nulls(source.row_count, pa.string())
    return pc.coalesce(*(source.texts[name] for name in names))


def _read(name: str, cell: CellForm, texts: pa.Array, *, source: Source, units: Units) -> Read:
    if cell.codes or cell.codes_from:
        return _coded(name, cell, texts)
    if cell.day is not None:
        days, found = read_days(texts, cell.day)
        return days, [Fault(code, name, where) for code, where in found.items()]
    if not cell.calculates:
        return texts, []
    over = source.texts[cell.over] if cell.over else None
    if cell.unit is None:
        return _calculated(cell, _without_marks(cell, texts), over), []
    return _in_unit(name, cell, _without_marks(cell, texts), over=over, units=units)


def _composed(text: str, source: Source) -> pa.Array:
    parts: list[pa.Array] = []
    for literal, name, _, _ in Formatter().parse(text):
        if literal:
            parts.append(pa.repeat(pa.scalar(literal, pa.string()), source.row_count))
        if name:
            parts.append(source.texts[name])
    return pc.binary_join_element_wise(*parts, "", null_handling="emit_null")


def _without(texts: pa.Array, words: tuple[str, ...], *, is_loose: bool) -> pa.Array:
    if is_loose:
        bare = {bare_word(word) for word in words}
        return _each_distinct(texts, lambda text: None if bare_word(text) in bare else text)
    return pc.if_else(pc.is_in(texts, value_set=pa.array(words, pa.string())), _NOTHING, texts)


def _cut(name: str, texts: pa.Array, part: Part) -> Read:
    short = pc.less(pc.utf8_length(texts), part.to or part.from_)
    cut = pc.if_else(short, _NOTHING, pc.utf8_slice_codeunits(texts, part.from_ - 1, part.to))
    wrong = places(short)
    fields = {"length": part.to or part.from_}
    return pc.utf8_trim_whitespace(cut), [Fault("part_missing", name, wrong, fields)] if len(wrong) else []


def _coded(name: str, cell: CellForm, texts: pa.Array) -> Read:
    if cell.codes_from is None:
        found = pc.index_in(texts, value_set=pa.array(list(cell.codes), pa.string()))
        codes = pa.array(list(cell.codes.values()), pa.string()).take(found)
    else:
        of_word = {bare_word(word): code for word, code in cell.codes.items()}
        codes = _each_distinct(texts, lambda text: of_word.get(bare_word(text)))
    unknown = places(pc.and_(pc.is_valid(texts), pc.is_null(codes)))
    if not len(unknown):
        return codes, []
    words = list(cell.codes)
    known = ", ".join(words[:SHOWN_WORDS]) + (" …" if len(words) > SHOWN_WORDS else "")
    return pc.coalesce(codes, texts), [Fault("code_not_in_mapping", name, unknown, {"known": known})]


def _each_distinct(texts: pa.Array, read: Callable[[str], str | None]) -> pa.Array:
    encoded = texts.dictionary_encode()
    return pa.array([read(text) for text in encoded.dictionary.to_pylist()], pa.string()).take(encoded.indices)


def _without_marks(cell: CellForm, texts: pa.Array) -> pa.Array:
    """Return the numbers without the marks between their thousands; a mark at another place stays."""
    if cell.thousands is None:
        return texts
    mark = cell.thousands
    marked = pc.match_substring_regex(texts, rf"\A[+-]?[0-9]{{1,3}}({mark}[0-9]{{3}})+(\.[0-9]*)?\z")
    return pc.if_else(marked, pc.replace_substring(texts, mark, ""), texts)


def _calculated(cell: CellForm, texts: pa.Array, over: pa.Array | None) -> pa.Array:
    """Return the results, null where an input is empty; inputs that are no numbers stay as they are."""
    formula = Formula(fraction_of(cell.times), fraction_of(cell.plus), rounds=cell.round)
    results = calculate(texts, over, formula).texts
    kept = texts if over is None else pc.binary_join_element_wise(texts, over, " / ", null_handling="emit_null")
    return pc.coalesce(results, kept)


def _in_unit(name: str, cell: CellForm, texts: pa.Array, *, over: pa.Array | None, units: Units) -> Read:
    unit, target = units.by_key[cell.unit or ""], units.by_key[cell.to or ""]
    factor = unit.factor / target.factor
    formula = Formula(
        fraction_of(cell.times) * factor, fraction_of(cell.plus) * factor, is_whole=target.is_whole, rounds=cell.round
    )
    results = calculate(_without_unit(texts, unit), over, formula)
    faults = [Fault("not_a_number", name, results.not_numbers)] if len(results.not_numbers) else []
    if len(results.broken):
        faults.append(Fault("not_whole_in_unit", name, results.broken, {"unit": unit_label(target)}))
        broken = np.zeros(len(texts), np.bool_)
        broken[results.broken] = True
        return pc.if_else(pa.array(broken), _NOTHING, results.texts), faults
    return results.texts, faults


def _without_unit(texts: pa.Array, unit: Unit) -> pa.Array:
    """Return the numbers without the unit that some departments write behind each; another unit stays."""
    names = "|".join(re.escape(word) for word in sorted((unit.key, *unit.names), key=len, reverse=True))
    behind = rf"(?i)([0-9.])\s*(?:{names})\z"
    if pc.any(pc.match_substring_regex(texts, behind)).as_py():
        texts = pc.replace_substring_regex(texts, behind, r"\1")
    if unit.measure == MONEY and pc.any(pc.match_substring_regex(texts, r"\A[¥￥]")).as_py():
        texts = pc.replace_substring_regex(texts, r"\A[¥￥]\s*", "")
    return texts


def unit_label(unit: Unit) -> Label:
    """Return how the unit is called in a sentence."""
    return Label(unit.key, next((name for name in unit.names if not name.isascii()), unit.key))
