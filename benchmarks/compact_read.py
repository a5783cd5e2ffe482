"""The series of one household read from 20 million observations, after the ledger has been compacted.

The county is made up from a seed: 100,000 households of which every load says ten indicators, for twenty half-years.
It is written load by load and compacted in memory that does not grow with it.
"""

from __future__ import annotations

import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.measurement import Measurement
from graph_schema import Schema, load_schema
from ledger import Ledger, LoadRecord, Writer

HOUSEHOLDS, INDICATORS, LOADS, SEED = 100_000, 10, 20, 20260520
QUESTIONS, WARM_UP, ROUNDS, QUESTIONS_BEFORE = 400, 20, 3, 10
LIMIT_MS = 50.0
CHUNK_HOUSEHOLDS = 10_000
FIRST_DAY, DAYS_BETWEEN = date(2016, 6, 30), 182
FEED = "civil"
BYTES_OF_MB = 1_000_000


@dataclass(frozen=True)
class _Took:
    """The seconds that one question took, by the clock and of the processor."""

    wall: float
    processor: float


def measure() -> Measurement:
    """Return the 95th percentile in milliseconds over households drawn from a seed, each read from the data folder.

    It is the best of three rounds: what else runs on the machine can only add time; `processor_ms_p95` is the time of
    all cores together. Each question opens the ledger anew, as a command does; `held_open_ms_p95` is what a server
    needs that keeps it open. Every series is checked to be whole.
    """
    schema = load_schema()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        begun = time.perf_counter()
        _write(Ledger.open(folder, schema), schema)
        written = time.perf_counter()
        ledger = Ledger.open(folder, schema)
        before = _asked(lambda: ledger, seed=SEED, questions=QUESTIONS_BEFORE)
        report = ledger.compact()
        anew = [_asked(lambda: Ledger.open(folder, schema), seed=SEED + turn) for turn in range(ROUNDS)]
        held = [_asked(lambda: ledger, seed=SEED + turn) for turn in range(ROUNDS)]
        table = next(table for table in report.tables if table.table == "observation")
    details = {
        "observations": float(HOUSEHOLDS * INDICATORS * LOADS),
        "median_ms": _quickest(_walls(anew), 50),
        "processor_ms_p95": _quickest(_processors(anew), 95),
        "held_open_ms_p95": _quickest(_walls(held), 95),
        "held_open_median_ms": _quickest(_walls(held), 50),
        "before_compaction_median_ms": _quickest(_walls([before]), 50),
        "files_before": float(table.files_before),
        "files_after": float(table.files_after),
        "mb_after": round(table.bytes_after / BYTES_OF_MB, 1),
        "write_seconds": round(written - begun, 1),
        "compact_seconds": round(report.seconds, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, 1),
    }
    return Measurement("compact_read", _quickest(_walls(anew), 95), "ms p95", LIMIT_MS, details)


def _walls(rounds: list[list[_Took]]) -> list[list[float]]:
    return [[took.wall for took in each] for each in rounds]


def _processors(rounds: list[list[_Took]]) -> list[list[float]]:
    return [[took.processor for took in each] for each in rounds]


def _quickest(rounds: list[list[float]], percent: int) -> float:
    return round(min(float(np.percentile(seconds, percent)) for seconds in rounds) * 1000, 2)


def _asked(opened: Callable[[], Ledger], *, seed: int, questions: int = WARM_UP + QUESTIONS) -> list[_Took]:
    draw = random.Random(seed)
    took = []
    for _ in range(questions):
        household = _household(draw.randrange(HOUSEHOLDS))
        started, began = time.perf_counter(), time.process_time()
        series = opened().facts("Observation", where={"household_id": [household]})
        took.append(_Took(time.perf_counter() - started, time.process_time() - began))
        if series.num_rows != INDICATORS * LOADS:
            raise AssertionError(f"a series of {series.num_rows} observations")
    return took[WARM_UP:] if questions > WARM_UP else took


def _household(number: int) -> str:
    # Spread as pseudonyms are, so that neighbours in the register are none in the table.
    return f"h{number * 2_654_435_761 % 2**32:010d}"


@dataclass(frozen=True)
class _HalfYear:
    """One load: what the county says of every household on one day."""

    number: int
    load_id: str
    indicators: list[str]

    @property
    def day(self) -> date:
        return FIRST_DAY + timedelta(days=DAYS_BETWEEN * self.number)

    @property
    def recorded_at(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 8, tzinfo=UTC)


def _write(ledger: Ledger, schema: Schema) -> None:
    form = ledger.arrow_schema("Observation")
    measured = sorted(code for code, each in schema.indicators.items() if each.scope == "household")[:INDICATORS]
    for number in range(LOADS):
        with ledger.writing() as writer:
            started_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
            half_year = _HalfYear(number, writer.begin(feed=FEED, started_at=started_at), measured)
            _load(writer, half_year, form)


def _load(writer: Writer, half_year: _HalfYear, form: pa.Schema) -> None:
    rows = writer.append(
        half_year.load_id, "Observation", pa.RecordBatchReader.from_batches(form, _batches(half_year, form))
    )
    writer.count(
        LoadRecord(
            load_id=half_year.load_id,
            feed=FEED,
            file_name=f"{FEED}.Observation.{half_year.day}.csv",
            file_hash=half_year.load_id,
            mapping_version=None,
            read_count=rows,
            accepted_count=rows,
            rejected_count=0,
            started_at=half_year.recorded_at,
            finished_at=half_year.recorded_at,
            is_made_up=True,
        )
    )


def _batches(half_year: _HalfYear, form: pa.Schema) -> Iterator[pa.RecordBatch]:
    rng = np.random.default_rng(SEED + half_year.number)
    for start in range(0, HOUSEHOLDS, CHUNK_HOUSEHOLDS):
        households = [_household(number) for number in range(start, start + CHUNK_HOUSEHOLDS)]
        count = len(households) * INDICATORS
        first_row = start * INDICATORS + 2
        filled = {
            "id": [f"{code}-{each}-{half_year.day}-{FEED}" for each in households for code in half_year.indicators],
            "household_id": [each for each in households for _ in half_year.indicators],
            "indicator_id": half_year.indicators * len(households),
            "number_value": rng.integers(0, 100_000, count).astype(float),
            "observed_on": [half_year.day] * count,
            "recorded_at": [half_year.recorded_at] * count,
            "feed": [FEED] * count,
            "load_id": [half_year.load_id] * count,
            "source_row": range(first_row, first_row + count),
            "is_made_up": [True] * count,
        }
        columns = [
            pa.array(filled[field.name], field.type) if field.name in filled else pa.nulls(count, field.type)
            for field in form
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=form)
