"""The current view of every table that the graph is made from, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import RelationshipKind
from graph_schema.tables import FACT_COLUMNS, FactTable
from loaders.current_view import CurrentView, current_view
from loaders.graph_frames import DISAGREEMENT_COLUMNS, END_COLUMNS, empty_frame
from loaders.projection.absences import ABSENCE, ended_by_absence
from loaders.projection.absences import COLUMNS as ABSENCE_COLUMNS
from loaders.projection.mergers import HOUSEHOLD, MERGED_INTO, happened, with_merged
from loaders.projection.pieces import Pieces, of_nothing
from policy import Policy

ReadFacts = Callable[[str, Sequence[str]], pd.DataFrame]
"""Facts of a table by its name and the wanted columns, in the form of `facts.facts_frame`."""

UNREAD = ("quality",)
KEYS = ("id", *END_COLUMNS)
"""The columns by which the facts of a table are told apart, as far as it has them."""


class Views:
    """Current views by table name, for one day; each is made once.

    `pieces`: what an earlier projection was put together from; a view whose facts are the same frame is taken from it.
    """

    def __init__(
        self, read: ReadFacts, schema: Schema, policy: Policy, day: date, *, pieces: Pieces | None = None
    ) -> None:
        self._read = read
        self._schema = schema
        self._policy = policy
        self._day = day
        self.pieces = pieces or Pieces(keeps=False, of_nothing=of_nothing(schema))
        self._rows: dict[str, pd.DataFrame] = {}
        self._disagreements: dict[str, pd.DataFrame] = {}

    def rows(self, table_name: str) -> pd.DataFrame:
        """Return what is held of a kind: `id` or the ends, the other columns of its table, `feed`, `is_made_up`.

        Relationships carry all four end columns, whether or not their table needs them.
        """
        if table_name not in self._rows:
            self._rows[table_name] = self._view(self._schema.fact_table(table_name))
        return self._rows[table_name]

    def said(self, table_name: str, column: str) -> pd.DataFrame:
        """Return all that was ever said in one column of a table: the keys, the column, `feed` and `recorded_at`."""
        keys = [each.name for each in self._schema.fact_table(table_name).columns if each.name in KEYS]
        return self._read(table_name, [*keys, column, "feed", "recorded_at"])

    def has_column(self, table_name: str, column: str) -> bool:
        """Return whether there is such a table with such a column."""
        table = self._schema.fact_tables.get(table_name)
        return table is not None and table.column(column) is not None

    def disagreements(self) -> dict[str, pd.DataFrame]:
        """Return what feeds differ on in the tables read so far, by table name, tables without any left out.

        The frames have the form of `loaders.disagreements.disagreements`.
        """
        return dict(sorted(self._disagreements.items()))

    def disagreeing(self) -> pd.DataFrame:
        """Return kind, property and count of what feeds disagree on in the tables read so far."""
        counted = [
            (kind, str(name), len(rows.drop_duplicates([key for key in KEYS if key in rows.columns])))
            for kind, frame in self._disagreements.items()
            for name, rows in frame.groupby("aspect")
        ]
        if not counted:
            return empty_frame(DISAGREEMENT_COLUMNS).astype({"count": "int64"})
        return pd.DataFrame(sorted(counted), columns=list(DISAGREEMENT_COLUMNS))

    @cached_property
    def absences(self) -> pd.DataFrame:
        """Return what snapshots lacked until the day, with the columns `absences.COLUMNS`."""
        found = self._read(ABSENCE, ABSENCE_COLUMNS)

        def until_the_day() -> pd.DataFrame:
            return found[found["absent_on"] <= pd.Timestamp(self._day)].reset_index(drop=True)

        return self.pieces.piece("absences", until_the_day, found)

    def _view(self, table: FactTable) -> pd.DataFrame:
        names = [column.name for column in table.columns]
        wanted = [*names, *(column.name for column in FACT_COLUMNS if column.name not in UNREAD)]
        keys = [name for name in names if name in KEYS]
        values = [name for name in names if name not in keys]
        read, absences = self._read(table.name, wanted), self.absences
        mergers = self.rows(MERGED_INTO) if table.name == HOUSEHOLD else None

        def make() -> CurrentView:
            orders = {name: tuple(self._policy.feed_order(table.name, name, day=self._day)) for name in values}
            facts = ended_by_absence(read, absences, table)
            view = current_view(facts, keys=keys, orders=orders, day=self._day, one_of=_groups(table))
            if isinstance(table.kind, RelationshipKind):
                return replace(view, rows=happened(_with_kinds(view.rows, table.kind), self._day))
            return view if mergers is None else replace(view, rows=with_merged(view.rows, mergers))

        view = self.pieces.piece(("view", table.name), make, read, absences, mergers)
        if view.disagreements is not None:
            self._disagreements[table.name] = view.disagreements
        return view.rows


def _groups(table: FactTable) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for column in table.columns:
        if column.one_of is not None:
            groups.setdefault(column.one_of, []).append(column.name)
    return list(groups.values())


def _with_kinds(rows: pd.DataFrame, kind: RelationshipKind) -> pd.DataFrame:
    """Return the rows with the kind of each end, which a table leaves out where only one can stand."""
    given = {"from_kind": kind.from_kinds[0], "to_kind": kind.to_kinds[0]}
    missing = {name: value for name, value in given.items() if name not in rows.columns}
    return rows.assign(**{name: pd.Series(value, index=rows.index, dtype="str") for name, value in missing.items()})
