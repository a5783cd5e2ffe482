"""A mapping tried on a file: its first rows as they were read and the facts they become. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from loaders.checks.facts import Checked, check_facts
from loaders.checks.references import KnownIdsOf
from loaders.checks.verdict import judge
from loaders.errors import LoadError
from loaders.files.content import open_content
from loaders.files.feed_file import FeedFile
from loaders.files.found import find_files
from loaders.files.reads import Reads
from loaders.identity import KEY_BYTES, Identity
from loaders.load_plan import ReadFile, plan_of, read_planned
from loaders.mapping import Mapping, as_the_file_writes
from loaders.reject import Reject, RejectSource
from loaders.report import Counts

SHOWN_ROWS = 10
# A trial lists so many rejects; a load writes all of them into a file.
SHOWN_REJECTS = 100


@dataclass(frozen=True)
class TriedFact:
    """A fact that a row gives: its filled cells, ids as they stand in the file."""

    kind: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TriedRow:
    """A row before and after: the cells that the mapping reads, the facts, and why it would be rejected."""

    line: int
    cells: tuple[tuple[str, str], ...]
    facts: tuple[TriedFact, ...]
    rejects: tuple[Reject, ...]


@dataclass(frozen=True)
class Trial:
    """What a mapping makes of a file.

    `unread`: columns that the mapping leaves alone. `rows`: the first ones. `counts`: of all rows. `rejects`: the first
    ones of the whole file. `other_tables`: further tables under the path, which were not tried. What a row refers to
    outside the file is taken to be there.
    """

    file: str
    mapping: str
    feed: str
    unread: tuple[str, ...]
    rows: tuple[TriedRow, ...]
    counts: Counts
    rejects: tuple[Reject, ...]
    other_tables: tuple[str, ...] = ()


def trial(
    path: Path, mapping: Mapping, *, schema: Schema, row_count: int = SHOWN_ROWS, standard_input: BinaryIO | None = None
) -> Trial:
    """Return what the mapping makes of the first table under the path.

    Raises LoadError where the file cannot be read, or lacks a column that the mapping needs.
    """
    table, *others = tables_under(path, feed=mapping.feed, kind=mapping.kinds[0], schema=schema, reads=mapping.reads)
    plan = plan_of(table, schema=schema, mapping=mapping)
    content = open_content(table, standard_input=standard_input)
    read = read_planned(plan, content.table(plan.reads, plan.needs_cells_of), schema=schema)
    mapping = as_the_file_writes(mapping, read.raw.columns)
    lines = read.raw.lines
    # Pseudonyms are only compared with one another here; none is shown or kept.
    identity = Identity(bytes(KEY_BYTES))
    checked = [check_facts(part, schema=schema, identity=identity, feed=plan.feed, lines=lines) for part in read.facts]
    verdict = judge(checked, lines=lines, known=_taken_as_known(checked, schema), schema=schema)
    source = RejectSource(table.name, read.raw, checked, verdict)
    rejects = tuple(source.rejects())
    accepted = int((~verdict.is_rejected).sum())
    return Trial(
        file=table.name,
        mapping=mapping.name,
        feed=plan.feed,
        unread=tuple(name for name in read.raw.columns if name not in mapping.reads_columns),
        rows=tuple(_tried_rows(read, mapping, rejects, row_count)),
        counts=Counts(read.raw.row_count, accepted, read.raw.row_count - accepted),
        rejects=rejects[:SHOWN_REJECTS],
        other_tables=tuple(other.name for other in others),
    )


def tables_under(
    path: Path, *, feed: str | None, kind: str | None, schema: Schema, reads: Reads | None = None
) -> tuple[FeedFile, ...]:
    """Return the tables under a path, at least one. Raises `no_such_path`, `no_table_here`."""
    found = find_files([path], schema=schema, feed=feed, kind=kind, reads=reads).files
    if not found:
        raise LoadError("no_table_here", file=path)
    return found


def _tried_rows(read: ReadFile, mapping: Mapping, rejects: Sequence[Reject], row_count: int) -> list[TriedRow]:
    shown = min(row_count, len(read.raw.lines))
    names = [name for name in mapping.reads_columns if name in read.raw.columns]
    cells = {name: read.raw.cells[name].slice(0, shown).to_pylist() for name in names}
    of_line: dict[int, list[Reject]] = {}
    for reject in rejects:
        of_line.setdefault(reject.line, []).append(reject)
    return [
        TriedRow(
            line=(line := int(read.raw.lines[row])),
            cells=tuple((name, cells[name][row]) for name in names),
            facts=tuple(_facts_of(read, row)),
            rejects=tuple(of_line.get(line, ())),
        )
        for row in range(shown)
    ]


def _facts_of(read: ReadFile, row: int) -> list[TriedFact]:
    facts: list[TriedFact] = []
    for part in read.facts:
        place = int(part.fact_of_row[row])
        if place >= 0:
            told = ((name, texts[place].as_py()) for name, texts in part.columns.items())
            facts.append(TriedFact(part.kind, tuple((name, text) for name, text in told if text is not None)))
    return facts


def _taken_as_known(checked: Sequence[Checked], schema: Schema) -> KnownIdsOf:
    """Return ids by kind: those of the vocabulary; of other kinds all that the file refers to and does not give."""
    vocabulary = {
        "Cause": schema.causes,
        "Indicator": schema.indicators,
        "Measure": schema.measures,
        "Product": schema.products,
        "Feed": schema.feeds,
    }

    def known(kind: str) -> pa.Array:
        if kind in vocabulary:
            return pa.array(list(vocabulary[kind]), pa.string())
        named = [part.typed[column.name] for part in checked for column in part.template if kind in column.refers_to]
        given = [part.typed["id"] for part in checked if part.facts.kind == kind]
        together = pa.concat_arrays([pa.array([], pa.string()), *named]).unique()
        own = pa.concat_arrays([pa.array([], pa.string()), *given])
        return together.filter(pc.invert(pc.is_in(together, value_set=own)))

    return known
