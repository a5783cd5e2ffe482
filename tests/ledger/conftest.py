"""A small table with a column of every type, and the few steps that every test of the ledger takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from graph_schema import Schema, load_schema
from graph_schema.meta import PropertyType
from graph_schema.tables import FactColumn, FactTable
from ledger import Ledger, LoadRecord

MONDAY = datetime(2024, 6, 3, 8, tzinfo=UTC)
COLUMNS = (
    FactColumn("id", PropertyType.TEXT, is_required=True),
    FactColumn("household_id", PropertyType.TEXT),
    FactColumn("person_count", PropertyType.WHOLE),
    FactColumn("number_value", PropertyType.NUMBER),
    FactColumn("insured_share", PropertyType.SHARE),
    FactColumn("observed_on", PropertyType.DAY),
    FactColumn("told_at", PropertyType.INSTANT),
    FactColumn("is_disabled", PropertyType.FLAG),
    FactColumn("status", PropertyType.CODE),
    FactColumn("cause_codes", PropertyType.CODES),
    FactColumn("parts", PropertyType.JSON),
)


@dataclass(frozen=True)
class Tables:
    """A vocabulary of fact tables only."""

    fact_tables: Mapping[str, FactTable]


RowsOf = Callable[..., pa.Table]
Load = Callable[..., str]


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="session")
def vocabulary_of() -> Callable[..., Tables]:
    """Return a vocabulary of the given tables."""
    return lambda *tables: Tables({table.name: table for table in tables})


@pytest.fixture(scope="session")
def tables(schema: Schema, vocabulary_of: Callable[..., Tables]) -> Tables:
    observation = replace(schema.fact_tables["Observation"], columns=COLUMNS)
    return vocabulary_of(observation, replace(observation, name="Visit"))


@pytest.fixture
def ledger(tmp_path: Path, tables: Tables) -> Ledger:
    return Ledger.open(tmp_path / "data", tables)


@pytest.fixture
def rows_of(ledger: Ledger) -> RowsOf:
    """Return a table for a load: one row per dictionary, what it does not name is empty or plain."""

    def rows(load_id: str, *own: Mapping[str, object]) -> pa.Table:
        plain = {"recorded_at": MONDAY, "feed": "civil", "load_id": load_id, "is_made_up": False}
        filled = [
            {"id": f"o{number}", "source_row": number, **plain, **values} for number, values in enumerate(own, start=2)
        ]
        return pa.Table.from_pylist(filled, schema=ledger.arrow_schema("Observation"))

    return rows


@pytest.fixture(scope="session")
def record() -> Callable[..., LoadRecord]:
    """Return the record of a load of one row; what is named differs."""

    def made(load_id: str, **values: object) -> LoadRecord:
        plain = LoadRecord(
            load_id=load_id,
            feed="civil",
            file_name="civil.Observation.csv",
            file_hash="h1",
            mapping_version=None,
            read_count=1,
            accepted_count=1,
            rejected_count=0,
            started_at=MONDAY,
            finished_at=MONDAY,
        )
        return replace(plain, **values)  # type: ignore[arg-type]  # the tests name fields of the record

    return made


@pytest.fixture
def load(ledger: Ledger, rows_of: RowsOf, record: Callable[..., LoadRecord]) -> Load:
    """Append rows to Observation as one load that counts; return its id."""

    def loaded(*own: Mapping[str, object], **values: object) -> str:
        with ledger.writing() as writer:
            load_id = writer.begin(feed="civil", started_at=MONDAY)
            writer.append(load_id, "Observation", rows_of(load_id, *own))
            writer.count(record(load_id, **values))
        return load_id

    return loaded
