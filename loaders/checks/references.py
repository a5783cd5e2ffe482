"""References between facts: each must name something that the ledger, the vocabulary or the same file gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from graph_schema.messages import Label
from graph_schema.tables import FactColumn
from loaders.checks.facts import Checked
from loaders.checks.row_checks import end_kind_column
from loaders.rows.fact_rows import Fault, Indexes, marked, places

KnownIdsOf = Callable[[str], pa.Array]


@dataclass(frozen=True)
class Need:
    """Facts that stand or fall with others of the same file, because one of their columns refers to them.

    `facts` are places in the fact rows number `part`, `targets` (of the same length) in those number `target_part`.
    """

    part: int
    column: str
    facts: Indexes
    target_part: int
    targets: Indexes


@dataclass(frozen=True)
class _Given:
    """The ids of one kind that the file itself gives, with the fact that gives each."""

    ids: pa.Array
    parts: Indexes
    facts: Indexes

    def places_of(self, values: pa.Array) -> Indexes:
        """Return for each value its place in `ids`, -1 where it is not there."""
        found = pc.fill_null(pc.index_in(values, value_set=self.ids), -1)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


class References:
    """What the facts of one file refer to: faults where that is nothing, needs where it is in the file."""

    def __init__(self, checked: Sequence[Checked], *, lines: Indexes, known: KnownIdsOf, schema: Schema) -> None:
        self._checked = checked
        self._lines = lines
        self._known = known
        self._schema = schema
        self._given: dict[tuple[str, bool], _Given] = {}

    def resolve(self) -> tuple[list[list[Fault]], list[Need]]:
        """Return the faults per set of facts, and the needs.

        `unknown_reference`: no such id anywhere. `reference_rejected`: the id stands in the file, at fault itself.
        """
        faults: list[list[Fault]] = []
        needs: list[Need] = []
        for part, checked in enumerate(self._checked):
            found: list[Fault] = []
            for column in checked.template:
                for kind, values in _ends(column, checked):
                    unknown = self._unknown(checked, column.name, values, kind)
                    if len(unknown):
                        needs.extend(self._needs(part, column.name, kind, values, unknown, found))
            faults.append(found)
        return faults, needs

    def _unknown(self, checked: Checked, column: str, values: pa.Array, kind: str) -> Indexes:
        """Return the facts whose id is not known; what is wrong with a cell already need not be told twice."""
        is_known = pc.is_in(values, value_set=self._known(kind))
        unknown = places(pc.and_(pc.is_valid(values), pc.invert(is_known)))
        if not len(unknown):
            return unknown
        is_told = marked(len(values), [fault for fault in checked.faults if fault.column == column])
        return unknown[~is_told[unknown]]

    def _needs(
        self, part: int, column: str, kind: str, values: pa.Array, facts: Indexes, found: list[Fault]
    ) -> Iterator[Need]:
        """Yield what the facts need of the file; what is not there goes to `found`."""
        given = self._given_by_file(kind, faulty=False)
        place = given.places_of(values.take(pa.array(facts)))
        for target_part in np.unique(given.parts[place[place >= 0]]).tolist():
            chosen = (place >= 0) & (given.parts[place] == target_part)
            yield Need(part, column, facts[chosen], target_part, given.facts[place[chosen]])
        facts = facts[place < 0]
        faulty = self._given_by_file(kind, faulty=True)
        place = faulty.places_of(values.take(pa.array(facts)))
        rejected, absent = facts[place >= 0], facts[place < 0]
        if len(rejected):
            at = place[place >= 0]
            lines = self.lines_of(faulty.parts[at], faulty.facts[at])
            found.append(Fault("reference_rejected", column, rejected, fields_of_fact={"line": lines}))
        if len(absent):
            names = self._schema.node_kinds[kind].label
            found.append(Fault("unknown_reference", column, absent, {"kinds": Label(names.en, names.zh)}))

    def lines_of(self, parts: Indexes, facts: Indexes) -> list[int]:
        """Return the line of the file that says each fact."""
        return [
            int(self._lines[self._checked[part].facts.row_of_fact[fact]])
            for part, fact in zip(parts.tolist(), facts.tolist(), strict=True)
        ]

    def _given_by_file(self, kind: str, *, faulty: bool) -> _Given:
        if (kind, faulty) not in self._given:
            ids, parts, facts = [pa.array([], pa.string())], [], []
            for number, checked in enumerate(self._checked):
                if checked.facts.kind == kind:
                    chosen = np.flatnonzero(checked.is_faulty == faulty)
                    ids.append(checked.typed["id"].take(pa.array(chosen)))
                    parts.append(np.full(len(chosen), number, np.int64))
                    facts.append(chosen)
            nothing = np.zeros(0, np.int64)
            self._given[kind, faulty] = _Given(
                pa.concat_arrays(ids), np.concatenate([nothing, *parts]), np.concatenate([nothing, *facts])
            )
        return self._given[kind, faulty]


def _ends(column: FactColumn, checked: Checked) -> Iterator[tuple[str, pa.Array]]:
    """Yield each node kind that the column refers to with the ids of that kind, null elsewhere."""
    values = checked.typed[column.name]
    if values.null_count == len(values):
        # The ids of a kind that nothing refers to need not be read.
        return
    kind_column = end_kind_column(column)
    if kind_column not in checked.typed:
        yield from ((kind, values) for kind in column.refers_to)
        return
    for kind in column.refers_to:
        is_of_kind = pc.fill_null(pc.equal(checked.typed[kind_column], kind), False)
        yield kind, pc.if_else(is_of_kind, values, pa.scalar(None, pa.string()))
