"""Which files are loaded, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO, Literal

from graph_schema.messages import Language
from ledger import Holder
from loaders.report import LoadReport

PERCENT = "%"
Step = Literal["reading", "checking", "writing", "projecting"]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class FilesGiven:
    """The files, folders and archives that a person named, and what was said of them.

    `feed` and `kind` win over what the names of the files tell; with a `mapping` (a file, or the name of a ready one)
    every file is read by it.
    """

    paths: tuple[Path, ...]
    feed: str | None = None
    kind: str | None = None
    mapping: Path | None = None


@dataclass(frozen=True)
class RejectLimit:
    """How many rejected rows a file may have: a number, or a share of its rows (0 to 1)."""

    number: float
    is_share: bool = False

    def allows(self, *, rejected: int, read: int) -> bool:
        """Return whether the file may be loaded."""
        return rejected <= (self.number * read if self.is_share else self.number)

    def __str__(self) -> str:
        return f"{self.number * 100:g}%" if self.is_share else f"{self.number:g}"


def reject_limit(text: str) -> RejectLimit | None:
    """Return a number of rows such as 10, or a share of them such as 1%; None where the text is neither."""
    is_share = text.endswith(PERCENT)
    try:
        number = float(text.removesuffix(PERCENT))
    except ValueError:
        return None
    if not (0 <= number <= 100 if is_share else 0 <= number < float("inf") and number.is_integer()):
        return None
    return RejectLimit(number / 100 if is_share else number, is_share=is_share)


@dataclass(frozen=True)
class LoadOptions:
    """What a caller may choose. The defaults load at once, wait for nobody and write no more than needed.

    `wait_seconds`: how long to wait for another process that writes; `on_wait` is told once who that is. `is_dry_run`:
    check everything and write nothing. `is_backfill`: old files that are entered late; the load record says so.
    `most_rejects`: above it nothing of a file counts. `shows`: the day whose state a snapshot gives, that of recording
    when None. `is_part`: the files are only a part of a snapshot, so what they lack has not ended; `ends_all`: they are
    all of it, however much they lack. `on_step` hears what is being done with which file, `on_report` what came of each
    as soon as it is done; `clock` tells when a load was done; `standard_input` is what the path `-` stands for;
    `language` is that of the rejects files.
    """

    wait_seconds: float = 0.0
    on_wait: Callable[[Holder], None] = lambda holder: None
    is_dry_run: bool = False
    is_backfill: bool = False
    most_rejects: RejectLimit | None = None
    shows: date | None = None
    is_part: bool = False
    ends_all: bool = False
    on_step: Callable[[Step, int, int, str], None] = lambda step, number, total, name: None
    on_report: Callable[[LoadReport], None] = lambda report: None
    clock: Callable[[], datetime] = _now
    standard_input: BinaryIO | None = None
    language: Language = "en"
