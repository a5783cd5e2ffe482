"""A mapping proposed for a file by the names of its columns and some of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.meta import NodeKind, PropertyType
from graph_schema.tables import FactColumn, template_columns
from loaders.errors import LoadError
from loaders.feed_rights import may_fill, may_measure
from loaders.files.content import open_content
from loaders.files.feed_file import FeedFile
from loaders.files.raw_table import RawTable
from loaders.files.reads import Reads
from loaders.mapping.header_words import HeaderWords, Sureness, read_header
from loaders.mapping.units import Units, read_units
from loaders.mapping_trial import tables_under
from loaders.proposal_cells import CellTarget, Guess, Note, Sample, guess_cell, target_of
from loaders.proposal_columns import WEIGHTS, Columns, Match

# So many rows are looked at to see how cells are written.
SAMPLE_ROWS = 1_000
# What a cell is tells its beginning; a cell of megabytes is a missing quotation mark.
SEEN_CHARACTERS = 100
# The feed that may say anything of people and places is proposed where nothing tells the feed.
OPEN_FEED = "survey"
OBSERVATION, INCOME = "Observation", "IncomeComponent"
# What a file about the present need not say of a fact, and the value that is proposed for it.
USUAL_VALUES: Mapping[str, str] = {"has_shared_budget": "yes", "certainty": "stated"}


@dataclass(frozen=True)
class ProposedFact:
    """A fact that the mapping would give: its cells by column of the kind, and which rows give it."""

    kind: str
    cells: Mapping[str, Guess]
    filled: str | None = None
    group_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A column that nothing is made of, and what it may mean all the same."""

    column: str
    note: Note | None = None


@dataclass(frozen=True)
class Proposal:
    """A mapping proposed for a table; without facts it is none."""

    file: str
    name: str
    feed: str
    is_feed_guessed: bool
    facts: tuple[ProposedFact, ...]
    left_out: tuple[LeftOut, ...]


def propose(
    path: Path, *, schema: Schema, day: date, feed: str | None = None, standard_input: BinaryIO | None = None
) -> Proposal:
    """Return a mapping proposed for the first table under the path. `day` stands where the file names none.

    Raises LoadError: `unknown_feed`, and where the file cannot be read.
    """
    if feed is not None and feed not in schema.feeds:
        raise LoadError("unknown_feed", file=path.name, feed=feed, known=", ".join(schema.feeds))
    table = tables_under(path, feed=feed, kind=None, schema=schema)[0]
    raw = open_content(table, standard_input=standard_input).table(Reads(), needed=())
    named = feed or (table.feed if table.feed in schema.feeds else None)
    told = named or _feed_in(table.own_name, schema)
    units = read_units()
    columns = Columns(_samples(raw, units), HeaderWords(schema), schema)
    kind = table.kind if table.kind and may_fill(schema, told or OPEN_FEED, table.kind) else None
    builder = _Builder(columns, schema, units, told or OPEN_FEED, day)
    facts = builder.facts(kind)
    return Proposal(
        file=table.name,
        name=_name_from(table),
        feed=told or OPEN_FEED,
        is_feed_guessed=named is None,
        facts=tuple(facts),
        left_out=tuple(builder.left_out(facts)),
    )


class _Builder:
    """Builds facts of kinds that the feed may bring until no column is left that fills one."""

    def __init__(self, columns: Columns, schema: Schema, units: Units, feed: str, day: date) -> None:
        self._columns = columns
        self._schema = schema
        self._units = units
        self._feed = feed
        self._day = day
        self._free = set(range(len(columns.samples)))
        self._ids: dict[str, tuple[int, Sureness]] = {}
        known = [kind for kind in schema.load_order() if not schema.is_vocabulary(kind)]
        self._kinds = [kind for kind in known if may_fill(schema, feed, kind)]

    def facts(self, kind: str | None) -> list[ProposedFact]:
        """Return the facts, those of the main `kind` first where it is known."""
        found = [self._fact(kind, is_certain=True)] if kind else []
        waiting = [other for other in self._kinds if other != kind]
        while waiting:
            scored = [(self._score(other), -number, other) for number, other in enumerate(waiting)]
            best, _, chosen = max(scored)
            if best <= 0:
                break
            waiting.remove(chosen)
            found.append(self._fact(chosen, is_certain=False))
        facts = [fact for fact in found if fact is not None]
        return [*facts, *self._incomes(), *self._observations()]

    def left_out(self, facts: Sequence[ProposedFact]) -> Iterator[LeftOut]:
        """Yield the columns that no fact is made of, in the order of the file."""
        used = {guess.header for fact in facts for guess in fact.cells.values()}
        for place, sample in enumerate(self._columns.samples):
            if sample.header.column not in used:
                yield LeftOut(sample.header.column, self._why_left(place))

    def _why_left(self, place: int) -> Note | None:
        for meaning in self._columns.meanings(place, "indicator"):
            label = self._schema.indicators[meaning.name].label
            return Note("proposal_left_indicator", {"label": Label(label.en, label.zh), "code": meaning.name})
        for meaning in self._columns.meanings(place, "property"):
            label = self._schema.properties[meaning.name].label
            return Note("proposal_left_property", {"label": Label(label.en, label.zh), "name": meaning.name})
        return None

    def _score(self, kind: str) -> int:
        """Return how much the free columns say of the kind; 0 where they cannot give a fact of it."""
        matches = self._columns.matches(kind, self._free)
        own = [match for match in matches if match.column.name != "id" and match.place in self._free]
        # A name inside a header is too little to make a fact of.
        if not any(match.sureness != "unsure" for match in own) or self._missing(kind, matches):
            return 0
        return sum(WEIGHTS[match.sureness] for match in own)

    def _missing(self, kind: str, matches: Sequence[Match]) -> list[FactColumn]:
        """Return what a fact of the kind cannot do without and neither a column nor a usual value gives."""
        filled = {match.column.name for match in matches}
        template = template_columns(self._schema, kind)
        own = self._schema.fact_tables[kind].kind
        # Of a shared kind with an id of its own each feed may say a part; an id of parts needs its parts.
        is_shared = isinstance(own, NodeKind) and own.is_shared and own.id_rule != "parts"
        groups = {column.one_of for column in template if column.name in filled}
        return [
            column
            for column in template
            if column.name not in filled
            and (self._usual(column) is None)
            and (
                (column.is_required and (column.name == "id" or not is_shared))
                or (column.one_of is not None and column.one_of not in groups and not is_shared)
            )
        ]

    def _usual(self, column: FactColumn) -> Guess | None:
        """Return the value that is proposed where the file says none, None where none can be."""
        value = USUAL_VALUES.get(column.name)
        if column.type is PropertyType.DAY:
            value = self._day.isoformat()
        elif column.name == "income_year":
            value = str(self._day.year - 1)
        return Guess({"value": value}, "unsure", (Note("proposal_constant"),)) if value else None

    def _fact(self, kind: str, *, is_certain: bool) -> ProposedFact | None:
        matches = self._columns.matches(kind, self._free)
        if not matches:
            return None
        cells: dict[str, Guess] = {}
        for match in matches:
            sample = self._columns.samples[match.place]
            cells[match.column.name] = self._guess(sample, target_of(match.column), match.sureness)
        for column in template_columns(self._schema, kind):
            if column.is_required and column.name not in cells and not is_certain:
                usual = self._usual(column)
                if usual is not None and not self._is_shared(kind):
                    cells[column.name] = usual
        self._free -= {match.place for match in matches}
        self._ids.update((kind, (match.place, match.sureness)) for match in matches if match.column.name == "id")
        return ProposedFact(kind, cells, group_by=() if is_certain else self._repeated_key(kind, cells))

    def _repeated_key(self, kind: str, cells: Mapping[str, Guess]) -> tuple[str, ...]:
        """Return the columns of the file that the id of the fact is made of, where several rows have the same."""
        own = self._schema.fact_tables[kind].kind
        if not isinstance(own, NodeKind):
            return ()
        parts = [name for part in own.id_parts for name in part.split("|")] if own.id_rule == "parts" else []
        headers = [cells[name].header for name in (["id"] if "id" in cells else parts) if name in cells]
        key = tuple(header for header in headers if header is not None)
        rows = list(zip(*(self._columns.cells_of(header) for header in key), strict=True))
        filled = [row for row in rows if all(row)]
        return key if len(set(filled)) < len(filled) else ()

    def _is_shared(self, kind: str) -> bool:
        own = self._schema.fact_tables[kind].kind
        return isinstance(own, NodeKind) and own.is_shared

    def _incomes(self) -> Iterator[ProposedFact]:
        household = self._id_of("Household")
        if household is None or INCOME not in self._kinds:
            return
        template = {column.name: column for column in template_columns(self._schema, INCOME)}
        for place in sorted(self._free):
            for meaning in self._columns.meanings(place, "income")[:1]:
                sample = self._columns.samples[place]
                amount = self._guess(sample, target_of(template["low_fen"]), meaning.sureness)
                cells = {
                    "household_id": household[1],
                    "income_year": self._usual(template["income_year"]),
                    "income_kind": Guess({"value": meaning.name}, meaning.sureness),
                    "low_fen": amount,
                    "high_fen": Guess(amount.cell, amount.sureness),
                    "certainty": self._usual(template["certainty"]),
                }
                self._free.discard(place)
                known = {name: cell for name, cell in cells.items() if cell is not None}
                yield self._where_filled(INCOME, known, place)

    def _observations(self) -> Iterator[ProposedFact]:
        template = {column.name: column for column in template_columns(self._schema, OBSERVATION)}
        days = [match for match in self._columns.matches(OBSERVATION, self._free) if match.column.name == "observed_on"]
        for place in sorted(self._free):
            for meaning in self._columns.meanings(place, "indicator")[:1]:
                indicator = self._schema.indicators[meaning.name]
                subject = "Household" if indicator.scope == "household" else "Area"
                of = self._id_of(subject)
                if of is None or of[0] == place or not may_measure(self._schema, self._feed, meaning.name):
                    continue
                holds = "answer" if indicator.answers else "number_value"
                target = CellTarget(template[holds], indicator.unit, indicator.answers)
                cells = {
                    "indicator_id": Guess({"value": meaning.name}, meaning.sureness),
                    f"{subject.lower()}_id": of[1],
                    holds: self._guess(self._columns.samples[place], target, meaning.sureness),
                    "observed_on": self._observed_on(days, template["observed_on"]),
                }
                self._free -= {place, *(match.place for match in days)}
                known = {name: cell for name, cell in cells.items() if cell is not None}
                yield self._where_filled(OBSERVATION, known, place)

    def _where_filled(self, kind: str, cells: Mapping[str, Guess], place: int) -> ProposedFact:
        return ProposedFact(kind, cells, filled=self._header(place), group_by=self._repeated_key(kind, cells))

    def _observed_on(self, days: Sequence[Match], column: FactColumn) -> Guess | None:
        for match in days:
            return self._guess(self._columns.samples[match.place], target_of(column), match.sureness)
        return self._usual(column)

    def _id_of(self, kind: str) -> tuple[int, Guess] | None:
        """Return the column that holds ids of a node kind, and the cell made of it."""
        found = self._ids.get(kind) or self._columns.id_place(kind)
        return (found[0], Guess({"column": self._header(found[0])}, found[1])) if found else None

    def _guess(self, sample: Sample, target: CellTarget, sureness: Sureness) -> Guess:
        return guess_cell(sample, target, sureness, schema=self._schema, units=self._units)

    def _header(self, place: int) -> str:
        return self._columns.samples[place].header.column


def _samples(raw: RawTable, units: Units) -> list[Sample]:
    return [
        Sample(
            read_header(name, units),
            tuple(text.strip()[:SEEN_CHARACTERS] for text in raw.cells[name].slice(0, SAMPLE_ROWS).to_pylist()),
        )
        for name in raw.columns
    ]


def _feed_in(name: str, schema: Schema) -> str | None:
    """Return the feed whose department the name of a file names, None where it names none or several."""
    found = [
        code
        for code, feed in schema.feeds.items()
        if feed.label.zh in name or feed.department.zh in name or code in re.split(r"[^a-z]+", name.lower())
    ]
    return found[0] if len(found) == 1 else None


def _name_from(table: FeedFile) -> str:
    stem = table.own_name.rpartition(".")[0] or table.own_name
    return re.sub(r"\W+", "_", stem).strip("_") or "mapping"
