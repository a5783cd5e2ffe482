"""The spool of a data folder: one folder a job, with the uploaded file, what is to be done with it and what came of it.

Nobody but the owner may read it, since it holds the departments' rows as they came.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

SPOOL_FOLDER = "spool"
# Held by the server that the file was sent to, and by the process that loads it.
OWNER_LOCK, WORKER_LOCK = "owner.lock", "worker.lock"
# It is there since the load of the file began.
PROGRESS_FILE = "progress.json"
JOB_NAME = re.compile(r"[0-9a-f]{32}")
OWNER_ONLY = 0o700


def make_job_folder(spool: Path, name: str) -> Path:
    """Return the new folder of a job."""
    spool.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    folder = spool / name
    folder.mkdir(mode=OWNER_ONLY)
    return folder


def job_folders(spool: Path) -> Iterator[Path]:
    """Yield the folder of every job, in no certain order."""
    if spool.is_dir():
        yield from (folder for folder in spool.iterdir() if JOB_NAME.fullmatch(folder.name))


def job_lock(folder: Path, name: str) -> FileLock:
    """Return one of the locks of a job; the operating system takes it back when its process ends, however that ends."""
    return FileLock(folder / name, thread_local=False)


def is_held(folder: Path, name: str) -> bool:
    """Return whether a living process holds this lock of a job."""
    lock = job_lock(folder, name)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        # Gone in the meantime.
        return False
    lock.release()
    return False


def is_in_use(folder: Path) -> bool:
    """Return whether a living process is at the job."""
    return is_held(folder, OWNER_LOCK) or is_held(folder, WORKER_LOCK)


def forget_job(folder: Path) -> None:
    """Remove the folder of a job with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)


def forget_begun_jobs(data: Path) -> int:
    """Remove every job of a data folder that was begun and that no living process is at; return how many.

    They tell of rejected rows, with what stands in them. One that was not begun has yet to be loaded.
    """
    begun = [folder for folder in job_folders(data / SPOOL_FOLDER) if (folder / PROGRESS_FILE).exists()]
    gone = [folder for folder in begun if not is_in_use(folder)]
    for folder in gone:
        forget_job(folder)
    return len(gone)
