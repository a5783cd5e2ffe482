"""Facts written down by hand, and the graph that they make."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from graph_schema import Schema
from policy import Policy, load_policy
from tests.loaders.graph.written_facts import Facts


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()


@pytest.fixture
def facts(schema: Schema, policy: Policy) -> Facts:
    return Facts(schema, policy)


@pytest.fixture
def two_counts(facts: Facts) -> Facts:
    """Police says 4 members since 2 June, a visit says 5 since 20 June; policy believes the police."""
    visited = datetime(2025, 6, 20, 8, tzinfo=UTC)
    return facts.household().add("Household", id="h1", member_count=5, feed="visit", recorded_at=visited)
