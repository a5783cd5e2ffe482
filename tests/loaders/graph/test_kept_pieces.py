"""A graph put together from pieces that were kept equals the one that is made of all facts anew."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from graph_schema import Schema
from ledger import Erasure
from loaders.graph_frames import GraphFrames
from loaders.graph_plan import KeptFrames
from loaders.projection.pieces import Pieces
from policy import Policy
from tests.loaders.graph.told import SHOWN, TELLING, Told, an_observation
from tests.loaders.graph.written_facts import Facts


def unlike(found: GraphFrames, wanted: GraphFrames) -> list[str]:
    """Return where two graphs differ."""
    rest = ("dangling", "overlapping", "disagreeing")
    pairs = {name: (getattr(found, name), getattr(wanted, name)) for name in rest}
    for part in ("nodes", "relationships"):
        assert list(getattr(found, part)) == list(getattr(wanted, part))
        pairs |= {kind: (rows, getattr(wanted, part)[kind]) for kind, rows in getattr(found, part).items()}
    return [name for name, (one, other) in pairs.items() if not same(one, other)]


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return one.equals(other) and list(one.dtypes) == list(other.dtypes)


def kept_graph(kept: KeptFrames, told: Told, version: int) -> GraphFrames:
    return kept.frames(told.ledger, told.schema, told.policy, day=SHOWN, version=version)


def a_case_of_today(facts: Facts, _: random.Random, on: date) -> None:
    facts.add("MonitoringCase", id="case", household_id="h01", opened_on=SHOWN)


def versions_unlike(told: Told, count: int) -> list[str]:
    """Return where the kept graph differs after so many loads, some taken back, each asked for by two versions."""
    kept, found = KeptFrames(), []
    for number in range(count):
        if number % 3 == 2:
            told.withdraw_one()
        else:
            told.tell(*told.chance.sample(TELLING, 1 + number % 3))
        for version in (told.ledger.version, told.chance.randrange(told.ledger.version + 1)):
            differing = unlike(kept_graph(kept, told, version), told.whole(version))
            found += [f"{number} at {version}: {each}" for each in differing]
    return found


@pytest.mark.soak
def test_the_kept_graph_is_the_one_made_anew(tmp_path: Path, schema: Schema, policy: Policy) -> None:
    assert versions_unlike(Told(tmp_path, schema, policy, seed=7), 3) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(12))
def test_it_is_so_in_many_histories(tmp_path: Path, schema: Schema, policy: Policy, seed: int) -> None:
    assert versions_unlike(Told(tmp_path, schema, policy, seed=300 + seed), 40) == []


def test_what_a_load_does_not_touch_is_not_made_again(tmp_path: Path, schema: Schema, policy: Policy) -> None:
    told, kept = Told(tmp_path, schema, policy, seed=1), KeptFrames()
    before = kept_graph(kept, told, told.ledger.version)
    told.tell(an_observation)
    after = kept_graph(kept, told, told.ledger.version)
    assert after.nodes["Household"] is before.nodes["Household"]
    assert after.relationships["LIVES_IN"] is before.relationships["LIVES_IN"]
    assert after.relationships["AFFECTED_BY"] is not before.relationships["AFFECTED_BY"]


def test_what_was_erased_is_in_no_kept_piece(tmp_path: Path, schema: Schema, policy: Policy) -> None:
    told, kept = Told(tmp_path, schema, policy, seed=1), KeptFrames()
    assert "h03" in set(kept_graph(kept, told, 0).nodes["Household"]["id"])
    told.ledger.erase(Erasure({"Household": frozenset({"h03"})}, why="asked for"), at=datetime.now(UTC))
    found = kept_graph(kept, told, told.ledger.version)
    assert "h03" not in set(found.nodes["Household"]["id"])
    assert unlike(found, told.whole(told.ledger.version)) == []


def test_another_day_begins_with_no_pieces(tmp_path: Path, schema: Schema, policy: Policy) -> None:
    told, kept = Told(tmp_path, schema, policy, seed=1), KeptFrames()
    told.tell(a_case_of_today)
    assert list(kept_graph(kept, told, 1).nodes["MonitoringCase"]["id"]) == ["case"]
    # The day before, the case was not open yet.
    found = kept.frames(told.ledger, schema, policy, day=SHOWN - timedelta(days=1), version=1)
    assert found.nodes["MonitoringCase"].empty


def test_a_piece_is_made_again_for_another_frame_though_it_holds_the_same() -> None:
    pieces, frame, made = Pieces(), pd.DataFrame({"id": ["a"]}), []
    for given in (frame, frame, frame.copy(), None, None):
        pieces.piece("one", lambda: made.append(1), given)
    assert len(made) == 3


def test_pieces_that_keep_nothing_make_everything() -> None:
    pieces, made = Pieces(keeps=False), []
    for _ in range(2):
        pieces.piece("one", lambda: made.append(1))
    assert len(made) == 2
