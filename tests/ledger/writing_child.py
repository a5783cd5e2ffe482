"""A process of its own that takes the lock of a data folder and does one thing until it is killed.

`python writing_child.py FOLDER hold|append|appended`: holds the lock, streams rows without end, or has appended rows
that it never counts. It says `ready` when it is there.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from graph_schema import load_schema
from ledger import Ledger

NOW = datetime(2024, 6, 3, 8, tzinfo=UTC)
ROWS, BATCHES_BEFORE_READY = 20_000, 40


def say_ready() -> None:
    """Tell the parent process that the moment has come."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def batch(schema: pa.Schema, load_id: str, number: int) -> pa.RecordBatch:
    """Return one batch of observations of the load."""
    first = number * ROWS
    filled = {
        "id": pa.array([f"o{row}" for row in range(first, first + ROWS)]),
        "recorded_at": pa.array([NOW] * ROWS, schema.field("recorded_at").type),
        "feed": pa.array(["civil"] * ROWS),
        "load_id": pa.array([load_id] * ROWS),
        "source_row": pa.array(range(first, first + ROWS), pa.int64()),
        "is_made_up": pa.array([False] * ROWS),
    }
    return pa.RecordBatch.from_arrays(
        [filled.get(field.name, pa.nulls(ROWS, field.type)) for field in schema], schema=schema
    )


def without_end(schema: pa.Schema, load_id: str) -> Iterator[pa.RecordBatch]:
    """Yield batches, and say ready once some have been taken."""
    number = 0
    while True:
        yield batch(schema, load_id, number)
        number += 1
        if number == BATCHES_BEFORE_READY:
            say_ready()


def main(folder: Path, task: str) -> None:
    """Do the task and wait to be killed."""
    ledger = Ledger.open(folder, load_schema())
    schema = ledger.arrow_schema("Observation")
    with ledger.writing() as writer:
        load_id = writer.begin(feed="civil", started_at=NOW)
        if task == "append":
            writer.append(
                load_id, "Observation", pa.RecordBatchReader.from_batches(schema, without_end(schema, load_id))
            )
        if task == "appended":
            writer.append(load_id, "Observation", pa.Table.from_batches([batch(schema, load_id, 0)]))
        say_ready()
        time.sleep(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
