"""How the cells of a column seem to be written, seen from some of them: days, codes, numbers with a unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from graph_schema import Schema
from graph_schema.meta import PropertyType
from graph_schema.tables import FactColumn
from graph_schema.types import property_unit
from loaders.mapping import DayForm
from loaders.mapping.code_words import YES_NO, SharedCodes, known_lists, shared_codes
from loaders.mapping.header_words import Header, Sureness
from loaders.mapping.units import Unit, Units, bare_word
from loaders.rows.day_text import DayReader

# The unit that departments write amounts in where the header does not tell it, by what our own unit measures.
USUAL_UNITS: Mapping[str, str] = {
    "money": "yuan",
    "price": "yuan per kg",
    "money per month": "yuan per month",
    "weight": "kg",
    "area": "mu",
    "share": "share",
}
SHOWN_WORDS = 5

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_YEAR_FIRST = re.compile(r"\d{4}\D|\d{8}\Z")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")


@dataclass(frozen=True)
class Note:
    """Something to be told of a guess: a code of the catalogue with its fields."""

    code: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Guess:
    """One cell of a proposed fact: what stands in the mapping, how sure it is, and what is to be told of it."""

    cell: Mapping[str, object]
    sureness: Sureness
    notes: tuple[Note, ...] = ()

    @property
    def header(self) -> str | None:
        """Return the column of the file, None where the same value stands for every row."""
        column = self.cell.get("column")
        return str(column) if column is not None else None


@dataclass(frozen=True)
class Sample:
    """A column of the file: its header taken apart, and its first cells without outer blanks, one per row."""

    header: Header
    cells: tuple[str, ...]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the filled cells, each text once."""
        return tuple(dict.fromkeys(text for text in self.cells if text))


@dataclass(frozen=True)
class CellTarget:
    """What a column is to become: a column of a kind, its unit where one is told, its code list."""

    column: FactColumn
    unit: str | None = None
    answers: tuple[str, ...] = ()


def target_of(column: FactColumn) -> CellTarget:
    """Return what a column of a template holds."""
    return CellTarget(column, property_unit(column.name))


def guess_cell(sample: Sample, target: CellTarget, sureness: Sureness, *, schema: Schema, units: Units) -> Guess:
    """Return how the column is to be read as the target."""
    guess = Guess({"column": sample.header.column}, sureness)
    kind = target.column.type
    is_our_own = sample.header.column == target.column.name
    if kind is PropertyType.DAY:
        return _day(guess, sample)
    if kind is PropertyType.FLAG:
        return _coded(guess, sample, shared_codes(YES_NO, schema))
    if kind is PropertyType.CODE or target.answers:
        return _coded(guess, sample, _list_for(target, schema))
    if kind in (PropertyType.WHOLE, PropertyType.NUMBER, PropertyType.SHARE):
        if target.column.name.endswith("_year"):
            return _year(guess, sample)
        return _number(guess, sample, target, units=units, is_our_own=is_our_own)
    return guess


def _day(guess: Guess, sample: Sample) -> Guess:
    if all(_ISO_DAY.match(text) for text in sample.texts):
        return guess
    form: dict[str, object] = {}
    notes: list[Note] = []
    faults = {told for text in sample.texts if not isinstance(told := DayReader(DayForm()).read(text), date)}
    if "day_order_unknown" in faults:
        found = [match.groups() for text in sample.texts if (match := _YEAR_LAST.match(text))]
        is_known = any(int(first) > 12 or int(second) > 12 for first, second in found)
        form["order"] = "mdy" if any(int(second) > 12 for _, second in found) else "dmy"
        notes.append(Note("proposal_order_known" if is_known else "proposal_order_guessed", {"order": form["order"]}))
    if "day_missing_in_month" in faults:
        form["complete"] = "first"
        notes.append(Note("proposal_month_completed"))
    if "day_counted" in faults:
        form["serial"] = True
        notes.append(Note("proposal_serial"))
    is_sure = all(note.code == "proposal_order_known" for note in notes)
    return replace(
        guess,
        cell={**guess.cell, "day": form or True},
        notes=tuple(notes),
        sureness=guess.sureness if is_sure else "unsure",
    )


def _year(guess: Guess, sample: Sample) -> Guess:
    if sample.texts and all(_YEAR_FIRST.match(text) for text in sample.texts):
        cell = {**guess.cell, "part": {"from": 1, "to": 4}}
        return replace(guess, cell=cell, notes=(*guess.notes, Note("proposal_year_cut")))
    return guess


def _list_for(target: CellTarget, schema: Schema) -> SharedCodes | None:
    if target.column.codes is not None:
        return shared_codes(target.column.codes, schema)
    lists = (shared_codes(name, schema) for name in (YES_NO, *known_lists(schema)))
    return next((found for found in lists if found and set(found.codes) == set(target.answers)), None)


def _coded(guess: Guess, sample: Sample, words: SharedCodes | None) -> Guess:
    if words is None or all(text in words.codes for text in sample.texts):
        return guess
    empty = {bare_word(word) for word in words.empty}
    unknown = [text for text in sample.texts if bare_word(text) not in words.code_of_word.keys() | empty]
    cell = {**guess.cell, "codes_from": words.name}
    if not unknown:
        return replace(guess, cell=cell)
    shown = ", ".join(unknown[:SHOWN_WORDS]) + (" …" if len(unknown) > SHOWN_WORDS else "")
    return replace(guess, cell=cell, sureness="unsure", notes=(Note("proposal_words_unknown", {"words": shown}),))


def _number(guess: Guess, sample: Sample, target: CellTarget, *, units: Units, is_our_own: bool) -> Guess:
    cell = dict(guess.cell)
    notes: list[Note] = []
    sureness = guess.sureness
    if any(_THOUSANDS.match(text) for text in sample.texts):
        cell["thousands"] = ","
    own = units.find(target.unit) if target.unit else None
    told = sample.header.unit
    if own is not None and told is not None and told.measure == own.measure:
        cell["unit"] = _name_of(told)
    elif own is not None and not is_our_own:
        usual = _usual(own, sample, units)
        if usual is not None:
            cell["unit"] = _name_of(usual)
            notes.append(Note("proposal_unit_guessed", {"unit": _name_of(usual)}))
            sureness = "unsure"
    elif told is not None:
        notes.append(Note("proposal_unit_unused", {"unit": _name_of(told)}))
        sureness = "unsure"
    return Guess(cell, sureness, tuple(notes))


def _usual(own: Unit, sample: Sample, units: Units) -> Unit | None:
    """Return the unit to be taken where the header tells none, None where our own is as good as any."""
    if own.measure == "share" and any(_is_percent(text) for text in sample.texts):
        return units.by_key["percent"]
    if own.measure == "length":
        return own
    return units.by_key[USUAL_UNITS[own.measure]] if own.measure in USUAL_UNITS else None


def _is_percent(text: str) -> bool:
    try:
        return float(text.rstrip("%％")) > 1 or text[-1:] in "%％"
    except ValueError:
        return False


def _name_of(unit: Unit) -> str:
    return next((name for name in unit.names if not name.isascii()), unit.key)
