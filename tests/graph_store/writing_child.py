"""A process of its own with an embedded graph: `python writing_child.py hold|save GRAPH`.

`hold` keeps the graph open for writing; `save` saves again and again, every time with one more household and one more
household in its area. It says `ready` once it holds the graph, or has saved ten times, and goes on until it is killed.
"""

from __future__ import annotations

import sys
import time
from itertools import count

import pandas as pd

from graph_schema import load_schema
from graph_store import GraphStore, open_store

PADDING = "沈" * 100


def say_ready() -> None:
    """Tell the parent process that the moment has come."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def save_for_ever(store: GraphStore) -> None:
    """Save a graph that grows by one household with its relationship, and by 200 areas that make the file larger."""
    for number in count():
        areas = [f"a{number:04}-{part:03}" for part in range(200)]
        store.merge_nodes("Area", pd.DataFrame({"id": areas, "name": PADDING}))
        store.merge_nodes("Household", pd.DataFrame({"id": [f"h{number:04}"]}))
        ends = {"from_kind": "Household", "from_id": f"h{number:04}", "to_kind": "Area", "to_id": areas[0]}
        store.merge_relationships("LIVES_IN", pd.DataFrame([ends]))
        store.save()
        if number == 10:
            say_ready()


def main(task: str, path: str) -> None:
    """Do the task and wait to be killed."""
    store = open_store(f"embedded:{path}", load_schema())
    if task == "save":
        save_for_ever(store)
    say_ready()
    time.sleep(600)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
