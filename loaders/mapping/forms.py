"""The form of a mapping file: how the columns of a department's file become our facts.

One row may give several facts of several kinds, several rows one fact; constants, composed ids, units, days and code
lists stand in the file. How one is written: docs/mappings.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from string import Formatter
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from graph_schema.meta import Form, Names
from loaders.files.reads import Reads

ROW_NUMBER = "row_number"

Take = Literal["same", "first", "last", "sum", "max", "min", "count", "any"]


def _as_text(value: object) -> object:
    """Return a YAML value as the text it stands for: `yes` is read as a flag, 2010-01-01 as a day."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float | date) else value


def _as_form(value: object) -> object:
    """Return the form without keys where there stands only `true`."""
    return {} if value is True else value


Text = Annotated[str, BeforeValidator(_as_text)]


class Condition(Form):
    """Which rows give the fact: those where the column holds one of the values, or is filled (or not)."""

    column: str
    is_: tuple[Text, ...] = Field((), alias="is")
    filled: bool | None = None

    @model_validator(mode="after")
    def _has_one(self) -> Condition:
        if bool(self.is_) == (self.filled is not None):
            raise ValueError("give either “is” or “filled”")
        return self


class DayForm(Form):
    """How days are written, beside the forms that begin with the year and have a day.

    `order`: the order of 20/04/2026. `complete`: which day stands for a month that has none. `serial`: the days that a
    spreadsheet counts from the beginning of 1900, as 46132.
    """

    order: Literal["dmy", "mdy"] | None = None
    complete: Literal["first", "last"] | None = None
    serial: bool = False


class Part(Form):
    """A part of a text, by the first and the last of its characters, counted from 1; without `to` up to the end."""

    from_: int = Field(alias="from", ge=1)
    to: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _is_forward(self) -> Part:
        if self.to is not None and self.to < self.from_:
            raise ValueError("“to” lies before “from”")
        return self


class CellForm(Form):
    """Where one cell of a fact comes from, and how it is read.

    From: `column`, a column of the file, without outer blanks; `first_of`, the first of several columns that is filled;
    `text`, with `{column}` and `{row_number}` places, empty if one of them is; `value`, the same for every row;
    `row_number`, the header not counted. `optional`: the file may lack the columns, which then count as empty.

    Read, in this order: texts in `empty` count as empty; `part` cuts out; then one of `codes` with `codes_from` (a
    shared code list, after the cell's own codes), `day`, and numbers. Numbers: `thousands`, the mark between
    thousands; `times`, `over` (divided by another column) and `plus` calculate; from `unit` to the unit of the
    property or to `to`; `round` to a whole number.

    `take`: what is taken of the rows of one fact where they are grouped.
    """

    column: str | None = None
    first_of: tuple[str, ...] = ()
    text: str | None = None
    value: Text | None = None
    row_number: Literal[True] | None = None
    optional: bool = False
    empty: tuple[Text, ...] = ()
    part: Part | None = None
    codes: dict[str, Text] = Field(default_factory=dict)
    codes_from: str | None = None
    day: Annotated[DayForm | None, BeforeValidator(_as_form)] = None
    thousands: Literal[",", "'", " "] | None = None
    times: float = 1.0
    over: str | None = None
    plus: float = 0.0
    unit: str | None = None
    to: str | None = None
    round: bool = False
    take: Take | None = None

    @model_validator(mode="after")
    def _is_one(self) -> CellForm:
        given = [part for part in (self.column, self.text, self.value, self.row_number) if part is not None]
        sources = len(given) + bool(self.first_of)
        if sources != 1 and not (sources == 0 and self.take == "count"):
            raise ValueError("give one of “column”, “first_of”, “text”, “value” and “row_number”")
        if self.text is not None:
            places_of(self.text)
        return self

    @property
    def calculates(self) -> bool:
        """Return whether the cell is the result of a calculation."""
        return any(key in self.ways["number"] for key in ("times", "over", "plus", "unit", "round", "thousands"))

    @property
    def ways(self) -> dict[str, tuple[str, ...]]:
        """Return the keys given of each way to read the text of a column: as a code, as a day, as a number."""
        given = self.model_fields_set
        ways = {
            "code": ("codes", "codes_from"),
            "day": ("day",),
            "number": ("thousands", "times", "over", "plus", "unit", "to", "round"),
        }
        return {way: tuple(key for key in keys if key in given) for way, keys in ways.items()}

    @property
    def columns_read(self) -> tuple[str, ...]:
        """Return the columns that the text comes from, in order."""
        return self.first_of or ((self.column,) if self.column is not None else ())

    @property
    def reads(self) -> tuple[str, ...]:
        """Return the columns of the file that the cell is made of."""
        if self.text is not None:
            return tuple(dict.fromkeys(name for name in places_of(self.text) if name != ROW_NUMBER))
        return (*self.columns_read, *((self.over,) if self.over is not None else ()))


class FactForm(Form):
    """One fact that a row gives: its kind, its cells by column of the kind's template, and which rows give it.

    `distinct`: rows that say the same fact say it once. `group_by`: rows with the same values in these columns give
    one fact together, and each cell says what it takes of them.
    """

    kind: str
    columns: dict[str, CellForm]
    where: tuple[Condition, ...] = ()
    distinct: bool = False
    group_by: tuple[str, ...] = ()


class Mapping(Form):
    """A mapping file: from which feed, how it is read, and the facts that each row gives."""

    name: str
    version: Text
    feed: str
    label: Names
    note: Names | None = None
    reads: Reads = Reads()
    facts: tuple[FactForm, ...] = Field(min_length=1)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds that it gives, each once."""
        return tuple(dict.fromkeys(fact.kind for fact in self.facts))

    @property
    def reads_columns(self) -> tuple[str, ...]:
        """Return the columns that it reads, each once."""
        return tuple(dict.fromkeys(self._columns()))

    @property
    def needs_columns(self) -> tuple[str, ...]:
        """Return the columns that it reads and the file may not lack, each once."""
        cells = [cell for fact in self.facts for cell in fact.columns.values()]
        may_lack = {name for cell in cells if cell.optional for name in cell.reads}
        return tuple(name for name in self.reads_columns if name not in may_lack)

    def _columns(self) -> Iterator[str]:
        for fact in self.facts:
            for cell in fact.columns.values():
                yield from cell.reads
            yield from (condition.column for condition in fact.where)
            yield from fact.group_by


def places_of(text: str) -> tuple[str, ...]:
    """Return the names in braces; raises ValueError where a brace is not closed.

    >>> places_of("{village}-{row_number}")
    ('village', 'row_number')
    """
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name)
