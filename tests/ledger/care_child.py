"""A process of its own that cares for a data folder until it has done so or is killed.

`python care_child.py FOLDER compact|read`: compacts once, or reads all observations until it is told to stop by the end
of its standard input and then prints the different numbers of rows that it saw. It says `ready` before it begins.
"""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Thread

from graph_schema import load_schema
from ledger import Ledger


def main(folder: Path, task: str) -> None:
    """Do the task."""
    ledger = Ledger.open(folder, load_schema())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    if task == "compact":
        ledger.compact(wait_seconds=10)
        return
    waiting = Thread(target=sys.stdin.read)
    waiting.start()
    seen: set[int] = set()
    while waiting.is_alive() or not seen:
        seen.add(_count(ledger))
    sys.stdout.write(" ".join(map(str, sorted(seen))) + "\n")


def _count(ledger: Ledger) -> int:
    ids = ledger.facts("Observation", columns=["id"])["id"]
    assert len(ids.unique()) == len(ids)
    return len(ids)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
