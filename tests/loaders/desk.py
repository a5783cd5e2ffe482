"""A folder of feed files beside a data folder, and the short names of what the fixtures give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from graph_schema import Schema
from ledger import Ledger
from loaders.identity import Identity
from loaders.reject import Reject
from loaders.report import LoadOutcome
from loaders.run import load_files

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

    def write(self, name: str, text: str | bytes) -> Path:
        """Write one file among the feeds."""
        path = self.feeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def load(self, *paths: Path, **options: object) -> LoadOutcome:
        """Load the paths, the whole folder of feeds if there are none."""
        return load_files(
            paths or (self.feeds,),
            ledger=self.ledger,
            schema=self.schema,
            identity=self.identity,
            rejects_folder=self.rejects,
            **{"recorded_at": RECORDED_AT, **options},  # type: ignore[arg-type] # as the test gives them
        )
