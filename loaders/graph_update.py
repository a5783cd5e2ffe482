"""The graph of a store brought up to date with the ledger: only what changed, or all of it anew."""

from __future__ import annotations

import time
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from logging import getLogger
from typing import Literal

import pandas as pd

from graph_schema import Schema
from graph_store import GraphStore, Marker
from ledger import Ledger
from loaders.contradiction_news import ContradictionNews, contradiction_news
from loaders.difference import GraphChange, difference
from loaders.graph_frames import GraphFrames
from loaders.project import project
from loaders.projection.decided import KIND as CONTRADICTION
from loaders.update_lock import PATIENT, Patience, one_updater
from policy import Policy

logger = getLogger(__name__)

LOADS = "loads"
"""The marker of the ledger version that the graph has taken in."""
DAY = "day"
"""The marker of the day that the graph shows, as its ordinal."""
GROUND = "ground"
"""The marker of the vocabulary, the policy and the form of the projection that the graph was made with."""
AS_OF = "as_of"
"""The marker of a graph that shows what was known at an instant, in seconds since 1970; 0 for what is known now."""

TOWARDS = "towards"
"""The marker of the ledger version that was last being taken in; it is above `loads` where that was broken off."""

UNFINISHED = -2
"""The ledger version of a graph that is being written: it is made anew when the writing was broken off."""

PROJECTION_FORM = 2
"""Grows whenever the same facts come to be projected in another way, so that graphs made before are made anew."""

REMOVALS_WORTH_A_REBUILD = 5_000
"""On a large embedded graph each relationship removed at a cause costs some 4 ms, and making the graph anew 30 s."""


@dataclass(frozen=True)
class UpdateReport:
    """What was done to the graph: how many nodes and relationships were written and removed, by kind.

    `loads_version` is the version of the ledger that the graph now shows. `contradictions` between feeds are told where
    anything was written; in a graph made anew all of them are new.
    """

    mode: Literal["rebuilt", "updated", "unchanged"]
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
    noted = _markers(store)
    loads = noted.get(LOADS, UNFINISHED)
    day = date.fromordinal(noted[DAY]) if DAY in noted else None
    seconds = noted.get(AS_OF, 0)
    return GraphState(max(loads, -1), day, datetime.fromtimestamp(seconds, UTC) if seconds else None)


def bring_up_to_date(
    store: GraphStore, ledger: Ledger, schema: Schema, policy: Policy, *, day: date, patience: Patience = PATIENT
) -> UpdateReport:
    """Bring the graph from what it has taken in to all that the ledger holds now, as it stands on `day`.

    Only what differs is written. A graph without markers, of another vocabulary or policy, of a past instant, broken
    off while it was made, or from before an erasure is made anew. Broken off and run again, it ends the same, whatever
    the ledger took in or back meanwhile. Errors of ledger and store pass through.
    """
    with one_updater(ledger.folder, patience):
        return _bring_up_to_date(store, ledger, schema, policy, day)


def _bring_up_to_date(store: GraphStore, ledger: Ledger, schema: Schema, policy: Policy, day: date) -> UpdateReport:
    begun = time.perf_counter()
    version = ledger.version
    noted = _markers(store)
    taken_in = noted.get(LOADS, UNFINISHED)
    is_ours = noted.get(GROUND) == _ground(schema, policy) and noted.get(AS_OF) == 0 and DAY in noted
    # What the graph was made from cannot be read again, and none of it may stay in the graph.
    is_past_gone = ledger.is_erased_since(taken_in)
    broken_off = max(noted.get(TOWARDS, taken_in), taken_in)
    if not is_ours or is_past_gone or taken_in == UNFINISHED or broken_off > version:
        return _rebuild(store, ledger, schema, policy, day, None)
    shown_day = date.fromordinal(noted[DAY])
    if taken_in == version and shown_day == day:
        return UpdateReport("unchanged", version, {}, {}, {}, time.perf_counter() - begun)
    before = old = project(ledger, schema, policy, day=shown_day, loads_version=taken_in)
    if taken_in < broken_off < version:
        # The graph may hold any part of that step, which the difference to a later version does not tell.
        old = project(ledger, schema, policy, day=shown_day, loads_version=broken_off)
        step = difference(before, old)
        _remove(store, step)
        _write(store, step.nodes, step.relationships, Marker(LOADS, broken_off))
    new = project(ledger, schema, policy, day=day, loads_version=version)
    change = difference(old, new)
    if store.engine == "embedded" and change.removal_count > REMOVALS_WORTH_A_REBUILD:
        return _rebuild(store, ledger, schema, policy, day, None)
    if shown_day != day:
        # Two markers cannot move as one: until both have, the graph counts as unfinished.
        store.mark(Marker(LOADS, UNFINISHED))
        store.mark(Marker(DAY, day.toordinal()))
    store.mark(Marker(TOWARDS, version))
    removed = _remove(store, change)
    _write(store, change.nodes, change.relationships, Marker(LOADS, version))
    store.save()
    report = _report("updated", version, change.nodes, change.relationships, removed, begun)
    return replace(report, contradictions=_news(before, new))


def rebuild(
    store: GraphStore, ledger: Ledger, schema: Schema, policy: Policy, *, day: date, as_of: datetime | None = None
) -> UpdateReport:
    """Make the graph anew as it stands on `day`: by all facts, or by those known `as_of` an instant.

    What was in the graph before is gone first. A graph of a past instant is made anew when it is brought up to date.
    """
    with one_updater(ledger.folder):
        return _rebuild(store, ledger, schema, policy, day, as_of)


def _rebuild(
    store: GraphStore, ledger: Ledger, schema: Schema, policy: Policy, day: date, as_of: datetime | None
) -> UpdateReport:
    begun = time.perf_counter()
    version = ledger.version if as_of is None else ledger.version_at(as_of)
    counted = version if as_of is None else None
    frames = project(ledger, schema, policy, day=day, as_of=as_of, loads_version=counted)
    store.clear()
    store.apply_schema()
    store.mark(Marker(LOADS, UNFINISHED))
    store.mark(Marker(GROUND, _ground(schema, policy)))
    store.mark(Marker(DAY, day.toordinal()))
    store.mark(Marker(AS_OF, 0 if as_of is None else int(as_of.timestamp())))
    _write(store, frames.nodes, frames.relationships, Marker(LOADS, version))
    store.save()
    report = _report("rebuilt", version, frames.nodes, frames.relationships, {}, begun)
    return replace(report, contradictions=_news(None, frames))


def _markers(store: GraphStore) -> dict[str, int]:
    return {str(row["table_name"]): int(str(row["version"])) for row in store.ask("upkeep/versions")}


def _ground(schema: Schema, policy: Policy) -> int:
    """Return a number that changes with the vocabulary, the policy or the form of the projection."""
    ground = repr((PROJECTION_FORM, schema, policy.values, policy.profiles))
    return zlib.crc32(ground.encode("utf-8"))


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


def _news(before: GraphFrames | None, after: GraphFrames) -> ContradictionNews:
    return contradiction_news(None if before is None else before.nodes[CONTRADICTION], after.nodes[CONTRADICTION])


def _report(
    mode: Literal["rebuilt", "updated"],
    version: int,
    nodes: Mapping[str, pd.DataFrame],
    relationships: Mapping[str, pd.DataFrame],
    removed: Mapping[str, int],
    begun: float,
) -> UpdateReport:
    report = UpdateReport(
        mode=mode,
        loads_version=version,
        nodes={kind: len(rows) for kind, rows in nodes.items() if len(rows)},
        relationships={kind: len(rows) for kind, rows in relationships.items() if len(rows)},
        removed={kind: count for kind, count in removed.items() if count},
        seconds=time.perf_counter() - begun,
    )
    logger.info("graph %s version=%d seconds=%.2f", mode, version, report.seconds)
    return report
