"""What a file will be read as: its feed, its kinds, and the form of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graph_schema import Schema
from graph_schema.meta import NodeKind
from graph_schema.tables import FactColumn, template_columns
from loaders.errors import LoadError
from loaders.feeds import FeedFile
from loaders.mapping import Mapping, check_kind
from loaders.rejects_file import without_reject_columns
from loaders.rows.csv_text import RawTable, parse_csv
from loaders.rows.fact_rows import FactRows, Indexes
from loaders.rows.mapped_rows import mapped_rows, template_rows

HEADER_LINES = 1


@dataclass(frozen=True)
class LoadPlan:
    """A file with its feed and the kinds that it brings; `mapping` is None where it has the columns of a template.

    `version` names the form it was read in: the mapping or the kind, and its version.
    """

    path: Path
    feed: str
    kinds: tuple[str, ...]
    version: str
    mapping: Mapping | None

    @property
    def delimiter(self) -> str:
        """Return what stands between two cells."""
        return self.mapping.reads.delimiter if self.mapping else ","

    @property
    def rejects_name(self) -> str:
        """Return the beginning of the name of its rejects file, from which feed and kind can be told again."""
        return self.path.name.split(".")[0] if self.mapping else f"{self.feed}.{self.kinds[0]}"


@dataclass(frozen=True)
class ReadFile:
    """A file taken apart: its rows, the line that each first stood in, and the facts that they say."""

    raw: RawTable
    first_lines: Indexes
    facts: tuple[FactRows, ...]


def plan_of(file: FeedFile, *, schema: Schema, mapping: Mapping | None) -> LoadPlan:
    """Return what the file will be read as.

    Raises LoadError: `name_tells_no_kind`, `unknown_feed`, `unknown_kind`, `kind_has_no_table`, `feed_does_not_fill`.
    """
    if file.feed is None or (file.kind is None and mapping is None):
        raise LoadError("name_tells_no_kind", file=file.name)
    if file.feed not in schema.feeds:
        raise LoadError("unknown_feed", file=file.name, feed=file.feed, known=", ".join(schema.feeds))
    kinds = mapping.kinds if mapping else (file.kind or "",)
    for kind in kinds:
        check_kind(kind, file.feed, file.name, schema)
    version = f"{mapping.name}/{mapping.version}" if mapping else f"{kinds[0]}/{schema.version}"
    return LoadPlan(file.path, file.feed, kinds, version, mapping)


def read_planned(plan: LoadPlan, data: bytes, schema: Schema) -> ReadFile:
    """Return the rows of the file and the facts that they say.

    Raises LoadError where the text cannot be taken apart (`parse_csv`), or a column is missing or not known.
    """
    name = plan.path.name
    raw, first_lines = without_reject_columns(parse_csv(data, file=name, delimiter=plan.delimiter))
    if plan.mapping is None:
        _check_columns(raw.columns, plan.kinds[0], name, schema)
        return ReadFile(raw, first_lines, (template_rows(raw, plan.kinds[0]),))
    for column in plan.mapping.reads_columns:
        if column not in raw.columns:
            raise LoadError("mapping_column_missing", file=name, column=column, mapping=plan.mapping.name)
    return ReadFile(raw, first_lines, tuple(mapped_rows(raw, plan.mapping, first_lines - HEADER_LINES)))


def refers_to(kinds: tuple[str, ...], schema: Schema) -> set[str]:
    """Return the kinds that facts of these kinds may refer to, themselves left out."""
    found = {kind for name in kinds for column in template_columns(schema, name) for kind in column.refers_to}
    return found - set(kinds)


def _check_columns(columns: tuple[str, ...], kind: str, file: str, schema: Schema) -> None:
    template = template_columns(schema, kind)
    known = [column.name for column in template]
    for column in columns:
        if column not in known:
            raise LoadError("unknown_column", file=file, column=column, kind=kind, known=", ".join(known))
    for needed in template:
        if _is_needed(needed, kind, schema) and needed.name not in columns:
            raise LoadError("missing_column", file=file, column=needed.name, kind=kind)


def _is_needed(column: FactColumn, kind: str, schema: Schema) -> bool:
    """Return whether no row of the kind can be kept without the column."""
    own = schema.fact_tables[kind].kind
    is_shared = isinstance(own, NodeKind) and own.is_shared
    return column.is_required and (column.name == "id" or not is_shared)
