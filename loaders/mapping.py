"""The form of a mapping file: how the columns of a department's file become our facts.

One row may give several facts of several kinds; constants, composed ids and code lists stand in the file. Ready
mappings are in `mappings/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from graph_schema import Schema
from graph_schema.meta import Form, Names
from graph_schema.tables import template_columns
from graph_schema.yaml_forms import read_form
from graph_schema.yaml_lines import read_document
from loaders.errors import LoadError
from loaders.feed_rights import feeds_filling, may_fill

ROW_NUMBER = "row_number"
SUFFIX = ".yaml"


def _as_text(value: object) -> object:
    """Return a YAML value as the text it stands for: `yes` is read as a flag, 2010-01-01 as a day."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float | date) else value


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


class CellForm(Form):
    """Where one cell of a fact comes from.

    `column`: a column of the file, without outer blanks; texts in `empty` count as empty, `codes` translate, `times`,
    `over` (divided by another column) and `plus` calculate in this order. `text`: a text with `{column}` and
    `{row_number}` places, empty if one of them is. `value`: the same for every row. `row_number`: the number of the
    row, the header not counted.
    """

    column: str | None = None
    text: str | None = None
    value: Text | None = None
    row_number: Literal[True] | None = None
    empty: tuple[Text, ...] = ()
    codes: dict[str, Text] = Field(default_factory=dict)
    times: float = 1.0
    over: str | None = None
    plus: float = 0.0

    @model_validator(mode="after")
    def _is_one(self) -> CellForm:
        given = [part for part in (self.column, self.text, self.value, self.row_number) if part is not None]
        if len(given) != 1:
            raise ValueError("give one of “column”, “text”, “value” and “row_number”")
        if self.text is not None:
            places_of(self.text)
        return self

    @property
    def calculates(self) -> bool:
        """Return whether the cell is the result of a calculation."""
        return self.times != 1.0 or self.plus != 0.0 or self.over is not None

    @property
    def reads(self) -> tuple[str, ...]:
        """Return the columns of the file that the cell is made of."""
        if self.text is not None:
            return tuple(dict.fromkeys(name for name in places_of(self.text) if name != ROW_NUMBER))
        return tuple(name for name in (self.column, self.over) if name is not None)


class FactForm(Form):
    """One fact that a row gives: its kind, its cells by column of the kind's template, and which rows give it.

    `distinct`: rows that say the same fact say it once.
    """

    kind: str
    columns: dict[str, CellForm]
    where: tuple[Condition, ...] = ()
    distinct: bool = False


class Reads(Form):
    """How the text of the file is taken apart."""

    delimiter: str = Field(",", min_length=1, max_length=1)
    encoding: Literal["utf-8"] = "utf-8"


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

    def _columns(self) -> Iterator[str]:
        for fact in self.facts:
            for cell in fact.columns.values():
                yield from cell.reads
            yield from (condition.column for condition in fact.where)


def places_of(text: str) -> tuple[str, ...]:
    """Return the names in braces; raises ValueError where a brace is not closed.

    >>> places_of("{village}-{row_number}")
    ('village', 'row_number')
    """
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name)


def ready_mapping(name: str) -> Path | None:
    """Return the file of a ready mapping, None if there is none of that name."""
    path = ready_folder() / f"{name}{SUFFIX}"
    return path if path.is_file() else None


def find_mapping(path: Path) -> Path:
    """Return the mapping file at the path, else the ready mapping of that name. Raises `no_such_mapping`."""
    found = path if path.is_file() else ready_mapping(path.name)
    if found is None:
        known = ", ".join(sorted(ready.stem for ready in ready_folder().glob(f"*{SUFFIX}")))
        raise LoadError("no_such_mapping", name=path, known=known)
    return found


def ready_folder() -> Path:
    """Return the folder of the ready mappings."""
    return Path(str(files("loaders"))) / "mappings"


def load_mapping(path: Path, schema: Schema) -> Mapping:
    """Return the mapping of a file that holds one.

    Raises SchemaError with file and line where the file has not the form of a mapping, and LoadError where it names a
    kind, column or feed that is not known.
    """
    document = read_document(path.parent, path.name)
    if len(document.entries) != 1:
        raise LoadError("mapping_not_one", file=path.name, found=len(document.entries))
    name = next(iter(document.entries))
    mapping = read_form(document, name, Mapping, {"name": name})
    _check(mapping, path.name, schema)
    return mapping


def _check(mapping: Mapping, file: str, schema: Schema) -> None:
    if mapping.feed not in schema.feeds:
        raise LoadError("unknown_feed", file=file, feed=mapping.feed, known=", ".join(schema.feeds))
    for fact in mapping.facts:
        check_kind(fact.kind, mapping.feed, file, schema)
        known = [column.name for column in template_columns(schema, fact.kind)]
        for column in fact.columns:
            if column not in known:
                raise LoadError(
                    "mapping_unknown_property", file=file, column=column, kind=fact.kind, known=", ".join(known)
                )


def check_kind(kind: str, feed: str, file: str, schema: Schema) -> None:
    """Raise LoadError where no file can bring the kind (`unknown_kind`, `kind_has_no_table`) or the feed does not."""
    if kind not in schema.node_kinds and kind not in schema.relationship_kinds:
        raise LoadError("unknown_kind", file=file, kind=kind)
    if kind not in schema.fact_tables or schema.is_vocabulary(kind):
        raise LoadError("kind_has_no_table", file=file, kind=kind)
    if not may_fill(schema, feed, kind):
        known = ", ".join(feeds_filling(schema, kind))
        raise LoadError("feed_does_not_fill", file=file, feed=feed, kind=kind, known=known)
