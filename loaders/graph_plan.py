"""What has to be done to bring a graph up to date: worked out from the ledger alone, before anything is written.

It takes nearly all of the time of an update and touches no graph, so readers need not wait for it, and another process
may do it.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

import pandas as pd

from graph_schema import Schema
from graph_store.protocol import Engine
from ledger import Ledger
from loaders.contradiction_news import ContradictionNews, contradiction_news
from loaders.difference import GraphChange, difference
from loaders.graph_frames import GraphFrames
from loaders.loads_of_tables import KeptPieces, LoadsOfTables
from loaders.part.change import Step, is_large, part_change
from loaders.project import project
from loaders.projection.decided import KIND as CONTRADICTION
from loaders.projection.pieces import Pieces, of_nothing
from policy import Policy

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

PROJECTION_FORM = 4
"""Grows whenever the same facts come to be projected in another way, so that graphs made before are made anew."""

REMOVALS_WORTH_A_REBUILD = 100_000
"""So many removals at causes and indicators take the embedded engine about as long as making the graph anew."""

MOST_KEPT_ROWS = 500_000
"""A graph of so many nodes and relationships takes some 80 MB as frames."""

Mode = Literal["rebuilt", "updated", "unchanged"]


@dataclass(frozen=True)
class GraphPlan:
    """What is to be written so that a graph shows a version of the ledger on a day.

    `anew`: the whole graph, which replaces all that is there; None where `steps` lead from what is there, each to the
    version beside it. `was_day`: the day that the graph shows before. `news` tells of contradictions; how many are open
    is known to it only where the graph is made anew. `seconds`: how long the plan took.
    """

    version: int
    day: date
    ground: int
    as_of: datetime | None = None
    anew: GraphFrames | None = None
    steps: tuple[tuple[GraphChange, int], ...] = ()
    was_day: date | None = None
    news: ContradictionNews | None = None
    seconds: float = 0.0

    @property
    def mode(self) -> Mode:
        """Return what is done to the graph."""
        if self.anew is not None:
            return "rebuilt"
        return "updated" if self.steps else "unchanged"


class KeptFrames:
    """The last whole graph that was projected, for whoever makes plan after plan: the next one needs it again.

    The pieces that it was put together from are kept too: the next one makes anew only what a load changed. Always of
    one vocabulary and policy. A large one is not kept: it would take some 400 MB for 100,000 households.
    """

    def __init__(self) -> None:
        self._kept: tuple[tuple[int, date], GraphFrames] | None = None
        self._pieces: tuple[date, KeptPieces] | None = None
        self._ground: int | None = None

    def ground(self, schema: Schema, policy: Policy) -> int:
        """Return `ground_of` them, worked out once: it takes longer than all else where nothing is to be done."""
        if self._ground is None:
            self._ground = ground_of(schema, policy)
        return self._ground

    def frames(self, ledger: Ledger, schema: Schema, policy: Policy, *, day: date, version: int) -> GraphFrames:
        """Return the graph on `day` at a version of the ledger."""
        if self._kept is not None and self._kept[0] == (version, day):
            return self._kept[1]
        if is_large(ledger):
            self._pieces = None
        elif self._pieces is None or self._pieces[0] != day:
            self._pieces = (day, KeptPieces(LoadsOfTables(ledger), Pieces(of_nothing=of_nothing(schema))))
        kept = self._pieces and self._pieces[1]
        found = project(ledger, schema, policy, day=day, loads_version=version, kept=kept)
        rows = sum(len(frame) for frame in (*found.nodes.values(), *found.relationships.values()))
        self._kept = ((version, day), found) if rows <= MOST_KEPT_ROWS else None
        return found


def ground_of(schema: Schema, policy: Policy) -> int:
    """Return a number that changes with the vocabulary, the policy or the form of the projection."""
    ground = repr((PROJECTION_FORM, schema, policy.values, policy.profiles))
    return zlib.crc32(ground.encode("utf-8"))


def is_whole(noted: Mapping[str, int], ledger: Ledger, ground: int) -> bool:
    """Return whether a graph with these markers shows one version of the ledger, whole, by this ground, none erased."""
    taken_in = noted.get(LOADS, UNFINISHED)
    is_ours = noted.get(GROUND) == ground and noted.get(AS_OF) == 0 and DAY in noted
    is_there = UNFINISHED < taken_in <= ledger.version and noted.get(TOWARDS, taken_in) <= taken_in
    return is_ours and is_there and not ledger.is_erased_since(taken_in)


def plan_update(
    noted: Mapping[str, int],
    engine: Engine,
    ledger: Ledger,
    schema: Schema,
    policy: Policy,
    *,
    day: date,
    kept: KeptFrames | None = None,
) -> GraphPlan:
    """Return how a graph with the markers `noted` comes to show all that the ledger holds now, as it stands on `day`.

    Only what differs is written. A graph without markers, of another vocabulary or policy, of a past instant, broken
    off while it was made, or from before an erasure is made anew. `kept`: what the plan before this one projected.
    Errors of the ledger pass through.
    """
    begun, kept = time.perf_counter(), kept or KeptFrames()
    version, ground = ledger.version, kept.ground(schema, policy)
    taken_in = noted.get(LOADS, UNFINISHED)
    is_ours = noted.get(GROUND) == ground and noted.get(AS_OF) == 0 and DAY in noted
    # What the graph was made from cannot be read again, and none of it may stay in the graph.
    is_past_gone = ledger.is_erased_since(taken_in)
    broken_off = max(noted.get(TOWARDS, taken_in), taken_in)
    if not is_ours or is_past_gone or taken_in == UNFINISHED or broken_off > version:
        return _plan_anew(ledger, schema, policy, day, kept)
    was_day = date.fromordinal(noted[DAY])
    if taken_in == version and was_day == day:
        return GraphPlan(version, day, ground, was_day=was_day, seconds=time.perf_counter() - begun)
    # The graph may hold any part of a step that was broken off, which the difference to a later version does not tell.
    stops = [taken_in, broken_off, version] if taken_in < broken_off < version else [taken_in, version]
    steps = _steps(stops, ledger, schema, policy, days=(was_day, day), kept=kept)
    removals = sum(step.change.removal_count for step in steps)
    if engine == "embedded" and removals > REMOVALS_WORTH_A_REBUILD:
        return _plan_anew(ledger, schema, policy, day, kept)
    news = contradiction_news(steps[0].before, steps[-1].after)
    changes = tuple((step.change, stop) for step, stop in zip(steps, stops[1:], strict=True))
    seconds = time.perf_counter() - begun
    return GraphPlan(version, day, ground, steps=changes, was_day=was_day, news=news, seconds=seconds)


def plan_rebuild(
    ledger: Ledger, schema: Schema, policy: Policy, *, day: date, as_of: datetime | None = None
) -> GraphPlan:
    """Return the whole graph as it stands on `day`: by all facts, or by those known `as_of` an instant."""
    if as_of is None:
        return _plan_anew(ledger, schema, policy, day, KeptFrames())
    begun = time.perf_counter()
    frames = project(ledger, schema, policy, day=day, as_of=as_of)
    return _anew(frames, ledger.version_at(as_of), ground_of(schema, policy), day=day, as_of=as_of, begun=begun)


def _plan_anew(ledger: Ledger, schema: Schema, policy: Policy, day: date, kept: KeptFrames) -> GraphPlan:
    begun, version = time.perf_counter(), ledger.version
    frames = kept.frames(ledger, schema, policy, day=day, version=version)
    return _anew(frames, version, ground_of(schema, policy), day=day, as_of=None, begun=begun)


def _anew(
    frames: GraphFrames, version: int, ground: int, *, day: date, as_of: datetime | None, begun: float
) -> GraphPlan:
    news = contradiction_news(None, _contradictions(frames))
    seconds = time.perf_counter() - begun
    return GraphPlan(version, day, ground, as_of, anew=frames, news=news, seconds=seconds)


def _steps(
    stops: list[int], ledger: Ledger, schema: Schema, policy: Policy, *, days: tuple[date, date], kept: KeptFrames
) -> list[Step]:
    was_day, day = days
    if len(stops) == 2 and was_day == day:
        part = part_change(ledger, schema, policy, day=day, versions=(stops[0], stops[1]))
        if part is not None:
            return [part]
    shown = [was_day] * (len(stops) - 1) + [day]
    frames = [kept.frames(ledger, schema, policy, day=on, version=stop) for stop, on in zip(stops, shown, strict=True)]
    return [Step(difference(old, new), _contradictions(old), _contradictions(new)) for old, new in pairwise(frames)]


def _contradictions(frames: GraphFrames) -> pd.DataFrame:
    return frames.nodes[CONTRADICTION]
