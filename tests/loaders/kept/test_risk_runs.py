"""Risks that were kept come back as they were, can be taken back and erased, and change nothing in the graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from analysis.fetch.kept_risk import kept_runs, kept_scores, score_on, scores_of_run
from analysis.risk.kept_parts import KeptFinding, KeptParts
from graph_schema import Schema
from graph_store import open_store
from ledger import Erasure, Ledger
from loaders.errors import LoadError
from loaders.graph_update import bring_up_to_date, markers
from loaders.kept.network_versions import NewNetworkVersion, keep_network_version
from loaders.kept.risk_runs import Kept, NewRun, NewScores, keep_risk_run
from loaders.part.touched import touched_between
from policy import Policy, load_policy
from tests.loaders.graph.written_facts import Facts, load

MARCH, MAY = datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 5, 20, 8, tzinfo=UTC)
NETWORK = '{"nodes": [], "links": []}'
PARTS = (
    '{"findings":[{"cause":"H01","status":"confirmed","confidence":1.0,"severity":0.8}],"rules":[],"running":["B03"]}'
)
NOTHING = '{"findings":[],"rules":[],"running":[]}'


@pytest.fixture
def ledger(tmp_path: Path, schema: Schema) -> Ledger:
    made = Ledger.open(tmp_path / "data", schema)
    version = NewNetworkVersion(
        "vocabulary-1", "vocabulary", date(2021, 1, 1), date(2021, 1, 1), "1", NETWORK, is_made_up=False
    )
    keep_network_version(made, version, recorded_at=MARCH)
    return made


def a_run(at: datetime, area_id: str | None = "350624") -> NewRun:
    return NewRun(
        started_at=at,
        finished_at=at + timedelta(seconds=3),
        data_on=at.date(),
        network_version="vocabulary-1",
        vocabulary_version="1",
        policy_on=at.date(),
        area_id=area_id,
        parameters={"target": "O06"},
    )


def scores(risks: dict[str, float], parts: Sequence[str] | None = None) -> NewScores:
    risk = np.array(list(risks.values()))
    return NewScores(
        household_ids=list(risks),
        risk=risk,
        helped_risk=risk / 2,
        parts=parts or [NOTHING] * len(risks),
        data_age_days=np.arange(len(risks)),
        is_made_up=np.array([False] * len(risks)),
    )


def keep(ledger: Ledger, at: datetime, risks: dict[str, float], parts: Sequence[str] | None = None) -> Kept:
    return keep_risk_run(ledger, a_run(at), scores(risks, parts), recorded_at=at)


def test_a_run_comes_back_with_what_it_rests_on(ledger: Ledger) -> None:
    kept = keep(ledger, MARCH, {"h1": 0.25, "h2": 0.5})
    (run,) = kept_runs(ledger)

    assert (kept.id, run.run_id) == ("risk-2026-03-02T08:00:00Z", kept.id)
    assert (run.started_at, run.recorded_at, run.data_on) == (MARCH, MARCH, date(2026, 3, 2))
    assert (run.network_version, run.vocabulary_version, run.policy_on) == ("vocabulary-1", "1", date(2026, 3, 2))
    assert (run.area_id, run.household_count, run.parameters) == ("350624", 2, {"target": "O06"})


def test_the_risks_of_a_household_come_back_in_order_with_their_parts(ledger: Ledger) -> None:
    keep(ledger, MAY, {"h1": 0.5, "h2": 0.5}, [PARTS, NOTHING])
    keep(ledger, MARCH, {"h1": 0.25})
    found = kept_scores(ledger, "h1")

    assert [(score.run.data_on, score.risk, score.helped_risk, score.data_age_days) for score in found] == [
        (date(2026, 3, 2), 0.25, 0.125, 0),
        (date(2026, 5, 20), 0.5, 0.25, 0),
    ]
    assert found[1].parts == KeptParts((KeptFinding("H01", "confirmed", 1.0, 0.8),), (), ("B03",))
    assert kept_scores(ledger, "h3") == []


def test_the_score_of_a_day_is_the_last_one_whose_data_are_not_newer(ledger: Ledger) -> None:
    keep(ledger, MARCH, {"h1": 0.25})
    keep(ledger, MAY, {"h1": 0.5})
    found = kept_scores(ledger, "h1")

    days = (date(2026, 3, 1), date(2026, 3, 2), date(2026, 5, 19), date(2026, 5, 20))
    assert [score and score.risk for score in (score_on(found, day) for day in days)] == [None, 0.25, 0.25, 0.5]


def test_the_risks_of_a_run_come_back_by_household(ledger: Ledger) -> None:
    kept = keep(ledger, MARCH, {"h2": 0.5, "h1": 0.25})
    keep(ledger, MAY, {"h1": 0.75})

    frame = scores_of_run(ledger, kept.id)
    assert frame["household_id"].tolist() == ["h1", "h2"]
    assert (frame["risk"].tolist(), frame["helped_risk"].tolist()) == ([0.25, 0.5], [0.125, 0.25])


def test_a_run_of_an_empty_county_is_kept_too(ledger: Ledger) -> None:
    keep(ledger, MARCH, {})

    assert [run.household_count for run in kept_runs(ledger)] == [0]


def test_results_are_known_from_the_instant_they_were_kept(ledger: Ledger) -> None:
    keep(ledger, MARCH, {"h1": 0.25})
    keep(ledger, MAY, {"h1": 0.5})

    assert [score.risk for score in kept_scores(ledger, "h1", as_of=MAY - timedelta(days=1))] == [0.25]


def test_a_run_that_is_taken_back_is_gone_with_its_risks(ledger: Ledger) -> None:
    kept = keep(ledger, MARCH, {"h1": 0.25})
    with ledger.writing() as writer:
        writer.withdraw(kept.load_id, MAY, "wrong day")

    assert (kept_runs(ledger), kept_scores(ledger, "h1")) == ([], [])


def test_what_was_kept_of_a_household_is_erased_with_it(ledger: Ledger) -> None:
    keep(ledger, MARCH, {"h1": 0.25, "h2": 0.5})
    erased = ledger.erase(Erasure({"Household": frozenset({"h1"})}, "request 14"), at=MAY)

    assert erased.rows["RiskScore"] == 1
    assert (kept_scores(ledger, "h1"), [score.risk for score in kept_scores(ledger, "h2")]) == ([], [0.5])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"parts": [NOTHING]}, "risk_kept_uneven"),
        ({"data_age_days": np.zeros(3, dtype=np.int64)}, "risk_kept_uneven"),
        ({"household_ids": ["h1", "h1"]}, "risk_kept_twice"),
        ({"risk": np.array([0.1, 1.5])}, "risk_kept_no_share"),
        ({"helped_risk": np.array([np.nan, 0.5])}, "risk_kept_no_share"),
    ],
)
def test_results_that_do_not_fit_are_refused_and_nothing_is_kept(
    ledger: Ledger, changed: dict[str, object], code: str
) -> None:
    before = ledger.version
    wrong = replace(scores({"h1": 0.25, "h2": 0.5}), **changed)  # type: ignore[arg-type]
    with pytest.raises(LoadError) as caught:
        keep_risk_run(ledger, a_run(MARCH), wrong, recorded_at=MARCH)

    assert (caught.value.code, ledger.version, kept_runs(ledger)) == (code, before, [])


def test_a_run_on_a_network_that_is_not_kept_is_refused(ledger: Ledger) -> None:
    run = replace(a_run(MARCH), network_version="learned-9")
    with pytest.raises(LoadError, match="learned-9"):
        keep_risk_run(ledger, run, scores({"h1": 0.25}), recorded_at=MARCH)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy()


def test_keeping_risks_writes_nothing_into_the_graph(
    ledger: Ledger, schema: Schema, policy: Policy, tmp_path: Path
) -> None:
    load(ledger, Facts(schema, policy).household(), MARCH)
    store = open_store(f"embedded:{tmp_path / 'graph.kgl'}", schema)
    bring_up_to_date(store, ledger, schema, policy, day=MAY.date())
    before = ledger.version
    keep(ledger, MAY, {"h1": 0.25})
    report = bring_up_to_date(store, ledger, schema, policy, day=MAY.date())

    assert (report.nodes, report.relationships, report.removed) == ({}, {}, {})
    assert markers(store).loads == ledger.version == before + 1
    touched = touched_between(ledger, schema, (before, ledger.version))
    assert touched is not None
    assert (touched.ids, touched.shared, touched.tables) == (frozenset(), frozenset(), frozenset())
    store.close()


def test_a_hundred_risks_lie_in_two_tables_as_one_load(ledger: Ledger) -> None:
    risks = {f"h{number:03}": number / 200 for number in range(100)}
    kept = keep(ledger, MARCH, risks)
    last = ledger.all_loads().to_pylist()[-1]

    assert (last["load_id"], last["feed"], last["accepted_count"]) == (kept.load_id, "derived", 101)
    facts = ledger.facts("RiskScore", columns=["risk_share", "valid_from", "run_id"])
    assert facts["risk_share"].to_pylist() == list(risks.values())
    assert facts["valid_from"].unique() == pa.chunked_array([pa.array([date(2026, 3, 2)])]).unique()
    assert set(facts["run_id"].to_pylist()) == {kept.id}
