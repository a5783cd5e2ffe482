"""What a load changes, worked out from the facts near it, equals the difference of the two whole graphs."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from graph_schema import Schema
from loaders.difference import GraphChange, difference
from loaders.part import change
from loaders.part.change import change_of_part, part_change
from policy import Policy
from tests.loaders.graph.told import SHOWN, TELLING, Tell, Told, a_programme, an_observation, of_an_area
from tests.loaders.graph.written_facts import Facts


def part_of(told: Told, before: int) -> change.Step | None:
    """Return what changes from a version until now, by the part."""
    versions = (before, told.ledger.version)
    return change_of_part(told.ledger, told.schema, told.policy, day=SHOWN, versions=versions)


def unlike(found: GraphChange, wanted: GraphChange) -> list[str]:
    """Return where two changes differ."""
    unlike_rows = [
        f"{name} {kind}"
        for name in ("nodes", "relationships", "removed_relationships")
        for kind in sorted({**getattr(found, name), **getattr(wanted, name)})
        if not same_rows(getattr(found, name), getattr(wanted, name), kind)
    ]
    return unlike_rows + ["removed nodes"] * (dict(found.removed_nodes) != dict(wanted.removed_nodes))


def same_rows(left: Mapping[str, pd.DataFrame], right: Mapping[str, pd.DataFrame], kind: str) -> bool:
    return kind in left and kind in right and left[kind].equals(right[kind])


def steps_unlike(told: Told, count: int) -> tuple[list[str], int]:
    """Return on what part and whole differ over so many loads, and how often the part was enough."""
    found, worked = [], 0
    old = told.whole(told.ledger.version)
    for number in range(count):
        before = told.ledger.version
        if number % 4 == 3:
            told.withdraw_one()
        else:
            told.tell(*told.chance.sample(TELLING, 1 + number % 3))
        new = told.whole(told.ledger.version)
        part = part_of(told, before)
        if part is not None:
            worked += 1
            found += [f"{number}: {each}" for each in unlike(part.change, difference(old, new))]
        old = new
    return found, worked


@pytest.mark.soak
def test_the_part_tells_the_same_change_as_the_whole(tmp_path: Path, schema: Schema, policy: Policy) -> None:
    found, worked = steps_unlike(Told(tmp_path, schema, policy, seed=3), 4)
    assert found == []
    assert worked >= 2


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(12))
def test_it_does_so_in_many_histories(tmp_path: Path, schema: Schema, policy: Policy, seed: int) -> None:
    found, worked = steps_unlike(Told(tmp_path, schema, policy, seed=100 + seed), 40)
    assert found == []
    assert worked > 10


@pytest.mark.parametrize("tell", [of_an_area, a_programme])
def test_what_can_touch_everybody_is_told_by_the_whole_and_the_rest_by_the_part(
    tmp_path: Path, schema: Schema, policy: Policy, tell: Tell
) -> None:
    told = Told(tmp_path, schema, policy, seed=1)
    told.tell(tell)
    assert (part_of(told, 0) is None) is (tell is of_an_area)


def land(mu: float, household: str) -> Tell:
    """Return what tells how much land a household has."""

    def tell(facts: Facts, _: random.Random, on: date) -> None:
        facts.observe("I20", mu, on, household_id=household)

    return tell


def test_a_number_that_moves_the_quantile_of_the_county_is_told_by_the_whole(
    tmp_path: Path, schema: Schema, policy: Policy
) -> None:
    told = Told(tmp_path, schema, policy, seed=1)
    told.tell(land(0.01, "h23"))
    assert part_of(told, 0) is None
    # The largest becomes larger: the lowest quarter stays what it was.
    told.tell(land(99.0, "h22"))
    assert part_of(told, 1) is not None


def test_a_small_ledger_is_projected_whole(tmp_path: Path, schema: Schema, policy: Policy) -> None:
    told = Told(tmp_path, schema, policy, seed=1)
    told.tell(an_observation)
    assert part_change(told.ledger, schema, policy, day=SHOWN, versions=(0, 1)) is None
