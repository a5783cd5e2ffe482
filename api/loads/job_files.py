"""What the folder of a job holds: the order, how far it is, what came of it and how it ended, each as one JSON file.

Each file has one writer: the server writes order and end, the child process progress and outcome. A reader meets a
whole file or none.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from graph_schema.messages import Language
from graph_schema.meta import Form
from loaders.load_answers import LoadBody, Reason, Rows
from loaders.spool import PROGRESS_FILE

UPLOAD_FOLDER = "upload"
ORDER, OUTCOME, END = "order.json", "outcome.json", "end.json"
OWNER_ONLY = 0o600

AnyForm = TypeVar("AnyForm", bound=Form)
WorkState = Literal["reading", "checking", "writing"]


class Order(Form):
    """What is to be loaded, and how."""

    job: str
    file_name: str
    feed: str | None = None
    kind: str | None = None
    mapping: str | None = None
    is_dry_run: bool = False
    is_part: bool = False
    ends_all: bool = False
    shows: date | None = None
    most_rejects: str | None = None
    language: Language = "en"
    placed_at: datetime


class Progress(Form):
    """How far a child process is. `ledger_version`: that after its last load, where it entered any."""

    state: WorkState = "reading"
    is_kept_waiting: bool = False
    file_number: int = 0
    file_count: int = 0
    rows: Rows = Rows(read=0, accepted=0, rejected=0)
    not_loaded: int = 0
    is_finished: bool = False
    failure: Reason | None = None
    ledger_version: int | None = None


class End(Form):
    """How a job ended."""

    ended_at: datetime
    failure: Reason | None = Field(default=None)


@dataclass(frozen=True)
class JobFolder:
    """The folder of one job."""

    path: Path

    @property
    def name(self) -> str:
        """Return the id of the job."""
        return self.path.name

    @property
    def upload(self) -> Path:
        """Return the folder that holds the uploaded file alone."""
        return self.path / UPLOAD_FOLDER

    @property
    def order(self) -> Order | None:
        """Return what is to be done; None before the upload is whole."""
        return _read(self.path / ORDER, Order)

    @property
    def progress(self) -> Progress | None:
        """Return how far the child process is; None before it began."""
        return _read(self.path / PROGRESS_FILE, Progress)

    @property
    def outcome(self) -> LoadBody | None:
        """Return what came of the files; None before the child process was done with them."""
        return _read(self.path / OUTCOME, LoadBody)

    @property
    def end(self) -> End | None:
        """Return how the job ended; None before it did."""
        return _read(self.path / END, End)

    def put(self, told: Order | Progress | End) -> None:
        """Write an order, a progress or an end."""
        name = ORDER if isinstance(told, Order) else PROGRESS_FILE if isinstance(told, Progress) else END
        self.put_text(name, told.model_dump_json())

    def put_text(self, name: str, text: str) -> None:
        """Write a file in one step; it need not survive a loss of power, after which nobody works on the job."""
        aside = self.path / f"{name}.tmp"
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        aside.replace(self.path / name)


def _read(path: Path, form: type[AnyForm]) -> AnyForm | None:
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return None
    return form.model_validate_json(text)
