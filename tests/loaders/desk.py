"""A folder of feed files beside a data folder, and the short names of what the fixtures give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from graph_schema import Schema
from graph_schema.messages import Language
from ledger import Ledger
from loaders.identity import Identity
from loaders.load_options import FilesGiven, LoadOptions
from loaders.load_place import LoadPlace
from loaders.reject import Reject
from loaders.report import LoadOutcome
from loaders.run import load_files
from policy import Policy, load_policy

RECORDED_AT = datetime(2026, 3, 1, 8, tzinfo=UTC)

RejectsOf = Callable[..., list[Reject]]
ToldRejects = Callable[..., list[tuple[int, str, str, str]]]


class Desk:
    """A folder of feed files beside a data folder."""

    def __init__(self, folder: Path, schema: Schema, identity: Identity) -> None:
        self.feeds = folder / "feeds"
        self.feeds.mkdir()
        self.rejects = folder / "rejects"
        self.schema = schema
        self.identity = identity
        self.ledger = Ledger.open(folder / "data", schema)
        # The delivered one, unless somebody sets another.
        self.policy: Policy | None = None

    def write(self, name: str, text: str | bytes) -> Path:
        """Write one file among the feeds."""
        path = self.feeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def load(
        self,
        *paths: Path,
        feed: str | None = None,
        kind: str | None = None,
        mapping: Path | None = None,
        recorded_at: datetime = RECORDED_AT,
        options: LoadOptions | None = None,
        language: Language = "en",
        policy: Policy | None = None,
    ) -> LoadOutcome:
        """Load the paths, the whole folder of feeds if there are none."""
        return load_files(
            FilesGiven(paths or (self.feeds,), feed, kind, mapping),
            LoadPlace(self.ledger, self.schema, self.identity, self.rejects, policy or self.policy or load_policy()),
            recorded_at=recorded_at,
            options=replace(options or LoadOptions(), language=language),
        )
