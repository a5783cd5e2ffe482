from __future__ import annotations

import pytest

from analysis.risk.model import RiskModel, expert_model
from graph_schema import Schema


@pytest.fixture(scope="session")
def model(schema: Schema) -> RiskModel:
    return expert_model(schema)
