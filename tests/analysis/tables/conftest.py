"""The tiny graph on the embedded engine: what becomes of an answer is the same whichever engine it came from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_schema import Schema
from graph_store import GraphStore, open_store
from policy import Policy, load_policy


@pytest.fixture(scope="module")
def answered(tiny_snapshot: Path, schema: Schema) -> Iterator[GraphStore]:
    store = open_store(f"embedded:{tiny_snapshot}", schema, read_only=True)
    yield store
    store.close()


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()
