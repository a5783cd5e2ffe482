"""A desk that reads policy and mappings once: with hundreds of files, reading them takes longer than loading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph_schema import Schema
from loaders.identity import Identity
from loaders.mapping import ready
from policy import Policy
from tests.loaders.desk import Desk


class PolicyDesk(Desk):
    """A folder of feed files beside a data folder, and the policy they are judged by."""

    def __init__(self, folder: Path, schema: Schema, identity: Identity, policy: Policy) -> None:
        super().__init__(folder, schema, identity)
        self.policy = policy


@contextmanager
def ready_mappings_read_once(schema: Schema) -> Iterator[None]:
    """Let every file that fits no template be compared with the same ready mappings."""
    mappings = ready.ready_mappings(schema)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ready, "ready_mappings", lambda schema: mappings)
        yield
