"""What killed processes left in a data folder: files that were never given their name, and rejects of no load.

Nothing of it counts, but it may hold rows of a department, and nobody else removes it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from logging import getLogger
from pathlib import Path

from ledger import Ledger
from ledger.erase import JOURNAL_FILE
from ledger.lock import HOLDER_FILE
from loaders.rejects_file import REJECTS_ENDING

logger = getLogger(__name__)

UNNAMED = "*.tmp"
# These are written by whoever holds the lock alone; any other such file is written within a moment.
OF_THE_LOCK = (HOLDER_FILE, JOURNAL_FILE)
WRITTEN_WITHIN_SECONDS = 3600.0


def remove_leftovers(ledger: Ledger, rejects_folder: Path) -> int:
    """Remove what killed processes left, and return how many files that was. Only for whoever holds the lock.

    Rejects files are written before their load counts, by whoever holds the lock; the load of any other is dead.
    """
    gone = [*_unnamed(ledger.folder), *_orphans(ledger, rejects_folder)]
    for path in gone:
        path.unlink(missing_ok=True)
    if gone:
        logger.info("leftovers removed", extra={"files": len(gone)})
    return len(gone)


def _unnamed(folder: Path) -> Iterator[Path]:
    for path in folder.glob(UNNAMED):
        if path.name.startswith(OF_THE_LOCK) or time.time() - path.stat().st_mtime > WRITTEN_WITHIN_SECONDS:
            yield path


def _orphans(ledger: Ledger, rejects_folder: Path) -> list[Path]:
    files = list(rejects_folder.glob(f"*{REJECTS_ENDING}"))
    if not files:
        return []
    known = set(ledger.all_loads()["load_id"].to_pylist())
    return [path for path in files if path.name.removesuffix(REJECTS_ENDING).rpartition(".")[2] not in known]
