"""A made-up county as feed files, for measuring: villages, households with their people, and named causes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

PERSONS_PER_HOUSEHOLD = 3
HOUSEHOLDS_PER_VILLAGE = 400
COUNTY = "350624"
ORIGIN = "origin: made_up\nen: Drawn at random for a benchmark.\nzh: 为基准测试随机生成。\n"


def write_county(folder: Path, households: int, cause_codes: list[str], *, seed: int) -> None:
    """Write the feed files of a county of so many households; the same seed gives the same files."""
    folder.mkdir(parents=True)
    (folder / "ORIGIN.yaml").write_text(ORIGIN, encoding="utf-8")
    draw = np.random.default_rng(seed)
    villages = _villages(households // HOUSEHOLDS_PER_VILLAGE + 1)
    household_ids = _numbers("3506240000", draw.permutation(households))
    persons = households * PERSONS_PER_HOUSEHOLD
    person_ids = _numbers("35062419800101", draw.permutation(persons))
    of_person = pc.take(household_ids, pa.array(np.arange(persons) // PERSONS_PER_HOUSEHOLD))
    tables = {
        "place.Area": {
            "id": pa.array([COUNTY, *villages]),
            "name": pa.array([COUNTY, *villages]),
            "area_level": pa.array(["county", *["village"] * len(villages)]),
            "area_id": pa.array(["", *[COUNTY] * len(villages)]),
        },
        "police.Household": {
            "id": household_ids,
            "head_name": _numbers("户主", draw.integers(0, 5_000, households)),
            "member_count": _texts(draw.integers(1, 8, households)),
            "worker_count": _texts(draw.integers(0, 2, households)),
            "was_registered_poor": _chosen(draw, ["yes", "no", "no"], households),
            "arable_mu": _texts(draw.integers(0, 100, households) / 10),
            "housing_grade": _chosen(draw, ["A", "B", "C"], households),
            "household_status": pa.array(["active"] * households),
        },
        "police.Person": {
            "id": person_ids,
            "name": _numbers("人", draw.integers(0, 50_000, persons)),
            "birth_year": _texts(draw.integers(1940, 2024, persons)),
            "sex": _chosen(draw, ["female", "male"], persons),
        },
        "police.Stay": {
            "household_id": of_person,
            "person_id": person_ids,
            "member_role": pa.array(["head", "spouse", "child"] * households),
            "has_shared_budget": pa.array(["yes"] * persons),
            "starts_on": _days(draw, persons),
        },
        "police.Residence": {
            "household_id": household_ids,
            "area_id": pa.array(np.array(villages)[draw.integers(0, len(villages), households)].tolist()),
            "starts_on": _days(draw, households),
        },
        "village.Observation": {
            "household_id": household_ids,
            "indicator_id": pa.array(["I29"] * households),
            "observed_on": _days(draw, households),
            "answer": _two_of(draw, cause_codes, households),
        },
    }
    for name, columns in tables.items():
        pyarrow.csv.write_csv(pa.table(columns), folder / f"{name}.csv")


def _villages(count: int) -> list[str]:
    return [f"{COUNTY}{number:06d}" for number in range(1, count + 1)]


def _numbers(beginning: str, numbers: np.ndarray) -> pa.Array:
    return pa.array([f"{beginning}{number:08d}" for number in numbers.tolist()])


def _texts(values: np.ndarray) -> pa.Array:
    return pa.array(values).cast(pa.string())


def _chosen(draw: np.random.Generator, texts: list[str], count: int) -> pa.Array:
    return pa.array(texts).take(pa.array(draw.integers(0, len(texts), count)))


def _days(draw: np.random.Generator, count: int) -> pa.Array:
    days = np.datetime64("2024-01-01") - draw.integers(0, 2_000, count).astype("timedelta64[D]")
    return pa.array(days).cast(pa.string())


def _two_of(draw: np.random.Generator, codes: list[str], count: int) -> pa.Array:
    first = draw.integers(0, len(codes), count)
    second = (first + draw.integers(1, len(codes), count)) % len(codes)
    known = pa.array(codes)
    return pc.binary_join_element_wise(known.take(pa.array(first)), known.take(pa.array(second)), ";")
