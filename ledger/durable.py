"""What was written survives a loss of power: files and their folders are forced to the disk.

The Delta library writes no file through to the disk itself; without this, an acknowledged load could be gone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident
from urllib.parse import unquote

LOG_FOLDER = "_delta_log"
LAST_CHECKPOINT = "_last_checkpoint"


def sync(path: Path) -> None:
    """Force one file, or the names in one folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def own_name_aside(file: Path) -> Path:
    """Return a name beside the file that no other process or thread writes to."""
    return file.with_name(f"{file.name}.{os.getpid()}-{get_ident()}.tmp")


def replace_file(file: Path, text: str) -> None:
    """Write a small file so that a reader meets the old text or the new one, never a part."""
    aside = own_name_aside(file)
    aside.write_text(text, encoding="utf-8")
    sync(aside)
    aside.replace(file)
    sync(file.parent)


def sync_table(folder: Path) -> None:
    """Force to the disk everything that a Delta table gained since its last checkpoint, that checkpoint included.

    Not only the last commit: the commit before it may come from a process that was killed before it got here.
    """
    log = folder / LOG_FOLDER
    first = _checkpoint_version(log)
    for entry in log.iterdir():
        if commit_number(entry.name) >= first:
            for data_file in _added_files(entry):
                # Compaction followed by a clean-up may have taken the file away.
                if (folder / data_file).exists():
                    sync(folder / data_file)
            sync(entry)
    if (log / LAST_CHECKPOINT).exists():
        sync(log / LAST_CHECKPOINT)
    for changed in (log, folder, folder.parent, folder.parent.parent):
        sync(changed)


def commit_number(name: str) -> int:
    """Return the number of the commit that a file of the log belongs to, -1 for any other file.

    >>> commit_number("00000000000000000010.checkpoint.parquet"), commit_number("00000000000000000011.json#1")
    (10, -1)
    """
    number, _, ending = name.partition(".")
    return int(number) if number.isdigit() and ending.rpartition(".")[2] in ("json", "parquet") else -1


def _checkpoint_version(log: Path) -> int:
    marker = log / LAST_CHECKPOINT
    if not marker.exists():
        return 0
    return int(json.loads(marker.read_text(encoding="utf-8"))["version"])


def _added_files(commit: Path) -> Iterator[str]:
    if commit.suffix != ".json":
        return
    for line in commit.read_text(encoding="utf-8").splitlines():
        if line.startswith('{"add"'):
            yield unquote(json.loads(line)["add"]["path"])
