"""Why a risk changed since it was kept, in words; the numbers are those of tests/analysis/risk/test_change.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from analysis.risk.kept_parts import network_text, parts_texts
from analysis.risk.model import RiskModel
from analysis.why.changes import changed_since
from analysis.why.held import Held
from analysis.why.parts import ChangedSince
from graph_schema import Schema
from ledger import Ledger
from loaders.kept.network_versions import NewNetworkVersion, keep_network_version
from loaders.kept.risk_runs import NewRun, NewScores, keep_risk_run
from tests.analysis.why.one_household import household

MARCH = datetime(2026, 3, 2, 8, tzinfo=UTC)
MAY = date(2026, 5, 20)
E02: dict[str, object] = {"cause": "E02", "status": "confirmed", "severity": 0.6}
S03: dict[str, object] = {"cause": "S03", "status": "confirmed"}
H01: dict[str, object] = {"cause": "H01", "status": "suspected", "confidence": 0.5, "severity": 0.4}
Rows = list[dict[str, object]]


@pytest.fixture
def ledger(tmp_path: Path, schema: Schema) -> Ledger:
    return Ledger.open(tmp_path / "data", schema)


def keep(ledger: Ledger, model: RiskModel, held: Held, *, version: str = "vocabulary-1") -> None:
    network = NewNetworkVersion(
        version, version, date(2021, 1, 1), date(2021, 1, 1), "1", network_text(model.network), is_made_up=True
    )
    keep_network_version(ledger, network, recorded_at=MARCH)
    risk = model.engine.risk(held.findings)
    scores = NewScores(
        household_ids=["h1"],
        risk=risk,
        helped_risk=risk,
        parts=parts_texts(model.network, model.measures, held.households),
        data_age_days=np.zeros(1, dtype=np.int64),
        is_made_up=np.array([True]),
    )
    run = NewRun(MARCH, MARCH, MARCH.date(), version, "1", MARCH.date())
    keep_risk_run(ledger, run, scores, recorded_at=MARCH)


def told(changed: ChangedSince | None) -> ChangedSince:
    assert changed is not None
    assert sum(part.share for part in changed.parts) == pytest.approx(changed.now - changed.then, abs=1e-9)
    return changed


def ask(ledger: Ledger, held: Held, day: date = MAY) -> ChangedSince | None:
    return changed_since(ledger, held, "h1", day=day, known_at=None)


def test_what_came_and_what_was_confirmed_is_told_in_both_languages(
    ledger: Ledger, schema: Schema, model: RiskModel
) -> None:
    suspected = E02 | {"status": "suspected", "confidence": 0.6}
    keep(ledger, model, household(schema, model, [suspected]))
    changed = told(ask(ledger, household(schema, model, [E02, S03])))
    assert (changed.data_on, changed.then_version) == (date(2026, 3, 2), "vocabulary-1")
    assert [(part.kind, part.codes, part.text_en, part.text_zh) for part in changed.parts] == [
        (
            "finding",
            ("S03",),
            "policy withdrawal: from nothing to confirmed, extreme",
            "“政策退出”：由无变为已确认，程度极重",
        ),
        (
            "finding",
            ("E02",),
            "lack skill: from suspected at 0.60, marked to confirmed, marked",
            "“缺技术”：由疑似（可信度 0.60），程度明显变为已确认，程度明显",
        ),
    ]


def test_what_is_sensitive_is_one_part_and_not_named(ledger: Ledger, schema: Schema, model: RiskModel) -> None:
    keep(ledger, model, household(schema, model, [E02]))
    rows: Rows = [E02, H01, S03]
    shown = told(ask(ledger, household(schema, model, rows)))
    hiding = told(ask(ledger, household(schema, model, rows, show_sensitive=False)))
    assert [part.kind for part in shown.parts] == ["finding", "finding"]
    assert [(part.kind, part.codes) for part in hiding.parts] == [("finding", ("S03",)), ("hidden", ())]
    assert "H01" not in hiding.model_dump_json()
    assert "serious illness" not in hiding.model_dump_json()


def test_a_strength_of_a_sensitive_cause_is_not_named_either(ledger: Ledger, schema: Schema, model: RiskModel) -> None:
    # Another version, in which serious illness (K01, 0.6) leads on less often: only who has it is touched by that.
    links = tuple(replace(link, strength=0.3) if link.link_id == "K01" else link for link in model.network.links)
    before = replace(model.network, links=links)
    keep(ledger, replace(model, engine=type(model.engine)(before)), household(schema, model, [H01]), version="before")
    shown = told(ask(ledger, household(schema, model, [H01])))
    hiding = told(ask(ledger, household(schema, model, [H01], show_sensitive=False)))
    assert [(part.kind, part.codes) for part in shown.parts] == [("strength", ("K01",))]
    assert shown.parts[0].text_en.endswith("from 0.3 to 0.6")
    assert [(part.kind, part.codes) for part in hiding.parts] == [("hidden", ())]
    assert shown.then_version == "before"


def test_a_household_that_did_not_change_has_no_parts(ledger: Ledger, schema: Schema, model: RiskModel) -> None:
    held = household(schema, model, [E02])
    keep(ledger, model, held)
    changed = told(ask(ledger, held))
    assert changed.parts == ()
    assert changed.now == pytest.approx(changed.then, abs=1e-12)


def test_only_what_was_kept_on_data_of_an_earlier_day_is_compared(
    ledger: Ledger, schema: Schema, model: RiskModel
) -> None:
    held = household(schema, model, [E02])
    assert ask(ledger, held) is None
    keep(ledger, model, held)
    assert ask(ledger, held, MARCH.date()) is None
    assert ask(ledger, held, date(2026, 3, 3)) is not None
