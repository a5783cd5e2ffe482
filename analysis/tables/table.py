"""A table of an answer: columns with a kind, and rows of plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, Literal, Protocol, TypeVar

from analysis.questions.answer import Answer, Notice
from analysis.tables.words import MADE_UP, column_label, table_label
from graph_schema.messages import Label

# yuan: the cell holds fen. year: a number without a comma. day and instant: in ISO form. flag: yes or no, in the
# language of the table.
Kind = Literal["text", "whole", "number", "yuan", "year", "day", "instant", "flag"]
Cell = str | int | float | bool | date | datetime | Label | None
Row = tuple[Cell, ...]
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Column:
    """A column. `code` is the same in every language, `label` is its header."""

    code: str
    label: Label
    kind: Kind = "text"


@dataclass(frozen=True)
class Table:
    """Rows under columns, each row with one cell for each column. `label` names the sheet of a workbook."""

    name: str
    label: Label
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Headed(Protocol):
    """What every answer begins with, whatever it was asked about."""

    @property
    def version(self) -> str:
        """Return the question and the version of its form."""

    @property
    def as_of(self) -> date:
        """Return the day for which it holds."""

    @property
    def is_made_up(self) -> bool:
        """Return whether any of it rests on made-up data."""

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return what to keep in mind."""


@dataclass(frozen=True)
class Field(Generic[Entry]):
    """How one column is filled from an entry of an answer."""

    code: str
    kind: Kind
    cell: Callable[[Entry], Cell]


def table_of(name: str, fields: Sequence[Field[Entry]], entries: Iterable[Entry]) -> Table:
    """Return the entries as a table, in their order; its words stand in `words.yaml` under its name and the codes."""
    return Table(
        name=name,
        label=table_label(name),
        columns=tuple(Column(field.code, column_label(field.code), field.kind) for field in fields),
        rows=tuple(tuple(field.cell(entry) for field in fields) for entry in entries),
    )


def with_origin(tables: Sequence[Table], answer: Answer) -> tuple[Table, ...]:
    """Return the tables with one more that tells what was asked, for which day, and what to keep in mind.

    Where the answer rests on made-up data, every row of every table says so, for rows are copied without the rest.
    """
    asked = answer.asked
    name = Label(en=asked.name_en or asked.id, zh=asked.name_zh or asked.id)
    return with_head(tables, answer, [("asked_about", name), ("asked_id", asked.id)])


def with_head(tables: Sequence[Table], head: Headed, asked: Sequence[tuple[str, Cell]]) -> tuple[Table, ...]:
    """Return the tables as `with_origin` does, of an answer whose question is told by `asked`: columns and values."""
    marked = [_marked(table) for table in tables] if head.is_made_up else tables
    return (*marked, _origin(head, asked))


def _marked(table: Table) -> Table:
    column = Column(MADE_UP, column_label(MADE_UP), "flag")
    return replace(table, columns=(*table.columns, column), rows=tuple((*row, True) for row in table.rows))


def _origin(head: Headed, asked: Sequence[tuple[str, Cell]]) -> Table:
    told: list[tuple[str, Cell]] = [
        ("question", head.version),
        *asked,
        ("as_of", head.as_of.isoformat()),
        *(("notice", Label(en=each.text_en, zh=each.text_zh)) for each in head.notices),
    ]
    fields: tuple[Field[tuple[str, Cell]], ...] = (
        Field("about_what", "text", lambda pair: column_label(pair[0])),
        Field("about_value", "text", lambda pair: pair[1]),
    )
    return table_of("about", fields, told)
