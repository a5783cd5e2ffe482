"""Why the returns of an area changed since they were kept: the tiny graph against runs that a real ledger keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from analysis.questions.risk import RiskAsked, known_risk, risk
from analysis.questions.risk_runs import risk_runs
from analysis.risk.by_home import RiskByHome
from analysis.risk.kept_parts import network_text, parts_texts
from analysis.risk.model import RiskModel, expert_model
from analysis.why.area_parts import AreaChange
from graph_schema import Schema
from graph_store import GraphStore
from ledger import Ledger
from loaders.kept.network_versions import NewNetworkVersion, keep_network_version
from loaders.kept.risk_runs import NewRun, NewScores, keep_risk_run
from policy import Policy

DAY, BEFORE = date(2026, 5, 20), date(2026, 4, 30)
KEPT_AT = datetime(2026, 4, 30, 8, tzinfo=UTC)
COUNTY, SIDU, SHIXI = "350624", "350624101", "350624101202"
NOTHING = '{"findings":[],"rules":[],"running":[]}'
LEAK = 1 - 0.9941 * 0.997 * (1 - 0.4 * 0.003) * 0.9988
# The risk if nothing is done, that with help, and the parts.
Scored = tuple[float, float, str]
Ask = Callable[[str | None], AreaChange | None]


@pytest.fixture(scope="module")
def model(schema: Schema) -> RiskModel:
    return expert_model(schema)


@pytest.fixture
def ledger(schema: Schema, tmp_path: Path, model: RiskModel) -> Ledger:
    made = Ledger.open(tmp_path, schema, create=True)
    network = NewNetworkVersion(model.version, "experts", BEFORE, BEFORE, "1", network_text(model.network))
    keep_network_version(made, network, recorded_at=KEPT_AT)
    return made


@pytest.fixture
def known(tiny_store: GraphStore, ledger: Ledger, model: RiskModel) -> RiskByHome:
    return known_risk(tiny_store, ledger, model, None, day=DAY)


@pytest.fixture
def ask(tiny_store: GraphStore, schema: Schema, policy: Policy, ledger: Ledger, model: RiskModel) -> Ask:
    def asked(area_id: str | None) -> AreaChange | None:
        how = RiskAsked(with_change=True)
        return risk(tiny_store, ledger, schema, policy, model, area_id, day=DAY, asked=how).changed_since

    return asked


def keep(ledger: Ledger, scores: dict[str, Scored], run: NewRun) -> None:
    """Keep a run with the risks and the parts of each household."""
    risks, helped, texts = zip(*scores.values(), strict=True)
    scored = NewScores(
        household_ids=list(scores),
        risk=np.array(risks),
        helped_risk=np.array(helped),
        parts=texts,
        data_age_days=np.zeros(len(scores), dtype=np.int64),
        is_made_up=np.ones(len(scores), dtype=np.bool_),
    )
    keep_risk_run(ledger, run, scored, recorded_at=KEPT_AT)


def a_run(data_on: date = BEFORE, area_id: str | None = None) -> NewRun:
    # A run is known by the instant it began.
    at = datetime(data_on.year, data_on.month, data_on.day, 8, tzinfo=UTC)
    return NewRun(at, at, data_on, "vocabulary-1", "1", data_on, area_id)


def told(change: AreaChange) -> dict[str, list[float]]:
    """Return by kind the households and what it did to the returns."""
    return {each.kind: [each.household_count, each.returns] for each in change.parts}


def as_now(model: RiskModel, known: RiskByHome) -> dict[str, Scored]:
    texts = parts_texts(model.network, model.measures, known.households)
    rows = zip(known.risk.tolist(), known.helped.tolist(), texts, strict=True)
    return dict(zip(known.households.ids, rows, strict=True))


def test_findings_and_households_that_come_and_go_share_the_change(
    ask: Ask, ledger: Ledger, model: RiskModel, known: RiskByHome
) -> None:
    then = as_now(model, known)
    # In April nothing was known of h7, h8 was not there, and of one who has left since the risk was 0.25.
    now_h7, now_h8 = then["h7"][0], then.pop("h8")[0]
    then["h7"], then["hz"] = (LEAK, LEAK, NOTHING), (0.25, 0.2, NOTHING)
    keep(ledger, then, a_run())
    change = ask(None)
    assert change is not None
    assert (change.then_household_count, change.data_on) == (8, BEFORE)
    parts = told(change)
    assert parts["finding"] == pytest.approx([1, now_h7 - LEAK])
    assert parts["come"] == pytest.approx([1, now_h8])
    assert parts["gone"] == pytest.approx([1, -0.25])
    assert parts["property"] == parts["help"] == parts["network"] == [0, 0.0]
    assert sum(share for _, share in parts.values()) == pytest.approx(change.now - change.then)
    helped = sum(each.returns_with_help for each in change.parts)
    assert helped == pytest.approx(change.now_with_help - change.then_with_help)


def test_a_run_of_more_is_narrowed_to_who_lived_in_the_area(
    ask: Ask, ledger: Ledger, model: RiskModel, known: RiskByHome
) -> None:
    keep(ledger, as_now(model, known), a_run())
    change = ask(SHIXI)
    assert change is not None
    # h5 and h6 live in Shixi, and h6 did so in April too.
    assert change.then_household_count == 2
    assert change.then == pytest.approx(change.now)


def test_who_moved_since_has_come_to_one_place_and_gone_from_the_other(
    ask: Ask, ledger: Ledger, model: RiskModel, known: RiskByHome
) -> None:
    # h6 moved from Qingmei to Shixi on the last day of 2025, and this run is older.
    keep(ledger, as_now(model, known), a_run(date(2025, 6, 1)))
    risk_of_h6 = float(known.risk[known.households.row_of("h6")])
    shixi, qingmei = ask(SHIXI), ask("350624101201")
    assert shixi is not None
    assert qingmei is not None
    assert told(shixi)["come"] == pytest.approx([1, risk_of_h6])
    assert told(qingmei)["gone"] == pytest.approx([1, -risk_of_h6])
    whole = ask(SIDU)
    assert whole is not None
    assert told(whole)["come"] == told(whole)["gone"] == [0, 0.0]


def test_only_runs_over_the_area_on_earlier_data_are_compared(
    ask: Ask, ledger: Ledger, model: RiskModel, known: RiskByHome
) -> None:
    assert ask(COUNTY) is None
    keep(ledger, as_now(model, known), a_run(area_id=SIDU))
    keep(ledger, as_now(model, known), a_run(DAY))
    assert ask(COUNTY) is None
    assert ask(SIDU) is not None
    runs = risk_runs(ledger).runs
    assert {(run.area_id, run.data_on) for run in runs} == {(SIDU, BEFORE), (None, DAY)}
