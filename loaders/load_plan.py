"""What a file will be read as: its feed, its kinds, and the form of its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import NodeKind
from graph_schema.tables import FactColumn, template_columns
from loaders.errors import LoadError
from loaders.files.feed_file import FeedFile
from loaders.files.raw_table import RawTable
from loaders.files.reads import Reads
from loaders.mapping import Mapping, as_the_file_writes, check_kind, fitting_mapping, ways_to_write
from loaders.rejects_file import without_reject_columns
from loaders.rows.fact_rows import FactRows, Indexes
from loaders.rows.mapped_rows import mapped_rows, template_rows

HEADER_LINES = 1
NO_WORD = re.compile(r"[^\w()（）-]+|\A-")
MOST_CHARACTERS = 60
DAY = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


@dataclass(frozen=True)
class LoadPlan:
    """A file with its feed and the kinds that it brings; `mapping` is None where it has the columns of a template.

    `version` names the form it was read in: the mapping or the kind, and its version.
    """

    file: FeedFile
    feed: str
    kinds: tuple[str, ...]
    version: str
    mapping: Mapping | None

    @property
    def path(self) -> Path:
        """Return the path of the file, of the archive that it is a member of."""
        return self.file.path

    @property
    def reads(self) -> Reads:
        """Return how the file is taken apart."""
        return self.mapping.reads if self.mapping else Reads()

    @property
    def needs_cells_of(self) -> tuple[str, ...] | None:
        """Return the columns whose cells must tell their value, None for all."""
        if self.mapping is None:
            return None
        return tuple(way for name in self.mapping.reads_columns for way in ways_to_write(name))

    @property
    def day(self) -> date | None:
        """Return the day that the name of the file tells."""
        return day_in(self.file.own_name)

    @property
    def rejects_name(self) -> str:
        """Return the beginning of the name of its rejects file, from which feed and kind can be told again."""
        if self.mapping is None:
            return f"{self.feed}.{self.kinds[0]}"
        # Whoever packed an archive may have named what is in it as no folder of ours could.
        return NO_WORD.sub("_", self.file.own_name.split(".")[0])[:MOST_CHARACTERS] or "rows"


@dataclass(frozen=True)
class ReadFile:
    """A file taken apart: its rows, the line that each first stood in, and the facts that they say.

    `is_rejects_file`: it is what an earlier load wrote of the rows that it rejected.
    """

    raw: RawTable
    first_lines: Indexes
    facts: tuple[FactRows, ...]
    is_rejects_file: bool = False


def day_in(name: str) -> date | None:
    """Return the first day that a name tells, None if it tells none.

    >>> day_in("education.Person.2026-03-31.csv")
    datetime.date(2026, 3, 31)
    """
    for text in DAY.findall(name):
        try:
            return date.fromisoformat(text)
        except ValueError:
            continue
    return None


def plan_of(file: FeedFile, *, schema: Schema, mapping: Mapping | None) -> LoadPlan:
    """Return what the file will be read as.

    Raises LoadError: what was wrong when it was found, `name_tells_no_kind`, `unknown_feed`, `unknown_kind`,
    `kind_has_no_table`, `feed_does_not_fill`.
    """
    if file.fault is not None:
        raise file.fault
    if file.feed is None or (file.kind is None and mapping is None):
        raise LoadError("name_tells_no_kind", file=file.name)
    if file.feed not in schema.feeds:
        raise LoadError("unknown_feed", file=file.name, feed=file.feed, known=", ".join(schema.feeds))
    kinds = mapping.kinds if mapping else (file.kind or "",)
    for kind in kinds:
        check_kind(kind, file.feed, file.name, schema)
    version = f"{mapping.name}/{mapping.version}" if mapping else f"{kinds[0]}/{schema.version}"
    return LoadPlan(file, file.feed, kinds, version, mapping)


def read_planned(plan: LoadPlan, table: RawTable, *, schema: Schema) -> ReadFile:
    """Return the rows of the file and the facts that they say. `table` is the content's, taken apart by `plan.reads`.

    Raises LoadError: `unknown_column`, `columns_of_ready_mapping`, `missing_column`, `mapping_column_missing`.
    """
    name = plan.file.name
    raw, first_lines = without_reject_columns(table)
    is_rejects_file = len(raw.columns) < len(table.columns)
    if plan.mapping is None:
        _check_columns(raw.columns, plan.kinds[0], name, schema)
        return ReadFile(raw, first_lines, (template_rows(raw, plan.kinds[0]),), is_rejects_file)
    mapping = as_the_file_writes(plan.mapping, raw.columns)
    for column in mapping.needs_columns:
        if column not in raw.columns:
            raise LoadError("mapping_column_missing", file=name, column=column, mapping=mapping.name)
    facts = tuple(mapped_rows(raw, mapping, first_lines - HEADER_LINES))
    return ReadFile(raw, first_lines, facts, is_rejects_file)


def refers_to(kinds: tuple[str, ...], schema: Schema) -> set[str]:
    """Return the kinds that facts of these kinds may refer to, themselves left out."""
    found = {kind for name in kinds for column in template_columns(schema, name) for kind in column.refers_to}
    return found - set(kinds)


def _check_columns(columns: tuple[str, ...], kind: str, file: str, schema: Schema) -> None:
    template = template_columns(schema, kind)
    known = [column.name for column in template]
    for column in columns:
        if column not in known:
            refuse_columns_of_ready_mapping(columns, file, schema)
            raise LoadError("unknown_column", file=file, column=column, kind=kind, known=", ".join(known))
    for needed in template:
        if _is_needed(needed, kind, schema) and needed.name not in columns:
            raise LoadError("missing_column", file=file, column=needed.name, kind=kind)


def refuse_columns_of_ready_mapping(columns: tuple[str, ...], file: str, schema: Schema) -> None:
    """Raise `columns_of_ready_mapping` where a ready mapping reads a file with these columns."""
    fitting = fitting_mapping(columns, schema)
    if fitting is not None:
        label = Label(fitting.label.en, fitting.label.zh)
        raise LoadError("columns_of_ready_mapping", file=file, mapping=fitting.name, label=label)


def _is_needed(column: FactColumn, kind: str, schema: Schema) -> bool:
    """Return whether no row of the kind can be kept without the column."""
    own = schema.fact_tables[kind].kind
    is_shared = isinstance(own, NodeKind) and own.is_shared
    return column.is_required and (column.name == "id" or not is_shared)
