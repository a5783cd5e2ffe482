"""What came of a load: per file what was read, accepted and rejected, and why a file was not loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from graph_schema.errors import PlumlineError
from graph_schema.messages import LANGUAGES, Label
from loaders.checks.fact_warning import FactWarning
from loaders.reject import Reject

# `loaded`: its accepted rows count. `checked`: they would, but for the dry run. `known`: loaded before. `refused`: it
# cannot be used. `held_back`: it refers to what a refused file would have brought.
Status = Literal["loaded", "checked", "known", "refused", "held_back"]


@dataclass(frozen=True)
class Counts:
    """Rows of a file, or facts of a kind: `read` is always `accepted` + `rejected`."""

    read: int = 0
    accepted: int = 0
    rejected: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.read + other.read, self.accepted + other.accepted, self.rejected + other.rejected)

    def to_dict(self) -> dict[str, int]:
        """Return the counts for JSON."""
        return {"read": self.read, "accepted": self.accepted, "rejected": self.rejected}


@dataclass(frozen=True)
class LoadReport:
    """What came of one file.

    `rows` counts the rows of the file, `by_kind` the facts that they say; `repeated_count` of these say again what the
    feed said last. `rejects` are the first ones, all are in `rejects_file`; `warnings` are the first of
    `warning_count`. `absent`: what ended because the snapshot lacks it, as kind, count and day. `reason`: why it was
    not loaded, with `rejects_file` where it had too many rejects; `notes`: what else a person should know, such as why
    nothing ended.
    """

    file: Path
    status: Status
    feed: str | None = None
    mapping: str | None = None
    name: str = ""
    load_id: str | None = None
    reason: PlumlineError | None = None
    rows: Counts = Counts()
    by_kind: tuple[tuple[str, Counts], ...] = ()
    rejects: tuple[Reject, ...] = ()
    rejects_file: Path | None = None
    warnings: tuple[FactWarning, ...] = ()
    warning_count: int = 0
    repeated_count: int = 0
    absent: tuple[tuple[str, int, date], ...] = ()
    notes: tuple[PlumlineError, ...] = ()
    is_backfill: bool = False
    is_made_up: bool = False
    origin: Label | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the report for JSON."""
        return {
            "file": str(self.file),
            "name": self.name,
            "status": self.status,
            "feed": self.feed,
            "mapping": self.mapping,
            "load_id": self.load_id,
            "reason": _told(self.reason) if self.reason else None,
            "rows": self.rows.to_dict(),
            "by_kind": {kind: counts.to_dict() for kind, counts in self.by_kind},
            "rejects": [reject.to_dict() for reject in self.rejects],
            "rejects_file": str(self.rejects_file) if self.rejects_file else None,
            "warnings": [warning.to_dict() for warning in self.warnings],
            "warning_count": self.warning_count,
            "repeated_count": self.repeated_count,
            "absent": [{"kind": kind, "count": count, "absent_on": day} for kind, count, day in self.absent],
            "notes": [_told(note) for note in self.notes],
            "is_backfill": self.is_backfill,
            "is_made_up": self.is_made_up,
            "origin": {language: self.origin.text(language) for language in LANGUAGES} if self.origin else None,
        }


@dataclass(frozen=True)
class LoadOutcome:
    """What came of all files of one call, in the order they were taken, and the files whose name tells no kind."""

    reports: tuple[LoadReport, ...]
    unknown_files: tuple[Path, ...] = ()

    @property
    def rows(self) -> Counts:
        """Return the rows of all files together."""
        return sum((report.rows for report in self.reports), Counts())

    @property
    def is_complete(self) -> bool:
        """Return whether every file was loaded, now or before, and no row rejected."""
        is_loaded = all(report.status in ("loaded", "checked", "known") for report in self.reports)
        return is_loaded and self.rows.rejected == 0

    def to_dict(self) -> dict[str, object]:
        """Return the outcome for JSON."""
        return {
            "rows": self.rows.to_dict(),
            "is_complete": self.is_complete,
            "reports": [report.to_dict() for report in self.reports],
            "unknown_files": [str(path) for path in self.unknown_files],
        }


def _told(reason: PlumlineError) -> dict[str, object]:
    return {
        "code": reason.code,
        "what": {language: reason.what(language) for language in LANGUAGES},
        "remedy": {language: reason.remedy(language) for language in LANGUAGES},
    }
