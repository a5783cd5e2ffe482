"""The difference between two versions of the graph, worked out from the facts near those that make it.

The law is that it equals the difference of the two whole graphs. What is projected of the part may be wrong at its
edge, where facts lie outside; but it is wrong there alike before and after, and so no part of the difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import pyarrow.compute as pc

from graph_schema import Schema
from ledger import Ledger
from loaders.difference import GraphChange, difference
from loaders.fact_keys import OBSERVATION
from loaders.graph_frames import GraphFrames
from loaders.part.facts import PartFacts
from loaders.part.ground import can_change_ground, same_ground, whole_ground
from loaders.part.reach import reached
from loaders.part.touched import touched_between
from loaders.project import project_facts
from loaders.projection.decided import KIND as CONTRADICTION
from policy import Policy

WORTH_ROWS = 100_000
"""In a smaller ledger looking for the part takes longer than projecting all of it."""


@dataclass(frozen=True)
class Step:
    """From one version of the ledger to another: what changes, and the contradictions before and after."""

    change: GraphChange
    before: pd.DataFrame
    after: pd.DataFrame


def part_change(ledger: Ledger, schema: Schema, policy: Policy, *, day: date, versions: tuple[int, int]) -> Step | None:
    """Return what changes between two versions of a large ledger, on one day; None where all must be projected."""
    return change_of_part(ledger, schema, policy, day=day, versions=versions) if is_large(ledger) else None


def is_large(ledger: Ledger) -> bool:
    """Return whether the ledger has so many facts that a part of the graph is projected sooner than all of it."""
    return (pc.sum(ledger.all_loads()["accepted_count"]).as_py() or 0) >= WORTH_ROWS


def change_of_part(
    ledger: Ledger, schema: Schema, policy: Policy, *, day: date, versions: tuple[int, int]
) -> Step | None:
    """Return what changes between two versions of any ledger. See `part_change`."""
    touched = touched_between(ledger, schema, versions)
    ids = reached(ledger, schema, touched) if touched is not None else None
    if touched is None or ids is None:
        return None
    before, after = versions
    ground = whole_ground(ledger, schema, policy, day=day, version=before)
    if can_change_ground(touched, schema) and not same_ground(
        ground, whole_ground(ledger, schema, policy, day=day, version=after)
    ):
        return None
    facts = PartFacts(ledger, schema, ids)
    old, new = (project_facts(facts.at(version), schema, policy, day=day, whole=ground) for version in versions)
    if not _same_of_areas(old, new):
        return None
    return Step(difference(old, new), old.nodes[CONTRADICTION], new.nodes[CONTRADICTION])


def _same_of_areas(old: GraphFrames, new: GraphFrames) -> bool:
    """Return whether both show the same observations of areas: one is shown while any household is affected by it."""
    of_areas = []
    for frames in (old, new):
        ends = frames.relationships["IN_AREA"]
        of_areas.append(set(ends.loc[ends["from_kind"] == OBSERVATION, "from_id"]))
    return of_areas[0] == of_areas[1]
