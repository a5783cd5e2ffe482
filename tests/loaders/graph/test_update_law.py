"""Whatever is loaded, withdrawn and asked for on whichever day: following the ledger equals making the graph anew."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_schema import Schema
from graph_store import GraphStore, open_store
from ledger import Ledger
from loaders.graph_update import bring_up_to_date, rebuild
from policy import Policy
from tests.loaders.graph.written_facts import MONDAY, VILLAGE, Facts, load

Fact = tuple[str, dict[str, object]]
Step = tuple[list[Fact], int | None, date]
UnequalAfter = Callable[[Sequence[Step]], list[str]]

HOUSEHOLDS, FEEDS = st.sampled_from(["h1", "h2"]), st.sampled_from(["police", "visit", "village"])
DAYS = st.dates(date(2025, 5, 1), date(2025, 6, 30))
MAYBE_END = st.none() | DAYS


@st.composite
def household_facts(draw: st.DrawFn) -> Fact:
    status = draw(st.sampled_from(["active", "moved"]))
    values = {"arable_mu": draw(st.none() | st.sampled_from([1.0, 2.0])), "household_status": status}
    return "Household", {"id": draw(HOUSEHOLDS), "feed": draw(FEEDS), "valid_to": draw(MAYBE_END), **values}


@st.composite
def residence_facts(draw: st.DrawFn) -> Fact:
    household, area = draw(HOUSEHOLDS), draw(st.sampled_from([VILLAGE, "350624101202", "unknown"]))
    starts_on = draw(DAYS)
    spell = {"household_id": household, "area_id": area, "starts_on": starts_on, "ends_on": draw(MAYBE_END)}
    return "Residence", {"id": f"{household}-{area}-{starts_on}", "feed": draw(FEEDS), **spell}


@st.composite
def observation_facts(draw: st.DrawFn) -> Fact:
    household, feed, on = draw(HOUSEHOLDS), draw(FEEDS), draw(DAYS)
    indicator, value = draw(st.sampled_from([("I14a", 0), ("I14a", 1), ("I13a", 0), ("I13a", 3), ("I13a", 2)]))
    told = {"indicator_id": indicator, "household_id": household, "observed_on": on, "number_value": float(value)}
    return "Observation", {"id": f"{indicator}-{household}-{on}-{feed}", "feed": feed, **told}


@st.composite
def finding_facts(draw: st.DrawFn) -> Fact:
    household, feed, onset_on = draw(HOUSEHOLDS), draw(FEEDS), draw(DAYS)
    status = draw(st.sampled_from(["suspected", "confirmed", "refuted"]))
    told = {"household_id": household, "cause_id": "H01", "status": status, "onset_on": onset_on}
    rest = {"severity": 0.4, "confidence": 0.6, "ended_on": draw(MAYBE_END)}
    return "CauseFinding", {"id": f"{household}-H01-{feed}-{onset_on}", "feed": feed, **told, **rest}


FACTS = st.one_of(household_facts(), residence_facts(), observation_facts(), finding_facts())
STEPS = st.lists(st.tuples(st.lists(FACTS, max_size=4), st.none() | st.integers(0, 3), DAYS), min_size=1, max_size=3)


def dumps(store: GraphStore, schema: Schema) -> dict[str, pd.DataFrame]:
    filled = [str(row["kind"]) for row in store.ask("upkeep/counts")]
    found = {kind: store.dump_nodes(kind) for kind in filled if kind in schema.node_kinds}
    return found | {kind: store.dump_relationships(kind) for kind in filled if kind in schema.relationship_kinds}


def follow(steps: Sequence[Step], schema: Schema, policy: Policy, folder: Path) -> list[str]:
    """Return the kinds on which a store that followed every step differs from one made anew at the end."""
    ledger = Ledger.open(folder / "data", schema)
    following = open_store(f"embedded:{folder / 'following.kgl'}", schema)
    anew = open_store(f"embedded:{folder / 'anew.kgl'}", schema)
    load_ids = [load(ledger, Facts(schema, policy).areas(), MONDAY)]
    day = date(2025, 6, 1)
    for number, (rows, withdrawn, day) in enumerate(steps, start=1):
        now: datetime = MONDAY + timedelta(days=number)
        facts = Facts(schema, policy)
        for kind, values in {(kind, str(values["id"])): (kind, values) for kind, values in rows}.values():
            facts.add(kind, **values)
        load_ids.append(load(ledger, facts, now))
        if withdrawn is not None and withdrawn < len(load_ids) and load_ids[withdrawn]:
            with ledger.writing() as writer:
                writer.withdraw(load_ids[withdrawn], now, "a mistake")
            load_ids[withdrawn] = ""
        bring_up_to_date(following, ledger, schema, policy, day=day)
    rebuild(anew, ledger, schema, policy, day=day)
    left, right = dumps(following, schema), dumps(anew, schema)
    assert "Cause" in right
    following.close()
    anew.close()
    both = left.keys() & right.keys()
    return sorted((left.keys() ^ right.keys()) | {kind for kind in both if not left[kind].equals(right[kind])})


@pytest.fixture(scope="module")
def unequal_after(schema: Schema, policy: Policy) -> UnequalAfter:
    """Return what follows steps in a folder of its own; a function, so a failing example is shown without schema."""

    def followed(steps: Sequence[Step]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            return follow(steps, schema, policy, Path(folder))

    return followed


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_following_the_ledger_equals_making_the_graph_anew(steps: list[Step], unequal_after: UnequalAfter) -> None:
    assert unequal_after(steps) == []


@pytest.mark.soak
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_it_does_so_in_many_histories(steps: list[Step], unequal_after: UnequalAfter) -> None:
    assert unequal_after(steps) == []
