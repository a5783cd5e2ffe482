"""From the ledger to the graph: what the facts say on one day, as frames."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import PropertyType
from ledger import Ledger
from loaders.errors import NoPolicyThen
from loaders.facts import facts_frame, split_codes
from loaders.graph_frames import (
    DANGLING_COLUMNS,
    GraphFrames,
    empty_frame,
    node_frame,
    relationship_frame,
    telling_ends,
)
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
) -> GraphFrames:
    """Return the graph on `day` by the facts that count: those known `as_of` an instant, or at a version of the ledger.

    The same facts, policy and day always give the same frames, in whatever order the facts were loaded. Raises
    NoPolicyThen for a day before the policy begins: rules and feed orders of later years would judge it by what nobody
    had laid down.
    """

    def read(table_name: str, columns: Sequence[str]) -> pd.DataFrame:
        return facts_frame(ledger.facts(table_name, as_of=as_of, columns=columns, loads_version=loads_version))

    try:
        return project_facts(read, schema, policy, day=day)
    except ParameterError as fault:
        if fault.code != NOT_VALID_YET:
            raise
        raise NoPolicyThen("no_policy_then", day=day, first=fault.fields["first"]) from fault


def project_facts(
    read: ReadFacts, schema: Schema, policy: Policy, *, day: date, whole: WholeGround | None = None
) -> GraphFrames:
    """Return the graph on `day` by the facts that `read` gives; where these are a part, `whole` tells of the rest."""
    views = Views(read, schema, policy, day)
    spells, overlapping = spell_relationships(views, schema, day)
    held = held_findings(views, setting_of(views, spells[LIVES_IN], schema, policy, day, whole=whole))
    at_odds = observation_contradictions(views, schema, policy, day)
    supporting = pd.concat([held.supporting, compared_observations(at_odds)], ignore_index=True)
    named = related(views, spells, schema)
    disputed = contradictions(views, spells, overlapping, of_observations=at_odds, setting=(schema, policy, day))
    nodes = vocabulary_nodes(schema)
    known = {kind: frame["id"] for kind, frame in nodes.items()}
    for kind in fact_node_kinds(schema):
        rows = views.rows(kind.name)
        known[kind.name] = rows["id"]
        shown = shown_nodes(kind.name, rows, day=day, supporting=supporting)
        nodes[kind.name] = _node_frame(shown, schema, kind.name)
    known[CONTRADICTION] = disputed.known
    nodes[CONTRADICTION] = _node_frame(disputed.rows, schema, CONTRADICTION)
    relationships = vocabulary_relationships(schema, policy, day=day)
    present = {kind: frame["id"] for kind, frame in nodes.items()}
    dangling = [empty_frame(DANGLING_COLUMNS)]
    for name, rows in {**with_contradictions(named, disputed), FINDINGS: held.affected}.items():
        complete, broken = with_both_ends(name, rows, known=known, shown=present)
        relationships[name] = _relationship_frame(complete, schema, name)
        dangling += broken
    return GraphFrames(
        nodes={kind: nodes[kind] for kind in schema.node_kinds if kind in nodes},
        relationships={kind: relationships[kind] for kind in schema.relationship_kinds if kind in relationships},
        dangling=_in_order(pd.concat(dangling, ignore_index=True)),
        overlapping=_in_order(overlapping),
        disagreeing=views.disagreeing(),
    )


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
