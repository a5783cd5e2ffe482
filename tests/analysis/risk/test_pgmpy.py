"""The vocabulary's numbers as pgmpy, a library by other hands, computes them.

`pgmpy_findings.csv` and `pgmpy_numbers.csv` were written by `python -m benchmarks.checks.pgmpy_risk --golden` with
pgmpy 1.1.2 (VariableElimination on tables of conditional chances made from the definition): 12 drawn households, the
activity of every state, and the posteriors of eight causes given that O02 is seen and O04 is not. When the vocabulary
changes they are written anew in the same way.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.risk.engine import RiskEngine
from analysis.risk.findings_file import FindingsFile, read_findings

FOLDER = Path(__file__).parent
SEEN = {"O02": True, "O04": False}


@pytest.fixture(scope="module")
def found(engine: RiskEngine) -> FindingsFile:
    return read_findings(FOLDER / "pgmpy_findings.csv", engine.network)


@pytest.fixture(scope="module")
def numbers() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "pgmpy_numbers.csv")


def test_risk_and_the_activity_of_every_state_are_those_of_pgmpy(
    engine: RiskEngine, found: FindingsFile, numbers: pd.DataFrame
) -> None:
    expected = numbers[numbers["number"] == "activity"].pivot_table(index="household", columns="code", values="value")
    assert found.ids == tuple(expected.index)
    assert list(expected.columns) == sorted(engine.network.states)
    activity = engine.activity(found.findings, list(expected.columns))
    assert activity == pytest.approx(expected.to_numpy(), abs=1e-9)
    for state in engine.network.states:
        assert engine.risk(found.findings, state) == pytest.approx(expected[state].to_numpy(), abs=1e-9)


def test_posteriors_are_those_of_pgmpy(engine: RiskEngine, found: FindingsFile, numbers: pd.DataFrame) -> None:
    expected = numbers[numbers["number"] == "posterior"].pivot_table(index="household", columns="code", values="value")
    places = [engine.network.position[str(code)] for code in expected.columns]
    posterior = engine.explain(found.findings, SEEN).posterior[:, places]
    assert posterior == pytest.approx(expected.to_numpy(), abs=1e-9)


def test_the_households_have_findings_of_every_status_and_rules_that_hold(found: FindingsFile) -> None:
    assert found.findings.properties is not None
    assert set(found.findings.status.tolist()) == {0, 1, 2}
    assert found.findings.properties.any(axis=0).all()
