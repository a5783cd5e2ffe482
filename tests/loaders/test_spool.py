"""The folders of uploads: one job each, known to be in use as long as a process lives that is at it."""

from __future__ import annotations

from pathlib import Path

from loaders.spool import (
    OWNER_LOCK,
    PROGRESS_FILE,
    WORKER_LOCK,
    forget_begun_jobs,
    is_in_use,
    job_folders,
    job_lock,
    make_job_folder,
)

NAMES = ("a" * 32, "b" * 32, "c" * 32, "d" * 32)


def test_a_job_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    folder = make_job_folder(tmp_path / "spool", NAMES[0])
    assert (folder.stat().st_mode & 0o777, folder.parent.stat().st_mode & 0o777) == (0o700, 0o700)


def test_only_what_was_begun_and_nobody_is_at_is_forgotten(tmp_path: Path) -> None:
    folders = [make_job_folder(tmp_path / "spool", name) for name in NAMES]
    for folder in folders[:3]:
        (folder / PROGRESS_FILE).write_text("{}")
    (tmp_path / "spool" / "of somebody else").mkdir()
    owner, worker = job_lock(folders[0], OWNER_LOCK), job_lock(folders[1], WORKER_LOCK)
    with owner, worker:
        assert [is_in_use(folder) for folder in folders] == [True, True, False, False]
        assert forget_begun_jobs(tmp_path) == 1
    assert sorted(job_folders(tmp_path / "spool")) == [*folders[:2], folders[3]]
    assert forget_begun_jobs(tmp_path) == 2
    assert (tmp_path / "spool" / "of somebody else").is_dir()
    assert forget_begun_jobs(tmp_path / "nowhere") == 0
