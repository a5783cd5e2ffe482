from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Findings, findings_of
from analysis.risk.network import RiskNetwork, network_of_schema
from graph_schema import Schema

Row = dict[str, object]


@pytest.fixture(scope="session")
def network(schema: Schema) -> RiskNetwork:
    return network_of_schema(schema)


@pytest.fixture(scope="session")
def engine(network: RiskNetwork) -> RiskEngine:
    return RiskEngine(network)


@pytest.fixture(scope="session")
def confirmed() -> Callable[..., Row]:
    def row(cause: str, severity: float = 1.0) -> Row:
        return {"cause": cause, "status": "confirmed", "severity": severity}

    return row


@pytest.fixture(scope="session")
def suspected() -> Callable[..., Row]:
    def row(cause: str, confidence: float, severity: float = 1.0) -> Row:
        return {"cause": cause, "status": "suspected", "confidence": confidence, "severity": severity}

    return row


@pytest.fixture(scope="session")
def household(network: RiskNetwork) -> Callable[..., Findings]:
    """The findings of one household of the vocabulary."""

    def findings(*rows: Row, rules: tuple[str, ...] = ()) -> Findings:
        return findings_of(network, [list(rows)], properties=[list(rules)])

    return findings


@pytest.fixture
def network_file(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "network.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
