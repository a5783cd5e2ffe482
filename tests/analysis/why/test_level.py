"""The level of the risk score, as the policy proposes it, against what single causes come to."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.questions.explain import LEVEL
from analysis.risk.findings import findings_of
from analysis.risk.model import RiskModel
from graph_schema import Schema
from policy import load_policy


@pytest.mark.parametrize(("severity", "count"), [(0.6, 14), (0.8, 26)])
def test_so_many_causes_reach_the_level_alone(schema: Schema, model: RiskModel, severity: float, count: int) -> None:
    # What policy/profiles/generic.yaml says of the level.
    level = load_policy().parameter(LEVEL, day=date(2021, 1, 1))
    causes = [code for code, cause in schema.causes.items() if cause.cause_kind != "state"]
    rows = [[{"cause": code, "status": "confirmed", "severity": severity}] for code in causes]
    risk = model.engine.risk(findings_of(model.network, rows))
    assert (level.value, level.unit, level.is_proposed) == (0.3, "share", True)
    assert (len(causes), int((risk >= 0.3).sum())) == (54, count)
