"""A process of its own that backs up or restores without end until it is killed.

`python -m tests.ledger.backup_children backup DATA FOLDER` writes FOLDER/1.tar, FOLDER/2, FOLDER/3.tar and so on;
with `restore BACKUP FOLDER` it restores into FOLDER/1, FOLDER/2 and so on. It says `ready` before the first one.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from graph_schema import load_schema
from ledger import Ledger
from ledger.backup import Waiting, write_backup
from ledger.restore import restore_backup

NOW = datetime(2024, 6, 3, 8, tzinfo=UTC)
KEY = "identity.key"
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def started(task: str, source: Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield a child process that has begun."""
    command = [sys.executable, "-m", "tests.ledger.backup_children", task, str(source), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:  # noqa: S603 - our own
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        yield child
        child.kill()


def main(task: str, source: Path, folder: Path) -> None:
    """Do the task again and again."""
    schema = load_schema()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in count(1):
        if task == "backup":
            ledger = Ledger.open(source, schema, create=False)
            suffix = ".tar" if number % 2 else ""
            write_backup(ledger, folder / f"{number}{suffix}", at=NOW, keys=(KEY,), waiting=Waiting(5.0))
        else:
            restore_backup(source, folder / str(number), schema, keys=(KEY,))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
