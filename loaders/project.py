"""From the ledger to the graph: what the facts say on one day, as frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import PropertyType
from ledger import Ledger
from loaders.errors import NoPolicyThen
from loaders.fact_keys import OBSERVATION
from loaders.facts import facts_frame, split_codes
from loaders.graph_frames import (
    DANGLING_COLUMNS,
    GraphFrames,
    empty_frame,
    node_frame,
    relationship_frame,
    telling_ends,
)
from loaders.loads_of_tables import KeptPieces
from loaders.projection.contradictions import (
    compared_observations,
    contradictions,
    observation_contradictions,
    with_contradictions,
)
from loaders.projection.decided import KIND as CONTRADICTION
from loaders.projection.ends_present import with_both_ends
from loaders.projection.ground import WholeGround, setting_of
from loaders.projection.held import held_findings
from loaders.projection.pieces import Pieces
from loaders.projection.related import FINDINGS, LIVES_IN, fact_node_kinds, related, spell_relationships
from loaders.projection.shown import shown_nodes
from loaders.projection.views import ReadFacts, Views
from loaders.projection.vocabulary import vocabulary_nodes, vocabulary_relationships
from policy import ParameterError, Policy

NOT_VALID_YET = "not_valid_yet"


def project(
    ledger: Ledger,
    schema: Schema,
    policy: Policy,
    *,
    day: date,
    as_of: datetime | None = None,
    loads_version: int | None = None,
    kept: KeptPieces | None = None,
) -> GraphFrames:
    """Return the graph on `day` by the facts that count: those known `as_of` an instant, or at a version of the ledger.

    The same facts, policy and day always give the same frames, in whatever order the facts were loaded. `kept`: what
    earlier projections of the same ledger, by the same policy on the same day, were put together from. Raises
    NoPolicyThen for a day before the policy begins: rules and feed orders of later years would judge it by what nobody
    had laid down.
    """

    def read(table_name: str, columns: Sequence[str]) -> pd.DataFrame:
        def make() -> pd.DataFrame:
            return facts_frame(ledger.facts(table_name, as_of=as_of, columns=columns, loads_version=loads_version))

        if kept is None or loads_version is None or as_of is not None:
            return make()
        loads = kept.loads.counting(table_name, loads_version)
        return kept.pieces.piece(("facts", table_name, tuple(columns)), make, loads)

    try:
        return project_facts(read, schema, policy, day=day, pieces=None if kept is None else kept.pieces)
    except ParameterError as fault:
        if fault.code != NOT_VALID_YET:
            raise
        raise NoPolicyThen("no_policy_then", day=day, first=fault.fields["first"]) from fault


def project_facts(
    read: ReadFacts,
    schema: Schema,
    policy: Policy,
    *,
    day: date,
    whole: WholeGround | None = None,
    pieces: Pieces | None = None,
) -> GraphFrames:
    """Return the graph on `day` by the facts that `read` gives; where these are a part, `whole` tells of the rest.

    `pieces`: what an earlier projection by the same vocabulary and policy on the same day was put together from.
    """
    views = Views(read, schema, policy, day, pieces=pieces)
    spells, overlapping = spell_relationships(views, schema, day)
    held = held_findings(views, setting_of(views, spells[LIVES_IN], schema, policy, day, whole=whole))
    at_odds = observation_contradictions(views, schema, policy, day)
    supporting = pd.concat([held.supporting, compared_observations(at_odds)], ignore_index=True)
    named = related(views, spells, schema)
    disputed = contradictions(views, spells, overlapping, of_observations=at_odds, setting=(schema, policy, day))
    nodes = dict(views.pieces.piece("vocabulary nodes", lambda: vocabulary_nodes(schema)))
    known = dict(nodes)
    for kind in fact_node_kinds(schema):
        rows = known[kind.name] = views.rows(kind.name)
        nodes[kind.name] = _shown_frame(views, kind.name, rows, schema=schema, day=day, supporting=supporting)
    known[CONTRADICTION] = disputed.known.to_frame("id")
    nodes[CONTRADICTION] = _node_frame(disputed.rows, schema, CONTRADICTION)
    of_vocabulary = views.pieces.piece("vocabulary", lambda: vocabulary_relationships(schema, policy, day=day))
    relationships, dangling = dict(of_vocabulary), [empty_frame(DANGLING_COLUMNS)]
    for name, rows in {**with_contradictions(named, disputed), FINDINGS: held.affected}.items():
        relationships[name], broken = _complete(views, name, rows, schema=schema, known=known, shown=nodes)
        dangling += broken
    return GraphFrames(
        nodes={kind: nodes[kind] for kind in schema.node_kinds if kind in nodes},
        relationships={kind: relationships[kind] for kind in schema.relationship_kinds if kind in relationships},
        dangling=_in_order(pd.concat(dangling, ignore_index=True)),
        overlapping=_in_order(overlapping),
        disagreeing=views.disagreeing(),
    )


def _shown_frame(
    views: Views, kind: str, rows: pd.DataFrame, *, schema: Schema, day: date, supporting: pd.Series
) -> pd.DataFrame:
    """Return the nodes of a kind that the graph holds."""

    def make() -> pd.DataFrame:
        return _node_frame(shown_nodes(kind, rows, day=day, supporting=supporting), schema, kind)

    # Of the other kinds it does not matter which observations support a finding.
    return views.pieces.piece(("nodes", kind), make, rows, supporting if kind == OBSERVATION and len(rows) else None)


def _complete(
    views: Views,
    name: str,
    rows: pd.DataFrame,
    *,
    schema: Schema,
    known: Mapping[str, pd.DataFrame],
    shown: Mapping[str, pd.DataFrame],
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Return the relationships of a kind that have both their ends, and the ends that no fact describes."""

    def end_kinds() -> list[str]:
        return sorted({*rows["from_kind"].unique(), *rows["to_kind"].unique()} & known.keys())

    kinds = views.pieces.piece(("end kinds", name), end_kinds, rows)

    def make() -> tuple[pd.DataFrame, list[pd.DataFrame]]:
        among = [{kind: ends[kind]["id"] for kind in kinds} for ends in (known, shown)]
        complete, broken = with_both_ends(name, rows, known=among[0], shown=among[1])
        return _relationship_frame(complete, schema, name), broken

    ends = [frames[kind] for kind in kinds for frames in (known, shown)] if len(rows) else []
    return views.pieces.piece(("relationships", name), make, rows, *ends)


def _node_frame(rows: pd.DataFrame, schema: Schema, kind: str) -> pd.DataFrame:
    properties = schema.graph_properties(kind)
    lists = {each.name: split_codes(rows[each.name]) for each in properties if each.type is PropertyType.CODES}
    return node_frame(rows.assign(**lists), properties)


def _relationship_frame(rows: pd.DataFrame, schema: Schema, kind: str) -> pd.DataFrame:
    distinct = rows.drop_duplicates(telling_ends(rows)) if len(rows) else rows
    return relationship_frame(distinct, schema.graph_properties(kind))


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    columns = list(rows.columns)
    return rows.drop_duplicates().sort_values(columns).reset_index(drop=True)
