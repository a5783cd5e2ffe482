from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.causes.chains import Chains, strongest_chains
from analysis.causes.network import CauseNetwork, cause_network
from analysis.causes.parts import Finding
from analysis.causes.reach import reached
from analysis.causes.rows import FindingRow, ObservationRow, Status
from graph_schema import Schema


@pytest.fixture(scope="session")
def network(schema: Schema) -> CauseNetwork:
    return cause_network(schema)


@pytest.fixture(scope="session")
def chains_of(network: CauseNetwork) -> Callable[..., Chains]:
    """Chains of the whole vocabulary from findings given with their confidences."""

    def chains(confidences: dict[str, float], max_chains: int = 1000) -> Chains:
        reach = reached(network, confidences, closed=frozenset())
        return strongest_chains(network, reach, confidences=confidences, max_chains=max_chains)

    return chains


@pytest.fixture(scope="session")
def finding_of() -> Callable[..., Finding]:
    """A finding with the fields that a test does not care about filled in."""

    def finding(status: Status = "confirmed", confidence: float = 1.0) -> Finding:
        return Finding(
            status=status,
            severity=0.6,
            confidence=confidence,
            onset_on=date(2026, 3, 1),
            ended_on=None,
            evidence=(),
            shocks=(),
        )

    return finding


@pytest.fixture(scope="session")
def finding_row() -> Callable[..., FindingRow]:
    def row(
        cause: str, status: Status = "confirmed", onset_on: date = date(2026, 3, 1), ended_on: date | None = None
    ) -> FindingRow:
        return FindingRow(
            is_made_up=False,
            cause_id=cause,
            status=status,
            severity=0.6,
            confidence=1.0,
            onset_on=onset_on,
            ended_on=ended_on,
        )

    return row


@pytest.fixture(scope="session")
def observation_row() -> Callable[..., ObservationRow]:
    def row(
        indicator: str, answer: str | None = None, number: float | None = None, day: date = date(2026, 3, 1)
    ) -> ObservationRow:
        return ObservationRow(
            observation_id=f"{indicator}-h1-{day}-visit",
            area_id=None,
            indicator_id=indicator,
            number_value=number,
            low_value=None,
            high_value=None,
            answer=answer,
            observed_on=day,
            period_months=None,
            feed_id="visit",
            product_id=None,
            is_disputed=False,
        )

    return row
