"""Whatever is loaded, abandoned and withdrawn, in whatever order: facts are those of the loads that count."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema.tables import HasFactTables
from ledger import Ledger, LoadRecord
from ledger.records import counted_event, counting_loads, events_until, withdrawn_event

START = datetime(2024, 1, 1, tzinfo=UTC)
FATES = ("counted", "abandoned", "withdrawn")
wholes = st.none() | st.integers(-(2**63), 2**63 - 1)
texts = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
loads_of_rows = st.lists(st.tuples(st.sampled_from(FATES), st.lists(st.tuples(wholes, texts), max_size=4)), max_size=5)
days = st.integers(0, 6)


@given(loads=loads_of_rows)
@settings(max_examples=15, deadline=None)
def test_facts_read_back_are_the_facts_appended_by_loads_that_count(
    tables: HasFactTables,
    record: Callable[..., LoadRecord],
    loads: list[tuple[str, list[tuple[int | None, str | None]]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.open(Path(folder), tables)
        for fate, rows in loads:
            with ledger.writing() as writer:
                load_id = writer.begin(feed="civil", started_at=START)
                facts = [
                    {
                        "id": f"o{number}",
                        "person_count": whole,
                        "status": text,
                        "recorded_at": START,
                        "feed": "civil",
                        "load_id": load_id,
                        "source_row": number,
                        "is_made_up": False,
                    }
                    for number, (whole, text) in enumerate(rows)
                ]
                writer.append(load_id, "Observation", pa.Table.from_pylist(facts, ledger.arrow_schema("Observation")))
                if fate != "abandoned":
                    writer.count(record(load_id))
                if fate == "withdrawn":
                    writer.withdraw(load_id, START, "wrong file")
        found = ledger.facts("Observation", columns=["person_count", "status"]).to_pylist()
    expected = [row for fate, rows in loads if fate == "counted" for row in rows]
    assert [(row["person_count"], row["status"]) for row in found] == expected


@given(loads=st.lists(st.tuples(days, st.none() | days), max_size=8), asked=days)
def test_a_load_counts_from_its_recording_until_its_withdrawal(
    record: Callable[..., LoadRecord], loads: list[tuple[int, int | None]], asked: int
) -> None:
    events = counted_event(record("never", recorded_at=START + timedelta(days=100)), 0)
    for number, (counted, withdrawn) in enumerate(loads):
        known_at = START + timedelta(days=counted)
        parts = [events, counted_event(record(f"l{number}", recorded_at=known_at), events.num_rows)]
        if withdrawn is not None:
            at = START + timedelta(days=withdrawn)
            parts.append(withdrawn_event(f"l{number}", at=at, why="wrong", sequence=events.num_rows + 1))
        events = pa.concat_tables(parts)
    found = counting_loads(events_until(events, as_of=START + timedelta(days=asked)))["load_id"].to_pylist()
    assert found == [
        f"l{number}"
        for number, (counted, withdrawn) in enumerate(loads)
        if counted <= asked and (withdrawn is None or withdrawn > asked)
    ]
