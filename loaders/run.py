"""From feed files to facts in the ledger, one load per file, every row accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from logging import getLogger
from pathlib import Path

from graph_schema import Schema
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from ledger import Ledger, LedgerError

from loaders.errors import LoadError
from loaders.feeds import FeedFile, find_files
from loaders.identity import Identity
from loaders.known_ids import KnownIds
from loaders.mapping import Mapping, load_mapping
from loaders.one_file import LoadPlan, load_file, plan_of
from loaders.report import LoadOutcome, LoadReport

logger = getLogger(__name__)


def load_files(
    paths: Sequence[Path],
    *,
    ledger: Ledger,
    schema: Schema,
    identity: Identity,
    recorded_at: datetime,
    rejects_folder: Path,
    feed: str | None = None,
    kind: str | None = None,
    mapping: Path | None = None,
    language: Language = "en",
) -> LoadOutcome:
    raise NotImplementedError
