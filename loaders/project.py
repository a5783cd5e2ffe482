"""From the ledger to the graph: what the facts say on one day, as frames."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd

from graph_schema import Schema
from graph_schema.meta import PropertyType
from ledger import Ledger
from loaders.facts import facts_frame, split_codes
from loaders.finding_frame import finding_frame
from loaders.findings import derive_findings
from loaders.graph_frames import (
    DANGLING_COLUMNS,
    END_COLUMNS,
    GraphFrames,
    empty_frame,
    ends_frame,
    node_frame,
    relationship_frame,
)
from loaders.projection.ends_present import with_both_ends
from loaders.projection.ground import setting_of, shock_areas
from loaders.projection.related import FINDINGS, fact_node_kinds, related, spell_relationships
from loaders.projection.shown import shown_nodes
from loaders.projection.stated import refuting_findings, stated_findings, supporting_observations
from loaders.projection.views import ReadFacts, Views
from loaders.projection.vocabulary import vocabulary_nodes, vocabulary_relationships
from loaders.reconcile import CERTAIN, reconcile
from loaders.severity import set_by_visits
from policy import Policy

SUSPECTED_CAP = "finding.suspected_cap"


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

    The same facts, policy and day always give the same frames, in whatever order the facts were loaded.
    """

    def read(table_name: str, columns: Sequence[str]) -> pd.DataFrame:
        return facts_frame(ledger.facts(table_name, as_of=as_of, columns=columns, loads_version=loads_version))

    return project_facts(read, schema, policy, day=day)


def project_facts(read: ReadFacts, schema: Schema, policy: Policy, *, day: date) -> GraphFrames:
    """Return the graph on `day` by the facts that `read` gives."""
    views = Views(read, schema, policy, day)
    spells, overlapping = spell_relationships(views, schema, day)
    affected, supporting = _findings(views, spells["LIVES_IN"], schema, policy, day)
    nodes = vocabulary_nodes(schema)
    known = {kind: frame["id"] for kind, frame in nodes.items()}
    for kind in fact_node_kinds(schema):
        rows = views.rows(kind.name)
        known[kind.name] = rows["id"]
        shown = shown_nodes(kind.name, rows, day=day, supporting=supporting)
        nodes[kind.name] = _node_frame(shown, schema, kind.name)
    relationships = vocabulary_relationships(schema, policy, day=day)
    present = {kind: frame["id"] for kind, frame in nodes.items()}
    dangling = [empty_frame(DANGLING_COLUMNS)]
    for name, rows in {**related(views, spells, schema), FINDINGS: affected}.items():
        whole, broken = with_both_ends(name, rows, known=known, shown=present)
        relationships[name] = _relationship_frame(whole, schema, name)
        dangling.append(broken)
    return GraphFrames(
        nodes={kind: nodes[kind] for kind in schema.node_kinds if kind in nodes},
        relationships={kind: relationships[kind] for kind in schema.relationship_kinds if kind in relationships},
        dangling=_in_order(pd.concat(dangling, ignore_index=True)),
        overlapping=_in_order(overlapping),
        disagreeing=views.disagreeing(),
    )


def _findings(
    views: Views, lives_in: pd.DataFrame, schema: Schema, policy: Policy, day: date
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the AFFECTED_BY rows, and the ids of the observations that the graph shows."""
    setting = setting_of(views, lives_in, schema, policy, day)
    visit_feeds = setting.feeds_of_kind("visit")
    stated = stated_findings(views, suspected_cap=policy.number(SUSPECTED_CAP, day=day), certain=CERTAIN)
    refuting = refuting_findings(views, stated, visit_feeds)
    shocks = shock_areas(views, setting.upward)
    observations = views.rows("Observation")
    derived = derive_findings(observations, stated, shocks=shocks, refuting=refuting, setting=setting)
    every = finding_frame(pd.concat([derived, stated], ignore_index=True))
    every = set_by_visits(every, visit_feeds=visit_feeds, day=day)
    held = reconcile(every, day=day, refuting=refuting)
    ends = ends_frame("Household", held["household_id"], "Cause", held["cause_id"])
    return pd.concat([ends, held], axis=1), supporting_observations(views, every, held, day=day)


def _node_frame(rows: pd.DataFrame, schema: Schema, kind: str) -> pd.DataFrame:
    properties = schema.graph_properties(kind)
    lists = {each.name: split_codes(rows[each.name]) for each in properties if each.type is PropertyType.CODES}
    return node_frame(rows.assign(**lists), properties)


def _relationship_frame(rows: pd.DataFrame, schema: Schema, kind: str) -> pd.DataFrame:
    return relationship_frame(rows.drop_duplicates(list(END_COLUMNS)), schema.graph_properties(kind))


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    columns = list(rows.columns)
    return rows.drop_duplicates().sort_values(columns).reset_index(drop=True)
