"""How the time of a fresh load grows with the county: the slope of a line through the logarithms.

Processor time is told, so that what else runs on the machine hardly counts.
"""

from __future__ import annotations

import gc
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.county_files import write_county
from benchmarks.load_files import load_seconds, naming
from benchmarks.measurement import Measurement
from graph_schema import load_schema

SIZES = (10_000, 30_000, 100_000, 300_000)
ROUNDS = 2
LIMIT = 1.1


def measure() -> Measurement:
    """Return the slope over 10,000 to 300,000 households; of each size the quicker of two rounds counts."""
    schema = load_schema()
    seconds = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            write_county(Path(folder) / "feeds", size, naming(schema), seed=1)
            rounds = []
            for turn in range(ROUNDS):
                gc.collect()
                begun = time.process_time()
                load_seconds(Path(folder) / "feeds", Path(folder) / f"data{turn}", schema)
                rounds.append(time.process_time() - begun)
            seconds.append(min(rounds))
    slope = float(np.polyfit(np.log(SIZES), np.log(seconds), 1)[0])
    details = {f"seconds_{size}": round(took, 2) for size, took in zip(SIZES, seconds, strict=True)}
    return Measurement("load_growth", round(slope, 3), "log-log slope", LIMIT, details)
