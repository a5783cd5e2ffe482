"""All that was said of one household is found in a ledger on disk, what was taken back too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from analysis.fetch.history import household_statements
from graph_schema import Schema
from ledger import Ledger
from tests.analysis.history.told import DiskLedger, MemoryLedger, Told, household, stay

DAYS = [date(2024, 1, 1) + timedelta(days=number) for number in range(8)]


def tell_a_story(told: Told) -> None:
    """Let six feeds speak, and take two loads back, the second of them counted while the first still was."""
    lot = {"id": "l1", "household_id": "h1", "product_id": "green_plum", "lot_quantity_kg": 100.0}
    told.tell("police", DAYS[0], Household=[household("h1"), household("h2")], Stay=[stay("p1", "h1", DAYS[0])])
    told.tell("market", DAYS[0], Cooperative=[{"id": "CO-1", "name": "示例合作社"}])
    wrong = told.tell("police", DAYS[1], Household=[household("h1", member_count=9)])
    joined = {"id": "m1", "household_id": "h1", "cooperative_id": "CO-1", "starts_on": DAYS[0]}
    also_wrong = told.tell("trade", DAYS[2], Membership=[joined])
    told.take_back(wrong, DAYS[3])
    told.take_back(also_wrong, DAYS[4])
    told.tell("trade", DAYS[5], SupplyLot=[lot], POOLED_IN=[{"from_id": "l1", "to_id": "l2"}])
    told.tell("police", DAYS[6], MERGED_INTO=[{"from_id": "h2", "to_id": "h1", "happened_on": DAYS[6]}])
    told.tell("police", DAYS[7], Person=[{"id": "p1", "birth_year": 2001}, {"id": "p2", "birth_year": 2002}])


@pytest.fixture
def on_disk(tmp_path: Path, schema: Schema) -> Told:
    Ledger.open(tmp_path, schema)
    made = Told(DiskLedger(tmp_path, schema), schema)
    tell_a_story(made)
    return made


def test_everything_that_hangs_on_the_household_is_found(on_disk: Told, schema: Schema) -> None:
    found = household_statements(on_disk.ledger, schema, "h1")
    assert [(each.kind, each.load.withdrawn_at is not None) for each in found] == [
        ("Household", False),
        ("Stay", False),
        ("Household", True),
        ("Membership", True),
        ("POOLED_IN", False),
        ("SupplyLot", False),
        ("MERGED_INTO", False),
        ("Person", False),
    ]


def test_a_household_of_whom_nothing_was_said_has_no_statements(on_disk: Told, schema: Schema) -> None:
    assert household_statements(on_disk.ledger, schema, "h9") == []


def test_the_history_from_disk_is_that_from_memory(on_disk: Told, schema: Schema) -> None:
    in_memory = Told(MemoryLedger(schema), schema)
    tell_a_story(in_memory)
    texts = on_disk.texts()
    assert texts == in_memory.texts()
    assert "2024-01-03 trade: member of 示例合作社 since 2024-01-01" in texts
    assert len(texts) == 10


def test_what_a_load_that_died_left_behind_was_never_said(on_disk: Told, schema: Schema) -> None:
    before = on_disk.texts()
    rows = on_disk.ledger.stored_facts("Household", columns=on_disk.ledger.arrow_schema("Household").names, where={})
    with on_disk.ledger.writing() as writer:
        load_id = writer.begin(feed="visit", started_at=datetime(2024, 2, 1, tzinfo=UTC))
        ids = pa.array([load_id] * rows.num_rows, pa.string())
        writer.append(load_id, "Household", rows.set_column(rows.schema.get_field_index("load_id"), "load_id", ids))
    assert on_disk.texts() == before
