"""Facts written down by hand, and the graph that they make."""

from __future__ import annotations

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
