"""What the facts are about that count in one version of the ledger and not in the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema import Schema
from ledger import Ledger
from loaders.fact_keys import KEY_JOINT, OBSERVATION
from loaders.part.mentions import mentions_of
from loaders.projection.absences import ABSENCE
from loaders.projection.contradictions import COMPARES
from loaders.projection.decided import KIND as CONTRADICTION

GROUND = frozenset({"Area", "PolicyLine", "Shock", "HIT", "TRIGGERS", CONTRADICTION, COMPARES})
"""Tables of which one fact can change what is found at any household, or closes what may be anywhere."""

PLACE_OF_HOUSEHOLD = 1
"""Where the household stands in the key of a series of observations."""


@dataclass(frozen=True)
class Touched:
    """`ids`: everything that the facts name, of people and shared. `tables`: those with such facts.

    `shared`: what people share and has such a fact of its own, as a programme; whoever refers to it may be touched.
    `indicators`: of the observations.
    """

    ids: frozenset[str]
    shared: frozenset[str]
    tables: frozenset[str]
    indicators: frozenset[str]


def touched_between(ledger: Ledger, schema: Schema, versions: tuple[int, int]) -> Touched | None:
    """Return what lies between two versions of the ledger; None where it can touch every household."""
    old, new = (set(ledger.loads_at_version(version)["load_id"].to_pylist()) for version in versions)
    changed = sorted(old ^ new)
    rows = _rows(ledger, schema, changed) if changed else {}
    if GROUND & rows.keys() or _is_of_area(rows.get(OBSERVATION)):
        return None
    mentions = mentions_of(schema)
    ids: set[str] = set()
    shared: set[str] = set()
    for name, facts in rows.items():
        of_people = mentions[name].own
        ids |= _values(facts, [column for column in facts.column_names if column in (*of_people, "from_id", "to_id")])
        if not of_people and "id" in facts.column_names:
            shared |= _values(facts, ["id"])
    lacked = _lacked(rows[ABSENCE]) if ABSENCE in rows else frozenset()
    if lacked is None:
        return None
    indicators = _values(rows[OBSERVATION], ["indicator_id"]) if OBSERVATION in rows else set()
    return Touched(frozenset(ids | lacked), frozenset(shared | lacked), frozenset(rows), frozenset(indicators))


def _rows(ledger: Ledger, schema: Schema, load_ids: list[str]) -> Mapping[str, pa.Table]:
    found = {}
    for name, mentions in mentions_of(schema).items():
        if ledger.has_facts(name):
            extra = ["absent_kind", "absent_key"] if name == ABSENCE else []
            columns = [*mentions.own, *mentions.shared, *extra]
            facts = ledger.stored_facts(name, columns=columns, where={"load_id": load_ids})
            if facts.num_rows:
                found[name] = facts
    return found


def _is_of_area(observations: pa.Table | None) -> bool:
    return observations is not None and observations["household_id"].null_count > 0


def _lacked(absences: pa.Table) -> frozenset[str] | None:
    """Return the parts of the keys of what snapshots lacked, and whom they name; None where it is of everybody."""
    found = _values(absences, ["household_id", "person_id"])
    for kind, key in zip(absences["absent_kind"].to_pylist(), absences["absent_key"].to_pylist(), strict=True):
        parts = str(key).split(KEY_JOINT)
        if kind in GROUND or (kind == OBSERVATION and not parts[PLACE_OF_HOUSEHOLD]):
            return None
        found |= {parts[PLACE_OF_HOUSEHOLD]} if kind == OBSERVATION else set(parts)
    return frozenset(found - {""})


def _values(facts: pa.Table, columns: list[str]) -> set[str]:
    every: set[str] = set()
    for name in columns:
        every |= set(pc.unique(facts[name]).drop_null().to_pylist())
    return every
