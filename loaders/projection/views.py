"""The current view of every table that the graph is made from, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import RelationshipKind
from graph_schema.tables import FACT_COLUMNS, FactTable
from loaders.current_view import current_view
from loaders.graph_frames import DISAGREEMENT_COLUMNS, END_COLUMNS, empty_frame
from policy import Policy

ReadFacts = Callable[[str, Sequence[str]], pd.DataFrame]
"""Facts of a table by its name and the wanted columns, in the form of `facts.facts_frame`."""

UNREAD = ("quality",)


class Views:
    """Current views by table name, for one day; each is made once."""

    def __init__(self, read: ReadFacts, schema: Schema, policy: Policy, day: date) -> None:
        self._read = read
        self._schema = schema
        self._policy = policy
        self._day = day
        self._rows: dict[str, pd.DataFrame] = {}
        self._disagreeing: list[tuple[str, str, int]] = []

    def rows(self, table_name: str) -> pd.DataFrame:
        """Return what is held of a kind: `id` or the ends, the other columns of its table, `feed`, `is_made_up`.

        Relationships carry all four end columns, whether or not their table needs them.
        """
        if table_name not in self._rows:
            self._rows[table_name] = self._view(self._schema.fact_table(table_name))
        return self._rows[table_name]

    def disagreeing(self) -> pd.DataFrame:
        """Return kind, property and count of what feeds disagree on in the tables read so far."""
        if not self._disagreeing:
            return empty_frame(DISAGREEMENT_COLUMNS).astype({"count": "int64"})
        rows = pd.DataFrame(sorted(self._disagreeing), columns=list(DISAGREEMENT_COLUMNS))
        return rows.reset_index(drop=True)

    def _view(self, table: FactTable) -> pd.DataFrame:
        names = [column.name for column in table.columns]
        wanted = [*names, *(column.name for column in FACT_COLUMNS if column.name not in UNREAD)]
        keys = [name for name in names if name in {"id", *END_COLUMNS}]
        values = [name for name in names if name not in keys]
        orders = {name: tuple(self._policy.feed_order(table.name, name, day=self._day)) for name in values}
        facts = self._read(table.name, wanted)
        view = current_view(facts, keys=keys, orders=orders, day=self._day, one_of=_groups(table))
        self._disagreeing += [(table.name, name, count) for name, count in view.disagreements.items()]
        return _with_kinds(view.rows, table.kind) if isinstance(table.kind, RelationshipKind) else view.rows


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
