"""Small made-up counties, and their files as rows."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from loaders.synthetic.county.county import CountyMade, write_county
from loaders.synthetic.county.plan import CountyRequest
from loaders.synthetic.county.rates import Rates, Value, load_rates

ZHAOAN = "350624"
# A file of each kind takes a load some time, so shocks of every kind would make a test slow.
FEW_SHOCKS: dict[str, Value] = {"shock.a_year": {"weather": 4.0}}


def request_of(households: int = 60, years: int = 2, *, seed: int = 7, rates: Rates | None = None) -> CountyRequest:
    return CountyRequest(ZHAOAN, households, years, seed, rates or load_rates().changed(FEW_SHOCKS))


def written(folder: Path, request: CountyRequest, *, processes: int = 1) -> CountyMade:
    return write_county(request, folder / "county", processes=processes)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def rows_of_kind(made: CountyMade, kind: str, *, feed: str = "*") -> list[dict[str, str]]:
    return [row for path in sorted(made.feeds.glob(f"{feed}.{kind}.*.csv")) for row in rows_of(path)]


def truth_of(made: CountyMade, name: str) -> list[dict[str, str]]:
    return rows_of(made.truth / f"{name}.csv")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def bytes_of_county(made: CountyMade) -> tuple[dict[str, bytes], dict[str, bytes]]:
    return bytes_of(made.feeds), bytes_of(made.truth)


def with_seed(request: CountyRequest, seed: int) -> CountyRequest:
    return replace(request, seed=seed)
