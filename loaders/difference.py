"""What has to be written and removed to get from one graph to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from loaders.graph_frames import END_COLUMNS, GraphFrames


@dataclass(frozen=True)
class GraphChange:
    """Rows that are new or changed, whole, and keys of what is gone; each by kind, kinds without change left out."""

    nodes: Mapping[str, pd.DataFrame]
    relationships: Mapping[str, pd.DataFrame]
    removed_nodes: Mapping[str, tuple[str, ...]]
    removed_relationships: Mapping[str, pd.DataFrame]

    @property
    def removal_count(self) -> int:
        """Return how many nodes and relationships are gone."""
        nodes = sum(len(ids) for ids in self.removed_nodes.values())
        return nodes + sum(len(rows) for rows in self.removed_relationships.values())


def difference(old: GraphFrames, new: GraphFrames) -> GraphChange:
    """Return what changes `old` into `new`. A value that is null in both has not changed."""
    nodes, removed_nodes = _changes(old.nodes, new.nodes, ["id"])
    relationships, removed_relationships = _changes(old.relationships, new.relationships, list(END_COLUMNS))
    return GraphChange(
        nodes=nodes,
        relationships=relationships,
        removed_nodes={kind: tuple(rows["id"]) for kind, rows in removed_nodes.items()},
        removed_relationships=removed_relationships,
    )


def _changes(
    old: Mapping[str, pd.DataFrame], new: Mapping[str, pd.DataFrame], keys: Sequence[str]
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    changed, removed = {}, {}
    for kind in [*new, *(kind for kind in old if kind not in new)]:
        after = new[kind] if kind in new else old[kind].iloc[:0]
        before = old[kind] if kind in old else after.iloc[:0]
        if before.equals(after):
            continue
        rows, gone = _changed_rows(before, after, keys)
        if len(rows):
            changed[kind] = rows
        if len(gone):
            removed[kind] = gone
    return changed, removed


def _changed_rows(before: pd.DataFrame, after: pd.DataFrame, keys: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = list(keys)
    places = (
        after[names]
        .assign(after=range(len(after)))
        .merge(before[names].assign(before=range(len(before))), on=names, how="outer")
    )
    gone = before.iloc[sorted(places.loc[places["after"].isna(), "before"].astype("int64"))]
    is_new = places["before"].isna()
    both = places[~is_new & places["after"].notna()].astype({"after": "int64", "before": "int64"})
    is_changed = pd.Series(False, index=both.index)
    for name in after.columns.difference(names):
        is_changed |= ~_same(before[name].iloc[both["before"]], after[name].iloc[both["after"]]).to_numpy()
    written = [*places.loc[is_new, "after"].astype("int64"), *both.loc[is_changed, "after"]]
    return after.iloc[sorted(written)].reset_index(drop=True), gone[names].reset_index(drop=True)


def _same(before: pd.Series, after: pd.Series) -> pd.Series:
    """Return, place by place, whether both have the same value or none."""
    if after.dtype == object:
        # Lists of codes: a list cannot be compared column-wise, its tuple can.
        before, after = _tuples(before), _tuples(after)
    left, right = before.reset_index(drop=True), after.reset_index(drop=True)
    equal = (left == right).astype("boolean").fillna(False).astype("bool")
    return equal | (left.isna() & right.isna())


def _tuples(lists: pd.Series) -> pd.Series:
    return lists.map(lambda value: tuple(value) if isinstance(value, list) else None)
