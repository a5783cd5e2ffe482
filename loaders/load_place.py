"""Where files are loaded into."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from graph_schema import Schema
from ledger import Ledger
from loaders.identity import Identity
from policy import Policy, load_policy

REJECTS_FOLDER = "rejects"
"""The folder of a data folder that holds the rejected rows."""


@dataclass(frozen=True)
class LoadPlace:
    """What takes facts in: the ledger and its vocabulary, what hides register numbers, and where rejected rows go."""

    ledger: Ledger
    schema: Schema
    identity: Identity
    rejects_folder: Path
    policy: Policy = field(default_factory=load_policy)
