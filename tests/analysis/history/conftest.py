"""A ledger of each test's own, in memory."""

from __future__ import annotations

import pytest

from graph_schema import Schema
from tests.analysis.history.told import MemoryLedger, Told


@pytest.fixture
def told(schema: Schema) -> Told:
    return Told(MemoryLedger(schema), schema)
