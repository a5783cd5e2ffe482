"""Every relationship that the facts name, by kind, before it is known whether both its ends are there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import NodeKind, RelationshipKind
from graph_schema.tables import FactTable
from loaders.graph_frames import END_COLUMNS, OVERLAP_COLUMNS, empty_frame, ends_frame
from loaders.projection.ends import column_relationships, named_ends
from loaders.projection.spells import ShownSpells, shown_spells
from loaders.projection.views import Views

FROM_COLUMN = "feed"
FINDINGS = "AFFECTED_BY"
LIVES_IN = "LIVES_IN"


def fact_node_kinds(schema: Schema) -> list[NodeKind]:
    """Return the node kinds of the graph that are made from facts, in the order of the schema."""
    kinds = schema.node_kinds.values()
    return [kind for kind in kinds if kind.kept_in == "both" and not schema.is_vocabulary(kind.name)]


def spell_relationships(views: Views, schema: Schema, day: date) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return the relationships that stand for spells, by kind, and which nodes have two open where one is allowed."""
    found, overlapping = {}, [empty_frame(OVERLAP_COLUMNS)]
    for kind in schema.relationship_kinds.values():
        source = kind.projected_from
        if source is not None and source in schema.node_kinds and kind.name != FINDINGS:
            shown = spell_relationship(views, schema, kind, day)
            found[kind.name] = shown.rows
            overlapping.append(shown.overlapping.assign(kind=kind.name))
    return found, pd.concat(overlapping, ignore_index=True)[list(OVERLAP_COLUMNS)]


def spell_relationship(views: Views, schema: Schema, kind: RelationshipKind, day: date) -> ShownSpells:
    """Return the relationships of one kind that stands for spells."""
    source = str(kind.projected_from)
    rows = views.rows(source)
    kept_open = _moved_with_open_case(views, day) if kind.name == LIVES_IN else frozenset()

    def make() -> ShownSpells:
        spells = _spells(rows, schema.fact_table(source), kind)
        return shown_spells(spells, cardinality=kind.cardinality, day=day, kept_open=kept_open)

    return views.pieces.piece(("spells", kind.name), make, rows, kept_open)


def related(views: Views, spells: Mapping[str, pd.DataFrame], schema: Schema) -> dict[str, pd.DataFrame]:
    """Return every relationship of the graph that facts name, by kind, whether or not both its ends are there.

    `spells`: those that stand for spells, which come back with the others.
    """
    pieces: dict[str, list[pd.DataFrame]] = {name: [rows] for name, rows in spells.items()}
    for node_kind in fact_node_kinds(schema):
        for name, rows in _of_columns(views, node_kind.name, schema).items():
            pieces.setdefault(name, []).append(rows)
    pieces.setdefault("OF_HOUSEHOLD", []).append(_households_of_persons_helped(views, spells["HAS_MEMBER"]))
    for kind in schema.relationship_kinds.values():
        if kind.kept_in == "both" and kind.name in schema.fact_tables and not schema.is_vocabulary(kind.name):
            pieces.setdefault(kind.name, []).append(views.rows(kind.name))
        elif kind.projected_from == FROM_COLUMN:
            pieces[kind.name] = [_from_feeds(views, from_kind, kind) for from_kind in kind.from_kinds]
    return {
        kind.name: _joined(views, kind.name, pieces.get(kind.name, []))
        for kind in schema.relationship_kinds.values()
        if kind.kept_in != "ledger" and not schema.is_vocabulary(kind.name) and kind.name != FINDINGS
    }


def _of_columns(views: Views, node_kind: str, schema: Schema) -> Mapping[str, pd.DataFrame]:
    rows, table = views.rows(node_kind), schema.fact_table(node_kind)

    def make() -> Mapping[str, pd.DataFrame]:
        return column_relationships(rows, table, schema.relationship_kinds)

    return views.pieces.piece(("of columns", node_kind), make, rows)


def _joined(views: Views, kind: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    full = [rows for rows in parts if len(rows)]

    def make() -> pd.DataFrame:
        return pd.concat(full, ignore_index=True) if full else empty_frame(END_COLUMNS)

    return views.pieces.piece(("joined", kind), make, *(full or parts))


def _households_of_persons_helped(views: Views, has_member: pd.DataFrame) -> pd.DataFrame:
    """Return OF_HOUSEHOLD for help to a person: to the household where the person lives now."""
    assistance = views.rows("Assistance")

    def make() -> pd.DataFrame:
        helped = assistance.dropna(subset=["person_id"])[["id", "person_id"]]
        members = has_member[has_member["ended_on"].isna()][["from_id", "to_id"]]
        joined = helped.merge(members, left_on="person_id", right_on="to_id")
        return ends_frame("Assistance", joined["id"], "Household", joined["from_id"])

    return views.pieces.piece("households of persons helped", make, assistance, has_member)


def _spells(rows: pd.DataFrame, table: FactTable, kind: RelationshipKind) -> pd.DataFrame:
    start, goal = (
        named_ends(rows, [column for column in table.columns if set(column.refers_to) & set(kinds)])
        for kinds in (kind.from_kinds, kind.to_kinds)
    )
    ends = ends_frame(start["kind"], start["id"], goal["kind"], goal["id"])
    names = [entry.name for entry in kind.properties if entry.name in rows.columns]
    return pd.concat([ends, rows[[*names, "starts_on", "ends_on"]]], axis=1).dropna(subset=list(END_COLUMNS))


def _moved_with_open_case(views: Views, day: date) -> frozenset[str]:
    """Return the moved households whose case is not handed over: their last address stays open."""
    households, cases = views.rows("Household"), views.rows("MonitoringCase")
    open_cases = cases.loc[~(cases["closed_on"] <= pd.Timestamp(day)), "household_id"]
    moved = households.loc[households["household_status"] == "moved", "id"]
    return frozenset(moved[moved.isin(open_cases)])


def _from_feeds(views: Views, from_kind: str, kind: RelationshipKind) -> pd.DataFrame:
    rows = views.rows(from_kind)

    def make() -> pd.DataFrame:
        return ends_frame(from_kind, rows["id"], kind.to_kinds[0], rows["feed"])

    return views.pieces.piece(("from feeds", from_kind, kind.name), make, rows)
