"""The graph of a store brought up to date with the ledger: only what changed, or all of it anew."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

import pandas as pd

from graph_schema import Schema
from graph_store import GraphStore, Marker
from ledger import Ledger
from loaders.contradiction_news import ContradictionNews
from loaders.difference import GraphChange
from loaders.graph_frames import GraphFrames
from loaders.graph_plan import (
    AS_OF,
    DAY,
    GROUND,
    LOADS,
    TOWARDS,
    UNFINISHED,
    GraphPlan,
    Mode,
    plan_rebuild,
    plan_update,
)
from loaders.update_lock import PATIENT, Patience, one_updater
from policy import Policy


@dataclass(frozen=True)
class UpdateReport:
    """What was done to the graph: how many nodes and relationships were written and removed, by kind.

    `loads_version` is the version of the ledger that the graph now shows. `contradictions` between feeds are told where
    anything was written; in a graph made anew all of them are new.
    """

    mode: Mode
    loads_version: int
    nodes: Mapping[str, int]
    relationships: Mapping[str, int]
    removed: Mapping[str, int]
    seconds: float
    contradictions: ContradictionNews | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the report for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class GraphState:
    """What a graph says of itself: the ledger version it has taken in (-1 none), and the day it shows.

    `as_of`: the instant whose knowledge it shows; None for a graph that follows the ledger.
    """

    loads: int
    day: date | None
    as_of: datetime | None = None


def markers(store: GraphStore) -> GraphState:
    """Return what the graph has taken in; a graph that is empty or was broken off in writing has taken in nothing."""
    noted = noted_markers(store)
    loads = noted.get(LOADS, UNFINISHED)
    day = date.fromordinal(noted[DAY]) if DAY in noted else None
    seconds = noted.get(AS_OF, 0)
    return GraphState(max(loads, -1), day, datetime.fromtimestamp(seconds, UTC) if seconds else None)


def noted_markers(store: GraphStore) -> dict[str, int]:
    """Return the markers of the graph as they are, by name, for a plan."""
    return {str(row["table_name"]): int(str(row["version"])) for row in store.ask("upkeep/versions")}


def bring_up_to_date(
    store: GraphStore, ledger: Ledger, schema: Schema, policy: Policy, *, day: date, patience: Patience = PATIENT
) -> UpdateReport:
    """Bring the graph from what it has taken in to all that the ledger holds now, as it stands on `day`.

    What is written is told by `graph_plan.plan_update`. Broken off and run again, it ends the same, whatever the ledger
    took in or back meanwhile. Errors of ledger and store pass through.
    """
    with one_updater(ledger.folder, patience):
        return apply_plan(store, plan_update(noted_markers(store), store.engine, ledger, schema, policy, day=day))


def rebuild(
    store: GraphStore, ledger: Ledger, schema: Schema, policy: Policy, *, day: date, as_of: datetime | None = None
) -> UpdateReport:
    """Make the graph anew as it stands on `day`: by all facts, or by those known `as_of` an instant.

    What was in the graph before is gone first. A graph of a past instant is made anew when it is brought up to date.
    """
    with one_updater(ledger.folder):
        return apply_plan(store, plan_rebuild(ledger, schema, policy, day=day, as_of=as_of))


def apply_plan(store: GraphStore, plan: GraphPlan) -> UpdateReport:
    """Write what a plan says into the graph that it was made for, and save it. Call it under `one_updater`.

    Readers of an engine that can do so see all of it at once, before it is saved; broken off there, it was never begun.
    Elsewhere, the markers tell the next plan how far it came.
    """
    begun = time.perf_counter()
    if plan.anew is not None:
        with store.at_once():
            _make_anew(store, plan, plan.anew)
        store.save()
        return _report(plan, (plan.anew.nodes, plan.anew.relationships), {}, plan.news, begun)
    if not plan.steps:
        # Nothing to do, unless saving failed the last time.
        store.save()
        return _report(plan, ({}, {}), {}, None, begun)
    with store.at_once():
        removed = _take_steps(store, plan)
    store.save()
    last = plan.steps[-1][0]
    open_count = int(str(store.ask("upkeep/open_contradictions")[0]["open_count"]))
    news = plan.news and replace(plan.news, open_count=open_count)
    return _report(plan, (last.nodes, last.relationships), removed, news, begun)


def _make_anew(store: GraphStore, plan: GraphPlan, frames: GraphFrames) -> None:
    store.clear()
    store.apply_schema()
    store.mark(Marker(LOADS, UNFINISHED))
    store.mark(Marker(GROUND, plan.ground))
    store.mark(Marker(DAY, plan.day.toordinal()))
    store.mark(Marker(AS_OF, 0 if plan.as_of is None else int(plan.as_of.timestamp())))
    _write(store, frames.nodes, frames.relationships, Marker(LOADS, plan.version))


def _take_steps(store: GraphStore, plan: GraphPlan) -> dict[str, int]:
    """Write the steps one after the other; return what the last one removed, by kind."""
    *before, (last, version) = plan.steps
    for change, reached in before:
        _remove(store, change)
        _write(store, change.nodes, change.relationships, Marker(LOADS, reached))
    if plan.was_day != plan.day:
        # Two markers cannot move as one: until both have, the graph counts as unfinished.
        store.mark(Marker(LOADS, UNFINISHED))
        store.mark(Marker(DAY, plan.day.toordinal()))
    store.mark(Marker(TOWARDS, version))
    removed = _remove(store, last)
    _write(store, last.nodes, last.relationships, Marker(LOADS, version))
    return removed


def _remove(store: GraphStore, change: GraphChange) -> dict[str, int]:
    removed = {kind: store.remove_relationships(kind, rows) for kind, rows in change.removed_relationships.items()}
    return removed | {kind: store.remove_nodes(kind, ids) for kind, ids in change.removed_nodes.items()}


def _write(
    store: GraphStore, nodes: Mapping[str, pd.DataFrame], relationships: Mapping[str, pd.DataFrame], marker: Marker
) -> None:
    """Write nodes, then relationships; the marker moves in one step with the last batch of all."""
    full = {kind: rows for kind, rows in relationships.items() if len(rows)}
    for kind, rows in nodes.items():
        if len(rows):
            store.merge_nodes(kind, rows)
    for place, (kind, rows) in enumerate(full.items(), start=1):
        store.merge_relationships(kind, rows, marker if place == len(full) else None)
    if not full:
        store.mark(marker)


def _report(
    plan: GraphPlan,
    written: tuple[Mapping[str, pd.DataFrame], Mapping[str, pd.DataFrame]],
    removed: Mapping[str, int],
    news: ContradictionNews | None,
    begun: float,
) -> UpdateReport:
    nodes, relationships = written
    return UpdateReport(
        mode=plan.mode,
        loads_version=plan.version,
        nodes={kind: len(rows) for kind, rows in nodes.items() if len(rows)},
        relationships={kind: len(rows) for kind, rows in relationships.items() if len(rows)},
        removed={kind: count for kind, count in removed.items() if count},
        seconds=plan.seconds + time.perf_counter() - begun,
        contradictions=news,
    )
