"""Takes uploads in, has them loaded one after the other, and tells how far each is."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from logging import getLogger
from pathlib import Path
from threading import Condition, Thread
from typing import Protocol

from filelock import FileLock

from api.child_environment import child_environment
from api.errors import SECONDS_UNTIL_NEXT_TRY, JobOver, JobUnknown, QueueFull, RequestError
from api.loads.job_files import End, JobFolder, Order
from graph_schema.errors import PlumlineError
from ledger import Ledger
from loaders.load_answers import reason_of
from loaders.mapping import Mapping, ready_mappings
from loaders.spool import (
    JOB_NAME,
    OWNER_LOCK,
    SPOOL_FOLDER,
    WORKER_LOCK,
    forget_job,
    is_held,
    is_in_use,
    job_folders,
    job_lock,
    make_job_folder,
)
from loaders.workspace import Workspace

logger = getLogger(__name__)

# Being sent, waiting and being loaded, all together. Each may be as large as an upload may be.
MOST_JOBS = 8
KEPT = timedelta(days=7)
# An upload that is older and not whole belongs to a server that was killed.
UPLOADED_WITHIN = timedelta(hours=1)
# What a child process is given to end after it was asked to; then it is ended.
SECONDS_TO_END = 5.0
JOB_BYTES = 16
ADOPTED_POLL_SECONDS = 0.5


class Process(Protocol):
    """A process that loads."""

    def wait(self, timeout: float | None = None) -> int:
        """Return its exit code once it has ended."""
        ...

    def terminate(self) -> None:
        """Ask it to end."""
        ...

    def kill(self) -> None:
        """End it."""
        ...


Start = Callable[[Workspace, Path], Process]


def start_child(workspace: Workspace, folder: Path) -> Process:
    """Return the process that does the job of a folder: a new one, in a session of its own.

    Ctrl-C ends the server, which then ends it; a server that is killed leaves it to its work.
    """
    return subprocess.Popen(  # noqa: S603 - our own program, and a folder that this module has named
        [sys.executable, "-m", "api.loads.child", str(folder.absolute())],
        env=child_environment(workspace.settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


class LoadDesk:
    """The uploads of one server. Each job has a folder of its own in the spool of the data folder.

    The lock of a folder tells other servers, and this one after a restart, that somebody is at the job.
    """

    def __init__(self, workspace: Workspace, *, start: Start = start_child) -> None:
        self.workspace = workspace
        self._spool = workspace.settings.data / SPOOL_FOLDER
        self._start = start
        self._changed = Condition()
        self._locks: dict[str, FileLock] = {}
        self._queue: deque[JobFolder] = deque()
        self._under_way: tuple[JobFolder, Process | None] | None = None
        self._cancelled: set[str] = set()
        self._is_closing = False
        self._thread = Thread(target=self._work, name="loads", daemon=True)

    def begin(self) -> None:
        """Take up what an earlier server left, remove what is old, and begin to work."""
        self.clean()
        left = [folder for folder in map(JobFolder, job_folders(self._spool)) if folder.order and not folder.end]
        for folder in sorted(left, key=lambda job: job.order.placed_at if job.order else datetime.max):
            if not is_held(folder.path, OWNER_LOCK):
                self._own(folder)
                self._queue.append(folder)
        self._thread.start()

    @cached_property
    def ledger(self) -> Ledger:
        """Return the ledger of the data folder, made if there is none yet."""
        return self.workspace.open_ledger(create=True)

    @cached_property
    def mappings(self) -> list[Mapping]:
        """Return the ready mappings, by name."""
        return ready_mappings(self.workspace.schema)

    def close(self) -> None:
        """End the load under way; what waits is taken up by the next server."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
            under_way = self._under_way
        if under_way is not None and under_way[1] is not None:
            _end(under_way[1])
        if self._thread.is_alive():
            self._thread.join()
        for lock in self._locks.values():
            lock.release()
        self._locks.clear()

    @contextmanager
    def place(self) -> Iterator[JobFolder]:
        """Yield the folder for one upload; it is gone afterwards unless the upload was submitted. Raises QueueFull."""
        with self._changed:
            if len(self._locks) >= MOST_JOBS:
                raise QueueFull("load_queue_full", count=MOST_JOBS, seconds=SECONDS_UNTIL_NEXT_TRY)
            folder = JobFolder(make_job_folder(self._spool, secrets.token_hex(JOB_BYTES)))
            self._own(folder)
        folder.upload.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            if folder.order is None:
                self._let_go(folder)
                forget_job(folder.path)

    def submit(self, folder: JobFolder, order: Order) -> None:
        """Let the uploaded file be loaded when its turn comes."""
        folder.put(order)
        with self._changed:
            self._queue.append(folder)
            self._changed.notify_all()

    def folder(self, job: str) -> JobFolder:
        """Return the folder of a job. Raises JobUnknown."""
        folder = JobFolder(self._spool / job)
        if not JOB_NAME.fullmatch(job) or folder.order is None:
            raise JobUnknown("unknown_job")
        return folder

    def folders(self) -> list[JobFolder]:
        """Return the folders of all jobs that are known, in no certain order."""
        return [job for job in map(JobFolder, job_folders(self._spool)) if job.order is not None]

    def ahead(self, folder: JobFolder) -> int | None:
        """Return how many loads are done before this one; None where it does not wait here."""
        with self._changed:
            names = [waiting.name for waiting in self._queue]
            if folder.name not in names:
                return None
            return names.index(folder.name) + (self._under_way is not None)

    def is_alive(self, folder: JobFolder) -> bool:
        """Return whether somebody works on the job, or will."""
        return folder.name in self._locks or is_in_use(folder.path)

    def cancel(self, folder: JobFolder) -> None:
        """Stop a job that has not ended. Raises JobOver where it has, or another server does it."""
        with self._changed:
            under_way = self._under_way
            if folder in self._queue:
                self._queue.remove(folder)
            elif under_way is not None and under_way[0] == folder and not self._is_adopted(folder, under_way[1]):
                self._cancelled.add(folder.name)
                if under_way[1] is not None:
                    under_way[1].terminate()
                return
            else:
                raise JobOver("job_over")
        self._finish(folder, RequestError("load_cancelled"))

    def clean(self) -> None:
        """Remove jobs that ended long ago, and uploads that never came to their end."""
        now = datetime.now(UTC)
        for folder in map(JobFolder, job_folders(self._spool)):
            end = folder.end
            is_old = end is not None and now - end.ended_at > KEPT
            if is_old or (folder.order is None and _age(folder, now) > UPLOADED_WITHIN and not self.is_alive(folder)):
                forget_job(folder.path)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue or self._is_closing)
                if self._is_closing:
                    return
                folder = self._queue.popleft()
                self._under_way = (folder, None)
            try:
                fault = self._load(folder)
            except OSError as error:
                logger.error("load not begun: %s", error.strerror)
                fault = RequestError("load_killed")
            with self._changed:
                self._under_way = None
            if not is_held(folder.path, WORKER_LOCK):
                self._finish(folder, fault)
            self.clean()

    def _load(self, folder: JobFolder) -> PlumlineError | None:
        """Return why the load did not come to its end; None where it did."""
        code = "load_stopped"
        if is_held(folder.path, WORKER_LOCK):
            self._adopt(folder)
        elif folder.progress is None:
            self._wait_for(folder, self._start(self.workspace, folder.path))
            code = "load_stopped" if self._is_closing else "load_killed"
        progress = folder.progress
        if progress is not None and progress.is_finished:
            return None
        return RequestError("load_cancelled" if folder.name in self._cancelled else code)

    def _wait_for(self, folder: JobFolder, process: Process) -> None:
        with self._changed:
            self._under_way = (folder, process)
            is_unwanted = self._is_closing or folder.name in self._cancelled
        if is_unwanted:
            _end(process)
        logger.info("load ended code=%d", process.wait())

    def _is_adopted(self, folder: JobFolder, process: Process | None) -> bool:
        return process is None and is_held(folder.path, WORKER_LOCK)

    def _adopt(self, folder: JobFolder) -> None:
        """Wait for a process that a killed server began and that still works."""
        with self._changed:
            while is_held(folder.path, WORKER_LOCK) and not self._is_closing:
                self._changed.wait(ADOPTED_POLL_SECONDS)

    def _finish(self, folder: JobFolder, fault: PlumlineError | None) -> None:
        progress = folder.progress
        failure = reason_of(fault) if fault is not None else progress.failure if progress is not None else None
        forget_job(folder.upload)
        folder.put(End(ended_at=datetime.now(UTC), failure=failure))
        self._let_go(folder)

    def _own(self, folder: JobFolder) -> None:
        lock = job_lock(folder.path, OWNER_LOCK)
        lock.acquire(timeout=0)
        self._locks[folder.name] = lock

    def _let_go(self, folder: JobFolder) -> None:
        with self._changed:
            self._cancelled.discard(folder.name)
            lock = self._locks.pop(folder.name, None)
        if lock is not None:
            lock.release()


def _age(folder: JobFolder, now: datetime) -> timedelta:
    try:
        return now - datetime.fromtimestamp(folder.path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return timedelta(0)


def _end(process: Process) -> None:
    process.terminate()
    try:
        process.wait(timeout=SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
