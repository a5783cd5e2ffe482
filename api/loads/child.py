"""The child process of a load: `python -m api.loads.child FOLDER` does the one job in the folder.

It only appends to the ledger, so it may be killed at any moment. It says nothing but what its files say, and a log.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from logging import getLogger
from pathlib import Path

from filelock import Timeout

from api.loads.job_files import OUTCOME, JobFolder, Order, Progress, WorkState
from api.log import told_without_values, write_log
from graph_schema.errors import PlumlineError
from ledger import Holder
from loaders.errors import LoadError
from loaders.load_answers import Reason, Rows, load_body, reason_of
from loaders.load_options import FilesGiven, LoadOptions, Step, reject_limit
from loaders.load_place import LoadPlace
from loaders.report import Counts, LoadOutcome, LoadReport
from loaders.run import load_files
from loaders.settings import read_settings
from loaders.spool import WORKER_LOCK, job_lock
from loaders.workspace import Workspace

# Questions are answered meanwhile, and whoever asks waits; a load may take a little longer.
NICENESS = 10
# Another process may be compacting the ledger.
WAIT_SECONDS = 3600.0
# So often is told how far it is; an archive may hold thousands of small files.
TOLD_EACH_SECONDS = 0.25
# So many rejects and warnings of all files together are told; the rejects files have them all.
SHOWN_IN_ALL = 1000

logger = getLogger(__name__)


def main(folder: Path) -> int:
    """Do the job of a folder; return the exit code, 0 also where a file was refused."""
    write_log()
    with suppress(OSError):
        os.nice(NICENESS)
    job = JobFolder(folder)
    lock = job_lock(folder, WORKER_LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        logger.error("another process is at the job")
        return 1
    try:
        work(job, Workspace(read_settings(os.environ)))
    finally:
        lock.release()
    return 0


def work(job: JobFolder, workspace: Workspace) -> None:
    """Load the file of the job, and tell in its folder how far that is and what came of it."""
    order = job.order
    if order is None:
        raise FileNotFoundError(job.path)
    done: list[LoadReport] = []
    told = _Told(job)
    failure: Reason | None = None
    version: int | None = None
    outcome: LoadOutcome
    try:
        place = workspace.load_place()
        outcome = _loaded(job, order, place, told, done)
        if any(report.load_id for report in outcome.reports):
            version = place.ledger.version
    except PlumlineError as error:
        outcome, failure = LoadOutcome(tuple(done)), reason_of(error)
    except Exception as error:  # noqa: BLE001 - the last net: whatever it is, the asker hears that it failed
        logger.error("load failed: %s", told_without_values(error))
        outcome, failure = LoadOutcome(tuple(done)), reason_of(LoadError("load_unexpected"))
    job.put_text(OUTCOME, _body_text(outcome, job, workspace))
    told.end(failure, version)


def _loaded(job: JobFolder, order: Order, place: LoadPlace, told: _Told, done: list[LoadReport]) -> LoadOutcome:
    def on_report(report: LoadReport) -> None:
        done.append(report)
        told.report(report)

    options = LoadOptions(
        wait_seconds=WAIT_SECONDS,
        on_wait=told.waiting,
        is_dry_run=order.is_dry_run,
        most_rejects=reject_limit(order.most_rejects) if order.most_rejects else None,
        shows=order.shows,
        is_part=order.is_part,
        ends_all=order.ends_all,
        on_step=told.step,
        on_report=on_report,
        language=order.language,
    )
    mapping = Path(order.mapping) if order.mapping else None
    files = FilesGiven((job.upload / order.file_name,), order.feed, order.kind, mapping)
    return load_files(files, place, recorded_at=datetime.now(UTC), options=options)


class _Told:
    """Tells in the folder of the job how far the work is."""

    def __init__(self, job: JobFolder) -> None:
        self._job = job
        self._now = Progress()
        self._rows = Counts()
        self._not_loaded = 0
        self._next_at = 0.0
        self._put()

    def step(self, step: Step, number: int, total: int, name: str) -> None:
        state: WorkState = "writing" if step == "projecting" else step
        self._change(state=state, is_kept_waiting=False, file_number=number, file_count=total)

    def report(self, report: LoadReport) -> None:
        self._rows += report.rows
        self._not_loaded += report.status in ("refused", "held_back")
        self._change(rows=Rows(**self._rows.to_dict()), not_loaded=self._not_loaded)

    def waiting(self, holder: Holder) -> None:
        self._now = self._now.model_copy(update={"is_kept_waiting": True})
        self._put()

    def end(self, failure: Reason | None, version: int | None) -> None:
        update = {"is_finished": True, "failure": failure, "ledger_version": version}
        self._now = self._now.model_copy(update=update)
        self._put()

    def _change(self, **update: object) -> None:
        is_released = self._now.is_kept_waiting
        self._now = self._now.model_copy(update=update)
        if is_released or time.monotonic() >= self._next_at:
            self._put()

    def _put(self) -> None:
        self._job.put(self._now)
        self._next_at = time.monotonic() + TOLD_EACH_SECONDS


def _body_text(outcome: LoadOutcome, job: JobFolder, workspace: Workspace) -> str:
    """Return what came of the files, each by its name: where a server keeps them is nobody's business."""
    body = load_body(LoadOutcome(tuple(_shortened(outcome)), outcome.unknown_files), None).model_copy(
        update={"rows": Rows(**outcome.rows.to_dict())}
    )
    text = body.model_dump_json()
    for folder in (job.upload, workspace.load_place().rejects_folder):
        text = text.replace(json.dumps(f"{folder}{os.sep}", ensure_ascii=False)[1:-1], "")
    return text


def _shortened(outcome: LoadOutcome) -> list[LoadReport]:
    left, reports = SHOWN_IN_ALL, []
    for report in outcome.reports:
        rejects = report.rejects[:left]
        warnings = report.warnings[: left - len(rejects)]
        left -= len(rejects) + len(warnings)
        reports.append(replace(report, rejects=rejects, warnings=warnings))
    return reports


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
